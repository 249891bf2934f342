// Refuses Pods that want another container runtime: this cluster has no RuntimeClass.
// Modelled on plugin/pkg/admission/runtimeclass/admission.go (v1.37).

import type { Status } from '../../api/status.ts';
import { forbiddenStatus } from '../../api/status.ts';
import type { Pod } from '../../api/types-pod.ts';
import type { Unchecked } from '../../api/unchecked.ts';
import { goQuote } from '../../api/field-error.ts';
import { nameForErrors } from './service-account.ts';

/** The refusal of a Pod that names a class. */
export function runtimeClassRefusal(pod: Unchecked<Pod>): Status | undefined {
  const name = pod.spec?.runtimeClassName;
  return name === undefined ? undefined : refusal(pod, `RuntimeClass ${goQuote(name)} not found`);
}

/** The refusal of a Pod that states a class's cost by itself. */
export function overheadRefusal(pod: Unchecked<Pod>): Status | undefined {
  if (pod.spec?.overhead === undefined) return undefined;
  return refusal(pod, 'Pod Overhead set without corresponding RuntimeClass defined Overhead');
}

function refusal(pod: Unchecked<Pod>, why: string): Status {
  return forbiddenStatus({ group: '', resource: 'pods' }, nameForErrors(pod), `pod rejected: ${why}`);
}
