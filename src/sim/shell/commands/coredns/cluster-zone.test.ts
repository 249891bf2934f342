import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiServer } from '../../../kube/apiserver/api-server.ts';
import { createCluster } from '../../../kube/create-cluster.ts';
import type { DnsType } from '../../../linux/net/dns-message.ts';
import { commandsFromDisk } from '../../shell-machine.testing.ts';
import { answerFromCluster } from './cluster-zone.ts';

let server: ApiServer;

const ask = (name: string, type: DnsType = 'A'): string => {
  const answer = answerFromCluster(server, { id: 1, name, type });
  return answer ? [answer.rcode, ...answer.records.map((record) => record.data)].join(' ') : 'elsewhere';
};

describe('the cluster zone', () => {
  beforeAll(async () => {
    const { apiServer, simulation } = createCluster({ programs: commandsFromDisk(), seed: 'zone' });
    server = apiServer;
    await simulation.settled();
  });

  it('knows Services by their full name only', () => {
    expect(ask('kubernetes.default.svc.cluster.local')).toBe('NOERROR 10.96.0.1');
    expect(ask('kube-dns.kube-system.svc.cluster.local')).toBe('NOERROR 10.96.0.10');
    expect(ask('kubernetes.default.svc.cluster.local', 'AAAA')).toBe('NOERROR');
    expect(ask('kubernetes.svc.cluster.local')).toBe('NXDOMAIN');
    expect(ask('nosuch.default.svc.cluster.local')).toBe('NXDOMAIN');
  });

  it('names ports in SRV records', () => {
    expect(ask('_https._tcp.kubernetes.default.svc.cluster.local', 'SRV')).toBe('NOERROR 0 100 443 kubernetes.default.svc.cluster.local.');
    expect(ask('_nope._tcp.kubernetes.default.svc.cluster.local', 'SRV')).toBe('NXDOMAIN');
  });

  it('answers for any dashed Pod address', () => {
    expect(ask('10-244-1-7.default.pod.cluster.local')).toBe('NOERROR 10.244.1.7');
    expect(ask('10-244-1-7.nosuch.pod.cluster.local')).toBe('NXDOMAIN');
  });

  it('names Services by their address', () => {
    expect(ask('1.0.96.10.in-addr.arpa', 'PTR')).toBe('NOERROR kubernetes.default.svc.cluster.local.');
    expect(ask('1.2.168.192.in-addr.arpa', 'PTR')).toBe('elsewhere');
  });

  it('leaves all other names to the next server', () => {
    expect(ask('example.com')).toBe('elsewhere');
  });
});
