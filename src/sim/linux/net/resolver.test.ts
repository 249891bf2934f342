import { describe, expect, it } from 'vitest';
import { candidates, lookupHosts, parseResolvConf, reverseHosts } from './resolver.ts';

const POD = 'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n';

describe('the stub resolver', () => {
  it('reads resolv.conf', () => {
    expect(parseResolvConf(POD)).toEqual({
      servers: ['10.96.0.10'],
      search: ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
      ndots: 5,
      attempts: 2,
      timeout: 5_000,
    });
    expect(parseResolvConf('')).toMatchObject({ servers: ['127.0.0.1'], search: [], ndots: 1 });
  });

  it('tries the search list first for names with few dots', () => {
    expect(candidates('kubernetes', parseResolvConf(POD), 'musl')).toEqual([
      'kubernetes.default.svc.cluster.local',
      'kubernetes.svc.cluster.local',
      'kubernetes.cluster.local',
      'kubernetes',
    ]);
    expect(candidates('a.b.', parseResolvConf(POD), 'musl')).toEqual(['a.b']);
  });

  it('differs between libraries for names with enough dots', () => {
    const config = parseResolvConf('search x\nnameserver 1.1.1.1\n');
    expect(candidates('a.b', config, 'musl')).toEqual(['a.b']);
    expect(candidates('a.b', config, 'glibc')).toEqual(['a.b', 'a.b.x']);
  });

  it('looks into the hosts file in both directions', () => {
    const hosts = '127.0.0.1   localhost localhost.localdomain\n::1 localhost # six\n192.168.2.205 server5-node1\n';
    expect(lookupHosts(hosts, 'LOCALHOST')).toEqual(['127.0.0.1', '::1']);
    expect(reverseHosts(hosts, '192.168.2.205')).toBe('server5-node1');
    expect(reverseHosts(hosts, '192.168.2.206')).toBeUndefined();
  });
});
