/**
 * What storage knows of an object: its metadata. The typed kinds are told apart by the resource they are stored under.
 * Knows no rule of any kind.
 */
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../api/types-apps.ts';
import type { CronJob, Job } from '../api/types-batch.ts';
import type { ConfigMap, Endpoints, Event, Namespace, Node, PersistentVolumeClaim, Secret, Service, ServiceAccount } from '../api/types-core.ts';
import type { ObjectMeta } from '../api/types-meta.ts';
import type { EndpointSlice, NetworkPolicy } from '../api/types-network.ts';
import type { Pod } from '../api/types-pod.ts';
import type { Status } from '../api/status.ts';

export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** apps/v1 ControllerRevision: a template that a DaemonSet or StatefulSet once had. */
export interface ControllerRevision extends ApiObject {
  readonly data: unknown;
  readonly revision: number;
}

/** coordination.k8s.io/v1 Lease, as kubelets renew it. */
export interface Lease extends ApiObject {
  readonly spec: { readonly holderIdentity: string; readonly leaseDurationSeconds: number; readonly renewTime: string };
}

/** Typed resources by their storage key; every other resource holds plain ApiObjects. */
export interface ObjectByResource {
  pods: Pod;
  services: Service;
  nodes: Node;
  namespaces: Namespace;
  events: Event;
  configmaps: ConfigMap;
  secrets: Secret;
  endpoints: Endpoints;
  serviceaccounts: ServiceAccount;
  persistentvolumeclaims: PersistentVolumeClaim;
  'deployments.apps': Deployment;
  'replicasets.apps': ReplicaSet;
  'daemonsets.apps': DaemonSet;
  'statefulsets.apps': StatefulSet;
  'controllerrevisions.apps': ControllerRevision;
  'jobs.batch': Job;
  'cronjobs.batch': CronJob;
  'endpointslices.discovery.k8s.io': EndpointSlice;
  'networkpolicies.networking.k8s.io': NetworkPolicy;
  'leases.coordination.k8s.io': Lease;
}

export type TypedKey = keyof ObjectByResource;

/** The object type of a storage key: `ObjectAt<'pods'>` is Pod, an unknown key gives ApiObject. */
export type ObjectAt<K extends string> = K extends TypedKey ? ObjectByResource[K] : ApiObject;

/** Whether an answer is a refusal. */
export function isStatus(answer: unknown): answer is Status {
  return typeof answer === 'object' && answer !== null && (answer as { kind?: unknown }).kind === 'Status';
}

/** `namespace/name`, or `name` for objects without a namespace. */
export function keyOf(meta: { readonly name: string; readonly namespace?: string }): string {
  return meta.namespace === undefined || meta.namespace === '' ? meta.name : `${meta.namespace}/${meta.name}`;
}
