import { describe, expect, it } from 'vitest';
import { listAsCommands } from '../../linux/net/netfilter/format.ts';
import { fetchFrom } from '../../linux/net/topology.testing.ts';
import { testCluster } from '../proxy/cluster.testing.ts';
import { BridgeNetwork } from './bridge-network.ts';
import { HostLocal } from './host-local.ts';

describe('host-local', () => {
  it('gives addresses one after the other and comes back to freed ones only after a round', () => {
    const pool = new HostLocal({ address: '10.244.1.0', prefix: 24 });
    expect([pool.gateway, pool.allocate('a'), pool.allocate('b')]).toEqual(['10.244.1.1', '10.244.1.2', '10.244.1.3']);
    pool.release('a');
    expect(pool.allocate('c')).toBe('10.244.1.4');
    for (let at = 5; at <= 254; at++) pool.allocate(`x${at}`);
    expect(pool.allocate('d')).toBe('10.244.1.2');
    expect(pool.allocate('e')).toBeUndefined();
  });
});

describe('the bridge network of a node', () => {
  it('makes the bridge with the first Pod and leaves it when the last one goes', () => {
    const cluster = testCluster();
    const node = cluster.nodes[1];
    if (!node) throw new Error('no node');
    expect(node.net.interfaces.find('cni0')).toBeUndefined();
    const web = cluster.pod(1, 'web');
    const bridge = node.net.interfaces.find('cni0');
    expect(bridge?.addresses.map((each) => `${each.address}/${each.prefix}`)[0]).toBe('10.244.1.1/24');
    expect([...(bridge?.ports ?? [])].map((port) => [port.name.length, port.hairpin, port.txQueueLength])).toEqual([[12, true, 0]]);
    expect(node.net.routes.list(4).map((each) => each.destination.address)).toEqual([
      '0.0.0.0',
      '10.244.0.0',
      '10.244.1.0',
      '10.244.2.0',
      '192.168.2.0',
    ]);
    const eth0 = web.net.interfaces.find('eth0');
    expect(eth0?.addresses[0]).toMatchObject({
      address: '10.244.1.2',
      prefix: 24,
      broadcast: '10.244.1.255',
    });
    expect(web.net.boundName).toMatch(/^cni-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    node.network.remove({ sandboxId: web.id, namespace: web.net });
    expect(bridge?.ports.size).toBe(0);
    expect(bridge?.operationalState).toBe('DOWN');
    node.network.remove({ sandboxId: web.id, namespace: web.net });
  });

  it('lets Pods of one node, of two nodes and the outside talk, with the addresses that ipMasq leaves', () => {
    const cluster = testCluster();
    const a = cluster.pod(1, 'a');
    const b = cluster.pod(1, 'b');
    const c = cluster.pod(2, 'c');
    expect(fetchFrom(cluster.top, a.net, { address: b.address, port: 8080 })).toBe(`b ${a.address}`);
    expect(fetchFrom(cluster.top, a.net, { address: c.address, port: 8080 })).toBe('c 192.168.2.205');
    expect(fetchFrom(cluster.top, cluster.client, { address: a.address, port: 8080, limit: 2_000 })).toBe('timeout');
    expect(a.net.neighbours.list().map((each) => each.address)).toEqual([b.address, '10.244.1.1']);
  });

  it('writes the destination before the ports when a host port has an address', () => {
    const cluster = testCluster();
    cluster.pod(1, 'local', {
      portMappings: [{ protocol: 'UDP', containerPort: 53, hostPort: 5353, hostIP: '127.0.0.1' }],
    });
    const text = listAsCommands(cluster.nodes[1]?.net.netfilter.table('nat').chains() ?? []);
    expect(text).toContain(' -s 10.244.1.0/24 -d 127.0.0.1/32 -p udp -m udp --dport 5353 -j CNI-HOSTPORT-SETMARK\n');
    expect(text).toContain(' -d 127.0.0.1/32 -p udp -m udp --dport 5353 -j DNAT --to-destination 10.244.1.2:53\n');
    expect(text).toMatch(
      /-A CNI-HOSTPORT-DNAT -p udp -m comment --comment "dnat name: \\"cbr0\\" id: \\"sandbox0\\"" -m multiport --dports 5353 -j CNI-DN-[0-9a-f]{21}\n/,
    );
  });

  it('attaches hundreds of Pods without slowing down', () => {
    const cluster = testCluster();
    const node = cluster.nodes[1];
    if (!node) throw new Error('no node');
    const network = new BridgeNetwork({
      simulation: cluster.top.simulation,
      node: node.net,
      subnet: { address: '10.200.0.0', prefix: 16 },
      bridge: 'cni9',
      name: 'big',
    });
    const spend = (count: number, from: number): number => {
      const start = performance.now();
      for (let at = 0; at < count; at++) {
        const added = network.add({
          sandboxId: `s${from + at}`,
          namespace: cluster.top.namespace('n'),
          portMappings: [{ protocol: 'TCP', containerPort: 80, hostPort: 10_000 + from + at, hostIP: '' }],
          podName: 'p',
          podNamespace: 'd',
        });
        if ('error' in added) throw new Error(added.error);
      }
      return performance.now() - start;
    };
    spend(100, 0);
    const early = spend(200, 100);
    spend(1000, 300);
    const late = spend(200, 1300);
    expect(late).toBeLessThan(early * 4 + 20);
  });
});
