// What happens to an object between decoding and storing, in the API server's order:
// defaults, mutating admission, the kind's own preparation; then validation, warnings, validating admission.
// Stores nothing and gives out no address; what it needs to know of the cluster it asks a lookup.

import '../../api/schema/further-fields.ts';
import '../../api/schema/unlisted-kinds.ts';
import { applyDefaults } from '../../api/defaulting/apply-defaults.ts';
import { withJobSelector } from '../../api/defaulting/workload-defaults.ts';
import type { Status } from '../../api/status.ts';
import { invalidStatus } from '../../api/status.ts';
import type { KubeObject } from '../../api/types.ts';
import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../../api/types-apps.ts';
import type { Job } from '../../api/types-batch.ts';
import type { Namespace } from '../../api/types-core.ts';
import type { Pod, PodTemplateSpec } from '../../api/types-pod.ts';
import type { Unchecked } from '../../api/unchecked.ts';
import { ephemeralUpdateErrors } from '../../api/validation/ephemeral-update.ts';
import { creationErrors, updateErrors } from '../../api/validation/validate-object.ts';
import { creationWarnings, deprecationWarnings, updateWarnings } from '../../api/validation/warnings.ts';
import { sameJson } from '../../api/validation/workload.ts';
import { deliveredWarnings } from '../../api/warning-headers.ts';
import type { AdmissionRequest, Judgement } from './admission-request.ts';
import { withDefaultTolerations } from './default-tolerations.ts';
import { withoutDisabledFields } from './disabled-fields.ts';
import { provideFurtherRules } from './further-rules.ts';
import type { AdmissionResult } from './pod-security/pod-security.ts';
import { admitNamespace, admitPod, admitTemplate, imagesChanged } from './pod-security/pod-security.ts';
import { withAdmission } from './new-pod.ts';
import { withKeptPriority } from './priority.ts';
import { overheadRefusal } from './runtime-class.ts';
import { withServiceAddresses } from './service-addresses.ts';

/** The object as it would be validated and stored, or why it does not get that far. */
export function prepareObject(decoded: KubeObject, request: AdmissionRequest): KubeObject | Status {
  const object = applyDefaults(decoded);
  switch (object.kind) {
    case 'Pod':
      return preparePod(object, request) as KubeObject | Status;
    case 'Service':
      return withServiceAddresses(object, request.old) as KubeObject | Status;
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
      return withCleanTemplate(object);
    case 'DaemonSet':
      return withTemplateGeneration(withCleanTemplate(object), request.old) as KubeObject;
    case 'Job': {
      const job = withCleanTemplate(object);
      return (request.old === undefined ? withJobSelector(job) : job) as KubeObject;
    }
    case 'Namespace':
      return (request.old === undefined ? withFinalizer(object) : object) as KubeObject;
    default:
      return object;
  }
}

function preparePod(pod: Unchecked<Pod>, request: AdmissionRequest): Unchecked<Pod> | Status {
  const { old } = request;
  if (old?.kind !== 'Pod') return withAdmission(pod, request);
  const cleaned = { ...pod, spec: withoutDisabledFields(pod.spec ?? {}) };
  return withDefaultTolerations(withKeptPriority(cleaned, old));
}

type Workload = Deployment | ReplicaSet | DaemonSet | StatefulSet | Job;

function withCleanTemplate<W extends Workload>(object: W): W {
  const template: Unchecked<PodTemplateSpec> = object.spec.template ?? {};
  return {
    ...object,
    spec: { ...object.spec, template: { ...template, spec: withoutDisabledFields(template.spec ?? {}) } },
  };
}

/** What stays in a Namespace is deleted before the Namespace itself (registry/core/namespace/strategy.go). */
function withFinalizer(namespace: Unchecked<Namespace>): Unchecked<Namespace> {
  const finalizers = namespace.spec?.finalizers ?? [];
  if (finalizers.includes('kubernetes')) return namespace;
  return { ...namespace, spec: { ...namespace.spec, finalizers: [...finalizers, 'kubernetes'] } };
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

/** Judges a prepared object that has its name. */
export function judgeObject(object: KubeObject, request: AdmissionRequest): Judgement {
  const { old } = request;
  const errors = old === undefined ? creationErrors(object) : updateErrors(object, old);
  if (errors.length > 0) {
    const kind = { group: groupOf(object.apiVersion), kind: object.kind };
    return {
      refused: invalidStatus(kind, object.metadata.name, errors),
      errors,
      warnings: deprecationWarnings(object),
    };
  }
  const remarks = old === undefined ? creationWarnings(object) : updateWarnings(object, old);
  const { refused, warnings } = validatingAdmission(object, request);
  return { refused, errors: [], warnings: deliveredWarnings([...deprecationWarnings(object), ...remarks, ...warnings]) };
}

/** Judges a Pod whose ephemeral containers were changed (registry/core/pod/strategy.go podEphemeralContainersStrategy). */
export function judgeEphemeralContainers(pod: Pod, old: Pod, request: AdmissionRequest): Judgement {
  const errors = ephemeralUpdateErrors(pod, old);
  if (errors.length > 0) return { refused: invalidStatus({ group: '', kind: 'Pod' }, pod.metadata.name, errors), errors, warnings: [] };
  return { errors: [], ...validatingAdmission(pod, request) };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

function validatingAdmission(object: KubeObject, { namespace, lookup, old }: AdmissionRequest): AdmissionResult {
  switch (object.kind) {
    case 'Pod': {
      if (old?.kind === 'Pod' && !imagesChanged(object, old)) return { refused: undefined, warnings: [] };
      const { refused, warnings } = admitPod(object, namespace, lookup);
      return { refused: refused ?? (old === undefined ? overheadRefusal(object) : undefined), warnings };
    }
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
    case 'StatefulSet':
    case 'Job':
      return admitTemplate(object.spec.template, namespace, lookup);
    case 'CronJob':
      return admitTemplate(object.spec.jobTemplate.spec.template, namespace, lookup);
    case 'Namespace':
      return admitNamespace(object, old?.kind === 'Namespace' ? old : undefined, lookup);
    default:
      return { refused: undefined, warnings: [] };
  }
}

provideFurtherRules({ prepareObject, judgeObject });
