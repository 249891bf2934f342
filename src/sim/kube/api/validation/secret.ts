// Checks Secrets.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidateSecret, ValidateSecretUpdate.

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, required, tooLong } from '../field-error.ts';
import type { Secret } from '../types-core.ts';
import type { Unchecked } from '../unchecked.ts';
import { configMapKeyProblems } from './names.ts';
import { immutableErrors, sameJson } from './workload.ts';

const MAX_BYTES = 1024 * 1024;
const ACCOUNT = 'kubernetes.io/service-account.name';

/** Keys that a type demands: all of them, or for basic-auth any. */
const DEMANDED: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
};

export function secretErrors(secret: Unchecked<Secret>): FieldError[] {
  const data = secret.data ?? {};
  const size = Object.values(data).reduce((sum, value) => sum + Math.floor((value.replace(/=+$/, '').length * 3) / 4), 0);
  return [
    ...Object.keys(data).flatMap((key) => configMapKeyProblems(key).map((problem) => invalid(`data[${key}]`, key, problem))),
    ...(size > MAX_BYTES ? [tooLong('data', MAX_BYTES)] : []),
    ...typeErrors(secret),
  ];
}

function typeErrors(secret: Unchecked<Secret>): FieldError[] {
  const data = secret.data ?? {};
  const type = secret.type ?? '';
  if (type === 'kubernetes.io/service-account-token')
    return (secret.metadata?.annotations?.[ACCOUNT] ?? '') === '' ? [required(`metadata.annotations[${ACCOUNT}]`)] : [];
  if (type === 'kubernetes.io/basic-auth')
    return data['username'] === undefined && data['password'] === undefined ? [required('data[username]'), required('data[password]')] : [];
  return (DEMANDED[type] ?? []).flatMap((key) => {
    const value = data[key];
    const field = `data[${key}]`;
    if (value === undefined) return [required(field)];
    const problem = key.startsWith('.docker') ? jsonProblem(atob(value)) : undefined;
    return problem === undefined ? [] : [invalid(field, '<secret contents redacted>', problem)];
  });
}

/** encoding/json's words for the commonest mistakes. */
function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const odd = /^\s*([^\s[{"\d-])/.exec(text)?.[1];
    return odd === undefined ? 'unexpected end of JSON input' : `invalid character '${odd}' looking for beginning of value`;
  }
}

export function secretUpdateErrors(secret: Unchecked<Secret>, old: Unchecked<Secret>): FieldError[] {
  const errors = immutableErrors(secret.type, old.type, 'type');
  if (old.immutable === true) {
    const detail = 'field is immutable when `immutable` is set';
    if (secret.immutable !== true) errors.push(forbidden('immutable', detail));
    if (!sameJson(secret.data, old.data)) errors.push(forbidden('data', detail));
  }
  return [...errors, ...secretErrors(secret)];
}
