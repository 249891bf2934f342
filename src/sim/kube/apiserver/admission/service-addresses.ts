// What a Service may ask of this cluster's network: the address families, the range of addresses, the range of node ports.
// Modelled on pkg/registry/core/service/storage/alloc.go (v1.37). Which addresses and ports are still free is decided elsewhere.

import { needsNodePort, withAddressFields, withKeptAddresses } from '../../api/defaulting/service-defaults.ts';
import type { FieldError } from '../../api/field-error.ts';
import { invalid } from '../../api/field-error.ts';
import type { Status } from '../../api/status.ts';
import { invalidStatus } from '../../api/status.ts';
import type { KubeObject } from '../../api/types.ts';
import type { Service, ServiceSpec } from '../../api/types-core.ts';
import type { Unchecked } from '../../api/unchecked.ts';
import { ipFamilyOf } from '../../api/validation/ip-address.ts';
import { clusterIpErrors } from '../../api/validation/service-addresses.ts';

type Spec = Unchecked<ServiceSpec>;

const SERVICES = { group: '', kind: 'Service' };

/** The Service with its address fields in step, or why this cluster cannot give it what it asks for. */
export function withServiceAddresses(service: Unchecked<Service>, old: KubeObject | undefined): Unchecked<Service> | Status {
  const before = old?.kind === 'Service' ? old : undefined;
  const kept = before === undefined ? service : withKeptAddresses(service, before);
  const linked = withLinkedIps(kept);
  const spec = linked.spec ?? {};
  // Each step is left out when an earlier one found something.
  const steps = [clusterIpErrors, familyCountErrors, familyErrors, (asked: Spec) => rangeErrors(asked, before?.spec)];
  for (const step of steps) {
    const errors = spec.type === 'ExternalName' ? [] : step(spec, before?.spec);
    if (errors.length > 0) return invalidStatus(SERVICES, service.metadata?.name ?? '', errors);
  }
  return withAddressFields(linked);
}

function withLinkedIps(service: Unchecked<Service>): Unchecked<Service> {
  const ip = service.spec?.clusterIP ?? '';
  if (ip === '' || (service.spec?.clusterIPs ?? []).length > 0) return service;
  return { ...service, spec: { ...service.spec, clusterIPs: [ip] } };
}

/** Headless and without selector: whoever writes the endpoints may use both families, on any cluster. */
function isFree(spec: Spec): boolean {
  return spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
}

function policyOf(spec: Spec): string {
  return spec.ipFamilyPolicy ?? (isFree(spec) ? 'RequireDualStack' : 'SingleStack');
}

const POLICY = 'spec.ipFamilyPolicy';

function familyCountErrors(spec: Spec, before: Spec | undefined): FieldError[] {
  const ips = spec.clusterIPs ?? [];
  const families = spec.ipFamilies ?? [];
  const errors: FieldError[] = [];
  if (policyOf(spec) === 'SingleStack') {
    const detail = "must be 'RequireDualStack' or 'PreferDualStack' when multiple";
    if (ips.length === 2) errors.push(invalid(POLICY, 'SingleStack', `${detail} cluster IPs are specified`));
    if (families.length === 2) errors.push(invalid(POLICY, 'SingleStack', `${detail} IP families are specified`));
  }
  if (policyOf(spec) !== 'SingleStack' && families.length > 0 && families.length < (before?.ipFamilies ?? []).length) {
    errors.push(invalid(POLICY, policyOf(spec), "must be 'SingleStack' to release the secondary IP family"));
  }
  ips.forEach((ip, index) => {
    if (ip === 'None' || index < families.length || ipFamilyOf(ip) === 'IPv4') return;
    errors.push(invalid(`spec.clusterIPs[${String(index)}]`, ips, 'IPv6 is not configured on this cluster'));
  });
  return errors;
}

/** This cluster's Service network is IPv4 only. */
function familyErrors(spec: Spec): FieldError[] {
  if (isFree(spec)) return [];
  const dual = spec.ipFamilyPolicy === 'RequireDualStack';
  return [
    ...(dual ? [invalid(POLICY, 'RequireDualStack', 'this cluster is not configured for dual-stack services')] : []),
    ...(spec.ipFamilies ?? []).flatMap((family, index) =>
      family === 'IPv4' ? [] : [invalid(`spec.ipFamilies[${String(index)}]`, family, 'not configured on this cluster')],
    ),
  ];
}

const FIRST_NODE_PORT = 30000;
const LAST_NODE_PORT = 32767;
const CLUSTER_NETWORK = '10.96.0.0/12';

/** The first address or node port outside this cluster's ranges (ipallocator and portallocator, kubeadm's defaults). */
function rangeErrors(spec: Spec, before: Spec | undefined): FieldError[] {
  const ips = spec.clusterIPs ?? [];
  const foreign = ips.find((ip) => ip !== 'None' && before?.clusterIP === undefined && !isClusterAddress(ip));
  if (foreign !== undefined) {
    const why = `the provided IP (${foreign}) is not in the valid range. The range of valid IPs is ${CLUSTER_NETWORK}`;
    return [invalid('spec.clusterIPs', ips, `failed to allocate IP ${foreign}: ${why}`)];
  }
  if (!needsNodePort(spec)) return [];
  const ports = spec.ports ?? [];
  const index = ports.findIndex((port) => {
    const nodePort = port.nodePort ?? 0;
    return nodePort !== 0 && (nodePort < FIRST_NODE_PORT || nodePort > LAST_NODE_PORT);
  });
  if (index < 0) return [];
  const range = `The range of valid ports is ${String(FIRST_NODE_PORT)}-${String(LAST_NODE_PORT)}`;
  return [invalid(`spec.ports[${String(index)}].nodePort`, ports[index]?.nodePort ?? 0, `provided port is not in the valid range. ${range}`)];
}

function isClusterAddress(ip: string): boolean {
  const parts = ip.split('.').map(Number);
  return parts.length === 4 && parts[0] === 10 && (parts[1] ?? 0) >= 96 && (parts[1] ?? 0) <= 111;
}
