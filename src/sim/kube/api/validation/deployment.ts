// Checks Deployments and ReplicaSets.
// Modelled on pkg/apis/apps/validation/validation.go (v1.37): ValidateDeploymentSpec, ValidateReplicaSetSpec.

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, notSupported, required } from '../field-error.ts';
import type { Deployment, DeploymentSpec, DeploymentStrategy, ReplicaSet } from '../types-apps.ts';
import type { Unchecked } from '../unchecked.ts';
import { nonNegativeErrors } from './handlers.ts';
import {
  immutableErrors,
  isUsableSelector,
  jsonOf,
  mandatorySelectorErrors,
  mismatchErrors,
  over100Errors,
  runningTemplateErrors,
  shareErrors,
  shareValue,
} from './workload.ts';

export function deploymentErrors(deployment: Unchecked<Deployment>): FieldError[] {
  const spec = deployment.spec ?? {};
  return [
    ...nonNegativeErrors(spec.replicas ?? 0, 'spec.replicas'),
    ...selectorAndTemplateErrors(spec),
    ...strategyErrors(spec.strategy ?? {}, 'spec.strategy'),
    ...nonNegativeErrors(spec.minReadySeconds ?? 0, 'spec.minReadySeconds'),
    ...(spec.revisionHistoryLimit === undefined ? [] : nonNegativeErrors(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit')),
    ...deadlineErrors(spec, 'spec.progressDeadlineSeconds'),
  ];
}

export function deploymentUpdateErrors(deployment: Unchecked<Deployment>, old: Unchecked<Deployment>): FieldError[] {
  return [...deploymentErrors(deployment), ...immutableErrors(deployment.spec?.selector, old.spec?.selector, 'spec.selector')];
}

export function replicaSetErrors(set: Unchecked<ReplicaSet>): FieldError[] {
  const spec = set.spec ?? {};
  return [
    ...nonNegativeErrors(spec.replicas ?? 0, 'spec.replicas'),
    ...nonNegativeErrors(spec.minReadySeconds ?? 0, 'spec.minReadySeconds'),
    ...selectorAndTemplateErrors(spec),
  ];
}

export function replicaSetUpdateErrors(set: Unchecked<ReplicaSet>, old: Unchecked<ReplicaSet>): FieldError[] {
  return [...replicaSetErrors(set), ...immutableErrors(set.spec?.selector, old.spec?.selector, 'spec.selector')];
}

// ReplicaSets say "deployment" here too.
function selectorAndTemplateErrors(spec: Pick<Unchecked<DeploymentSpec>, 'selector' | 'template'>): FieldError[] {
  const selector = spec.selector;
  const errors = mandatorySelectorErrors(selector, 'deployment');
  if (!isUsableSelector(selector)) return [...errors, invalid('spec.selector', jsonOf(selector), 'invalid label selector')];
  const parts = Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions ?? []).length;
  const matched = selector !== undefined && parts === 0 ? [] : mismatchErrors(selector, spec.template);
  return [...errors, ...matched, ...runningTemplateErrors(spec.template, { kind: 'ReplicaSet' })];
}

function strategyErrors(strategy: Unchecked<DeploymentStrategy>, field: string): FieldError[] {
  const rolling = strategy.rollingUpdate;
  switch (strategy.type) {
    case 'Recreate':
      if (rolling === undefined) return [];
      return [forbidden(`${field}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")];
    case 'RollingUpdate':
      if (rolling === undefined) return [required(`${field}.rollingUpdate`, 'this should be defaulted and never be nil')];
      return rollingErrors(rolling, `${field}.rollingUpdate`);
    default: {
      const shown = { Type: strategy.type ?? '', RollingUpdate: internalRolling(rolling) };
      return [notSupported(field, shown, ['Recreate', 'RollingUpdate'])];
    }
  }
}

type Rolling = NonNullable<Unchecked<DeploymentStrategy>['rollingUpdate']>;

function internalRolling(rolling: Rolling | undefined) {
  if (rolling === undefined) return null;
  return { MaxUnavailable: rolling.maxUnavailable ?? 0, MaxSurge: rolling.maxSurge ?? 0 };
}

function rollingErrors(rolling: Rolling, field: string): FieldError[] {
  const { maxUnavailable = 0, maxSurge = 0 } = rolling;
  const stuck = shareValue(maxUnavailable) === 0 && shareValue(maxSurge) === 0;
  return [
    ...shareErrors(maxUnavailable, `${field}.maxUnavailable`),
    ...shareErrors(maxSurge, `${field}.maxSurge`),
    ...(stuck ? [invalid(`${field}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...over100Errors(maxUnavailable, `${field}.maxUnavailable`),
  ];
}

function deadlineErrors(spec: Unchecked<DeploymentSpec>, field: string): FieldError[] {
  const deadline = spec.progressDeadlineSeconds;
  if (deadline === undefined) return [];
  const errors = nonNegativeErrors(deadline, field);
  if (deadline > (spec.minReadySeconds ?? 0)) return errors;
  return [...errors, invalid(field, deadline, 'must be greater than minReadySeconds')];
}
