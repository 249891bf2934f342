// What happens to an object between decoding and storing, in the API server's order:
// defaults, mutating admission, the kind's own preparation; then validation, warnings, validating admission.
// Stores nothing and gives out no address; what it needs to know of the cluster it asks a lookup.

import { applyDefaults } from '../../api/defaulting/apply-defaults.ts';
import { needsNodePort, withAddressFields, withKeptAddresses } from '../../api/defaulting/service-defaults.ts';
import { withJobSelector } from '../../api/defaulting/workload-defaults.ts';
import type { FieldError } from '../../api/field-error.ts';
import { invalid } from '../../api/field-error.ts';
import type { Status } from '../../api/status.ts';
import { invalidStatus } from '../../api/status.ts';
import type { KubeObject } from '../../api/types.ts';
import type { DaemonSet } from '../../api/types-apps.ts';
import type { Service } from '../../api/types-core.ts';
import type { Pod } from '../../api/types-pod.ts';
import type { Unchecked } from '../../api/unchecked.ts';
import { clusterIpErrors } from '../../api/validation/service.ts';
import { creationErrors, updateErrors } from '../../api/validation/validate-object.ts';
import { creationWarnings, updateWarnings } from '../../api/validation/warnings.ts';
import { sameJson } from '../../api/validation/workload.ts';
import type { AdmissionLookup } from './admission-lookup.ts';
import { withDefaultTolerations } from './default-tolerations.ts';
import type { AdmissionResult } from './pod-security/pod-security.ts';
import { admitNamespace, admitPod, admitTemplate } from './pod-security/pod-security.ts';
import { withKeptPriority, withPriority } from './priority.ts';
import { withServiceAccount } from './service-account.ts';

export interface AdmissionRequest {
  /** The namespace of the request; empty for objects without one. */
  readonly namespace: string;
  readonly lookup: AdmissionLookup;
  /** The stored object that is to be changed. */
  readonly old?: KubeObject | undefined;
}

/** True for a refusal, so that objects and refusals can share a result. */
export function isRefusal(result: KubeObject | Status): result is Status {
  return result.kind === 'Status';
}

/** The object as it would be validated and stored, or why it does not get that far. */
export function prepareObject(decoded: KubeObject, request: AdmissionRequest): KubeObject | Status {
  const object = applyDefaults(decoded);
  switch (object.kind) {
    case 'Pod':
      return preparePod(object, request) as KubeObject | Status;
    case 'Service':
      return prepareService(object, request) as KubeObject | Status;
    case 'DaemonSet':
      return withTemplateGeneration(object, request.old) as KubeObject;
    case 'Job':
      return (request.old === undefined ? withJobSelector(object) : object) as KubeObject;
    default:
      return object;
  }
}

function preparePod(pod: Unchecked<Pod>, { namespace, lookup, old }: AdmissionRequest): Unchecked<Pod> | Status {
  if (old?.kind === 'Pod') return withDefaultTolerations(withKeptPriority(pod, old));
  const withAccount = withServiceAccount(pod, namespace, lookup);
  if (isStatus(withAccount)) return withAccount;
  const prioritised = withPriority(withAccount);
  return isStatus(prioritised) ? prioritised : withDefaultTolerations(prioritised);
}

function isStatus(result: Unchecked<Pod> | Status): result is Status {
  return result.kind === 'Status';
}

/** Addresses are looked at before everything else, as they are when the storage begins (service/storage beginCreate). */
function prepareService(service: Unchecked<Service>, { old }: AdmissionRequest): Unchecked<Service> | Status {
  const kept = old?.kind === 'Service' ? withKeptAddresses(service, old) : service;
  const linked = withLinkedIps(kept);
  const malformed = clusterIpErrors(linked.spec ?? {});
  const errors = malformed.length > 0 ? malformed : rangeErrors(linked, old);
  return errors.length > 0 ? invalidStatus(SERVICES, service.metadata?.name ?? '', errors) : withAddressFields(linked);
}

const SERVICES = { group: '', kind: 'Service' };

function withLinkedIps(service: Unchecked<Service>): Unchecked<Service> {
  const ip = service.spec?.clusterIP ?? '';
  if (ip === '' || (service.spec?.clusterIPs ?? []).length > 0) return service;
  return { ...service, spec: { ...service.spec, clusterIPs: [ip] } };
}

const FIRST_NODE_PORT = 30000;
const LAST_NODE_PORT = 32767;
const CLUSTER_NETWORK = '10.96.0.0/12';

/** The first address or node port outside this cluster's ranges (ipallocator and portallocator, kubeadm's defaults). */
function rangeErrors(service: Unchecked<Service>, old: KubeObject | undefined): FieldError[] {
  const spec = service.spec ?? {};
  const before = old?.kind === 'Service' ? old.spec : undefined;
  const ips = spec.type === 'ExternalName' ? [] : (spec.clusterIPs ?? []);
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

const GENERATION = 'deprecated.daemonset.template.generation';

/** DaemonSets count the changes of their template in an annotation (pkg/apis/apps/v1/conversion.go). */
function withTemplateGeneration(set: Unchecked<DaemonSet>, old: KubeObject | undefined): Unchecked<DaemonSet> {
  const before = old?.kind === 'DaemonSet' ? old : undefined;
  const count = Number(before?.metadata.annotations?.[GENERATION] ?? '0');
  const same = before !== undefined && sameJson(set.spec?.template as never, before.spec.template as never);
  const annotations = { ...set.metadata?.annotations, [GENERATION]: String(same ? count : count + 1) };
  return { ...set, metadata: { ...set.metadata, annotations } };
}

export interface Judgement {
  readonly refused: Status | undefined;
  /** Field errors behind an Invalid status, for whoever wants to show their places. */
  readonly errors: readonly FieldError[];
  readonly warnings: readonly string[];
}

/** Judges a prepared object that has its name. */
export function judgeObject(object: KubeObject, request: AdmissionRequest): Judgement {
  const { old } = request;
  const errors = old === undefined ? creationErrors(object) : updateErrors(object, old);
  if (errors.length > 0) {
    const kind = { group: groupOf(object.apiVersion), kind: object.kind };
    return { refused: invalidStatus(kind, object.metadata.name, errors), errors, warnings: [] };
  }
  const remarks = old === undefined ? creationWarnings(object) : updateWarnings(object, old);
  const { refused, warnings } = validatingAdmission(object, request);
  return { refused, errors: [], warnings: [...remarks, ...warnings] };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

function validatingAdmission(object: KubeObject, { namespace, lookup, old }: AdmissionRequest): AdmissionResult {
  switch (object.kind) {
    case 'Pod':
      return admitPod(object, old?.kind === 'Pod' ? old : undefined, namespace, lookup);
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
    case 'StatefulSet':
    case 'Job':
      return admitTemplate(object.spec.template, namespace, lookup);
    case 'Namespace':
      return admitNamespace(object, old?.kind === 'Namespace' ? old : undefined, lookup);
    default:
      return { refused: undefined, warnings: [] };
  }
}
