// Checks Jobs.
// Modelled on pkg/apis/batch/validation/validation.go (v1.37): ValidateJobSpec. Failure and success policies are not judged.

import type { FieldError } from '../field-error.ts';
import { invalid, notSupported, required } from '../field-error.ts';
import type { Job, JobSpec } from '../types-batch.ts';
import type { JsonObject } from '../types-meta.ts';
import type { Unchecked } from '../unchecked.ts';
import { nonNegativeErrors } from './handlers.ts';
import { labelSelectorErrors } from './labels.ts';
import { podSpecForm } from './pod-spec-form.ts';
import { podTemplateErrors } from './pod-template.ts';
import { immutableErrors, isUsableSelector, mismatchErrors } from './workload.ts';

type Spec = Unchecked<JobSpec>;

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

export function jobErrors(job: Unchecked<Job>): FieldError[] {
  const spec = job.spec ?? {};
  return [
    ...jobSpecErrors(spec, 'spec'),
    ...(spec.selector === undefined ? [required('spec.selector')] : labelSelectorErrors(spec.selector, 'spec.selector')),
    ...(isUsableSelector(spec.selector) ? mismatchErrors(spec.selector, spec.template) : []),
  ];
}

/** What is wrong with a Job apart from its selector, which a CronJob's template does not have. @param field where it stands */
export function jobSpecErrors(spec: Spec, field: string): FieldError[] {
  return [
    ...COUNTS.flatMap((key) => {
      const count = spec[key];
      return count === undefined ? [] : nonNegativeErrors(count, `${field}.${key}`);
    }),
    ...(spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined
      ? [required(`${field}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')]
      : []),
    ...completionModeErrors(spec, field),
    ...replacementErrors(spec, field),
    ...podTemplateErrors(spec.template, `${field}.template`),
    ...restartPolicyErrors(spec.template?.spec?.restartPolicy ?? '', `${field}.template.spec.restartPolicy`),
  ];
}

export function jobUpdateErrors(job: Unchecked<Job>, old: Unchecked<Job>): FieldError[] {
  const fixed = [
    'completions',
    'selector',
    'template',
    'completionMode',
    'podFailurePolicy',
    'backoffLimitPerIndex',
    'managedBy',
    'successPolicy',
  ] as const;
  return [
    ...jobErrors(job),
    ...fixed.flatMap((key) =>
      immutableErrors(job.spec?.[key], old.spec?.[key], `spec.${key}`).map((error) =>
        key === 'template' ? { ...error, badValue: internalTemplate(job) } : error,
      ),
    ),
  ];
}

/** The template as the message shows it: its metadata stand beside the dump of its spec. */
function internalTemplate(job: Unchecked<Job>): JsonObject {
  const { metadata, spec } = job.spec?.template ?? {};
  return {
    ...(metadata as JsonObject | undefined),
    Spec: podSpecForm((spec ?? {}) as unknown as JsonObject),
  };
}

/** A Job's Pods end, so the template must say what happens when they fail. */
function restartPolicyErrors(policy: string, field: string): FieldError[] {
  if (policy === 'Always' || policy === '') return [required(field, 'valid values: "OnFailure", "Never"')];
  return policy === 'OnFailure' || policy === 'Never' ? [] : [notSupported(field, policy, ['OnFailure', 'Never'])];
}

function completionModeErrors(spec: Spec, field: string): FieldError[] {
  const mode = spec.completionMode ?? 'NonIndexed';
  if (mode === 'Indexed') {
    return spec.completions === undefined ? [required(`${field}.completions`, 'when completion mode is Indexed')] : [];
  }
  const errors = mode === 'NonIndexed' ? [] : [notSupported(`${field}.completionMode`, mode, ['NonIndexed', 'Indexed'])];
  if (mode !== 'NonIndexed') return errors;
  for (const key of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const) {
    const value = spec[key];
    if (value !== undefined) errors.push(invalid(`${field}.${key}`, value, 'requires indexed completion mode'));
  }
  return errors;
}

function replacementErrors(spec: Spec, field: string): FieldError[] {
  const policy = spec.podReplacementPolicy;
  if (policy === undefined) return [];
  const supported = spec.podFailurePolicy === undefined ? ['Failed', 'TerminatingOrFailed'] : ['Failed'];
  return supported.includes(policy) ? [] : [notSupported(`${field}.podReplacementPolicy`, policy, supported)];
}
