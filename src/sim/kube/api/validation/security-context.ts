// Checks what a container asks for in its security context, and the profiles a Pod may set for all of them.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidateSecurityContext and its helpers.

import type { FieldError } from '../field-error.ts';
import { invalid, notSupported, required, tooLong } from '../field-error.ts';
import type { JsonObject } from '../types-meta.ts';
import type { AppArmorProfile, SeccompProfile, SecurityContext, WindowsSecurityContextOptions } from '../types-security.ts';
import type { Unchecked } from '../unchecked.ts';
import { internalForm, SECURITY_STRUCTS } from './internal-form.ts';
import { byteLength, dnsSubdomainProblems, userIdProblems } from './names.ts';
import { descendingPathErrors } from './paths.ts';

const PROFILE_TYPES: readonly string[] = ['Localhost', 'RuntimeDefault', 'Unconfined'];

/** `hostUsers` is whether the Pod uses the node's user namespace. */
export function securityContextErrors(context: Unchecked<SecurityContext> | undefined, hostUsers: boolean, field: string): FieldError[] {
  if (context === undefined) return [];
  return [
    ...idErrors(context.runAsUser, `${field}.runAsUser`),
    ...idErrors(context.runAsGroup, `${field}.runAsGroup`),
    ...procMountErrors(context.procMount, hostUsers, `${field}.procMount`),
    ...seccompErrors(context.seccompProfile, `${field}.seccompProfile`),
    ...escalationErrors(context, field),
    ...windowsOptionErrors(context.windowsOptions, `${field}.windowsOptions`),
    ...appArmorErrors(context.appArmorProfile, `${field}.appArmorProfile`),
  ];
}

/** Errors of a user or group id. */
export function idErrors(id: number | undefined, field: string): FieldError[] {
  return id === undefined ? [] : userIdProblems(id).map((problem) => invalid(field, id, problem));
}

function procMountErrors(procMount: string | undefined, hostUsers: boolean, field: string): FieldError[] {
  if (procMount === undefined || procMount === 'Default') return [];
  if (procMount !== 'Unmasked') return [notSupported(field, procMount, ['Default', 'Unmasked'])];
  return hostUsers ? [invalid(field, procMount, '`hostUsers` must be false to use `Unmasked`')] : [];
}

function escalationErrors(context: Unchecked<SecurityContext>, field: string): FieldError[] {
  if (context.allowPrivilegeEscalation !== false) return [];
  const shown = internalForm(SECURITY_STRUCTS, 'SecurityContext', context as JsonObject);
  const errors: FieldError[] = [];
  if (context.privileged === true) {
    errors.push(invalid(field, shown, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'));
  }
  for (const capability of context.capabilities?.add ?? []) {
    if (capability !== 'CAP_SYS_ADMIN') continue;
    errors.push(invalid(field, shown, 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN'));
  }
  return errors;
}

export function seccompErrors(profile: Unchecked<SeccompProfile> | undefined, field: string): FieldError[] {
  if (profile === undefined) return [];
  const type = profile.type ?? '';
  const errors: FieldError[] = [];
  if (type === '') errors.push(required(`${field}.type`, 'type is required when seccompProfile is set'));
  else if (!PROFILE_TYPES.includes(type)) errors.push(notSupported(`${field}.type`, type, PROFILE_TYPES));
  const path = profile.localhostProfile;
  if (type !== 'Localhost') {
    if (path !== undefined) {
      const shown = internalForm(SECURITY_STRUCTS, 'Profile', profile as JsonObject);
      errors.push(invalid(`${field}.localhostProfile`, shown, 'can only be set when seccomp type is Localhost'));
    }
  } else if (path === undefined) {
    errors.push(required(`${field}.localhostProfile`, 'must be set when seccomp type is Localhost'));
  } else errors.push(...descendingPathErrors(path, `${field}.localhostProfile`));
  return errors;
}

export function appArmorErrors(profile: Unchecked<AppArmorProfile> | undefined, field: string): FieldError[] {
  if (profile === undefined) return [];
  const type = profile.type ?? '';
  const name = profile.localhostProfile;
  const nameField = `${field}.localhostProfile`;
  if (type === '') return [required(`${field}.type`, 'type is required when appArmorProfile is set')];
  if (!PROFILE_TYPES.includes(type)) return [notSupported(`${field}.type`, type, PROFILE_TYPES)];
  if (type !== 'Localhost') {
    return name === undefined ? [] : [invalid(nameField, name, 'can only be set when AppArmor type is Localhost')];
  }
  if (name === undefined || name === '') return [required(nameField, 'must be set when AppArmor type is Localhost')];
  const padded = name.trim() === name ? [] : [invalid(nameField, name, 'must not be padded with whitespace')];
  return byteLength(name) > 4095 ? [...padded, tooLong(nameField, 4095)] : padded;
}

export function windowsOptionErrors(options: Unchecked<WindowsSecurityContextOptions> | undefined, field: string): FieldError[] {
  if (options === undefined) return [];
  const name = options.gmsaCredentialSpecName;
  const spec = options.gmsaCredentialSpec;
  const user = options.runAsUserName;
  return [
    ...(name === undefined ? [] : dnsSubdomainProblems(name).map((problem) => invalid(`${field}.gmsaCredentialSpecName`, name, problem))),
    ...(spec === '' ? [invalid(`${field}.gmsaCredentialSpec`, spec, 'gmsaCredentialSpec cannot be an empty string')] : []),
    ...(user === '' ? [invalid(`${field}.runAsUserName`, user, 'runAsUserName cannot be an empty string')] : []),
  ];
}
