import { describe, expect, it } from 'vitest';
import { applySystemServices, service, slice, testCluster } from '../../kube/proxy/cluster.testing.ts';
import { decodeAnswer, encodeQuery } from './dns-message.ts';
import { attachDns, hostsZone } from './dns-service.ts';
import type { NetworkNamespace } from './network-namespace.ts';
import type { Arrival } from './socket/datagram-socket.ts';
import { must, topology, type Topology } from './topology.testing.ts';

type From = readonly [top: Topology, net: NetworkNamespace];

function ping([top, net]: From, address: string, options: { readonly ttl?: number; readonly limit?: number } = {}): Arrival | string {
  const socket = net.sockets.openEcho(4, top.owner);
  socket.retain();
  if (options.ttl !== undefined) socket.ttl = options.ttl;
  const failed = socket.sendEcho(address, { sequence: 1, size: 56 });
  if (failed) return failed.code;
  let arrival: Arrival | undefined;
  top.simulation.runUntil(() => (arrival = socket.take()) !== undefined, { limit: options.limit ?? 1_000 });
  socket.release();
  return arrival ?? 'nothing';
}

function ask([top, net]: From, server: string, name: string): string {
  const socket = must(net.sockets.openUdp({ family: 4, address: '0.0.0.0', port: 0 }, top.owner));
  socket.retain();
  const failed = socket.sendTo(server, 53, encodeQuery({ id: 7, name, type: 'A' }));
  if (failed) return failed.code;
  let arrival: Arrival | undefined;
  top.simulation.runUntil(() => (arrival = socket.take()) !== undefined, { limit: 1_000 });
  socket.release();
  if (!arrival) return 'nothing';
  if (arrival.kind === 'error') return arrival.reason;
  const answer = arrival.kind === 'datagram' ? decodeAnswer(arrival.text) : undefined;
  return `${answer?.rcode ?? ''} ${answer?.records.map((each) => each.data).join() ?? ''} from ${arrival.address}`;
}

describe('echo requests', () => {
  it('are answered with 64 hops on the same network and one less behind a node', () => {
    const cluster = testCluster();
    const web = cluster.pod(1, 'web');
    const [master, node] = cluster.nodes;
    if (!master || !node) throw new Error('no nodes');
    expect(ping([cluster.top, node.net], '192.168.2.206')).toMatchObject({
      kind: 'echo-reply',
      address: '192.168.2.206',
      ttl: 64,
      size: 56,
    });
    expect(ping([cluster.top, master.net], web.address)).toMatchObject({
      kind: 'echo-reply',
      address: web.address,
      ttl: 63,
    });
    expect(ping([cluster.top, web.net], '127.0.0.1')).toMatchObject({ kind: 'echo-reply', ttl: 64 });
    expect(ping([cluster.top, web.net], '192.168.2.1')).toMatchObject({
      kind: 'echo-reply',
      address: '192.168.2.1',
    });
  });

  it('to an address that nobody has are answered by the own host after three seconds, to a Service by nobody', () => {
    const cluster = testCluster();
    applySystemServices(cluster);
    const web = cluster.pod(1, 'web');
    expect(ping([cluster.top, cluster.client], '192.168.2.77', { limit: 4_000 })).toMatchObject({
      kind: 'error',
      reason: 'host-unreachable',
      address: '192.168.2.100',
      destination: '192.168.2.77',
    });
    expect(ping([cluster.top, web.net], '10.244.1.77', { limit: 4_000 })).toMatchObject({
      kind: 'error',
      reason: 'host-unreachable',
      address: web.address,
    });
    expect(ping([cluster.top, web.net], '10.96.0.1')).toBe('nothing');
    expect(ping([cluster.top, web.net], '10.244.9.9')).toBe('nothing');
  });

  it('expire at the first router, which says so, also through address translation', () => {
    const cluster = testCluster();
    const web = cluster.pod(1, 'web');
    const far = cluster.pod(2, 'far');
    expect(ping([cluster.top, web.net], '192.168.2.1', { ttl: 1 })).toMatchObject({
      kind: 'error',
      reason: 'time-exceeded',
      address: '10.244.1.1',
      destination: '192.168.2.1',
    });
    expect(ping([cluster.top, web.net], far.address, { ttl: 2 })).toMatchObject({
      kind: 'error',
      reason: 'time-exceeded',
      address: '192.168.2.206',
      destination: far.address,
    });
  });
});

describe('datagrams', () => {
  it('to a port where nobody listens come back as an error', () => {
    const top = topology();
    const node = top.machine('n', '192.168.2.205');
    top.machine('m', '192.168.2.206');
    expect(ask([top, node], '192.168.2.206', 'x')).toBe('port-unreachable');
    expect(ask([top, node], '127.0.0.1', 'x')).toBe('port-unreachable');
  });

  it('carry names from the gateway, and through a Service with its address as sender', () => {
    const cluster = testCluster();
    const zone = hostsZone(
      new Map([
        ['server5-node1', '192.168.2.205'],
        ['client', '192.168.2.100'],
      ]),
    );
    expect(attachDns(cluster.gateway, '192.168.2.1', zone)).toBeUndefined();
    const web = cluster.pod(1, 'web');
    expect(ask([cluster.top, web.net], '192.168.2.1', 'server5-node1')).toBe('NOERROR 192.168.2.205 from 192.168.2.1');
    expect(ask([cluster.top, web.net], '192.168.2.1', 'nosuch')).toBe('NXDOMAIN  from 192.168.2.1');
    const dns = cluster.pod(0, 'coredns');
    attachDns(dns.net, dns.address, zone);
    const ports = [{ name: 'dns', port: 53, protocol: 'UDP' }] as const;
    cluster.apply(service('kube-dns', { clusterIP: '10.96.0.10', type: 'ClusterIP', ports }, 'kube-system'), [
      slice({
        service: 'kube-dns',
        namespace: 'kube-system',
        ports,
        endpoints: [[dns.address, 'server4-master']],
      }),
    ]);
    expect(ask([cluster.top, web.net], '10.96.0.10', 'client')).toBe('NOERROR 192.168.2.100 from 10.96.0.10');
  });
});
