/** A value as fmt's %#v writes plain maps and lists, which kubectl shows when a template fails. */
import { isList, isMap, sortedEntries } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import { quoteGo } from '../../../../kube/api/yaml/go-text.ts';

/** `map[string]interface {}{"kind":"List", …}` */
export function goDump(value: Plain): string {
  if (isMap(value))
    return `map[string]interface {}{${sortedEntries(value)
      .map(([key, each]) => `${quoteGo(key)}:${goDump(each)}`)
      .join(', ')}}`;
  if (isList(value)) return `[]interface {}{${value.map((each) => goDump(each)).join(', ')}}`;
  if (typeof value === 'string') return quoteGo(value);
  return value === null || value === undefined ? 'interface {}(nil)' : String(value);
}
