// Go's zero values: what null becomes, and what cannot be told from nothing.

import type { FieldType } from '../schema/schema.ts';
import type { JsonValue } from './json-value.ts';

/** Whether Go with omitempty would leave this value out. */
export function isZero(type: FieldType, value: JsonValue): boolean {
  if (type.kind === 'list') return Array.isArray(value) && value.length === 0;
  if (type.kind === 'map') return value !== null && typeof value === 'object' && Object.keys(value).length === 0;
  return type.kind !== 'intOrString' && type.kind !== 'quantity' && (value === '' || value === 0 || value === false);
}

/** What a null in a list or map becomes: Go's zero value. */
export function zeroOf(type: FieldType): JsonValue {
  switch (type.kind) {
    case 'struct':
      return {};
    case 'string':
    case 'bytes':
      return '';
    case 'boolean':
      return false;
    case 'int32':
    case 'int64':
    case 'intOrString':
      return 0;
    case 'quantity':
      return '0';
    default:
      return null;
  }
}
