import { describe, expect, it } from 'vitest';
import { podManifest, testCluster } from '../control-plane.testing.ts';
import type { TestCluster } from '../control-plane.testing.ts';

const withPort = (port: object): { readonly containers: unknown } => ({
  containers: [{ name: 'main', image: 'luksa/kubia', ports: [{ containerPort: 8080, ...port }] }],
});

function cordon(cluster: TestCluster, node: string, unschedulable = true): void {
  cluster.server.patch('nodes', { namespace: '', name: node }, { type: 'merge', body: { spec: { unschedulable } } });
}

function failure(cluster: TestCluster, name: string): string | undefined {
  return cluster.pod(name).status.conditions?.find((condition) => condition.type === 'PodScheduled' && condition.status === 'False')?.message;
}

const NOT_HELPFUL = 'preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';

describe('the scheduler', () => {
  it('says why no node fits, in the words and the order of the real one', () => {
    const cluster = testCluster();
    cluster.create('pods', podManifest('sel', 'alpine', { nodeSelector: { disk: 'ssd' } }));
    cluster.create('pods', podManifest('big', 'alpine', { containers: [{ name: 'main', image: 'alpine', resources: { requests: { cpu: '64' } } }] }));
    cluster.advance(1);
    expect(failure(cluster, 'sel')).toBe(
      `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector. ${NOT_HELPFUL}`,
    );
    expect(failure(cluster, 'big')).toBe(`0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. ${NOT_HELPFUL}`);
    cordon(cluster, 'server5-node1');
    cordon(cluster, 'server6-node2');
    cluster.create('pods', podManifest('late', 'alpine'));
    cluster.advance(1);
    expect(failure(cluster, 'late')).toBe(
      `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) were unschedulable. ${NOT_HELPFUL}`,
    );
  });

  it('tries again when a node comes to fit', () => {
    const cluster = testCluster();
    cluster.create('pods', podManifest('sel', 'alpine', { nodeSelector: { disk: 'ssd' } }));
    cluster.advance(3);
    cluster.server.patch('nodes', { namespace: '', name: 'server6-node2' }, { type: 'merge', body: { metadata: { labels: { disk: 'ssd' } } } });
    cluster.advance(2);
    expect(cluster.pod('sel').spec.nodeName).toBe('server6-node2');
    expect(cluster.events('sel').filter((event) => event.startsWith('FailedScheduling'))).toHaveLength(1);
  });

  it('gives a host port of one protocol to one Pod per node, whatever the address', () => {
    const cluster = testCluster();
    cordon(cluster, 'server6-node2');
    cluster.advance(1);
    cluster.create('pods', podManifest('tcp', 'luksa/kubia', withPort({ hostPort: 9000 })));
    cluster.advance(2);
    cluster.create('pods', podManifest('udp', 'luksa/kubia', withPort({ hostPort: 9000, protocol: 'UDP' })));
    cluster.create('pods', podManifest('local', 'luksa/kubia', withPort({ hostPort: 9000, hostIP: '127.0.0.1' })));
    cluster.advance(2);
    expect(cluster.pod('udp').spec.nodeName).toBe('server5-node1');
    expect(failure(cluster, 'local')).toBe(
      "0/3 nodes are available: 1 node(s) didn't have free ports for the requested pod ports, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable. preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.",
    );
    cluster.server.delete('pods', 'default', 'tcp');
    cluster.advance(3);
    expect(cluster.pod('local').status.phase).toBe('Running');
  });

  it('spreads the Pods of one owner over the nodes', () => {
    const cluster = testCluster();
    const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a', image: 'alpine' }] } };
    cluster.create('replicasets.apps', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'a' },
      spec: { replicas: 6, selector: { matchLabels: { app: 'a' } }, template },
    });
    cluster.advance(3);
    const nodes = [...cluster.server.storage.objects('pods')].map((pod) => pod.spec.nodeName);
    expect(nodes.filter((node) => node === 'server5-node1')).toHaveLength(3);
  });

  it('keeps Pods with anti-affinity apart', () => {
    const cluster = testCluster();
    const term = { labelSelector: { matchLabels: { app: 'a' } }, topologyKey: 'kubernetes.io/hostname' };
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    for (const name of ['a1', 'a2', 'a3']) cluster.create('pods', podManifest(name, 'alpine', { affinity, labels: { app: 'a' } }));
    cluster.advance(2);
    const waiting = ['a1', 'a2', 'a3'].filter((name) => failure(cluster, name) !== undefined);
    expect(waiting).toHaveLength(1);
    expect(failure(cluster, waiting[0] ?? '')).toContain("2 node(s) didn't match pod anti-affinity rules");
  });
});
