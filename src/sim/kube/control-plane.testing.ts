/** A three-node control plane on scripted runtimes, for tests of scheduler, controllers and kubelet together. */
import { wholeOf } from '../engine/pieces.ts';
import { Simulation } from '../engine/simulation.ts';
import { ApiServer } from './apiserver/api-server.ts';
import { objectRules } from './apiserver/admission/object-rules.ts';
import { isStatus } from './apiserver/object.ts';
import type { ApiObject } from './apiserver/object.ts';
import { resourceOfKey } from './apiserver/resource.ts';
import { tableOf } from './apiserver/printers/table.ts';
import type { Pod } from './api/types-pod.ts';
import { startControllers } from './controllers/start-controllers.ts';
import { Kubelet } from './kubelet/kubelet.ts';
import { emptyFiles, scriptedRuntime, silentNetwork } from './kubelet/scripted-runtime.testing.ts';
import type { Script } from './kubelet/scripted-runtime.testing.ts';
import { Scheduler } from './scheduler/scheduler.ts';

const NODES = [
  { name: 'server4-master', ip: '192.168.2.204', net: '10.244.0', master: true },
  { name: 'server5-node1', ip: '192.168.2.205', net: '10.244.1', master: false },
  { name: 'server6-node2', ip: '192.168.2.206', net: '10.244.2', master: false },
];

export interface TestCluster {
  readonly simulation: Simulation;
  readonly server: ApiServer;
  /** Creates an object or throws the refusal. */
  create(resource: string, object: object): ApiObject;
  /** Rows of `kubectl get`, cells joined by a blank; ages left out. */
  rows(resource: string, namespace?: string): string[];
  pod(name: string): Pod;
  /** `Reason: message` of an object's events, oldest first, with their counts. */
  events(name: string): string[];
  advance(seconds: number): void;
}

const SCRIPTS: Readonly<Record<string, Script>> = {
  alpine: {},
  'luksa/kubia': { obeysTerm: true },
  nginx: { obeysTerm: true },
  done: { endsAfter: 10, exitCode: 0 },
  crash: { endsAfter: 10, exitCode: 3 },
  broken: { startError: 'exec: "/bin/slep": stat /bin/slep: no such file or directory' },
};

export function testCluster(): TestCluster {
  const simulation = new Simulation({ seed: 'test', epoch: Date.parse('2026-11-23T09:00:00Z') });
  const server = new ApiServer({ simulation, rules: objectRules });
  const make = (resource: string, object: object, namespace = 'default'): ApiObject => {
    const info = resourceOfKey(resource);
    const answer = server.create(resource, info.namespaced ? namespace : '', object as ApiObject);
    if (isStatus(answer)) throw new Error(answer.message);
    return answer as ApiObject;
  };
  startControllers(server);
  for (const name of ['default', 'kube-system']) make('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  for (const node of NODES) {
    make('nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: node.name, labels: { 'kubernetes.io/hostname': node.name, 'kubernetes.io/os': 'linux' } },
      spec: node.master ? { taints: [{ effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane' }] } : {},
    });
    server.setStatus('nodes', '', node.name, {
      allocatable: { cpu: '2', memory: '24581684Ki', pods: '510' },
      conditions: [{ type: 'Ready', status: 'True' }],
    });
    const kubelet = new Kubelet({
      simulation,
      server,
      runtime: scriptedRuntime(simulation, SCRIPTS, node.net),
      files: emptyFiles,
      network: silentNetwork,
      nodeName: node.name,
      hostIp: node.ip,
      readManifest: () => undefined,
    });
    wholeOf(kubelet.start());
  }
  new Scheduler(server).start();
  simulation.advance(1000);
  return {
    simulation,
    server,
    create: make,
    rows(resource, namespace) {
      const table = tableOf(resourceOfKey(resource), server.storage.sorted(resource, namespace) as ApiObject[], {
        wide: false,
        wallClock: simulation.wallClock,
      });
      const age = table.columns.findIndex((column) => column.name === 'Age');
      return table.rows.map((row) => row.cells.filter((_cell, index) => index !== age).join(' '));
    },
    pod(name) {
      const pod = server.storage.get('pods', 'default', name);
      if (pod === undefined) throw new Error(`no pod ${name}`);
      return pod;
    },
    events(name) {
      const events = [...server.storage.objects('events')].filter((event) => event.involvedObject.name === name);
      events.sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion));
      return events.map((event) => `${event.reason ?? ''}${(event.count ?? 1) > 1 ? ` x${String(event.count)}` : ''}: ${event.message ?? ''}`);
    },
    advance: (seconds) => void simulation.advance(seconds * 1000),
  };
}

/** A Pod of one container; `labels` go to its metadata, the rest to its spec. */
export function podManifest(
  name: string,
  image: string,
  rest: { readonly labels?: Readonly<Record<string, string>>; readonly [field: string]: unknown } = {},
): object {
  const { labels, ...spec } = rest;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(labels === undefined ? {} : { labels }) },
    spec: { containers: [{ name: 'main', image }], ...spec },
  };
}
