// Finds everything that is wrong with an object, at creation or at update, by its kind.
// The order of the findings is the API server's; storage, admission and allocation come elsewhere.

import type { FieldError } from '../field-error.ts';
import type { KubeObject } from '../types.ts';
import type { Unchecked } from '../unchecked.ts';
import { PLACEMENT } from './affinity.ts';
import { daemonSetErrors, daemonSetUpdateErrors } from './daemon-set.ts';
import { deploymentErrors, deploymentUpdateErrors, replicaSetErrors, replicaSetUpdateErrors } from './deployment.ts';
import { cronJobErrors, cronJobUpdateErrors } from './cron-job.ts';
import { jobErrors, jobUpdateErrors } from './job.ts';
import { dnsLabelProblems, dnsSubdomainProblems } from './names.ts';
import { networkPolicyErrors } from './network-policy.ts';
import type { ObjectMetaRules } from './object-meta.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from './object-meta.ts';
import { podUpdateErrors } from './pod-update.ts';
import { podErrors } from './pod.ts';
import { limitRangeErrors, resourceQuotaErrors } from './quota.ts';
import { bindingErrors, bindingUpdateErrors, pathSegmentProblems, roleErrors } from './rbac.ts';
import { secretErrors, secretUpdateErrors } from './secret.ts';
import { serviceErrors, serviceUpdateErrors } from './service.ts';
import { configMapErrors, configMapUpdateErrors, endpointsErrors, nodeErrors } from './small-kinds.ts';
import { statefulSetErrors, statefulSetUpdateErrors } from './stateful-set.ts';

const CLUSTER_WIDE: readonly string[] = ['Namespace', 'Node', 'ClusterRole', 'ClusterRoleBinding'];
const PATH_NAMED: readonly string[] = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];
const LABEL_NAMED: readonly string[] = ['Namespace', 'Service', 'StatefulSet'];

/** How the metadata of a kind is judged. */
export function objectMetaRulesOf(kind: string): ObjectMetaRules {
  return {
    namespaced: !CLUSTER_WIDE.includes(kind),
    nameProblems: LABEL_NAMED.includes(kind) ? dnsLabelProblems : PATH_NAMED.includes(kind) ? pathSegmentProblems : dnsSubdomainProblems,
  };
}

type AnyObject = {
  readonly [K in KubeObject['kind']]: Unchecked<Extract<KubeObject, { readonly kind: K }>> & {
    readonly kind: K;
  };
}[KubeObject['kind']];

/** Errors of a defaulted object that is being created, in upstream's order. */
export function creationErrors(object: KubeObject): FieldError[] {
  return [...objectMetaErrors(object.metadata, objectMetaRulesOf(object.kind)), ...kindErrors(object)];
}

function kindErrors(object: AnyObject): FieldError[] {
  switch (object.kind) {
    case 'Pod':
      return podErrors(object, PLACEMENT);
    case 'Service':
      return serviceErrors(object);
    case 'Deployment':
      return deploymentErrors(object);
    case 'ReplicaSet':
      return replicaSetErrors(object);
    case 'DaemonSet':
      return daemonSetErrors(object);
    case 'StatefulSet':
      return statefulSetErrors(object);
    case 'Job':
      return jobErrors(object);
    case 'CronJob':
      return cronJobErrors(object);
    case 'ConfigMap':
      return configMapErrors(object);
    case 'Secret':
      return secretErrors(object);
    case 'Role':
    case 'ClusterRole':
      return roleErrors(object);
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return bindingErrors(object);
    case 'ResourceQuota':
      return resourceQuotaErrors(object);
    case 'LimitRange':
      return limitRangeErrors(object);
    case 'Node':
      return nodeErrors(object);
    case 'Endpoints':
      return endpointsErrors(object);
    case 'NetworkPolicy':
      return networkPolicyErrors(object);
    default:
      return [];
  }
}

/** Errors of a defaulted object that is to replace `old`, in upstream's order. */
export function updateErrors(object: KubeObject, old: KubeObject): FieldError[] {
  const meta = objectMetaUpdateErrors(object.metadata, old.metadata);
  return [...meta, ...kindUpdateErrors(object, old)];
}

function kindUpdateErrors(object: KubeObject, old: KubeObject): FieldError[] {
  if (object.kind === 'Pod' && old.kind === 'Pod') return podUpdateErrors(object, old);
  if (object.kind === 'Service' && old.kind === 'Service') return serviceUpdateErrors(object, old);
  if (object.kind === 'Deployment' && old.kind === 'Deployment') return deploymentUpdateErrors(object, old);
  if (object.kind === 'ReplicaSet' && old.kind === 'ReplicaSet') return replicaSetUpdateErrors(object, old);
  if (object.kind === 'DaemonSet' && old.kind === 'DaemonSet') return daemonSetUpdateErrors(object, old);
  if (object.kind === 'StatefulSet' && old.kind === 'StatefulSet') return statefulSetUpdateErrors(object, old);
  if (object.kind === 'Job' && old.kind === 'Job') return jobUpdateErrors(object, old);
  if (object.kind === 'ConfigMap' && old.kind === 'ConfigMap') return configMapUpdateErrors(object, old);
  if (object.kind === 'CronJob') return cronJobUpdateErrors(object);
  if (object.kind === 'Secret' && old.kind === 'Secret') return secretUpdateErrors(object, old);
  if ((object.kind === 'RoleBinding' && old.kind === 'RoleBinding') || (object.kind === 'ClusterRoleBinding' && old.kind === 'ClusterRoleBinding'))
    return bindingUpdateErrors(object, old);
  return kindErrors(object);
}
