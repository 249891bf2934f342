import { describe, expect, it } from 'vitest';
import { podManifest, testCluster } from '../control-plane.testing.ts';
import type { TestCluster } from '../control-plane.testing.ts';

const template = (app: string, container: object = {}): object => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: app, image: 'luksa/kubia', ...container }] },
});

function deployment(cluster: TestCluster, replicas: number, spec: object = {}): void {
  cluster.create('deployments.apps', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'kubia' },
    spec: { replicas, selector: { matchLabels: { app: 'kubia' } }, template: template('kubia'), ...spec },
  });
}

function setImage(cluster: TestCluster, image: string): void {
  const body = { spec: { template: { spec: { containers: [{ name: 'kubia', image }] } } } };
  cluster.server.patch('deployments.apps', { namespace: 'default', name: 'kubia' }, { type: 'strategic', body });
}

describe('a Deployment', () => {
  it('rolls one Pod after the other, as often seen as in the real cluster', () => {
    const cluster = testCluster();
    deployment(cluster, 3);
    cluster.advance(4);
    expect(cluster.rows('deployments.apps')).toEqual(['kubia 3/3 3 3']);
    const updated: number[] = [];
    cluster.server.watch('deployments.apps', {}, ({ object }) => updated.push(object.status.updatedReplicas ?? 0));
    setImage(cluster, 'nginx');
    cluster.advance(6);
    // What `kubectl rollout status` prints a line for: three, four, and three with the last old Pod.
    expect(updated.filter((count) => count === 1)).toHaveLength(3);
    expect(updated.filter((count) => count === 2)).toHaveLength(4);
    expect(
      cluster
        .rows('replicasets.apps')
        .map((row) => row.replace(/^\S+ /, ''))
        .sort(),
    ).toEqual(['0 0 0', '3 3 3']);
    expect(cluster.events('kubia')).toHaveLength(7);
  });

  it('stands still when the new Pod has no place, and goes back by an undo', () => {
    const cluster = testCluster();
    cluster.server.patch('nodes', { namespace: '', name: 'server6-node2' }, { type: 'merge', body: { spec: { unschedulable: true } } });
    deployment(cluster, 1, { template: template('kubia', { ports: [{ containerPort: 8080, hostPort: 9000 }] }) });
    cluster.advance(4);
    const before = cluster.server.storage.get('deployments.apps', 'default', 'kubia')?.spec.template;
    setImage(cluster, 'nginx');
    cluster.advance(4);
    const { status } = cluster.server.storage.get('deployments.apps', 'default', 'kubia') ?? {};
    expect(status).toMatchObject({ replicas: 2, updatedReplicas: 1, availableReplicas: 1, unavailableReplicas: 1 });
    expect(status?.conditions?.map((condition) => condition.reason)).toEqual(['MinimumReplicasAvailable', 'ReplicaSetUpdated']);
    cluster.server.patch(
      'deployments.apps',
      { namespace: 'default', name: 'kubia' },
      { type: 'json', body: [{ op: 'replace', path: '/spec/template', value: before }] },
    );
    cluster.advance(3);
    expect(cluster.rows('pods', 'default')).toHaveLength(1);
    expect(cluster.server.storage.get('deployments.apps', 'default', 'kubia')?.metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3');
  });

  it('ends the old Pods first when it recreates', () => {
    const cluster = testCluster();
    deployment(cluster, 2, { strategy: { type: 'Recreate' } });
    cluster.advance(4);
    let most = 0;
    cluster.server.watch(
      'pods',
      {},
      () =>
        (most = Math.max(
          most,
          [...cluster.server.storage.objects('pods', 'default')].filter((pod) => pod.status.phase === 'Running' || pod.status.phase === 'Pending')
            .length,
        )),
    );
    setImage(cluster, 'nginx');
    cluster.advance(6);
    expect(most).toBe(2);
    expect(cluster.rows('deployments.apps')).toEqual(['kubia 2/2 2 2']);
  });

  it('takes its ReplicaSets and Pods along when it is deleted', () => {
    const cluster = testCluster();
    deployment(cluster, 2);
    cluster.advance(3);
    cluster.server.delete('deployments.apps', 'default', 'kubia');
    cluster.advance(3);
    expect([...cluster.rows('replicasets.apps'), ...cluster.rows('pods', 'default')]).toEqual([]);
  });

  it('leaves its Pods behind when that is asked for', () => {
    const cluster = testCluster();
    deployment(cluster, 2);
    cluster.advance(3);
    cluster.server.delete('deployments.apps', 'default', 'kubia', { propagationPolicy: 'Orphan' });
    cluster.advance(3);
    expect([cluster.rows('deployments.apps').length, cluster.rows('replicasets.apps').length, cluster.rows('pods', 'default').length]).toEqual([
      0, 1, 2,
    ]);
  });

  it('makes a new Pod for one whose label was taken away', () => {
    const cluster = testCluster();
    deployment(cluster, 1);
    cluster.advance(3);
    const [pod] = [...cluster.server.storage.objects('pods', 'default')];
    cluster.server.patch(
      'pods',
      { namespace: 'default', name: pod?.metadata.name ?? '' },
      { type: 'merge', body: { metadata: { labels: { app: 'other' } } } },
    );
    cluster.advance(3);
    expect(cluster.rows('pods', 'default')).toHaveLength(2);
    expect(cluster.pod(pod?.metadata.name ?? '').metadata.ownerReferences).toBeUndefined();
  });
});

describe('other controllers', () => {
  it('put a DaemonSet’s Pod on every node that it tolerates', () => {
    const cluster = testCluster();
    const spec = { selector: { matchLabels: { app: 'agent' } }, template: template('agent', { ports: [{ containerPort: 8080, hostPort: 9000 }] }) };
    cluster.create('daemonsets.apps', { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent' }, spec });
    cluster.advance(3);
    expect(cluster.rows('daemonsets.apps')).toEqual(['agent 2 2 2 2 2 <none>']);
    cluster.server.patch(
      'daemonsets.apps',
      { namespace: 'default', name: 'agent' },
      { type: 'json', body: [{ op: 'add', path: '/spec/template/spec/tolerations', value: [{ operator: 'Exists' }] }] },
    );
    cluster.advance(8);
    expect(cluster.rows('daemonsets.apps')).toEqual(['agent 3 3 3 3 3 <none>']);
  });

  it('tell why Pod Security lets no Pod of a DaemonSet in', () => {
    const cluster = testCluster();
    cluster.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'tenant', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
    });
    cluster.advance(1);
    const spec = {
      selector: { matchLabels: { app: 'agent' } },
      template: { metadata: { labels: { app: 'agent' } }, spec: { hostNetwork: true, containers: [{ name: 'a', image: 'alpine' }] } },
    };
    cluster.server.create('daemonsets.apps', 'tenant', { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent' }, spec } as never);
    cluster.advance(1);
    expect(cluster.rows('daemonsets.apps', 'tenant')).toEqual(['agent 2 0 0 0 0 <none>']);
    const events = cluster.events('agent');
    expect(events.length).toBeGreaterThan(5);
    expect(events[0]).toMatch(
      /^FailedCreate: Error creating: pods "agent-\w{5}" is forbidden: violates PodSecurity "baseline:latest": host namespaces \(hostNetwork=true\)$/,
    );
  });

  it('list the addresses of a Service’s Pods while they are ready', () => {
    const cluster = testCluster();
    cluster.create('services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
    });
    cluster.create('pods', podManifest('a', 'luksa/kubia', { nodeName: 'server5-node1', labels: { app: 'web' } }));
    cluster.advance(2);
    expect(cluster.rows('endpoints', 'default')).toEqual([`web ${cluster.pod('a').status.podIP ?? ''}:8080`]);
    expect(cluster.rows('endpointslices.discovery.k8s.io', 'default')[0]).toMatch(/^web-\w{5} IPv4 8080 10\.244\.1\.\d+$/);
    cluster.server.delete('pods', 'default', 'a');
    cluster.advance(2);
    expect(cluster.rows('endpoints', 'default')).toEqual(['web <none>']);
    cluster.server.delete('services', 'default', 'web');
    cluster.advance(1);
    expect([...cluster.rows('endpoints', 'default'), ...cluster.rows('endpointslices.discovery.k8s.io', 'default')]).toEqual([]);
  });

  it('run a Job to its end and give up on a failing one', () => {
    const cluster = testCluster();
    const job = (name: string, image: string, spec: object): object => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image }] } } },
    });
    cluster.create('jobs.batch', job('good', 'done', { completions: 2 }));
    cluster.create('jobs.batch', job('bad', 'crash', { backoffLimit: 0 }));
    const { metadata, spec } = cluster.server.storage.get('jobs.batch', 'default', 'good') ?? {};
    expect(spec?.selector?.matchLabels).toEqual({ 'batch.kubernetes.io/controller-uid': metadata?.uid });
    expect(metadata?.labels).toMatchObject({ 'controller-uid': metadata?.uid, 'job-name': 'good' });
    cluster.advance(8);
    expect(cluster.rows('jobs.batch').map((row) => row.split(' ').slice(0, 3).join(' '))).toEqual(['bad Failed 0/1', 'good Complete 2/2']);
  });

  it('start a StatefulSet’s Pods in the order of their numbers', () => {
    const cluster = testCluster();
    const spec = { replicas: 2, serviceName: 's', selector: { matchLabels: { app: 's' } }, template: template('s') };
    cluster.create('statefulsets.apps', { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 's' }, spec });
    cluster.advance(0.3);
    expect(cluster.rows('pods', 'default').map((row) => row.split(' ')[0])).toEqual(['s-0']);
    cluster.advance(4);
    expect(cluster.rows('statefulsets.apps')).toEqual(['s 2/2']);
  });

  it('empty a namespace before it goes', () => {
    const cluster = testCluster();
    cluster.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'play' } });
    cluster.advance(1);
    expect(cluster.server.storage.get('serviceaccounts', 'play', 'default')).toBeDefined();
    cluster.server.create('pods', 'play', podManifest('x', 'alpine', { terminationGracePeriodSeconds: 3 }) as never);
    cluster.advance(3);
    cluster.server.delete('namespaces', '', 'play');
    cluster.advance(4.5);
    expect(cluster.rows('namespaces')).toContain('play Terminating');
    expect(cluster.rows('pods', 'play')).toEqual(['x 1/1 Running 0']);
    cluster.advance(1);
    expect(cluster.rows('pods', 'play')).toEqual(['x 1/1 Terminating 0']);
    cluster.advance(4);
    expect(cluster.rows('namespaces')).toContain('play Terminating');
    cluster.advance(3);
    expect(cluster.rows('namespaces')).not.toContain('play Terminating');
  });

  it('make nothing more in a namespace that is ending, and say nothing of it', () => {
    const cluster = testCluster();
    cluster.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'play' } });
    cluster.advance(1);
    const set = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'r' },
      spec: { replicas: 1, selector: { matchLabels: { app: 'r' } }, template: template('r', { image: 'alpine' }) },
    };
    cluster.server.create('replicasets.apps', 'play', set as never);
    cluster.advance(2);
    expect(cluster.rows('pods', 'play')).toHaveLength(1);
    cluster.server.delete('namespaces', '', 'play');
    cluster.advance(5.5);
    expect(cluster.rows('pods', 'play')).toHaveLength(1);
    expect(cluster.events('r').filter((event) => event.startsWith('FailedCreate'))).toEqual([]);
  });

  it('taint a cordoned node and drive out what does not tolerate', () => {
    const cluster = testCluster();
    cluster.create('pods', podManifest('web', 'luksa/kubia', { nodeName: 'server5-node1' }));
    cluster.advance(2);
    cluster.server.patch('nodes', { namespace: '', name: 'server5-node1' }, { type: 'merge', body: { spec: { unschedulable: true } } });
    cluster.advance(1);
    expect(cluster.server.storage.get('nodes', '', 'server5-node1')?.spec.taints).toMatchObject([
      { effect: 'NoSchedule', key: 'node.kubernetes.io/unschedulable' },
    ]);
    cluster.server.patch(
      'nodes',
      { namespace: '', name: 'server5-node1' },
      { type: 'merge', body: { spec: { taints: [{ effect: 'NoExecute', key: 'x' }] } } },
    );
    cluster.advance(3);
    expect(cluster.rows('pods', 'default')).toEqual([]);
  });
});

describe('in the long run', () => {
  it('events go after an hour, heartbeats do not stop, Pods of a removed node are cleared away', () => {
    const cluster = testCluster();
    const { storage } = cluster.server;
    const condition = () => storage.get('nodes', '', 'server6-node2')?.status.conditions?.find((each) => each.type === 'Ready');
    cluster.create('pods', podManifest('web', 'luksa/kubia', { nodeName: 'server5-node1' }));
    cluster.advance(601);
    expect(condition()?.lastHeartbeatTime).toBe('2026-11-23T09:10:00Z');
    expect([...storage.objects('events')].map((event) => event.reason)).toContain('Started');
    cluster.server.delete('nodes', '', 'server5-node1');
    cluster.advance(30);
    expect(cluster.rows('pods', 'default')).toHaveLength(1);
    cluster.advance(35);
    expect(cluster.rows('pods', 'default')).toEqual([]);
    cluster.advance(3000);
    expect([...storage.objects('events')].map((event) => event.reason)).toEqual(['RemovingNode', 'Killing']);
  });
});

describe('five hundred Pods', () => {
  it('come up without one step that would block a page', () => {
    const cluster = testCluster();
    deployment(cluster, 500);
    const { simulation } = cluster;
    const end = simulation.now + 40_000;
    // Not the clock, which depends on the machine, but the work: objects written in one step.
    let most = 0;
    while (simulation.nextAt !== undefined && simulation.nextAt <= end) {
      const before = cluster.server.storage.version;
      simulation.step();
      most = Math.max(most, cluster.server.storage.version - before);
    }
    expect(cluster.rows('deployments.apps')).toEqual(['kubia 500/500 500 500']);
    expect(most).toBeLessThan(40);
  });
});
