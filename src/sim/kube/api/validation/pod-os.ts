// Checks that a Pod which names its operating system uses only what that system has.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): validateOS, validateLinux, validateWindows, validateWindowsHostProcessPod.

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, notSupported, required } from '../field-error.ts';
import type { PodSpec } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';

type Spec = Unchecked<PodSpec>;

export function osErrors(spec: Spec, field: string): FieldError[] {
  if (spec.os === undefined) return [];
  const name = spec.os.name ?? '';
  if (name === '') return [required(`${field}.os.name`)];
  if (name === 'linux') return linuxErrors(spec, field);
  return name === 'windows' ? windowsErrors(spec, field) : [notSupported(`${field}.os`, name, ['linux', 'windows'])];
}

function linuxErrors(spec: Spec, field: string): FieldError[] {
  const detail = 'windows options cannot be set for a linux pod';
  return [
    ...(spec.securityContext?.windowsOptions === undefined ? [] : [forbidden(`${field}.securityContext.windowsOptions`, detail)]),
    ...containersOf(spec, field).flatMap(({ container, path }) =>
      container.securityContext?.windowsOptions === undefined ? [] : [forbidden(`${path}.securityContext.windowsOptions`, detail)],
    ),
  ];
}

const CONTAINER_KEYS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const;

function windowsErrors(spec: Spec, field: string): FieldError[] {
  const detail = 'cannot be set for a windows pod';
  const context = spec.securityContext ?? {};
  // In the order in which they are told: what is said in the Pod's own fields comes last.
  const set: readonly (readonly [string, boolean])[] = [
    ['securityContext.appArmorProfile', context.appArmorProfile !== undefined],
    ['securityContext.seLinuxOptions', context.seLinuxOptions !== undefined],
    ['securityContext.seccompProfile', context.seccompProfile !== undefined],
    ['securityContext.fsGroup', context.fsGroup !== undefined],
    ['securityContext.fsGroupChangePolicy', context.fsGroupChangePolicy !== undefined],
    ['securityContext.sysctls', (context.sysctls ?? []).length > 0],
    ['securityContext.runAsUser', context.runAsUser !== undefined],
    ['securityContext.runAsGroup', context.runAsGroup !== undefined],
    ['securityContext.supplementalGroups', context.supplementalGroups !== undefined],
    ['securityContext.supplementalGroupsPolicy', context.supplementalGroupsPolicy !== undefined],
    ['securityContext.seLinuxChangePolicy', context.seLinuxChangePolicy !== undefined],
    ['hostUsers', spec.hostUsers !== undefined],
    ['hostPID', spec.hostPID === true],
    ['hostIPC', spec.hostIPC === true],
    ['shareProcessNamespace', spec.shareProcessNamespace !== undefined],
  ];
  return [
    ...set.flatMap(([path, present]) => (present ? [forbidden(`${field}.${path}`, detail)] : [])),
    ...containersOf(spec, field).flatMap(({ container, path }) =>
      CONTAINER_KEYS.flatMap((key) => (container.securityContext?.[key] === undefined ? [] : [forbidden(`${path}.securityContext.${key}`, detail)])),
    ),
  ];
}

/** All containers of a Pod with their paths, in the order in which upstream visits them. */
function containersOf(spec: Spec, field: string) {
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ container, path: `${field}.${list}[${String(index)}]` })),
  );
}

/** Windows containers that run as processes of the host need the host's network, all of them. */
export function hostProcessErrors(spec: Spec, field: string): FieldError[] {
  const forPod = spec.securityContext?.windowsOptions?.hostProcess;
  const containers = containersOf(spec, field);
  const errors: FieldError[] = [];
  let count = 0;
  for (const { container, path } of containers) {
    const own = container.securityContext?.windowsOptions?.hostProcess;
    if (forPod !== undefined && own !== undefined && forPod !== own) {
      const detail = `pod hostProcess value must be identical if both are specified, was ${String(forPod)}`;
      errors.push(invalid(`${path}.securityContext.windowsOptions.hostProcess`, own, detail));
    }
    if (own ?? forPod ?? false) count += 1;
  }
  if (count === 0) return errors;
  if (count !== containers.length) {
    const detail = 'If pod contains any hostProcess containers then all containers must be HostProcess containers';
    errors.push(invalid(field, '', detail));
  }
  if (spec.hostNetwork !== true) {
    errors.push(invalid(`${field}.hostNetwork`, false, 'hostNetwork must be true if pod contains any hostProcess containers'));
  }
  return errors;
}
