// Gives any decoded object its defaults, by its kind.
// The API server does this on decoding (zz_generated.defaults.go, v1.37); it judges nothing and looks nothing up.

import type { KubeObject } from '../types.ts';
import type { NetworkPolicyPort } from '../types-network.ts';
import type { Unchecked } from '../unchecked.ts';
import { orElse } from './container-defaults.ts';
import { withPodDefaults } from './pod-defaults.ts';
import { withServiceDefaults } from './service-defaults.ts';
import { withLimitDefaults, withPlainData, withRbacGroups, withRules } from './small-kind-defaults.ts';
import {
  withCronJobDefaults,
  withDaemonSetDefaults,
  withDeploymentDefaults,
  withJobDefaults,
  withReplicaSetDefaults,
  withStatefulSetDefaults,
} from './workload-defaults.ts';

/** The object with defaults. Objects of kinds without defaults come back unchanged. */
export function applyDefaults(object: KubeObject): KubeObject {
  return defaulted(object) as KubeObject;
}

// A decoded object has the kind's field names, but nothing mandatory is known to be there.
function defaulted(object: KubeObject): unknown {
  switch (object.kind) {
    case 'Pod':
      return withPodDefaults(object);
    case 'Service':
      return withServiceDefaults(object);
    case 'Deployment':
      return withDeploymentDefaults(object);
    case 'ReplicaSet':
      return withReplicaSetDefaults(object);
    case 'DaemonSet':
      return withDaemonSetDefaults(object);
    case 'StatefulSet':
      return withStatefulSetDefaults(object);
    case 'Job':
      return withJobDefaults(object);
    case 'CronJob':
      return withCronJobDefaults(object);
    case 'Secret':
      return withPlainData(object);
    case 'Role':
    case 'ClusterRole':
      return withRules(object);
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return withRbacGroups(object);
    case 'LimitRange':
      return withLimitDefaults(object);
    case 'Namespace':
      return withNameLabel(object);
    case 'NetworkPolicy':
      return withPolicyDefaults(object);
    case 'Endpoints':
      return withSubsetPorts(object);
    case 'EndpointSlice':
      return withSlicePorts(object);
    case 'PersistentVolumeClaim':
      return withVolumeMode(object);
    default:
      return object;
  }
}

type Of<K extends KubeObject['kind']> = Unchecked<Extract<KubeObject, { readonly kind: K }>>;

function withNameLabel(namespace: Of<'Namespace'>): unknown {
  const name = namespace.metadata?.name ?? '';
  if (name === '') return namespace;
  const labels = { ...namespace.metadata?.labels, 'kubernetes.io/metadata.name': name };
  return { ...namespace, metadata: { ...namespace.metadata, labels } };
}

function withPolicyDefaults(policy: Of<'NetworkPolicy'>): unknown {
  const spec = policy.spec ?? {};
  const withTcp = (ports: readonly Unchecked<NetworkPolicyPort>[] | undefined) =>
    ports === undefined ? {} : { ports: ports.map((port) => ({ ...port, protocol: orElse(port.protocol, 'TCP') })) };
  const types = (spec.egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  return {
    ...policy,
    spec: {
      ...spec,
      podSelector: spec.podSelector ?? {},
      ...(spec.ingress === undefined ? {} : { ingress: spec.ingress.map((rule) => ({ ...rule, ...withTcp(rule.ports) })) }),
      ...(spec.egress === undefined ? {} : { egress: spec.egress.map((rule) => ({ ...rule, ...withTcp(rule.ports) })) }),
      policyTypes: (spec.policyTypes ?? []).length > 0 ? spec.policyTypes : types,
    },
  };
}

function withSubsetPorts(endpoints: Of<'Endpoints'>): unknown {
  if (endpoints.subsets === undefined) return endpoints;
  const subsets = endpoints.subsets.map((subset) =>
    subset.ports === undefined
      ? subset
      : {
          ...subset,
          ports: subset.ports.map((port) => ({ ...port, protocol: orElse(port.protocol, 'TCP') })),
        },
  );
  return { ...endpoints, subsets };
}

function withSlicePorts(slice: Of<'EndpointSlice'>): unknown {
  if (slice.ports === undefined) return slice;
  const ports = slice.ports.map((port) => ({
    ...port,
    name: port.name ?? '',
    protocol: orElse(port.protocol, 'TCP'),
  }));
  return { ...slice, ports };
}

function withVolumeMode(claim: Of<'PersistentVolumeClaim'>): unknown {
  return { ...claim, spec: { ...claim.spec, volumeMode: claim.spec?.volumeMode ?? 'Filesystem' } };
}
