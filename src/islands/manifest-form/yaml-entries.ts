// Single changes of a mapping whose keys are the author's own words, such as labels: entries by their position, because a
// key that is being typed may for a moment be another's. Leaves all the rest of the text as it is.
import { isMap, isScalar } from 'yaml';
import type { Scalar } from 'yaml';
import type { Path } from './find-spec.ts';
import { lineEnd, lineStart } from './text-lines.ts';
import { insertKey, pairOf, quotedLike, removeKey, removePair, setPair } from './yaml-text.ts';
import type { Entry, Map, YamlText } from './yaml-text.ts';

export interface EntryPlace {
  /** The mapping. */
  readonly path: Path;
  readonly index: number;
}

/** Gives an entry another key. */
export function setEntryKey(yaml: YamlText, place: EntryPlace, key: string): string {
  const node = entryOf(yaml, place)?.pair.key;
  if (!isScalar(node) || !node.range) return yaml.text;
  return yaml.text.slice(0, node.range[0]) + quotedLike(node as Scalar, key) + yaml.text.slice(node.range[1]);
}

/** Gives an entry another value, which YAML will read as exactly that text. */
export function setEntryValue(yaml: YamlText, place: EntryPlace, value: string): string {
  const entry = entryOf(yaml, place);
  if (!entry || isMap(entry.pair.value)) return yaml.text;
  return setPair(yaml.text, entry.pair, quotedLike(isScalar(entry.pair.value) ? (entry.pair.value as Scalar) : undefined, value));
}

/** Takes an entry away; with the last one also the mappings that held nothing else. */
export function removeEntry(yaml: YamlText, { path, index }: EntryPlace): string {
  const entry = entryOf(yaml, { path, index });
  if (!entry) return yaml.text;
  if (entry.map.items.length > 1) return removePair(yaml.text, entry.map, entry.pair);
  let empty = path;
  while (empty.length > 1 && sizeAt(yaml, empty.slice(0, -1)) === 1) empty = empty.slice(0, -1);
  return removeKey(yaml, empty.slice(0, -1), String(empty.at(-1)));
}

export interface NewEntry {
  readonly key: string;
  readonly value: string;
}

/**
 * Adds an entry at the end of a mapping, and the mappings around it where there are none.
 * @param order keys beside which a new mapping usually stands, as in KeyPlace
 */
export function addEntry(yaml: YamlText, { path, order }: { readonly path: Path; readonly order: readonly string[] }, entry: NewEntry): string {
  const { text, document } = yaml;
  const written = `${quotedLike(undefined, entry.key)}: ${quotedLike(undefined, entry.value)}`;
  let depth = path.length;
  while (depth > 0 && !isMap(document.getIn(path.slice(0, depth)))) depth -= 1;
  const map: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth));
  if (!isMap(map)) return text;
  if (depth === path.length) return insertKey(text, map as Map, { line: written, after: (map as Map).items.map(({ key }) => String(key)) });
  const [missing = '', ...inside] = path.slice(depth).map(String);
  const after = order.slice(0, Math.max(0, order.indexOf(missing)));
  if (map.flow) {
    const value = [...inside].reverse().reduce((held, key) => `{${key}: ${held}}`, `{${written}}`);
    return pairOf(map as Map, missing) ? text : insertKey(text, map as Map, { line: `${missing}: ${value}`, after });
  }
  const first = (map as Map).items[0]?.key.range?.[0];
  if (first === undefined) return text;
  const indent = first - lineStart(text, first);
  const lines = [...inside.map((key) => `${key}:`), written].map((line, level) => `\n${' '.repeat(indent + 2 * (level + 1))}${line}`).join('');
  const begun = pairOf(map as Map, missing);
  if (!begun) return insertKey(text, map as Map, { line: `${missing}:${lines}`, after });
  // The key is there and holds nothing.
  const colon = text.indexOf(':', begun.key.range?.[1] ?? 0) + 1;
  const end = Math.max(lineEnd(text, colon), begun.value?.range?.[1] ?? 0);
  const nothing = isScalar(begun.value) && begun.value.range ? text.slice(...begun.value.range.slice(0, 2)) : '';
  return text.slice(0, colon) + text.slice(colon, end).replace(nothing, '').trimEnd() + lines + text.slice(end);
}

function entryOf({ document }: YamlText, { path, index }: EntryPlace): { readonly map: Map; readonly pair: Entry } | undefined {
  const map: unknown = document.getIn(path);
  const pair = isMap(map) ? (map as Map).items[index] : undefined;
  return pair && { map: map as Map, pair };
}

function sizeAt({ document }: YamlText, path: Path): number {
  const map: unknown = document.getIn(path);
  return isMap(map) ? map.items.length : 0;
}
