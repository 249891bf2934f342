// Checks what `pods/ephemeralcontainers` may change: containers may be added, and nothing else.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidatePodEphemeralContainersUpdate.

import type { FieldError } from '../field-error.ts';
import { forbidden } from '../field-error.ts';
import type { JsonObject } from '../types-meta.ts';
import type { EphemeralContainer, Pod } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { PLACEMENT } from './affinity.ts';
import { metadataAndSpecErrors } from './pod.ts';
import { ephemeralContainerForm } from './pod-spec-form.ts';
import { unifiedDiff } from './unified-diff.ts';
import { sameJson } from './workload.ts';

const FIELD = 'spec.ephemeralContainers';

/** Errors of a Pod whose ephemeral containers were changed. */
export function ephemeralUpdateErrors(pod: Unchecked<Pod>, old: Unchecked<Pod>): FieldError[] {
  const errors = metadataAndSpecErrors(pod, PLACEMENT);
  const byName = new Map((pod.spec?.ephemeralContainers ?? []).map((container) => [container.name ?? '', container]));
  for (const before of old.spec?.ephemeralContainers ?? []) {
    const name = JSON.stringify(before.name ?? '');
    const now = byName.get(before.name ?? '');
    if (now === undefined) errors.push(forbidden(FIELD, `existing ephemeral containers ${name} may not be removed\n`));
    else if (!sameJson(now as unknown as JsonObject, before as unknown as JsonObject))
      errors.push(forbidden(FIELD, `existing ephemeral containers ${name} may not be changed\n${unifiedDiff(text(before), text(now))}`));
  }
  return errors;
}

function text(container: Unchecked<EphemeralContainer>): string {
  return JSON.stringify(ephemeralContainerForm(container as unknown as JsonObject), null, 1);
}
