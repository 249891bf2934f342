/**
 * What a whole cluster is to those who use it: machines, the API server, the nodes' runtimes. Assembled by
 * create-cluster.ts; commands find the cluster of the machine on which they run with `clusterOf`.
 */
import type { Simulation } from '../engine/simulation.ts';
import type { Machine } from '../linux/machine.ts';
import type { NetworkNamespace } from '../linux/net/network-namespace.ts';
import type { TraceLog } from '../linux/net/packet-trace.ts';
import type { Kernel } from '../linux/process/kernel.ts';
import type { ApiServer } from './apiserver/api-server.ts';
import type { PodStreams } from './apiserver/pod-streams.ts';
import type { Container } from './cri/container.ts';
import type { Containerd } from './cri/containerd.ts';

export interface ContainerRef {
  readonly node: string;
  readonly namespace: string;
  readonly pod: string;
  readonly name: string;
  /** The runtime's id. */
  readonly id: string;
  readonly runtime: Containerd;
  readonly container: Container;
}

export interface Cluster {
  readonly simulation: Simulation;
  /** Nodes, `client` and `gateway`, by name. */
  readonly machines: ReadonlyMap<string, Machine>;
  /** Names of the machines that run a kubelet, control plane first. */
  readonly nodes: readonly string[];
  readonly apiServer: ApiServer;
  readonly streams: PodStreams;
  /** By node. */
  readonly runtimes: ReadonlyMap<string, Containerd>;
  readonly traces: TraceLog;
  /** Running containers outside of kube-system, in the order of their start. */
  runningContainers(): readonly ContainerRef[];
  /** By `pod/container` (default namespace), `namespace/pod/container`, or `pod` alone when it has one container. */
  findContainer(name: string): ContainerRef | undefined;
  /** The networks of all machines and sandboxes, for drawings. */
  networks(): Iterable<NetworkNamespace>;
}

const clusterByKernel = new WeakMap<Kernel, Cluster>();

/** Makes `cluster` known to the commands of `kernel`'s machine. */
export function registerCluster(kernel: Kernel, cluster: Cluster): void {
  clusterByKernel.set(kernel, cluster);
}

/** The cluster that the machine belongs to (the outside client's included). */
export function clusterOf(kernel: Kernel): Cluster | undefined {
  return clusterByKernel.get(kernel);
}
