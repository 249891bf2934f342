// Checks annotations that mean something on Pods.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidatePodSpecificAnnotations.

import type { FieldError } from '../field-error.ts';
import { invalid } from '../field-error.ts';

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
