// Finds the place in the text that a field path means. Knows nothing of fields but how paths are written.

import type { SourceEntry, SourceNode } from '../yaml/node.ts';
import type { SourceRange } from '../yaml/source.ts';

interface Step {
  /** The key's own range; undefined in lists. */
  readonly key: SourceRange | undefined;
  readonly node: SourceNode;
}

interface Walk {
  readonly steps: readonly Step[];
  readonly complete: boolean;
}

/** The longest key that `rest` begins with; keys may contain dots. */
function longestKey(entries: ReadonlyMap<string, SourceEntry>, rest: string): string | undefined {
  let best: string | undefined;
  for (const key of entries.keys()) {
    if (!rest.startsWith(key) || (best !== undefined && key.length <= best.length)) continue;
    const next = rest.charAt(key.length);
    if (next === '' || next === '.' || next === '[') best = key;
  }
  return best;
}

function walk(root: SourceNode, path: string): Walk {
  const steps: Step[] = [];
  let node = root;
  let rest = path;
  while (rest !== '') {
    const bracket = /^\[([^\]]*)\]/.exec(rest);
    if (node.kind === 'sequence' && bracket !== null) {
      const item = node.items[Number(bracket[1])];
      if (item === undefined) return { steps, complete: false };
      steps.push({ key: undefined, node: item });
      node = item;
      rest = rest.slice(bracket[0].length).replace(/^\./, '');
    } else if (node.kind === 'mapping') {
      const inBrackets = bracket !== null && node.entryByKey.has(bracket[1] ?? '');
      const key = inBrackets ? bracket[1] : longestKey(node.entryByKey, rest);
      const entry = key === undefined ? undefined : node.entryByKey.get(key);
      if (key === undefined || entry === undefined) return { steps, complete: false };
      steps.push({ key: entry.key, node: entry.node });
      node = entry.node;
      rest = rest.slice(key.length + (inBrackets ? 2 : 0)).replace(/^\./, '');
    } else {
      return { steps, complete: false };
    }
  }
  return { steps, complete: true };
}

/** A range that does not cover a whole block: a scalar itself, a block's key, or the first line's beginning. */
function markOf(step: Step): SourceRange {
  const { key, node } = step;
  const isShown = node.kind === 'scalar' && node.end.offset > node.start.offset && node.start.line === node.end.line;
  if (isShown) return { start: node.start, end: node.end };
  if (key !== undefined) return key;
  if (node.kind === 'mapping') {
    const first = node.entryByKey.values().next().value;
    if (first !== undefined) return first.key;
  }
  return node.start.line === node.end.line ? { start: node.start, end: node.end } : { start: node.start, end: node.start };
}

/**
 * Where a field path such as "spec.containers[0].ports[1].hostPort" is written below `root`: its value when that is
 * one word, else its key; for a field that is not there, the nearest that is.
 * Undefined when not even the first part of the path exists.
 */
export function rangeBelow(root: SourceNode, path: string): SourceRange | undefined {
  const last = walk(root, path).steps.at(-1);
  return last === undefined ? undefined : markOf(last);
}

/** Where the key at that path is written, for messages about the key itself; the nearest existing ancestor's otherwise. */
export function keyRangeBelow(root: SourceNode, path: string): SourceRange | undefined {
  const { steps } = walk(root, path);
  const last = steps.at(-1);
  return last === undefined ? undefined : (last.key ?? markOf(last));
}
