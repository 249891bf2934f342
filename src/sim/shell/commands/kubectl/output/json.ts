/** JSON as Go's encoding/json writes maps: keys sorted, `<`, `>` and `&` escaped. Knows no object. */
import { isList, isMap, sortedEntries } from './plain-value.ts';
import type { Plain } from './plain-value.ts';

const ESCAPED = /[<>&\u2028\u2029]/g;

function textJson(text: string): string {
  return JSON.stringify(text).replace(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** One line without blanks (json.Marshal). */
export function compactJson(value: Plain): string {
  if (isList(value)) return `[${value.map((item) => compactJson(item)).join(',')}]`;
  if (isMap(value))
    return `{${sortedEntries(value)
      .map(([key, each]) => `${textJson(key)}:${compactJson(each)}`)
      .join(',')}}`;
  if (typeof value === 'string') return textJson(value);
  return value === undefined ? 'null' : String(value);
}

/** Four blanks a level (json.MarshalIndent as kubectl calls it), without a final newline. */
export function indentedJson(value: Plain, margin = ''): string {
  const inner = `${margin}    `;
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => `${inner}${indentedJson(item, inner)}`).join(',\n')}\n${margin}]`;
  }
  if (isMap(value)) {
    const entries = sortedEntries(value);
    if (entries.length === 0) return '{}';
    return `{\n${entries.map(([key, each]) => `${inner}${textJson(key)}: ${indentedJson(each, inner)}`).join(',\n')}\n${margin}}`;
  }
  return compactJson(value);
}
