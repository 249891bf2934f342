/** The parts of a cluster as one: what shells, pages and checks find containers and networks by. Wires nothing. */
import type { Simulation } from '../engine/simulation.ts';
import type { Machine } from '../linux/machine.ts';
import type { NetworkNamespace } from '../linux/net/network-namespace.ts';
import type { TraceLog } from '../linux/net/packet-trace.ts';
import type { ApiServer } from './apiserver/api-server.ts';
import type { PodStreams } from './apiserver/pod-streams.ts';
import type { Cluster, ContainerRef } from './cluster.ts';
import type { Containerd } from './cri/containerd.ts';
import { NODES } from './default-machines.ts';

export interface ClusterParts {
  readonly simulation: Simulation;
  readonly machines: ReadonlyMap<string, Machine>;
  readonly apiServer: ApiServer;
  readonly runtimes: ReadonlyMap<string, Containerd>;
  readonly traces: TraceLog;
  readonly streams: PodStreams;
}

export class AssembledCluster implements Cluster {
  readonly simulation: Simulation;
  readonly machines: ReadonlyMap<string, Machine>;
  readonly nodes = NODES.map((node) => node.name);
  readonly apiServer: ApiServer;
  readonly streams: PodStreams;
  readonly runtimes: ReadonlyMap<string, Containerd>;
  readonly traces: TraceLog;

  constructor(parts: ClusterParts) {
    this.simulation = parts.simulation;
    this.machines = parts.machines;
    this.apiServer = parts.apiServer;
    this.streams = parts.streams;
    this.runtimes = parts.runtimes;
    this.traces = parts.traces;
  }

  runningContainers(): readonly ContainerRef[] {
    return [...this.#containers()]
      .filter((each) => each.namespace !== 'kube-system' && each.container.state === 'running')
      .sort((a, b) => (a.container.startedAt ?? 0) - (b.container.startedAt ?? 0));
  }

  findContainer(name: string): ContainerRef | undefined {
    const parts = name.split('/');
    const [namespace, pod, container] = parts.length === 3 ? parts : ['default', ...parts];
    for (const each of this.#containers()) {
      if (each.namespace !== namespace || each.pod !== pod || each.container.state !== 'running') continue;
      if (container === undefined || each.name === container) return each;
    }
    return undefined;
  }

  *networks(): Iterable<NetworkNamespace> {
    for (const machine of this.machines.values()) yield machine.kernel.initial.net;
    for (const runtime of this.runtimes.values())
      for (const sandbox of runtime.sandboxes()) if (sandbox.config.namespaces.network !== 'node') yield sandbox.namespaces.net;
  }

  *#containers(): Iterable<ContainerRef> {
    for (const [node, runtime] of this.runtimes) {
      for (const sandbox of runtime.sandboxes()) {
        for (const container of sandbox.containers) {
          yield {
            node,
            namespace: sandbox.config.namespace,
            pod: sandbox.config.name,
            name: container.config.name,
            id: container.id,
            runtime,
            container,
          };
        }
      }
    }
  }
}
