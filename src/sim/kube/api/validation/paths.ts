// Checks file paths in volumes and mounts.
// Modelled on pkg/apis/core/validation/validation.go (v1.37); knows no file system.

import type { FieldError } from '../field-error.ts';
import { invalid } from '../field-error.ts';

/** Refuses `..` as an element of the path. */
export function pathBackstepErrors(path: string, field: string): FieldError[] {
  return path.split('/').includes('..') ? [invalid(field, path, "must not contain '..'")] : [];
}

/** Refuses absolute paths as well. */
export function descendingPathErrors(path: string, field: string): FieldError[] {
  const absolute = path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : [];
  return [...absolute, ...pathBackstepErrors(path, field)];
}

/** Refuses also names that begin with `..`, which volumes reserve for themselves. */
export function localPathErrors(path: string, field: string): FieldError[] {
  const reserved = path.startsWith('..') && !path.startsWith('../') && path !== '..' ? [invalid(field, path, "must not start with '..'")] : [];
  return [...descendingPathErrors(path, field), ...reserved];
}
