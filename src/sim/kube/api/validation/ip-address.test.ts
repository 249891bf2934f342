import { describe, expect, it } from 'vitest';
import { endpointIpErrors, ipFamilyOf, legacyCidrErrors, legacyIpErrors } from './ip-address.ts';

describe('addresses', () => {
  it.each([
    ['10.0.0.1', 'IPv4'],
    ['10.0.0.256', undefined],
    ['::1', 'IPv6'],
    ['2001:db8::ffff:1.2.3.4', 'IPv6'],
    ['1:2:3:4:5:6:7:8', 'IPv6'],
    ['1:2:3:4:5:6:7', undefined],
    ['1::2::3', undefined],
    ['', undefined],
  ])('%s is of family %s', (text, family) => {
    expect(ipFamilyOf(text)).toBe(family);
  });

  it.each([
    ['10.0.0.1', []],
    ['10.0.0.01', ['must not have leading 0s']],
    ['::ffff:10.0.0.1', ['must not be an IPv4-mapped IPv6 address']],
    ['ten', ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']],
  ])('%s is judged %j', (text, details) => {
    expect(legacyIpErrors('ip', text).map(({ detail }) => detail)).toEqual(details);
  });

  it.each([
    ['10.0.0.0/8', []],
    ['10.0.0.1/8', ['must not have bits set beyond the prefix length']],
    ['10.0.0.0/08', ['must not have leading 0s in IP or prefix length']],
    ['2001:db8::/32', []],
    ['2001:db8::1/64', ['must not have bits set beyond the prefix length']],
    ['10.0.0.0/33', ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)']],
    ['10.0.0.0', ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)']],
  ])('the block %s is judged %j', (text, details) => {
    expect(legacyCidrErrors('cidr', text).map(({ detail }) => detail)).toEqual(details);
  });

  it('that lead nowhere are no endpoints', () => {
    expect(endpointIpErrors('ip', '127.0.0.1')[0]?.detail).toContain('loopback');
    expect(endpointIpErrors('ip', '169.254.1.1')[0]?.detail).toContain('link-local');
    expect(endpointIpErrors('ip', '0.0.0.0')[0]?.detail).toContain('unspecified');
    expect(endpointIpErrors('ip', '10.1.2.3')).toEqual([]);
  });
});
