// Writes JSON as Go's encoding/json does: keys in order, "<", ">" and "&" escaped. Numbers keep their digits.

import type { PlainValue } from '../yaml/node.ts';

const ESCAPED = /[<>&\u2028\u2029]/g;

/** Deeper than this a value is left out rather than the stack filled. */
const DEEPEST = 1000;

/** The bytes kubectl would send for a value, without a final newline. */
export function encodeJson(value: PlainValue, depth = 0): string {
  if (depth > DEEPEST) return 'null';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') {
    return JSON.stringify(value).replace(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  }
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map((item: PlainValue) => encodeJson(item, depth + 1)).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${encodeJson(key)}:${encodeJson(each, depth + 1)}`).join(',')}}`;
}
