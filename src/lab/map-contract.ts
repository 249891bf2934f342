/**
 * The world as drawings and explanations see it: machines, Pods, what stands in which Linux namespace, which ports lead
 * where, and the ways that packets took. Types alone; map-snapshot.ts fills them.
 */
import type { Hop } from '../sim/linux/net/packet-trace.ts';

export interface MapInterface {
  readonly name: string;
  readonly addresses: readonly string[];
}

export interface MapProcess {
  /** PID as its own namespace counts. */
  readonly pid: number;
  readonly command: string;
}

/** One Linux namespace as the map draws it. */
export interface MapNamespace {
  readonly inode: number;
  /** It is the node's own. */
  readonly ofNode: boolean;
}

/** Inode numbers of the namespaces that a shell there lives in. */
export type MapInodes = Readonly<Record<'cgroup' | 'ipc' | 'mnt' | 'net' | 'pid' | 'user' | 'uts', number>>;

export interface MapNetwork extends MapNamespace {
  readonly interfaces: readonly MapInterface[];
  /** Addresses with ports, such as `0.0.0.0:22`. */
  readonly listening: readonly string[];
}

export interface MapProcesses extends MapNamespace {
  readonly processes: readonly MapProcess[];
}

export interface MapIpc extends MapNamespace {
  readonly sharedMemory: number;
  readonly semaphores: number;
  readonly messageQueues: number;
}

export interface MapUts extends MapNamespace {
  readonly hostname: string;
}

export interface MapUser extends MapNamespace {
  /** Who root inside is on the node. */
  readonly rootIs: number;
}

/** A process of a container, with the number that the node knows it by. */
export interface MapContainerProcess extends MapProcess {
  readonly nodePid: number;
}

export interface MapContainer {
  readonly name: string;
  readonly state: string;
  /** Equal inodes mean that the containers see each other's processes. */
  readonly pid: MapProcesses;
  /** Those that run in this very container, whoever else is in the namespace. */
  readonly own: readonly MapContainerProcess[];
  readonly namespaces: MapInodes;
}

export interface MapHostPort {
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: string;
}

export interface MapPod {
  readonly namespace: string;
  readonly name: string;
  /** As `kubectl get` prints it in STATUS. */
  readonly status: string;
  /** Its address in the cluster; empty while it has none. */
  readonly address: string;
  readonly net: MapNetwork;
  readonly ipc: MapIpc;
  readonly uts: MapUts;
  readonly user: MapUser;
  readonly containers: readonly MapContainer[];
  /** Ports that its own programs listen on, beyond the loopback. */
  readonly listens: readonly string[];
  /** Ports of the node that lead here. */
  readonly hostPorts: readonly MapHostPort[];
}

/** A port on a node that NAT leads on. */
export interface MapDoor {
  readonly kind: 'hostPort' | 'nodePort';
  readonly port: number;
  readonly protocol: string;
  /** The Pod of a hostPort, the Service of a NodePort. */
  readonly of: string;
  /** `address:port` behind it, as far as this node leads there. */
  readonly targets: readonly string[];
  /** externalTrafficPolicy is Local: only Pods of this very node are led to. */
  readonly local: boolean;
}

export interface MapNode {
  readonly name: string;
  readonly address: string;
  readonly net: MapNetwork;
  readonly pid: MapProcesses;
  readonly ipc: MapIpc;
  readonly uts: MapUts;
  readonly namespaces: MapInodes;
  /** Processes that belong to no Pod: what the node runs for itself. */
  readonly own: readonly MapProcess[];
  readonly doors: readonly MapDoor[];
  /** The learner's Pods first; those of kube-system follow. */
  readonly pods: readonly MapPod[];
}

/** The way of one packet that was really sent. */
export interface MapPacket {
  readonly id: number;
  /** Such as `tcp`, `192.168.2.100`, `192.168.2.205:9000`. */
  readonly protocol: string;
  readonly from: string;
  readonly to: string;
  readonly hops: readonly Hop[];
}

export interface MapSnapshot {
  readonly nodes: readonly MapNode[];
  readonly outside: readonly { readonly name: string; readonly address: string; readonly namespaces: MapInodes }[];
  /** Pods that stand nowhere yet, with the reason as the scheduler or the kubelet words it. */
  readonly pending: readonly { readonly name: string; readonly reason: string }[];
  /** What learners' Pods and outside machines sent last, newest first. */
  readonly packets: readonly MapPacket[];
}
