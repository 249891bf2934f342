// Checks Services.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): validateService. Which addresses and ports are free is decided elsewhere.

import type { FieldError } from '../field-error.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../field-error.ts';
import type { Service, ServicePort, ServiceSpec } from '../types-core.ts';
import type { Unchecked } from '../unchecked.ts';
import { portErrors, portOrNameErrors, protocolErrors } from './container-ports.ts';
import { choiceErrors } from './containers.ts';
import { endpointIpErrors, legacyCidrErrors, legacyIpErrors } from './ip-address.ts';
import { labelErrors, labelKeyErrors } from './labels.ts';
import { dnsLabelProblems, dnsSubdomainProblems } from './names.ts';
import { clusterIpChangeErrors, clusterIpErrors, isHeadless } from './service-addresses.ts';

type Spec = Unchecked<ServiceSpec>;

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const MAX_AFFINITY_SECONDS = 86400;

/** Whether something outside the cluster can reach the Service. */
export function isExternallyAccessible(spec: Spec): boolean {
  const byAddress = spec.type === 'ClusterIP' && (spec.externalIPs ?? []).length > 0;
  return spec.type === 'LoadBalancer' || spec.type === 'NodePort' || byAddress;
}

export function serviceErrors(service: Unchecked<Service>): FieldError[] {
  const spec = service.spec ?? {};
  const ports = spec.ports ?? [];
  const names = new Set<string>();
  return [
    ...(ports.length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName' ? [required('spec.ports')] : []),
    ...typeErrors(spec),
    ...ports.flatMap((port, index) => servicePortErrors(port, { names, nameNeeded: ports.length > 1 }, `spec.ports[${String(index)}]`)),
    ...labelErrors(spec.selector, 'spec.selector'),
    ...affinityErrors(spec),
    ...clusterIpErrors(spec),
    ...externalIpErrors(spec),
    ...choiceErrors(spec.type ?? '', TYPES, 'spec.type'),
    ...portClashErrors(spec),
    ...loadBalancerErrors(spec),
    ...trafficErrors(spec),
  ];
}

function typeErrors(spec: Spec): FieldError[] {
  if (spec.type === 'LoadBalancer' || spec.type === 'NodePort') {
    if (!isHeadless(spec)) return [];
    return [invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`)];
  }
  if (spec.type !== 'ExternalName') return [];
  const detail = 'may not be set for ExternalName services';
  const target = (spec.externalName ?? '').replace(/\.$/, '');
  return [
    ...((spec.clusterIPs ?? []).length > 0 ? [forbidden('spec.clusterIPs', detail)] : []),
    ...((spec.ipFamilies ?? []).length > 0 ? [forbidden('spec.ipFamilies', detail)] : []),
    ...(spec.ipFamilyPolicy === undefined ? [] : [forbidden('spec.ipFamilyPolicy', detail)]),
    ...(target === ''
      ? [required('spec.externalName')]
      : dnsSubdomainProblems(target).map((problem) => invalid('spec.externalName', target, problem))),
  ];
}

interface OtherPorts {
  /** Names of the ports before this one; it adds its own. */
  readonly names: Set<string>;
  readonly nameNeeded: boolean;
}

function servicePortErrors(port: Unchecked<ServicePort>, { names, nameNeeded }: OtherPorts, field: string): FieldError[] {
  const name = port.name ?? '';
  const errors: FieldError[] = [];
  if (name === '') {
    if (nameNeeded) errors.push(required(`${field}.name`));
  } else {
    errors.push(...dnsLabelProblems(name).map((problem) => invalid(`${field}.name`, name, problem)));
    if (names.has(name)) errors.push(duplicate(`${field}.name`, name));
    names.add(name);
  }
  return [
    ...errors,
    ...portErrors(port.port ?? 0, `${field}.port`),
    ...protocolErrors(port.protocol ?? '', `${field}.protocol`),
    ...portOrNameErrors(port.targetPort ?? 0, `${field}.targetPort`),
    ...(port.appProtocol === undefined ? [] : labelKeyErrors(port.appProtocol, `${field}.appProtocol`)),
  ];
}

function affinityErrors(spec: Spec): FieldError[] {
  const affinity = spec.sessionAffinity ?? '';
  const errors = choiceErrors(affinity, ['ClientIP', 'None'], 'spec.sessionAffinity');
  const config = spec.sessionAffinityConfig;
  const field = 'spec.sessionAffinityConfig';
  if (affinity === 'None') {
    return config === undefined ? errors : [...errors, forbidden(field, 'must not be set when session affinity is None')];
  }
  if (affinity !== 'ClientIP') return errors;
  const when = 'when session affinity type is ClientIP';
  const seconds = config?.clientIP?.timeoutSeconds;
  if (config === undefined) return [...errors, required(field, when)];
  if (config.clientIP === undefined) return [...errors, required(`${field}.clientIP`, when)];
  if (seconds === undefined) return [...errors, required(`${field}.clientIP.timeoutSeconds`, when)];
  if (seconds > 0 && seconds <= MAX_AFFINITY_SECONDS) return errors;
  const range = `must be greater than 0 and less than ${String(MAX_AFFINITY_SECONDS)}`;
  return [...errors, invalid(`${field}.clientIP.timeoutSeconds`, seconds, range)];
}

function externalIpErrors(spec: Spec): FieldError[] {
  return (spec.externalIPs ?? []).flatMap((ip, index) => {
    const field = `spec.externalIPs[${String(index)}]`;
    const errors = legacyIpErrors(field, ip);
    return errors.length > 0 ? errors : endpointIpErrors(field, ip);
  });
}

function portClashErrors(spec: Spec): FieldError[] {
  const ports = spec.ports ?? [];
  const nodePorts = new Set<string>();
  const seen = new Set<string>();
  const unused = ports.flatMap((port, index) =>
    spec.type === 'ClusterIP' && (port.nodePort ?? 0) !== 0
      ? [forbidden(`spec.ports[${String(index)}].nodePort`, "may not be used when `type` is 'ClusterIP'")]
      : [],
  );
  const nodePortClashes = ports.flatMap((port, index) => {
    const nodePort = port.nodePort ?? 0;
    const key = `${port.protocol ?? ''}/${String(nodePort)}`;
    if (nodePort === 0) return [];
    const clash = nodePorts.has(key);
    nodePorts.add(key);
    return clash ? [duplicate(`spec.ports[${String(index)}].nodePort`, nodePort)] : [];
  });
  const portClashes = ports.flatMap((port, index) => {
    const key = `${port.protocol ?? ''}/${String(port.port ?? 0)}`;
    const clash = seen.has(key);
    seen.add(key);
    // The internal form of a ServicePort of which only these two fields are set.
    const shown = {
      Name: '',
      Protocol: port.protocol ?? '',
      AppProtocol: null,
      Port: port.port ?? 0,
      TargetPort: 0,
      NodePort: 0,
    };
    return clash ? [duplicate(`spec.ports[${String(index)}]`, shown)] : [];
  });
  return [...unused, ...nodePortClashes, ...portClashes];
}

function loadBalancerErrors(spec: Spec): FieldError[] {
  const only = "may only be used when `type` is 'LoadBalancer'";
  const isLoadBalancer = spec.type === 'LoadBalancer';
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const field = 'spec.LoadBalancerSourceRanges';
  const loadBalancerClass = spec.loadBalancerClass;
  return [
    ...(ranges.length > 0 && !isLoadBalancer ? [forbidden(field, only)] : []),
    ...ranges.flatMap((range, index) => legacyCidrErrors(`${field}[${String(index)}]`, range.trim())),
    ...(spec.allocateLoadBalancerNodePorts !== undefined && !isLoadBalancer ? [forbidden('spec.allocateLoadBalancerNodePorts', only)] : []),
    ...(loadBalancerClass === undefined
      ? []
      : isLoadBalancer
        ? labelKeyErrors(loadBalancerClass, 'spec.loadBalancerClass')
        : [forbidden('spec.loadBalancerClass', only)]),
  ];
}

function trafficErrors(spec: Spec): FieldError[] {
  const external = spec.externalTrafficPolicy ?? '';
  const errors: FieldError[] = [];
  if (isExternallyAccessible(spec)) {
    errors.push(...choiceErrors(external, ['Cluster', 'Local'], 'spec.externalTrafficPolicy'));
  } else if (external !== '') {
    errors.push(invalid('spec.externalTrafficPolicy', external, 'may only be set for externally-accessible services'));
  }
  const needsHealthCheck = spec.type === 'LoadBalancer' && external === 'Local';
  const health = spec.healthCheckNodePort ?? 0;
  if (!needsHealthCheck && health !== 0) {
    const detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid('spec.healthCheckNodePort', health, detail));
  }
  const internal = spec.internalTrafficPolicy;
  if (internal === undefined) {
    if (spec.type !== 'ExternalName' && TYPES.includes(spec.type ?? '')) errors.push(required('spec.internalTrafficPolicy'));
  } else if (internal !== 'Cluster' && internal !== 'Local') {
    errors.push(notSupported('spec.internalTrafficPolicy', internal, ['Cluster', 'Local']));
  }
  const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
  const distribution = spec.trafficDistribution;
  if (distribution !== undefined && !distributions.includes(distribution)) {
    errors.push(notSupported('spec.trafficDistribution', distribution, distributions));
  }
  return errors;
}

/** Errors of a changed Service: a cluster address cannot be exchanged for another. */
export function serviceUpdateErrors(service: Unchecked<Service>, old: Unchecked<Service>): FieldError[] {
  return [...clusterIpChangeErrors(service.spec ?? {}, old.spec ?? {}), ...serviceErrors(service)];
}
