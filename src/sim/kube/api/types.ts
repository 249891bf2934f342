// The kinds this cluster stores, as one union.
// Knows shapes only; each kind is defined in its own types-*.ts.

import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from './types-apps.ts';
import type { Job } from './types-batch.ts';
import type { ConfigMap, Endpoints, Event, Namespace, Node, PersistentVolumeClaim, Service, ServiceAccount } from './types-core.ts';
import type { EndpointSlice, NetworkPolicy } from './types-network.ts';
import type { Pod } from './types-pod.ts';

/** Any object the API server of this cluster can store. */
export type KubeObject =
  | ConfigMap
  | DaemonSet
  | Deployment
  | EndpointSlice
  | Endpoints
  | Event
  | Job
  | Namespace
  | NetworkPolicy
  | Node
  | PersistentVolumeClaim
  | Pod
  | ReplicaSet
  | Service
  | ServiceAccount
  | StatefulSet;
