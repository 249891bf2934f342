// One thing that is wrong with one field, as data, and its text as the API server writes it.
// Modelled on k8s.io/apimachinery pkg/util/validation/field/errors.go (v1.37); knows no rules of any kind.

import type { JsonValue } from './types-meta.ts';

export type FieldErrorReason =
  'Required' | 'Invalid' | 'Forbidden' | 'NotSupported' | 'Duplicate' | 'NotFound' | 'TypeInvalid' | 'TooLong' | 'TooMany' | 'Internal';

export interface FieldError {
  readonly reason: FieldErrorReason;
  /** Field path, e.g. `spec.containers[0].name`. */
  readonly field: string;
  /** The offending value as it stands in the object; absent for reasons that do not show it. */
  readonly badValue?: JsonValue;
  readonly detail: string;
}

const TITLE_BY_REASON: Readonly<Record<FieldErrorReason, string>> = {
  Required: 'Required value',
  Invalid: 'Invalid value',
  Forbidden: 'Forbidden',
  NotSupported: 'Unsupported value',
  Duplicate: 'Duplicate value',
  NotFound: 'Not found',
  TypeInvalid: 'Invalid value',
  TooLong: 'Too long',
  TooMany: 'Too many',
  Internal: 'Internal error',
};

const CAUSE_BY_REASON: Readonly<Record<FieldErrorReason, string>> = {
  Required: 'FieldValueRequired',
  Invalid: 'FieldValueInvalid',
  Forbidden: 'FieldValueForbidden',
  NotSupported: 'FieldValueNotSupported',
  Duplicate: 'FieldValueDuplicate',
  NotFound: 'FieldValueNotFound',
  TypeInvalid: 'FieldValueTypeInvalid',
  TooLong: 'FieldValueTooLong',
  TooMany: 'FieldValueTooMany',
  Internal: 'InternalError',
};

export function required(field: string, detail = ''): FieldError {
  return { reason: 'Required', field, detail };
}

export function invalid(field: string, badValue: JsonValue, detail: string): FieldError {
  return { reason: 'Invalid', field, badValue, detail };
}

export function forbidden(field: string, detail: string): FieldError {
  return { reason: 'Forbidden', field, detail };
}

/** A value outside a fixed list; `supported` is shown in the order given. */
export function notSupported(field: string, badValue: JsonValue, supported: readonly string[]): FieldError {
  const detail = supported.length > 0 ? `supported values: ${supported.map(goQuote).join(', ')}` : '';
  return { reason: 'NotSupported', field, badValue, detail };
}

export function duplicate(field: string, badValue: JsonValue): FieldError {
  return { reason: 'Duplicate', field, badValue, detail: '' };
}

export function notFound(field: string, badValue: JsonValue): FieldError {
  return { reason: 'NotFound', field, badValue, detail: '' };
}

/** `maxLength` counts bytes. */
export function tooLong(field: string, maxLength: number): FieldError {
  const unit = maxLength === 1 ? 'byte' : 'bytes';
  return { reason: 'TooLong', field, detail: `may not be more than ${String(maxLength)} ${unit}` };
}

export function tooMany(field: string, actual: number, max: number): FieldError {
  const unit = max === 1 ? 'item' : 'items';
  return { reason: 'TooMany', field, badValue: actual, detail: `must have at most ${String(max)} ${unit}` };
}

/** The machine-readable cause type in `Status.details.causes`. */
export function causeTypeOf(error: FieldError): string {
  return CAUSE_BY_REASON[error.reason];
}

/** The text after the field path: upstream's ErrorBody. */
export function fieldErrorBody(error: FieldError): string {
  const title = TITLE_BY_REASON[error.reason];
  const shown =
    error.badValue === undefined ? title : `${title}: ${typeof error.badValue === 'string' ? goQuote(error.badValue) : goJson(error.badValue)}`;
  return error.detail === '' ? shown : `${shown}: ${error.detail}`;
}

/** The whole text of one error: `field: Reason: "value": detail`. */
export function fieldErrorText(error: FieldError): string {
  return `${error.field}: ${fieldErrorBody(error)}`;
}

/** Go's strconv.Quote: printable characters as they are, the rest escaped. */
export function goQuote(text: string): string {
  let quoted = '"';
  for (const char of text) {
    quoted += quotedChar(char);
  }
  return `${quoted}"`;
}

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

// unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space.
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function quotedChar(char: string): string {
  const short = SHORT_ESCAPES.get(char);
  if (short !== undefined) return short;
  if (PRINTABLE.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Go's encoding/json: compact, maps with sorted keys where `sortKeys`, HTML characters escaped. */
export function goJson(value: JsonValue): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
