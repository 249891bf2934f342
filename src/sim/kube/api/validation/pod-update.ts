// Checks changes of Pods.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidatePodUpdate.

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, required } from '../field-error.ts';
import type { JsonObject } from '../types-meta.ts';
import type { Container, Pod, PodSpec, Toleration } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { PLACEMENT } from './affinity.ts';
import { imageSpaceErrors } from './containers.ts';
import { rangeMessage } from './names.ts';
import { LISTS, metadataAndSpecErrors } from './pod.ts';
import { podSpecForm } from './pod-spec-form.ts';
import { tolerationErrors } from './tolerations.ts';
import { unifiedDiff } from './unified-diff.ts';
import { sameJson } from './workload.ts';

type Spec = Unchecked<PodSpec>;
type AnyPod = Unchecked<Pod>;

const MAX_INT32 = 2147483647;

/** Errors of a changed Pod: almost nothing of its spec may change. */
export function podUpdateErrors(pod: AnyPod, old: AnyPod): FieldError[] {
  const spec = pod.spec ?? {};
  const oldSpec = old.spec ?? {};
  const errors = metadataAndSpecErrors(pod, PLACEMENT);
  for (const list of LISTS) {
    const containers = spec[list] ?? [];
    if (containers.length !== (oldSpec[list] ?? []).length) {
      return [...errors, forbidden(`spec.${list}`, 'pod updates may not add or remove containers')];
    }
    errors.push(...containers.flatMap((container, index) => imageErrors(container, `spec.${list}[${String(index)}]`)));
  }
  const deadline = deadlineErrors(spec.activeDeadlineSeconds, oldSpec.activeDeadlineSeconds);
  errors.push(...deadline);
  if (deadline.length > 0 && spec.activeDeadlineSeconds !== undefined) return errors;
  errors.push(...addedTolerationErrors(spec.tolerations ?? [], oldSpec.tolerations ?? []));
  errors.push(...gateErrors(spec, oldSpec));
  const munged = withChangeableFieldsOf(oldSpec, spec);
  if (sameJson(munged as JsonObject, oldSpec as JsonObject)) return errors;
  return [...errors, forbidden('spec', `pod updates may not change fields other than ${CHANGEABLE}\n${specDiff(oldSpec, munged)}`)];
}

const CHANGEABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

function specDiff(before: Spec, after: Spec): string {
  const text = (spec: Spec): string => JSON.stringify(podSpecForm(spec as JsonObject), null, 1);
  return unifiedDiff(text(before), text(after));
}

function imageErrors(container: Unchecked<Container>, path: string): FieldError[] {
  return (container.image ?? '') === '' ? [required(`${path}.image`)] : imageSpaceErrors(container, path);
}

function deadlineErrors(now: number | undefined, before: number | undefined): FieldError[] {
  const field = 'spec.activeDeadlineSeconds';
  if (now === undefined) {
    return before === undefined ? [] : [invalid(field, null, 'must not update from a positive integer to nil value')];
  }
  if (now < 0 || now > MAX_INT32) return [invalid(field, now, rangeMessage(0, MAX_INT32))];
  if (before === undefined || before >= now) return [];
  return [invalid(field, now, 'must be less than or equal to previous value')];
}

type Tolerations = readonly Unchecked<Toleration>[];

function addedTolerationErrors(now: Tolerations, before: Tolerations): FieldError[] {
  const field = 'spec.tolerations';
  const kept = before.every((old) =>
    now.some((candidate) => (['key', 'operator', 'value', 'effect'] as const).every((key) => (old[key] ?? '') === (candidate[key] ?? ''))),
  );
  if (!kept) return [forbidden(field, 'existing toleration can not be modified except its tolerationSeconds')];
  return tolerationErrors(now, field);
}

function gateErrors(spec: Spec, old: Spec): FieldError[] {
  const before = (old.schedulingGates ?? []).map((gate) => gate.name);
  const last = new Map((spec.schedulingGates ?? []).map((gate, index) => [gate.name ?? '', index]));
  return [...last].flatMap(([name, index]) => {
    if (before.includes(name)) return [];
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return [forbidden(`spec.schedulingGates[${String(index)}].name`, detail)];
  });
}

/** The new spec with everything that may change put back to the old values: what still differs is forbidden. */
function withChangeableFieldsOf(old: Spec, spec: Spec): Spec {
  const withImages = (list: (typeof LISTS)[number]) => spec[list]?.map((container, index) => ({ ...container, image: old[list]?.[index]?.image }));
  const relaxed = (old.terminationGracePeriodSeconds ?? 0) < 0 && spec.terminationGracePeriodSeconds === 1;
  return withoutUndefined({
    ...spec,
    containers: withImages('containers'),
    initContainers: withImages('initContainers'),
    activeDeadlineSeconds: old.activeDeadlineSeconds,
    tolerations: old.tolerations,
    schedulingGates: old.schedulingGates,
    ...(relaxed ? { terminationGracePeriodSeconds: old.terminationGracePeriodSeconds } : {}),
  });
}

function withoutUndefined(spec: Spec): Spec {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}
