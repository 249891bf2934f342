// Checks DaemonSets.
// Modelled on pkg/apis/apps/validation/validation.go (v1.37): ValidateDaemonSetSpec.

import type { FieldError } from '../field-error.ts';
import { invalid, notSupported, required } from '../field-error.ts';
import type { DaemonSet, DaemonSetUpdateStrategy, RollingUpdateDaemonSet } from '../types-apps.ts';
import type { Unchecked } from '../unchecked.ts';
import { nonNegativeErrors } from './handlers.ts';
import { labelSelectorErrors } from './labels.ts';
import {
  emptySelectorErrors,
  immutableErrors,
  isUsableSelector,
  mismatchErrors,
  over100Errors,
  runningTemplateErrors,
  shareErrors,
  shareValue,
} from './workload.ts';

export function daemonSetErrors(set: Unchecked<DaemonSet>): FieldError[] {
  const spec = set.spec ?? {};
  return [
    ...labelSelectorErrors(spec.selector, 'spec.selector'),
    ...(isUsableSelector(spec.selector) ? mismatchErrors(spec.selector, spec.template) : []),
    ...(spec.selector === undefined ? [] : emptySelectorErrors(spec.selector, 'daemonset')),
    ...runningTemplateErrors(spec.template, { kind: 'DaemonSet' }),
    ...nonNegativeErrors(spec.minReadySeconds ?? 0, 'spec.minReadySeconds'),
    ...updateStrategyErrors(spec.updateStrategy ?? {}, 'spec.updateStrategy'),
    ...(spec.revisionHistoryLimit === undefined ? [] : nonNegativeErrors(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit')),
  ];
}

/** An update is judged by its selector first, then as a whole. */
export function daemonSetUpdateErrors(set: Unchecked<DaemonSet>, old: Unchecked<DaemonSet>): FieldError[] {
  const changed = immutableErrors(set.spec?.selector, old.spec?.selector, 'spec.selector');
  return [...changed, ...daemonSetErrors(set)];
}

function updateStrategyErrors(strategy: Unchecked<DaemonSetUpdateStrategy>, field: string): FieldError[] {
  const rolling = strategy.rollingUpdate;
  switch (strategy.type) {
    case 'OnDelete':
      return [];
    case 'RollingUpdate':
      return rolling === undefined ? [required(`${field}.rollingUpdate`)] : rollingErrors(rolling, `${field}.rollingUpdate`);
    default: {
      const shown = {
        Type: strategy.type ?? '',
        RollingUpdate: rolling === undefined ? null : { MaxUnavailable: rolling.maxUnavailable ?? 0, MaxSurge: rolling.maxSurge ?? 0 },
      };
      return [notSupported(field, shown, ['RollingUpdate', 'OnDelete'])];
    }
  }
}

function rollingErrors(rolling: Unchecked<RollingUpdateDaemonSet>, field: string): FieldError[] {
  const { maxUnavailable = 0, maxSurge = 0 } = rolling;
  const errors = [
    ...shareErrors(maxUnavailable, `${field}.maxUnavailable`),
    ...shareErrors(maxSurge, `${field}.maxSurge`),
    ...over100Errors(maxUnavailable, `${field}.maxUnavailable`),
    ...over100Errors(maxSurge, `${field}.maxSurge`),
  ];
  const unavailable = shareValue(maxUnavailable) !== 0;
  const surge = shareValue(maxSurge) !== 0;
  if (unavailable && surge) errors.push(invalid(`${field}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  if (!unavailable && !surge) errors.push(required(`${field}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
  return errors;
}
