// Checks the Pod template of a workload.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidatePodTemplateSpec.

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid } from '../field-error.ts';
import type { PodTemplateSpec } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { annotationErrors, labelErrors } from './labels.ts';
import { podSpecErrors } from './pod-spec.ts';

export function podTemplateErrors(template: Unchecked<PodTemplateSpec> | undefined, field: string): FieldError[] {
  const ephemeral = template?.spec?.ephemeralContainers ?? [];
  return [
    ...labelErrors(template?.metadata?.labels, `${field}.labels`),
    ...annotationErrors(template?.metadata?.annotations, `${field}.annotations`),
    ...podAnnotationErrors(template?.metadata?.annotations, `${field}.annotations`),
    ...podSpecErrors(template?.spec ?? {}, { field: `${field}.spec`, isPod: false }),
    ...(ephemeral.length > 0 ? [forbidden(`${field}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template')] : []),
  ];
}

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const MAX_INT32 = 2147483647;

/** Errors of annotations that mean something on Pods (upstream ValidatePodSpecificAnnotations; the deprecated ones are passed over). */
export function podAnnotationErrors(annotations: Readonly<Record<string, string>> | undefined, field: string): FieldError[] {
  const cost = annotations?.[DELETION_COST];
  if (cost === undefined) return [];
  const fits = Number(cost) <= MAX_INT32 && Number(cost) >= -MAX_INT32 - 1;
  if (fits && /^([+-]?[1-9]\d*|0)$/.test(cost)) return [];
  return [invalid(`${field}[${DELETION_COST}]`, cost, 'must be a 32bit integer')];
}
