// What happens to most new Pods between decoding and storing: the part of admit.ts
// that an editor needs on every keystroke.

import { withPodDefaults } from '../../api/defaulting/pod-defaults.ts';
import type { Status } from '../../api/status.ts';
import { invalidStatus } from '../../api/status.ts';
import type { KubeObject } from '../../api/types.ts';
import type { Pod } from '../../api/types-pod.ts';
import type { Unchecked } from '../../api/unchecked.ts';
import { newPodErrors } from '../../api/validation/pod.ts';
import { hasPlacement } from '../../api/validation/pod-spec.ts';
import { podWarnings } from '../../api/validation/pod-warnings.ts';
import { deliveredWarnings } from '../../api/warning-headers.ts';
import type { AdmissionRequest, Judgement } from './admission-request.ts';
import { withDefaultTolerations } from './default-tolerations.ts';
import { withoutDisabledFields } from './disabled-fields.ts';
import type { AdmissionRules } from './further-rules.ts';
import { withPriority } from './priority.ts';
import { overheadRefusal, runtimeClassRefusal } from './runtime-class.ts';
import { withServiceAccount } from './service-account.ts';

/** Whether these rules are enough for an object: a new Pod without rules of placement, in a namespace without Pod Security labels. */
export function isPlainNewPod(object: KubeObject, { namespace, lookup, old }: AdmissionRequest): boolean {
  if (object.kind !== 'Pod' || old !== undefined) return false;
  const labels = Object.keys(lookup.namespace(namespace)?.metadata.labels ?? {});
  const { spec = {} }: Unchecked<Pod> = object;
  return !hasPlacement(spec) && !labels.some((label) => label.startsWith('pod-security.kubernetes.io/'));
}

/** A new Pod with defaults and what mutating admission adds, or the refusal. */
export function withAdmission(pod: Unchecked<Pod>, { namespace, lookup }: AdmissionRequest): Unchecked<Pod> | Status {
  const cleaned = { ...pod, spec: withoutDisabledFields(pod.spec ?? {}) };
  const withAccount = withServiceAccount(cleaned, namespace, lookup);
  if (isStatus(withAccount)) return withAccount;
  const prioritised = withPriority(withAccount);
  if (isStatus(prioritised)) return prioritised;
  return runtimeClassRefusal(prioritised) ?? withDefaultTolerations(prioritised);
}

function isStatus(result: Unchecked<Pod> | Status): result is Status {
  return result.kind === 'Status';
}

function judgeNewPod(pod: KubeObject): Judgement {
  const errors = newPodErrors(pod as Unchecked<Pod>);
  if (errors.length > 0) {
    return { refused: invalidStatus({ group: '', kind: 'Pod' }, pod.metadata.name, errors), errors, warnings: [] };
  }
  return { refused: overheadRefusal(pod as Unchecked<Pod>), errors: [], warnings: deliveredWarnings(podWarnings(pod as Unchecked<Pod>)) };
}

/** The rules for what `isPlainNewPod`; whatever else an object is, these must not be asked. */
export const newPodRules: AdmissionRules = {
  prepareObject: (decoded, request) => withAdmission(withPodDefaults(decoded as Unchecked<Pod>) as Unchecked<Pod>, request) as KubeObject | Status,
  judgeObject: judgeNewPod,
};
