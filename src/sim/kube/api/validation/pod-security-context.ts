// Checks the settings that hold for a whole Pod: ids, sysctls, shared namespaces and user namespaces.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): validatePodSpecSecurityContext, validateSysctls, validateHostUsers.

import type { FieldError } from '../field-error.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../field-error.ts';
import type { PodSpec } from '../types-pod.ts';
import type { PodSecurityContext } from '../types-security.ts';
import type { Unchecked } from '../unchecked.ts';
import { byteLength } from './names.ts';
import { appArmorErrors, idErrors, seccompErrors, windowsOptionErrors } from './security-context.ts';

const SYSCTL_SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SYSCTL = `^(${SYSCTL_SEGMENT}[\\./])*${SYSCTL_SEGMENT}$`;
const sysctlName = new RegExp(SYSCTL);

const POLICIES = [
  ['fsGroupChangePolicy', ['Always', 'OnRootMismatch']],
  ['supplementalGroupsPolicy', ['Merge', 'Strict']],
  ['seLinuxChangePolicy', ['MountOption', 'Recursive']],
] as const;

export function podSecurityContextErrors(spec: Unchecked<PodSpec>, field: string): FieldError[] {
  const context = spec.securityContext ?? {};
  const path = `${field}.securityContext`;
  const [fsGroupPolicy, ...laterPolicies] = POLICIES;
  return [
    ...idErrors(context.fsGroup, `${path}.fsGroup`),
    ...idErrors(context.runAsUser, `${path}.runAsUser`),
    ...idErrors(context.runAsGroup, `${path}.runAsGroup`),
    ...(context.supplementalGroups ?? []).flatMap((id, index) => idErrors(id, `${path}.supplementalGroups[${String(index)}]`)),
    ...sysctlErrors(spec, `${path}.sysctls`),
    ...policyErrors(context, fsGroupPolicy, path),
    ...seccompErrors(context.seccompProfile, `${path}.seccompProfile`),
    ...windowsOptionErrors(context.windowsOptions, `${path}.windowsOptions`),
    ...appArmorErrors(context.appArmorProfile, `${path}.appArmorProfile`),
    ...laterPolicies.flatMap((policy) => policyErrors(context, policy, path)),
    ...(spec.shareProcessNamespace === true && spec.hostPID === true
      ? [invalid(`${field}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled')]
      : []),
  ];
}

function policyErrors(context: Unchecked<PodSecurityContext>, [key, supported]: (typeof POLICIES)[number], path: string): FieldError[] {
  const value = context[key];
  const known: readonly string[] = supported;
  return value === undefined || known.includes(value) ? [] : [notSupported(`${path}.${key}`, value, known)];
}

function sysctlErrors(spec: Unchecked<PodSpec>, field: string): FieldError[] {
  const seen = new Set<string>();
  return (spec.securityContext?.sysctls ?? []).flatMap((sysctl, index) => {
    const path = `${field}[${String(index)}].name`;
    const name = sysctl.name ?? '';
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(path));
    else if (byteLength(name) > 253 || !sysctlName.test(name)) {
      errors.push(invalid(path, name, `must have at most 253 characters and match regex ${SYSCTL}`));
    } else if (seen.has(name)) errors.push(duplicate(path, name));
    const namespace = sysctlNamespace(name);
    if (namespace === 'net' && spec.hostNetwork === true) {
      errors.push(invalid(path, name, "may not be specified when 'hostNetwork' is true"));
    }
    if (namespace === 'ipc' && spec.hostIPC === true) {
      errors.push(invalid(path, name, "may not be specified when 'hostIPC' is true"));
    }
    seen.add(name);
    return errors;
  });
}

/** The Linux namespace a sysctl belongs to, if any (component-helpers node/util/sysctl/namespace.go). */
function sysctlNamespace(written: string): 'ipc' | 'net' | undefined {
  const name = normalizedSysctl(written);
  if (name.startsWith('net.')) return 'net';
  return name === 'kernel.sem' || /^(kernel\.shm|kernel\.msg|fs\.mqueue\.)/.test(name) ? 'ipc' : undefined;
}

function normalizedSysctl(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  return first === '/' ? name.replace(/[./]/g, (mark) => (mark === '/' ? '.' : '/')) : name;
}

/** A user namespace of its own cannot be combined with the node's other namespaces. */
export function hostUsersErrors(spec: Unchecked<PodSpec>, field: string): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const detail = 'when `hostUsers` is false';
  const lists = ['containers', 'initContainers'] as const;
  return [
    ...(spec.hostNetwork === true ? [forbidden(`${field}.hostNetwork`, detail)] : []),
    ...(spec.hostPID === true ? [forbidden(`${field}.HostPID`, detail)] : []),
    ...(spec.hostIPC === true ? [forbidden(`${field}.HostIPC`, detail)] : []),
    ...lists.flatMap((list) =>
      (spec[list] ?? []).flatMap((container, index) =>
        (container.volumeDevices ?? []).length > 0 ? [forbidden(`${field}.${list}[${String(index)}].volumeDevices`, detail)] : [],
      ),
    ),
  ];
}
