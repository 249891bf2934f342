/** Which kind is described how. The only list of them. */
import type { Describer } from './describer.ts';
import { describeNode } from './node.ts';
import { describePod } from './pod.ts';
import { describeEndpoints, describeEndpointSlice, describeService } from './service.ts';
import { describeAnything, describeConfigMap, describeNamespace, describeRole, describeSecret, describeServiceAccount } from './small-kinds.ts';
import { describeLimitRange, describeQuota, describeRoleBinding } from './access-and-quota.ts';
import { describeCronJob, describeDaemonSet, describeDeployment, describeJob, describeReplicaSet, describeStatefulSet } from './workload.ts';

const DESCRIBER_BY_KEY: Readonly<Record<string, Describer>> = {
  pods: describePod,
  nodes: describeNode,
  services: describeService,
  endpoints: describeEndpoints,
  'endpointslices.discovery.k8s.io': describeEndpointSlice,
  namespaces: describeNamespace,
  configmaps: describeConfigMap,
  secrets: describeSecret,
  serviceaccounts: describeServiceAccount,
  'deployments.apps': describeDeployment,
  'replicasets.apps': describeReplicaSet,
  'daemonsets.apps': describeDaemonSet,
  'statefulsets.apps': describeStatefulSet,
  'jobs.batch': describeJob,
  'cronjobs.batch': describeCronJob,
  resourcequotas: describeQuota,
  limitranges: describeLimitRange,
  'rolebindings.rbac.authorization.k8s.io': describeRoleBinding,
  'clusterrolebindings.rbac.authorization.k8s.io': describeRoleBinding,
  'roles.rbac.authorization.k8s.io': describeRole,
  'clusterroles.rbac.authorization.k8s.io': describeRole,
};

/** @param key storage key of the resource */
export function describerOf(key: string): Describer {
  return DESCRIBER_BY_KEY[key] ?? describeAnything;
}
