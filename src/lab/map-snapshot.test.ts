import { beforeAll, describe, expect, it } from 'vitest';
import { programsOnDisk } from '../../scripts/commands-on-disk.ts';
import { createCluster } from '../sim/kube/create-cluster.ts';
import { World } from '../sim/shell/world.ts';
import type { MapNode, MapPod, MapSnapshot } from './map-contract.ts';
import { mapSnapshot } from './map-snapshot.ts';

const manifest = `
{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {nodeName: server5-node1, containers: [{name: main, image: luksa/kubia, ports: [{containerPort: 8080, hostPort: 9000}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: shared}, spec: {nodeName: server5-node1, hostNetwork: true, hostPID: true, hostIPC: true, containers: [{name: main, image: nginx}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: stuck}, spec: {nodeSelector: {no: such}, containers: [{name: main, image: nginx}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: NodePort, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}}
`;

let world: MapSnapshot;

const node = (name: string): MapNode => world.nodes.find((each) => each.name === name) as MapNode;
const pod = (name: string): MapPod => world.nodes.flatMap(({ pods }) => pods).find((each) => each.name === name) as MapPod;

beforeAll(async () => {
  const running = new World(createCluster({ programs: await programsOnDisk(), seed: 'map' }));
  const { simulation } = running.cluster;
  running.writeFile('server4-master', '/root/all.yaml', manifest);
  for (const [at, line] of [
    ['server4-master', 'kubectl apply -f all.yaml; kubectl wait --for=condition=Ready pod/web pod/shared; sleep 3'],
    ['client', 'curl -s -m 2 http://192.168.2.205:9000'],
  ] as const) {
    const run = running.run(at, line);
    await simulation.runUntilSettled(() => run?.exitCode !== undefined, { limit: 60_000, budget: 400_000 });
  }
  world = mapSnapshot(running.cluster);
});

describe('the snapshot for the map', () => {
  it('shows what is the node’s by its inode', () => {
    expect(pod('shared')).toMatchObject({
      net: { ofNode: true, inode: node('server5-node1').net.inode },
      ipc: { ofNode: true },
      uts: { ofNode: true },
    });
    expect(pod('web')).toMatchObject({ net: { ofNode: false }, ipc: { ofNode: false }, uts: { ofNode: false, hostname: 'web' } });
  });

  it('gives processes both numbers, and the Pod’s own ports where the network is the node’s', () => {
    expect(pod('web').containers[0]?.own).toMatchObject([{ pid: 1, command: 'node app.js' }]);
    expect(pod('web').containers[0]?.own[0]?.nodePid).toBeGreaterThan(60);
    expect(pod('shared').containers[0]?.own.every(({ pid, nodePid }) => pid === nodePid)).toBe(true);
    expect(pod('shared').listens).toEqual(['80']);
  });

  it('keeps a node’s own processes apart from those of Pods', () => {
    expect(node('server5-node1').own.map(({ command }) => command.replace(/ .*/, ''))).toEqual([
      'init',
      '/usr/bin/containerd',
      '/usr/bin/kubelet',
      'sshd:',
    ]);
  });

  it('lists a hostPort on its node alone and a NodePort on all, leading nowhere where the policy is Local', () => {
    const doors = (name: string) => node(name).doors.map(({ kind, port, targets }) => `${kind} ${port} ${targets.join()}`);
    const { address } = pod('web');
    expect(doors('server5-node1')).toEqual([`hostPort 9000 ${address}:8080`, `nodePort 30080 ${address}:8080`]);
    expect(doors('server6-node2')).toEqual(['nodePort 30080 ']);
  });

  it('says of a Pod that stands nowhere what the scheduler says', () => {
    expect(world.pending).toMatchObject([{ name: 'stuck', reason: expect.stringContaining('0/3 nodes are available') as string }]);
  });

  it('keeps the ways of packets from outside', () => {
    expect(world.packets[0]).toMatchObject({ protocol: 'tcp', from: '192.168.2.100', to: '192.168.2.205:9000' });
    expect(world.packets[0]?.hops.at(-1)).toMatchObject({ kind: 'delivered' });
  });
});
