// Checks StatefulSets.
// Modelled on pkg/apis/apps/validation/validation.go (v1.37): ValidateStatefulSetSpec. Claim templates are not judged.

import type { FieldError } from '../field-error.ts';
import { invalid, notSupported, required } from '../field-error.ts';
import type { StatefulSet, StatefulSetSpec } from '../types-apps.ts';
import type { PodTemplateSpec } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { nonNegativeErrors } from './handlers.ts';
import { annotationErrors, labelErrors } from './labels.ts';
import { dnsLabelProblems } from './names.ts';
import { podTemplateErrors } from './pod-template.ts';
import {
  foreverErrors,
  immutableErrors,
  isUsableSelector,
  jsonOf,
  mandatorySelectorErrors,
  mismatchErrors,
  over100Errors,
  shareErrors,
  shareValue,
} from './workload.ts';

type Spec = Unchecked<StatefulSetSpec>;

export function statefulSetErrors(set: Unchecked<StatefulSet>): FieldError[] {
  return specErrors(set.spec ?? {}, true);
}

function specErrors(spec: Spec, isNew: boolean): FieldError[] {
  const policy = spec.podManagementPolicy ?? '';
  const serviceName = spec.serviceName ?? '';
  return [
    ...(policy === 'OrderedReady' || policy === 'Parallel'
      ? []
      : [invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'")]),
    ...updateStrategyErrors(spec, 'spec.updateStrategy'),
    ...retentionErrors(spec, 'spec.persistentVolumeClaimRetentionPolicy'),
    ...nonNegativeErrors(spec.replicas ?? 0, 'spec.replicas'),
    ...nonNegativeErrors(spec.minReadySeconds ?? 0, 'spec.minReadySeconds'),
    ...nonNegativeErrors(spec.ordinals?.start ?? 0, 'spec.ordinals.start'),
    ...(serviceName === '' || !isNew ? [] : dnsLabelProblems(serviceName).map((problem) => invalid('spec.serviceName', serviceName, problem))),
    ...mandatorySelectorErrors(spec.selector, 'statefulset'),
    ...(isUsableSelector(spec.selector) ? templateErrors(spec) : [invalid('spec.selector', jsonOf(spec.selector), '')]),
    ...foreverErrors(spec.template, { kind: 'StatefulSet' }),
  ];
}

export function statefulSetUpdateErrors(set: Unchecked<StatefulSet>, old: Unchecked<StatefulSet>): FieldError[] {
  const fixed = ['selector', 'volumeClaimTemplates', 'serviceName', 'podManagementPolicy'] as const;
  return [
    // The service's name cannot be changed anyway.
    ...specErrors(set.spec ?? {}, false),
    ...fixed.flatMap((key) => immutableErrors(set.spec?.[key], old.spec?.[key], `spec.${key}`)),
  ];
}

/** The controller sets hostname and subdomain of the Pods and adds the claims' volumes, so the template is judged so. */
function templateErrors(spec: Spec): FieldError[] {
  const { hostname: _hostname, subdomain: _subdomain, ...podSpec } = spec.template?.spec ?? {};
  const claims = (spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata?.name ?? '');
  const volumes = [
    ...claims.map((name) => ({ name, persistentVolumeClaim: { claimName: name } })),
    ...(podSpec.volumes ?? []).filter((volume) => !claims.includes(volume.name ?? '')),
  ];
  const template: Unchecked<PodTemplateSpec> = {
    ...spec.template,
    spec: claims.length > 0 ? { ...podSpec, volumes } : podSpec,
  };
  const meta = spec.template?.metadata;
  return [
    ...mismatchErrors(spec.selector, spec.template),
    ...podTemplateErrors(template, 'spec.template'),
    ...labelErrors(meta?.labels, 'spec.template.labels'),
    ...annotationErrors(meta?.annotations, 'spec.template.annotations'),
  ];
}

function updateStrategyErrors(spec: Spec, field: string): FieldError[] {
  const { type = '', rollingUpdate } = spec.updateStrategy ?? {};
  if (type === '') return [required(field)];
  if (type === 'OnDelete') {
    if (rollingUpdate === undefined) return [];
    const shown = {
      Partition: rollingUpdate.partition ?? 0,
      MaxUnavailable: rollingUpdate.maxUnavailable ?? null,
    };
    return [invalid(`${field}.rollingUpdate`, shown, "only allowed for updateStrategy 'RollingUpdate'")];
  }
  if (type !== 'RollingUpdate') {
    return [invalid(field, { Type: type, RollingUpdate: null }, "must be 'RollingUpdate' or 'OnDelete'")];
  }
  const share = rollingUpdate?.maxUnavailable;
  const path = `${field}.rollingUpdate.maxUnavailable`;
  return [
    ...nonNegativeErrors(rollingUpdate?.partition ?? 0, `${field}.rollingUpdate.partition`),
    ...(share === undefined ? [] : shareErrors(share, path)),
    ...(share !== undefined && shareValue(share) === 0 ? [invalid(path, share, 'cannot be 0')] : []),
    ...(share === undefined ? [] : over100Errors(share, path)),
  ];
}

function retentionErrors(spec: Spec, field: string): FieldError[] {
  const policy = spec.persistentVolumeClaimRetentionPolicy;
  if (policy === undefined) return [];
  return (['whenDeleted', 'whenScaled'] as const).flatMap((key) => {
    const value = policy[key] ?? '';
    return value === 'Retain' || value === 'Delete' ? [] : [notSupported(`${field}.${key}`, value, ['Retain', 'Delete'])];
  });
}
