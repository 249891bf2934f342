import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listAsCommands } from '../../linux/net/netfilter/format.ts';
import { listAsTable } from '../../linux/net/netfilter/format-table.ts';
import { fetchFrom } from '../../linux/net/topology.testing.ts';
import { applySystemServices, service, slice, testCluster } from './cluster.testing.ts';

interface Scene {
  readonly steps: readonly { readonly run?: string; readonly stdout?: string }[];
}

function recorded(scene: string, step: number): string {
  const file = new URL(`../../recordings/cluster/${scene}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as Scene).steps[step]?.stdout ?? '';
}

function sorted(text: string): string {
  return text.split('\n').sort().join('\n');
}

describe('the nat table of a node', () => {
  it('reads as recorded when a Pod has a host port', () => {
    const cluster = testCluster();
    applySystemServices(cluster);
    const text = recorded('seed-host-port', 14);
    const id = /id: \\"([0-9a-f]+)\\"/.exec(text)?.[1] ?? '';
    for (let at = 2; at < 76; at++) cluster.nodes[2]?.network.remove(removable(cluster.pod(2, 'x', { id: `x${at}` })));
    cluster.pod(2, 'kubia-hostport', {
      id,
      portMappings: [{ protocol: 'TCP', containerPort: 8080, hostPort: 9000, hostIP: '' }],
    });
    const nat = cluster.nodes[2]?.net.netfilter.table('nat');
    if (!nat) throw new Error('no table');
    expect(listAsCommands(nat.chains())).toBe(text);
    const prerouting = nat.chain('PREROUTING');
    if (!prerouting) throw new Error('no chain');
    expect(listAsTable([prerouting], { numeric: true, references: (chain) => nat.references(chain) })).toBe(recorded('seed-host-port', 15));
  });

  it('reads as recorded with an ordinary Pod, apart from the order of Services', () => {
    const cluster = testCluster();
    applySystemServices(cluster);
    const text = recorded('node-tools', 50);
    const id = /id: \\"([0-9a-f]+)\\"/.exec(text)?.[1] ?? '';
    for (let at = 2; at < 131; at++) cluster.nodes[1]?.network.remove(removable(cluster.pod(1, 'x', { id: `x${at}` })));
    cluster.pod(1, 'web', { id });
    const nat = cluster.nodes[1]?.net.netfilter.table('nat');
    if (!nat) throw new Error('no table');
    expect(sorted(listAsCommands(nat.chains()))).toBe(sorted(text));
    const nodePorts = nat.chain('KUBE-NODEPORTS');
    if (!nodePorts) throw new Error('no chain');
    expect(listAsTable([nodePorts], { numeric: true, references: (chain) => nat.references(chain) })).toBe(recorded('node-tools', 51));
  });
});

function removable(pod: {
  readonly id: string;
  readonly net: Parameters<ReturnType<typeof testCluster>['nodes'][number]['network']['remove']>[0]['namespace'];
}) {
  return { sandboxId: pod.id, namespace: pod.net };
}

describe('a host port', () => {
  it('answers on its node only, from wherever one asks, with the addresses that the program really sees', () => {
    const cluster = testCluster();
    applySystemServices(cluster);
    const [master, node1, node2] = cluster.nodes;
    if (!master || !node1 || !node2) throw new Error('no nodes');
    const web = cluster.pod(2, 'web', {
      portMappings: [{ protocol: 'TCP', containerPort: 8080, hostPort: 9000, hostIP: '' }],
    });
    const { top, client } = cluster;
    expect(fetchFrom(top, client, { address: '192.168.2.206', port: 9000 })).toBe('web 192.168.2.100');
    expect(fetchFrom(top, client, { address: '192.168.2.205', port: 9000 })).toBe('ECONNREFUSED after 0 ms');
    expect(fetchFrom(top, client, { address: '192.168.2.204', port: 9000 })).toBe('ECONNREFUSED after 0 ms');
    expect(fetchFrom(top, master.net, { address: '192.168.2.206', port: 9000 })).toBe('web 192.168.2.204');
    expect(fetchFrom(top, node2.net, { address: '127.0.0.1', port: 9000 })).toBe('web 10.244.2.1');
    expect(fetchFrom(top, node2.net, { address: '192.168.2.206', port: 9000 })).toBe('web 192.168.2.206');
    expect(fetchFrom(top, node2.net, { address: '::1', port: 9000 })).toBe('ECONNREFUSED after 0 ms');
    expect(fetchFrom(top, web.net, { address: '192.168.2.206', port: 9000 })).toBe('web 10.244.2.1');
    expect(node2.net.sockets.list().filter((each) => each.state === 'LISTEN')).toEqual([]);
  });

  it('of 127.0.0.1 answers the node itself alone', () => {
    const cluster = testCluster();
    cluster.pod(1, 'local', {
      portMappings: [{ protocol: 'TCP', containerPort: 8080, hostPort: 9000, hostIP: '127.0.0.1' }],
    });
    const node = cluster.nodes[1];
    if (!node) throw new Error('no node');
    expect(fetchFrom(cluster.top, cluster.client, { address: '192.168.2.205', port: 9000 })).toMatch(/ECONNREFUSED/);
    expect(fetchFrom(cluster.top, node.net, { address: '127.0.0.1', port: 9000 })).toBe('local 10.244.1.1');
    expect(fetchFrom(cluster.top, node.net, { address: '192.168.2.205', port: 9000 })).toMatch(/ECONNREFUSED/);
  });

  it('is gone with its Pod', () => {
    const cluster = testCluster();
    const node = cluster.nodes[1];
    if (!node) throw new Error('no node');
    const before = listAsCommands(node.net.netfilter.table('nat').chains());
    const web = cluster.pod(1, 'web', {
      portMappings: [{ protocol: 'TCP', containerPort: 8080, hostPort: 9000, hostIP: '' }],
    });
    node.network.remove({ sandboxId: web.id, namespace: web.net });
    expect(fetchFrom(cluster.top, cluster.client, { address: '192.168.2.205', port: 9000 })).toMatch(/ECONNREFUSED/);
    const after = listAsCommands(node.net.netfilter.table('nat').chains());
    expect(
      after
        .split('\n')
        .filter((line) => !line.includes('CNI-HOSTPORT'))
        .join('\n'),
    ).toBe(before);
    expect(node.net.interfaces.list().map((each) => each.name)).toEqual(['lo', 'ens37', 'cni0']);
  });
});

describe('a Service', () => {
  const ports = [{ port: 80, protocol: 'TCP', targetPort: 8080, nodePort: 30090 }] as const;
  const nodePort = { clusterIP: '10.103.142.219', type: 'NodePort', ports } as const;
  const slicePorts = [{ name: '', port: 8080, protocol: 'TCP' }] as const;

  it('with a node port answers on every node, and on localhost', () => {
    const cluster = testCluster();
    const web = cluster.pod(1, 'kubia');
    cluster.apply(service('kubia', nodePort), [slice({ service: 'kubia', ports: slicePorts, endpoints: [[web.address, 'server5-node1']] })]);
    for (const address of ['192.168.2.204', '192.168.2.205', '192.168.2.206'])
      expect(fetchFrom(cluster.top, cluster.client, { address, port: 30090 })).toMatch(/^kubia /);
    const [, node1, node2] = cluster.nodes;
    if (!node1 || !node2) throw new Error('no nodes');
    expect(fetchFrom(cluster.top, node1.net, { address: '127.0.0.1', port: 30090 })).toBe('kubia 10.244.1.1');
    expect(fetchFrom(cluster.top, node2.net, { address: '10.103.142.219', port: 80 })).toBe('kubia 192.168.2.206');
    expect(fetchFrom(cluster.top, cluster.client, { address: '10.103.142.219', port: 80, limit: 2_000 })).toBe('timeout');
  });

  it('of local policy is silent where there is no endpoint, and refuses where there is none at all', () => {
    const cluster = testCluster();
    const web = cluster.pod(1, 'kubia');
    const local = service('kubia', { ...nodePort, externalTrafficPolicy: 'Local' });
    cluster.apply(local, [slice({ service: 'kubia', ports: slicePorts, endpoints: [[web.address, 'server5-node1']] })]);
    expect(fetchFrom(cluster.top, cluster.client, { address: '192.168.2.204', port: 30090, limit: 2_000 })).toBe('timeout');
    expect(fetchFrom(cluster.top, cluster.client, { address: '192.168.2.205', port: 30090 })).toBe('kubia 192.168.2.100');
    cluster.apply(local, [slice({ service: 'kubia', ports: slicePorts, endpoints: [] })]);
    expect(fetchFrom(cluster.top, cluster.client, { address: '192.168.2.205', port: 30090 })).toBe('ECONNREFUSED after 0 ms');
    const filter = cluster.nodes[1]?.net.netfilter.table('filter');
    expect(listAsCommands(filter?.chains() ?? [])).toContain(
      '-A KUBE-EXTERNAL-SERVICES -p tcp -m comment --comment "default/kubia has no endpoints" -m addrtype --dst-type LOCAL -m tcp --dport 30090 -j REJECT --reject-with icmp-port-unreachable\n',
    );
  });

  it('without endpoints refuses Pods and nodes at once; with internal policy Local it is silent where none is near', () => {
    const cluster = testCluster();
    const near = cluster.pod(1, 'near');
    const far = cluster.pod(2, 'far');
    const [, node1, node2] = cluster.nodes;
    if (!node1 || !node2) throw new Error('no nodes');
    const spec = {
      clusterIP: '10.107.246.213',
      type: 'ClusterIP',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }],
    } as const;
    const target = { address: '10.107.246.213', port: 80 };
    cluster.apply(service('s', spec), [slice({ service: 's', ports: slicePorts, endpoints: [] })]);
    for (const net of [near.net, far.net, node1.net, node2.net]) expect(fetchFrom(cluster.top, net, target)).toBe('ECONNREFUSED after 0 ms');
    cluster.apply(service('s', { ...spec, internalTrafficPolicy: 'Local' }), [
      slice({ service: 's', ports: slicePorts, endpoints: [[near.address, 'server5-node1']] }),
    ]);
    expect(fetchFrom(cluster.top, node1.net, target)).toMatch(/^near /);
    expect(fetchFrom(cluster.top, far.net, { ...target, limit: 2_000 })).toBe('timeout');
  });

  it('is reached by Pods of the same node and of others, and by its own endpoint', () => {
    const cluster = testCluster();
    const web = cluster.pod(1, 'p');
    const near = cluster.pod(1, 'near');
    const far = cluster.pod(2, 'far');
    cluster.apply(
      service('kubia', {
        clusterIP: '10.107.246.213',
        type: 'ClusterIP',
        ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }],
      }),
      [slice({ service: 'kubia', ports: slicePorts, endpoints: [[web.address, 'server5-node1']] })],
    );
    const target = { address: '10.107.246.213', port: 80 };
    expect(fetchFrom(cluster.top, near.net, target)).toBe(`p ${near.address}`);
    expect(fetchFrom(cluster.top, far.net, target)).toBe('p 192.168.2.206');
    expect(fetchFrom(cluster.top, web.net, target)).toBe('p 10.244.1.1');
  });

  it('spreads over its endpoints, keeps a client with session affinity, and tidies up after itself', () => {
    const cluster = testCluster();
    const pods = [cluster.pod(1, 'a'), cluster.pod(2, 'b'), cluster.pod(2, 'c')];
    const endpoints = pods.map((each) => [each.address, 'x'] as const);
    const spec = {
      clusterIP: '10.107.246.213',
      type: 'ClusterIP',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }],
    } as const;
    const target = { address: '10.107.246.213', port: 80 };
    const node = cluster.nodes[1];
    if (!node) throw new Error('no node');
    const empty = listAsCommands(node.net.netfilter.table('nat').chains());
    cluster.apply(service('s', spec), [slice({ service: 's', ports: slicePorts, endpoints })]);
    expect(listAsCommands(node.net.netfilter.table('nat').chains())).toContain('--probability 0.33333333349 ');
    const answers = Array.from({ length: 30 }, () => fetchFrom(cluster.top, node.net, target)[0]);
    expect(new Set(answers).size).toBe(3);
    cluster.apply(service('s', { ...spec, sessionAffinity: 'ClientIP' }), []);
    const sticky = Array.from({ length: 10 }, () => fetchFrom(cluster.top, node.net, target)[0]);
    expect(new Set(sticky).size).toBe(1);
    node.proxy.removeService({ namespace: 'default', name: 's' });
    node.proxy.sync();
    expect(listAsCommands(node.net.netfilter.table('nat').chains())).toBe(empty);
  });
});
