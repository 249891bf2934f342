// Single changes of a YAML text that leave all the rest as it is: comments, order, quotes, flow and block. Knows no
// manifests.
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node, Pair, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Path } from './find-spec.ts';
import { lineEnd, lineStart, trimmedEnd } from './text-lines.ts';

export type Map = YAMLMap<Node, Node | null>;
export type Entry = Pair<Node, Node | null>;

export interface YamlText {
  readonly text: string;
  readonly document: Document<ParsedNode>;
}

export interface ListPlace {
  /** The mapping that holds, or will hold, the key. */
  readonly path: Path;
  readonly key: string;
}

export interface KeyPlace extends ListPlace {
  /** Keys of such a mapping as people order them: a new key goes behind the nearest that is there, else to the front. */
  readonly order: readonly string[];
}

/** Sets or adds one key of a mapping. @param value as it is to stand in the text */
export function setKey({ text, document }: YamlText, { path, key, order }: KeyPlace, value: string): string {
  const map: unknown = document.getIn(path);
  if (!isMap(map)) return text;
  const pair = pairOf(map as Map, key);
  if (!pair) return insertKey(text, map as Map, { line: `${key}: ${value}`, after: order.slice(0, Math.max(0, order.indexOf(key))) });
  return setPair(text, pair, value);
}

/** Writes another value behind a key that is there. @param value as it is to stand in the text */
export function setPair(text: string, pair: Entry, value: string): string {
  const range = pair.value?.range;
  if (!range || range[0] === range[1]) {
    const colon = text.indexOf(':', pair.key.range?.[1] ?? 0) + 1;
    return `${text.slice(0, colon)} ${value}${text.slice(colon)}`;
  }
  return text.slice(0, range[0]) + value + text.slice(range[1]);
}

/** Takes one key of a mapping away, with its line where it has one. */
export function removeKey({ text, document }: YamlText, path: Path, key: string): string {
  const map: unknown = document.getIn(path);
  if (!isMap(map)) return text;
  const pair = pairOf(map as Map, key);
  return pair ? removePair(text, map as Map, pair) : text;
}

/** Adds an item to the list under a key, and the list where there is none. @param item its keys and values as they are to stand */
export function addItem({ text, document }: YamlText, { path, key }: ListPlace, item: readonly (readonly [string, string])[] | string): string {
  const lines = typeof item === 'string' ? [item] : item.map(([name, value]) => `${name}: ${value}`);
  const flow = typeof item === 'string' ? item : `{${lines.join(', ')}}`;
  const block = (indent: string): string => `\n${indent}- ${lines.join(`\n${indent}  `)}`;
  const map: unknown = document.getIn(path);
  if (!isMap(map)) return text;
  const pair = pairOf(map as Map, key);
  const list = pair?.value;
  if (isSeq(list) && list.flow) {
    const close = (list.range?.[1] ?? 1) - 1;
    // An empty list in a block mapping is nobody's wish for one line.
    if (list.items.length > 0 || map.flow || typeof item === 'string')
      return `${text.slice(0, close)}${list.items.length > 0 ? ', ' : ''}${flow}${text.slice(close)}`;
  } else if (isSeq(list) && list.items.length > 0) {
    const last = list.items.at(-1) as Node;
    const start = last.range?.[0] ?? 0;
    const dash = text.lastIndexOf('-', start);
    const end = trimmedEnd(text, last.range?.[1] ?? start);
    return text.slice(0, end) + block(' '.repeat(dash - lineStart(text, dash))) + text.slice(end);
  }
  if (map.flow) {
    const close = (map.range?.[1] ?? 1) - 1;
    return pair ? text : `${text.slice(0, close)}${map.items.length > 0 ? ', ' : ''}${key}: [${flow}]${text.slice(close)}`;
  }
  const first = (map as Map).items[0]?.key.range?.[0];
  if (first === undefined) return text;
  const indent = ' '.repeat(first - lineStart(text, first));
  if (pair) {
    // A key without a list, or with an empty one: the list begins on the next line.
    const colon = text.indexOf(':', pair.key.range?.[1] ?? 0) + 1;
    const rest = list?.range ? text.slice(list.range[1]) : text.slice(colon);
    return text.slice(0, colon) + block(indent) + rest;
  }
  const end = endOf(text, (map as Map).items.at(-1), first);
  return `${text.slice(0, end)}\n${indent}${key}:${block(indent)}${text.slice(end)}`;
}

/** Takes one item of the list under a key away, and the key with the last one. */
export function removeItem({ text, document }: YamlText, { path, key }: ListPlace, index: number): string {
  const list: unknown = document.getIn([...path, key]);
  if (!isSeq(list)) return text;
  const item = (list as YAMLSeq<Node>).items[index];
  const next = (list as YAMLSeq<Node>).items[index + 1];
  if (!item?.range) return text;
  if (list.items.length === 1) return removeKey({ text, document }, path, key);
  const [start, end] = item.range;
  if (list.flow) {
    if (next?.range) return text.slice(0, start) + text.slice(next.range[0]);
    return text.slice(0, text.lastIndexOf(',', start)) + text.slice(end);
  }
  const dash = text.lastIndexOf('-', start);
  const after = Math.min(lineEnd(text, trimmedEnd(text, end)) + 1, text.length);
  const line = lineStart(text, dash);
  // A list within a list: the first item shares its line with the outer dash.
  if (text.slice(line, dash).trim() !== '' && next?.range) return text.slice(0, dash) + text.slice(text.lastIndexOf('-', next.range[0]));
  return text.slice(0, line) + text.slice(after);
}

/** Puts another value in the place of a scalar, in the quotes that it has. */
export function setItem({ text, document }: YamlText, path: Path, value: string): string {
  const node: unknown = document.getIn(path, true);
  if (!isScalar(node) || !node.range) return text;
  return text.slice(0, node.range[0]) + quotedLike(node as Scalar, value) + text.slice(node.range[1]);
}

/** How a text is written so that YAML reads exactly that text, in the quotes of the value that it follows. */
export function scalarText({ document }: YamlText, path: Path, value: string): string {
  const node: unknown = document.getIn(path, true);
  return quotedLike(isScalar(node) ? (node as Scalar) : undefined, value);
}

/** A number as a number, anything else as exactly that text; nothing for nothing. */
export function plain(value: string): string {
  const trimmed = value.trim();
  return trimmed === '' || /^(?:0|[1-9]\d*)$/.test(trimmed) ? trimmed : quotedLike(undefined, trimmed);
}

/** A text so that YAML reads exactly it, in the quotes of the scalar that it follows. */
export function quotedLike(before: Scalar | undefined, value: string): string {
  if (before?.type === 'QUOTE_SINGLE' && !/[\n\\]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  if (before?.type === 'QUOTE_DOUBLE' || !readsAsText(value)) return JSON.stringify(value);
  return value;
}

function readsAsText(value: string): boolean {
  if (value === '' || /[\n#{}[\],]/.test(value)) return false;
  const { contents, errors } = parseDocument(value, { version: '1.1' });
  return errors.length === 0 && isScalar(contents) && contents.value === value;
}

/** The entry of a mapping with that key. */
export function pairOf(map: Map, key: string): Entry | undefined {
  return map.items.find((item) => isScalar(item.key) && item.key.value === key);
}

/** Adds a line to a mapping behind the nearest of the keys in `after`, else in front of all. */
export function insertKey(text: string, map: Map, { line, after }: { readonly line: string; readonly after: readonly string[] }): string {
  const [first] = map.items;
  const before = map.items.findLast(({ key }) => isScalar(key) && after.includes(String(key.value)));
  if (map.flow) {
    const end = before?.value?.range?.[1];
    if (end !== undefined) return `${text.slice(0, end)}, ${line}${text.slice(end)}`;
    const open = (map.range?.[0] ?? 0) + 1;
    return `${text.slice(0, open)}${line}${first ? ', ' : ''}${text.slice(open)}`;
  }
  const start = first?.key.range?.[0];
  if (start === undefined) return text;
  const indent = ' '.repeat(start - lineStart(text, start));
  if (before) {
    const end = endOf(text, before, start);
    return `${text.slice(0, end)}\n${indent}${line}${text.slice(end)}`;
  }
  return `${text.slice(0, start)}${line}\n${indent}${text.slice(start)}`;
}

/** End of the last line that belongs to an entry. */
function endOf(text: string, entry: Entry | undefined, otherwise: number): number {
  const node = entry?.value?.range ? entry.value : entry?.key;
  return trimmedEnd(text, node?.range?.[1] ?? otherwise);
}

/** Takes one entry of a mapping away. */
export function removePair(text: string, map: Map, pair: Entry): string {
  const start = pair.key.range?.[0] ?? 0;
  const end = pair.value?.range?.[1] ?? pair.key.range?.[1] ?? start;
  const next = map.items[map.items.indexOf(pair) + 1]?.key.range?.[0];
  if (map.flow) {
    if (next !== undefined) return text.slice(0, start) + text.slice(next);
    const before = text.lastIndexOf(',', start);
    return text.slice(0, before > (map.range?.[0] ?? 0) ? before : start) + text.slice(end);
  }
  // The first key of a list's item stands on the line of the dash: the next key moves up to it.
  const ownLine = text.slice(lineStart(text, start), start).trim() === '';
  if (!ownLine && next !== undefined) return text.slice(0, start) + text.slice(next);
  if (!ownLine) return `${text.slice(0, start)}{}${text.slice(end)}`;
  return text.slice(0, lineStart(text, start)) + text.slice(Math.min(lineEnd(text, end) + 1, text.length));
}
