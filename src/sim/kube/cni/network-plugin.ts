/** What the container runtime asks of a network: CNI's ADD and DEL for a PodSandbox. Knows no implementation. */
import type { NetworkNamespace } from '../../linux/net/network-namespace.ts';

export interface PortMapping {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly containerPort: number;
  /** 0: not mapped. */
  readonly hostPort: number;
  /** '' for all addresses of the node. */
  readonly hostIP: string;
}

export interface NetworkAddRequest {
  readonly sandboxId: string;
  readonly namespace: NetworkNamespace;
  readonly portMappings: readonly PortMapping[];
  readonly podName: string;
  readonly podNamespace: string;
}

export interface NetworkPlugin {
  /** Makes `eth0` in the namespace and opens the host ports. */
  add(request: NetworkAddRequest): { readonly addresses: readonly string[] } | { readonly error: string };
  /** Undoes `add`; does nothing when there was none. */
  remove(request: { readonly sandboxId: string; readonly namespace: NetworkNamespace }): void;
}
