// Writes parts of objects in the API server's internal form, which its messages dump: every Go field, zero or not.
// Modelled on pkg/apis/core/types.go (v1.37); knows field order and zero values, and judges nothing.

import type { JsonObject, JsonValue } from '../types-meta.ts';

/** Go structs by name. */
export type GoStructs = Readonly<Record<string, string>>;

// One line per Go struct. A field is `Name` (null when unset), `Name=zero`, `Name:Type` (pointer to a struct),
// `Name:[Type` (slice of structs) or `Name:.Type` (struct by value).
export const SECURITY_STRUCTS: GoStructs = {
  SecurityContext:
    'Capabilities:Capabilities Privileged SELinuxOptions:SELinux WindowsOptions:Windows RunAsUser RunAsGroup RunAsNonRoot ReadOnlyRootFilesystem AllowPrivilegeEscalation ProcMount SeccompProfile:Profile AppArmorProfile:Profile',
  Capabilities: 'Add Drop',
  SELinux: 'User= Role= Type= Level=',
  Windows: 'GMSACredentialSpecName GMSACredentialSpec RunAsUserName HostProcess',
  Profile: 'Type= LocalhostProfile',
};

const JSON_NAMES: Readonly<Record<string, string>> = {
  DeprecatedServiceAccount: 'serviceAccount',
  CephFS: 'cephfs',
  StorageOS: 'storageos',
};

/** The internal form of `value`, which is a Go struct named as in `structs`. */
export function internalForm(structs: GoStructs, structName: string, value: JsonObject): JsonObject {
  const form: Record<string, JsonValue> = {};
  for (const field of fieldsOf(structs, structName)) form[field.name] = fieldForm(structs, field, value[field.jsonName]);
  return form;
}

interface Field {
  readonly name: string;
  readonly jsonName: string;
  readonly zero: JsonValue;
  readonly type: string;
}

function fieldsOf(structs: GoStructs, structName: string): readonly Field[] {
  const own = structs[structName === 'EphemeralContainer' ? 'Container' : structName] ?? '';
  const text = structName === 'EphemeralContainer' ? `${own} TargetContainerName=` : own;
  return text.split(' ').map((part) => {
    const name = /^\w+/.exec(part)?.[0] ?? part;
    const rest = part.slice(name.length);
    const zero = rest.startsWith('=') ? (rest === '=f' ? false : rest === '=0' ? 0 : '') : null;
    return {
      name,
      jsonName: JSON_NAMES[name] ?? lowerInitials(name),
      zero,
      type: rest.startsWith(':') ? rest.slice(1) : '',
    };
  });
}

/** DNSPolicy → dnsPolicy, HostPID → hostPID, TTY → tty: the leading capitals, but for the one that starts a word. */
function lowerInitials(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, (initials) => initials.toLowerCase());
}

function fieldForm(structs: GoStructs, field: Field, value: JsonValue | undefined): JsonValue {
  if (value === undefined || value === null) return field.type.startsWith('.') ? internalForm(structs, field.type.slice(1), {}) : field.zero;
  if (field.type.startsWith('[')) {
    return isList(value) ? value.map((item) => (isObject(item) ? internalForm(structs, field.type.slice(1), item) : item)) : value;
  }
  if (field.type !== '' && isObject(value)) return internalForm(structs, field.type.replace('.', ''), value);
  return isObject(value) ? sorted(value) : value;
}

function sorted(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
