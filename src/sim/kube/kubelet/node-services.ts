/** What all Pod workers of one node share. Types only. */
import type { Simulation } from '../../engine/simulation.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import type { Quantity } from '../api/types-meta.ts';
import type { ContainerRuntime, PodSandboxConfig } from '../cri/runtime.ts';
import type { Backoff } from './backoff.ts';
import type { HandlerRunner } from './handler-runner.ts';
import type { ImagePuller } from './image-puller.ts';
import type { NodeFiles } from './node-host.ts';
import type { PodEvents } from './pod-events.ts';
import type { ProbeManager } from './probe-manager.ts';

export interface NodeServices {
  readonly simulation: Simulation;
  readonly server: ApiServer;
  readonly runtime: ContainerRuntime;
  readonly files: NodeFiles;
  readonly events: PodEvents;
  readonly puller: ImagePuller;
  readonly probes: ProbeManager;
  readonly runner: HandlerRunner;
  /** Restarts of containers: 10 s doubling up to 5 min. */
  readonly crashBackoff: Backoff;
  readonly nodeName: string;
  readonly hostIp: string;
  readonly clusterDns: readonly string[];
  readonly allocatable: () => Readonly<Record<string, Quantity>>;
  /** Ids for a Pod with its own user namespace. */
  readonly allocateIds: (uid: string) => PodSandboxConfig['idMapping'];
  /** Text of a service account token for a Pod. */
  readonly tokenFor: (namespace: string, serviceAccount: string) => string;
  /** Lets the Pod be looked at at the next relist (PLEG, once a second). */
  readonly noticeLater: (uid: string) => void;
  /** Notes whose container or sandbox this is, for its end. */
  readonly belongs: (id: string, uid: string) => void;
  readonly gone: (id: string) => void;
  /** A relist of this Pod alone is about to happen: the next general one has nothing new to tell. */
  readonly seen: (uid: string) => void;
}
