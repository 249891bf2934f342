// Fills in what a Service leaves out, and links the fields that say the same thing twice.
// Modelled on pkg/apis/core/v1/defaults.go and pkg/registry/core/service/storage (v1.37); chooses no address and no port.

import type { Service, ServicePort, ServiceSpec } from '../types-core.ts';
import type { Unchecked } from '../unchecked.ts';
import { ipFamilyOf } from '../validation/ip-address.ts';
import { isExternallyAccessible } from '../validation/service.ts';
import { mapped, orElse } from './container-defaults.ts';

type Spec = Unchecked<ServiceSpec>;

const STICKY_SECONDS = 10800;

export function withServiceDefaults(service: Unchecked<Service>): Unchecked<Service> {
  const { sessionAffinityConfig, ...given } = service.spec ?? {};
  const type = orElse(given.type, 'ClusterIP');
  const sessionAffinity = orElse(given.sessionAffinity, 'None');
  const spec: Spec = {
    ...given,
    type,
    sessionAffinity,
    ...mapped(given, 'ports', (ports) => ports.map(withPortDefaults)),
  };
  const external = isExternallyAccessible(spec) && (spec.externalTrafficPolicy ?? '') === '';
  const internal = spec.internalTrafficPolicy === undefined && ['ClusterIP', 'NodePort', 'LoadBalancer'].includes(type);
  const sticky =
    sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined ? { clientIP: { timeoutSeconds: STICKY_SECONDS } } : sessionAffinityConfig;
  return {
    ...service,
    spec: {
      ...spec,
      ...(sessionAffinity === 'ClientIP' ? { sessionAffinityConfig: sticky } : {}),
      ...(sessionAffinity !== 'ClientIP' && sessionAffinity !== 'None' && sessionAffinityConfig !== undefined ? { sessionAffinityConfig } : {}),
      ...(external ? { externalTrafficPolicy: 'Cluster' } : {}),
      ...(internal ? { internalTrafficPolicy: 'Cluster' } : {}),
      ...(type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts ?? true } : {}),
    },
  };
}

function withPortDefaults(port: Unchecked<ServicePort>): Unchecked<ServicePort> {
  const target = port.targetPort;
  const unset = target === undefined || target === 0 || target === '';
  return { ...port, protocol: orElse(port.protocol, 'TCP'), targetPort: unset ? (port.port ?? 0) : target };
}

/** Fields that the server keeps in step with clusterIP (storage.go normalizeClusterIPs, alloc.go initIPFamilyFields). */
export function withAddressFields(service: Unchecked<Service>): Unchecked<Service> {
  const spec = service.spec ?? {};
  if (spec.type === 'ExternalName') return service;
  const ip = spec.clusterIP ?? '';
  const clusterIPs = ip !== '' && (spec.clusterIPs ?? []).length === 0 ? [ip] : spec.clusterIPs;
  const anything = ip === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  const families = (clusterIPs ?? []).map((address) => ipFamilyOf(address) ?? 'IPv4');
  const chosen = spec.ipFamilies ?? [];
  const both = anything && spec.ipFamilyPolicy !== 'SingleStack';
  const inferred = both ? ['IPv4', 'IPv6'] : families.length > 0 ? families : ['IPv4'];
  return {
    ...service,
    spec: {
      ...spec,
      ...(clusterIPs === undefined ? {} : { clusterIPs }),
      ipFamilies: chosen.length === 0 ? inferred : both && chosen.length === 1 ? [...chosen, chosen[0] === 'IPv4' ? 'IPv6' : 'IPv4'] : chosen,
      ipFamilyPolicy: spec.ipFamilyPolicy ?? (anything ? 'RequireDualStack' : 'SingleStack'),
    },
  };
}

/** A changed Service with the values that a client may leave out once they were given (storage.go patchAllocatedValues). */
export function withKeptAddresses(service: Unchecked<Service>, old: Unchecked<Service>): Unchecked<Service> {
  const before = old.spec ?? {};
  let spec = service.spec ?? {};
  if (spec.type !== 'ExternalName' && before.type !== 'ExternalName') spec = keepClusterIp(spec, before);
  if (needsNodePort(before) && needsNodePort(spec)) spec = { ...spec, ports: keepNodePorts(spec.ports ?? [], before.ports ?? []) };
  return { ...service, spec: withoutTypeFields(spec, before) };
}

function keepClusterIp(spec: Spec, before: Spec): Spec {
  const own = spec.clusterIP ?? '';
  const kept = own === '' ? (before.clusterIP ?? '') : own;
  const listed = (spec.clusterIPs ?? []).length > 0 ? (spec.clusterIPs ?? []) : (before.clusterIPs ?? []);
  // Only the singular was changed: the plural follows.
  const follows = kept !== (before.clusterIP ?? '') && JSON.stringify(listed) === JSON.stringify(before.clusterIPs ?? []);
  return {
    ...spec,
    ...(kept === '' ? {} : { clusterIP: kept }),
    ...(listed.length === 0 ? {} : { clusterIPs: follows ? [kept] : listed }),
    ...(spec.ipFamilyPolicy === undefined && before.ipFamilyPolicy !== undefined ? { ipFamilyPolicy: before.ipFamilyPolicy } : {}),
  };
}

export function needsNodePort(spec: Spec): boolean {
  return spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
}

type Ports = readonly Unchecked<ServicePort>[];

function keepNodePorts(ports: Ports, before: Ports): Ports {
  const taken = new Set(ports.map((port) => port.nodePort ?? 0));
  const byName = new Map(before.map((port) => [port.name ?? '', port.nodePort ?? 0]));
  return ports.map((port) => {
    const old = byName.get(port.name ?? '') ?? 0;
    return (port.nodePort ?? 0) !== 0 || old === 0 || taken.has(old) ? port : { ...port, nodePort: old };
  });
}

/** Values that only the former type had are dropped, unless the client changed them (strategy.go dropTypeDependentFields). */
function withoutTypeFields(spec: Spec, before: Spec): Spec {
  let kept = spec;
  if (before.type !== 'ExternalName' && kept.type === 'ExternalName') {
    const { clusterIP: _ip, clusterIPs: _ips, ipFamilies: _families, ipFamilyPolicy: _policy, ...rest } = kept;
    kept = rest;
  }
  if (needsNodePort(before) && !needsNodePort(kept) && sameNodePorts(kept, before)) {
    kept = { ...kept, ports: (kept.ports ?? []).map(({ nodePort: _nodePort, ...port }) => port) };
  }
  const samePolicy = kept.externalTrafficPolicy === before.externalTrafficPolicy;
  if (isExternallyAccessible(before) && !isExternallyAccessible(kept) && samePolicy) {
    const { externalTrafficPolicy: _policy, ...rest } = kept;
    kept = rest;
  }
  return kept;
}

function sameNodePorts(spec: Spec, before: Spec): boolean {
  const known = new Set((before.ports ?? []).map((port) => port.nodePort ?? 0));
  return (spec.ports ?? []).every((port) => (port.nodePort ?? 0) === 0 || known.has(port.nodePort ?? 0));
}
