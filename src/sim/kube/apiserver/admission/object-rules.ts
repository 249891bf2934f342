// The rules of this cluster in the form in which the API server asks for them: answers lookups from its storage.

import type { KubeObject } from '../../api/types.ts';
import type { ApiObject } from '../object.ts';
import type { ObjectRules, RuleRequest } from '../rules.ts';
import { isRefusal, type AdmissionRequest } from './admission-request.ts';
import type { Pod } from '../../api/types-pod.ts';
import { judgeEphemeralContainers, judgeObject, prepareObject } from './admit.ts';

/** Defaulting, admission and validation as the recorded cluster has them. Status and other subresources pass. */
export const objectRules: ObjectRules = {
  prepare(object, old, request) {
    if (request.subresource !== '' || !isKnown(object)) return object;
    const prepared = prepareObject(asKubeObject(object), admissionRequest(old, request));
    return isRefusal(prepared) ? prepared : asApiObject(prepared);
  },
  refuse(object, old, request) {
    const ephemeral = request.subresource === 'ephemeralcontainers' && object.kind === 'Pod' && old !== undefined;
    if ((request.subresource !== '' && !ephemeral) || !isKnown(object)) return undefined;
    const { refused, warnings } = ephemeral
      ? judgeEphemeralContainers(object as unknown as Pod, old as unknown as Pod, admissionRequest(old, request))
      : judgeObject(asKubeObject(object), admissionRequest(old, request));
    for (const warning of warnings) request.warn(warning);
    return refused;
  },
};

function admissionRequest(old: ApiObject | undefined, request: RuleRequest): AdmissionRequest {
  const { storage } = request;
  return {
    namespace: request.namespace,
    old: old === undefined ? undefined : asKubeObject(old),
    lookup: {
      namespace: (name) => storage.get('namespaces', '', name),
      serviceAccount: (namespace, name) => storage.get('serviceaccounts', namespace, name),
      podsIn: (namespace) => storage.sorted('pods', namespace),
      randomName: request.randomName,
    },
  };
}

const KINDS = new Set<string>([
  'ClusterRole',
  'ClusterRoleBinding',
  'ConfigMap',
  'CronJob',
  'DaemonSet',
  'Deployment',
  'EndpointSlice',
  'Endpoints',
  'Job',
  'LimitRange',
  'Namespace',
  'NetworkPolicy',
  'Node',
  'PersistentVolumeClaim',
  'Pod',
  'ReplicaSet',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
  'StatefulSet',
] satisfies readonly KubeObject['kind'][]);

/** Kinds without rules here (Events, Leases …) are stored as they come. */
function isKnown(object: ApiObject): boolean {
  return KINDS.has(object.kind);
}

// Storage tells kinds apart by resource, rules by the kind inside the object: the same objects.
function asKubeObject(object: ApiObject): KubeObject {
  return object as unknown as KubeObject;
}

function asApiObject(object: KubeObject): ApiObject {
  return object;
}
