// The kinds this cluster stores, as one union.
// Knows shapes only; each kind is defined in its own types-*.ts.

import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from './types-apps.ts';
import type { CronJob, Job } from './types-batch.ts';
import type { ConfigMap, Endpoints, Event, Namespace, Node, PersistentVolumeClaim, Secret, Service, ServiceAccount } from './types-core.ts';
import type { EndpointSlice, NetworkPolicy } from './types-network.ts';
import type { Pod } from './types-pod.ts';
import type { LimitRange, ResourceQuota } from './types-quota.ts';
import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from './types-rbac.ts';

/** Any object the API server of this cluster can store. */
export type KubeObject =
  | ClusterRole
  | ClusterRoleBinding
  | ConfigMap
  | CronJob
  | DaemonSet
  | Deployment
  | EndpointSlice
  | Endpoints
  | Event
  | Job
  | LimitRange
  | Namespace
  | NetworkPolicy
  | Node
  | PersistentVolumeClaim
  | Pod
  | ReplicaSet
  | ResourceQuota
  | Role
  | RoleBinding
  | Secret
  | Service
  | ServiceAccount
  | StatefulSet;
