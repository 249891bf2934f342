// Checks the Pod template of a workload.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidatePodTemplateSpec.

import type { FieldError } from '../field-error.ts';
import { forbidden } from '../field-error.ts';
import type { PodTemplateSpec } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { PLACEMENT } from './affinity.ts';
import { annotationErrors, labelErrors } from './labels.ts';
import { podAnnotationErrors } from './pod-annotations.ts';
import { podSpecErrors } from './pod-spec.ts';

export function podTemplateErrors(template: Unchecked<PodTemplateSpec> | undefined, field: string): FieldError[] {
  const ephemeral = template?.spec?.ephemeralContainers ?? [];
  return [
    ...labelErrors(template?.metadata?.labels, `${field}.labels`),
    ...annotationErrors(template?.metadata?.annotations, `${field}.annotations`),
    ...podAnnotationErrors(template?.metadata?.annotations, `${field}.annotations`),
    ...podSpecErrors(template?.spec ?? {}, { field: `${field}.spec`, isPod: false, placement: PLACEMENT }),
    ...(ephemeral.length > 0 ? [forbidden(`${field}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template')] : []),
  ];
}
