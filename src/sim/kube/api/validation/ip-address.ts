// Checks the text of IP addresses and CIDR blocks in API fields.
// Modelled on k8s.io/apimachinery pkg/util/validation/ip.go (v1.37); knows no routes and no networks.

import type { FieldError } from '../field-error.ts';
import { invalid } from '../field-error.ts';

const EXAMPLE = '(e.g. 10.9.8.7 or 2001:db8::ffff)';

export type IpFamily = 'IPv4' | 'IPv6';

/** Family of a textual address; undefined when it is none. Leading zeros in IPv4 are accepted, as Go's sloppy parser does. */
export function ipFamilyOf(text: string): IpFamily | undefined {
  if (isIPv4(text)) return 'IPv4';
  return isIPv6(text) ? 'IPv6' : undefined;
}

function isIPv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,15}$/.test(part) && Number(part) <= 255);
}

function isIPv6(text: string): boolean {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const tail = last.includes('.') ? 2 : 1;
  if (tail === 2 && !isIPv4(last)) return false;
  const plain = tail === 2 ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const width = plain.length + (tail === 2 ? 2 : 0);
  return halves.length === 2 ? width < 8 : width === 8;
}

/** What is wrong with an address in a field that always took addresses (upstream IsValidIPForLegacyField). */
export function legacyIpErrors(field: string, text: string): FieldError[] {
  const family = ipFamilyOf(text);
  if (family === undefined) return [invalid(field, text, `must be a valid IP address, ${EXAMPLE}`)];
  if (family === 'IPv4' && /(^|\.)0\d/.test(text)) return [invalid(field, text, 'must not have leading 0s')];
  if (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(text)) return [invalid(field, text, 'must not be an IPv4-mapped IPv6 address')];
  return [];
}

/** What is wrong with a CIDR block such as 10.0.0.0/8 (upstream IsValidCIDRForLegacyField). */
export function legacyCidrErrors(field: string, text: string): FieldError[] {
  const fixed = cidrBits(text);
  const [address = '', width = ''] = text.split('/');
  const family = ipFamilyOf(address);
  if (fixed === undefined || family === undefined) {
    return [invalid(field, text, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
  }
  if (/^0\d/.test(width) || (family === 'IPv4' && /(^|\.)0\d/.test(address))) {
    return [invalid(field, text, 'must not have leading 0s in IP or prefix length')];
  }
  if (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address)) return [invalid(field, text, 'must not have an IPv4-mapped IPv6 address')];
  if (/1/.test(bitsOf(address, family).slice(fixed.length))) return [invalid(field, text, 'must not have bits set beyond the prefix length')];
  return [];
}

/** The fixed bits of a CIDR block as zeros and ones; undefined when it is none. */
export function cidrBits(text: string): string | undefined {
  const slash = text.indexOf('/');
  const address = text.slice(0, Math.max(slash, 0));
  const family = ipFamilyOf(address);
  const width = text.slice(slash + 1);
  if (family === undefined || !/^\d{1,3}$/.test(width) || Number(width) > (family === 'IPv4' ? 32 : 128)) return undefined;
  return bitsOf(address, family).slice(0, Number(width));
}

/** The address as zeros and ones. */
function bitsOf(address: string, family: IpFamily): string {
  if (family === 'IPv4')
    return address
      .split('.')
      .map((part) => binary(Number(part), 8))
      .join('');
  const [head = '', tail] = address.split('::').map((half) => half.split(':').map(groupBits).join(''));
  return tail === undefined ? head : head + tail.padStart(128 - head.length, '0');
}

function groupBits(group: string): string {
  if (group.includes('.')) return bitsOf(group, 'IPv4');
  return group === '' ? '' : binary(Number.parseInt(group, 16), 16);
}

function binary(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}

/** Refuses addresses that make no sense as a destination (upstream ValidateEndpointIP). */
export function endpointIpErrors(field: string, text: string): FieldError[] {
  const lower = text.toLowerCase();
  if (ipFamilyOf(text) === undefined) return [invalid(field, text, 'must be a valid IP address')];
  if (text === '0.0.0.0' || lower === '::') return [invalid(field, text, `may not be unspecified (${text})`)];
  if (text.startsWith('127.') || lower === '::1') {
    return [invalid(field, text, 'may not be in the loopback range (127.0.0.0/8, ::1/128)')];
  }
  if (text.startsWith('169.254.') || /^fe[89ab]/.test(lower)) {
    return [invalid(field, text, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)')];
  }
  if (text.startsWith('224.0.0.') || lower.startsWith('ff02:')) {
    return [invalid(field, text, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')];
  }
  return [];
}
