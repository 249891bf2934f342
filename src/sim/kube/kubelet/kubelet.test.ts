import { describe, expect, it } from 'vitest';
import { podManifest, testCluster } from '../control-plane.testing.ts';

describe('a Pod on its node', () => {
  it('comes up through the states that a watcher of the real cluster sees', () => {
    const cluster = testCluster();
    const seen: string[] = [];
    cluster.server.watch('pods', {}, ({ type, object }) => {
      const state = Object.keys(object.status.containerStatuses?.[0]?.state ?? {})[0] ?? '';
      seen.push(`${type} ${object.status.phase ?? ''} ${state}`.trim());
    });
    cluster.create('pods', podManifest('web', 'alpine'));
    cluster.advance(2);
    expect(seen).toEqual(['ADDED Pending', 'MODIFIED Pending', 'MODIFIED Pending waiting', 'MODIFIED Pending waiting', 'MODIFIED Running running']);
    expect(cluster.events('web').map((event) => event.split(':')[0])).toEqual(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']);
    seen.length = 0;
    cluster.server.delete('pods', 'default', 'web', { gracePeriodSeconds: 1 });
    cluster.advance(5);
    expect(seen).toEqual([
      'MODIFIED Running running',
      'MODIFIED Running running',
      'MODIFIED Failed terminated',
      'MODIFIED Failed terminated',
      'DELETED Failed terminated',
    ]);
  });

  it('reports the conditions of a Pod that has done its work', () => {
    const cluster = testCluster();
    cluster.create('pods', podManifest('done', 'done', { restartPolicy: 'Never' }));
    cluster.advance(3);
    const { phase, conditions = [] } = cluster.pod('done').status;
    expect(phase).toBe('Succeeded');
    expect(conditions.map((condition) => `${condition.type}=${condition.status} ${condition.reason ?? ''}`.trim())).toEqual([
      'PodReadyToStartContainers=False PodSandboxNotReady',
      'Initialized=True PodCompleted',
      'Ready=False PodCompleted',
      'ContainersReady=False PodCompleted',
      'PodScheduled=True',
    ]);
  });

  it('shows how a crashed container ended until it is tried again', () => {
    const cluster = testCluster();
    cluster.create('pods', podManifest('crash', 'crash'));
    cluster.advance(6);
    expect(cluster.rows('pods', 'default')[0]).toMatch(/^crash 0\/1 Error 1 \(\d+s ago\)$/);
    cluster.advance(11);
    expect(cluster.pod('crash').status.containerStatuses?.[0]).toMatchObject({
      restartCount: 2,
      state: { terminated: { exitCode: 3 } },
      lastState: { terminated: { exitCode: 3 } },
    });
    expect(cluster.events('crash').at(-1)).toMatch(/^BackOff x2: Back-off restarting failed container main in pod crash_default\(/);
  });

  it('waits between pulls of an image that cannot be had', () => {
    const cluster = testCluster();
    cluster.create('pods', podManifest('typo', 'alpin'));
    cluster.advance(17);
    expect(cluster.pod('typo').status.containerStatuses?.[0]?.state).toEqual({
      waiting: { message: 'Back-off pulling image "alpin": ErrImagePull: pull of alpin:latest refused', reason: 'ImagePullBackOff' },
    });
    expect(cluster.events('typo').slice(1)).toEqual([
      'BackOff: Back-off pulling image "alpin"',
      'Failed: Error: ImagePullBackOff',
      'Pulling x2: Pulling image "alpin"',
      'Failed x2: Failed to pull image "alpin": pull of alpin:latest refused',
      'Failed x2: Error: ErrImagePull',
    ]);
  });

  it('names an image that is no image reference', () => {
    const cluster = testCluster();
    cluster.create('pods', podManifest('bad', 'Alpine'));
    cluster.advance(1);
    expect(cluster.rows('pods', 'default')).toEqual(['bad 0/1 InvalidImageName 0']);
    expect(cluster.events('bad').join()).toContain(
      `Failed to apply default image tag "Alpine": couldn't parse image name "Alpine": invalid reference format: repository name (library/Alpine) must be lowercase`,
    );
  });

  it('refuses what the node does not allow', () => {
    const cluster = testCluster();
    const port = {
      containers: [{ name: 'main', image: 'luksa/kubia', ports: [{ containerPort: 8080, hostPort: 9000 }] }],
      nodeName: 'server5-node1',
    };
    cluster.create('pods', podManifest('first', 'x', port));
    cluster.create('pods', podManifest('second', 'x', port));
    cluster.create('pods', podManifest('sys', 'alpine', { securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] } }));
    cluster.advance(2);
    expect(cluster.rows('pods', 'default')).toEqual(['first 1/1 Running 0', 'second 0/1 NodePorts 0', 'sys 0/1 SysctlForbidden 0']);
    expect(cluster.pod('sys').status.message).toBe('Pod was rejected: forbidden sysctl: "net.core.somaxconn" not allowlisted');
  });

  it('runs init containers one after the other, and sidecars beside', () => {
    const cluster = testCluster();
    cluster.create(
      'pods',
      podManifest('init', 'alpine', {
        initContainers: [
          { name: 'a', image: 'done' },
          { name: 'side', image: 'alpine', restartPolicy: 'Always' },
          { name: 'b', image: 'done' },
        ],
      }),
    );
    cluster.advance(0.4);
    expect(cluster.rows('pods', 'default')[0]).toMatch(/^init 0\/2 Init:/);
    cluster.advance(6);
    expect(cluster.rows('pods', 'default')).toEqual(['init 2/2 Running 0']);
  });

  it('mounts nothing and starts nothing while a volume is missing', () => {
    const cluster = testCluster();
    cluster.create('pods', podManifest('cm', 'alpine', { volumes: [{ name: 'v', configMap: { name: 'late' } }] }));
    cluster.advance(2);
    expect(cluster.rows('pods', 'default')).toEqual(['cm 0/1 ContainerCreating 0']);
    expect(cluster.events('cm')[1]).toContain('MountVolume.SetUp failed for volume "v" : configmap "late" not found');
    cluster.create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'late' } });
    cluster.advance(5);
    expect(cluster.rows('pods', 'default')).toEqual(['cm 1/1 Running 0']);
  });

  it('restarts a container whose image was changed', () => {
    const cluster = testCluster();
    cluster.create('pods', podManifest('web', 'nginx'));
    cluster.advance(2);
    const body = { spec: { containers: [{ name: 'main', image: 'luksa/kubia' }] } };
    cluster.server.patch('pods', { namespace: 'default', name: 'web' }, { type: 'strategic', body });
    cluster.advance(2);
    expect(cluster.rows('pods', 'default')[0]).toMatch(/^web 1\/1 Running 1 /);
    expect(cluster.events('web')).toContain('Killing: Container main definition changed, will be restarted');
  });

  it('stops a Pod whose time is over and keeps it', () => {
    const cluster = testCluster();
    cluster.create('pods', podManifest('web', 'nginx', { activeDeadlineSeconds: 3 }));
    cluster.advance(5);
    expect(cluster.rows('pods', 'default')).toEqual(['web 0/1 Completed 0']);
    expect(cluster.pod('web').status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
    expect(cluster.events('web').at(-1)).toMatch(/^DeadlineExceeded x\d: Pod was active on the node longer than the specified deadline$/);
    cluster.server.delete('pods', 'default', 'web');
    cluster.advance(1);
    expect(cluster.rows('pods', 'default')).toEqual([]);
  });

  it('starts ephemeral containers beside the others', () => {
    const cluster = testCluster();
    cluster.create('pods', podManifest('web', 'alpine'));
    cluster.advance(2);
    const ephemeralContainers = [{ name: 'dbg', image: 'alpine', targetContainerName: 'main' }];
    cluster.server.patch(
      'pods',
      { namespace: 'default', name: 'web' },
      { type: 'strategic', body: { spec: { ephemeralContainers } } },
      { subresource: 'ephemeralcontainers' },
    );
    cluster.advance(2);
    expect(cluster.pod('web').status.ephemeralContainerStatuses?.[0]).toMatchObject({ name: 'dbg', ready: false });
    expect(cluster.rows('pods', 'default')).toEqual(['web 1/1 Running 0']);
  });
});
