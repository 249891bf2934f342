// Guesses what a learner meant by a field that does not exist: a spelling, or another place.
// For explanations only; nothing upstream corresponds to it.

import { structNamed } from '../schema/schema.ts';
import type { FieldType } from '../schema/schema.ts';

const DEEPEST = 6;

const letters = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/s$/, '');

/** How many insertions, deletions and replacements turn one word into the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + Number(from[i - 1] !== to[j - 1]);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The name among `known` that `written` most likely stands for. */
export function closestName(known: Iterable<string>, written: string): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(written.length / 3));
  for (const name of known) {
    const steps = letters(name) === letters(written) ? 0 : distance(letters(name), letters(written));
    if (steps < least) {
      best = name;
      least = steps;
    }
  }
  return best;
}

/** The field of `struct` that an unknown one is probably a misspelling of. */
export function suggestField(struct: string, written: string): string | undefined {
  return closestName(structNamed(struct)?.fieldByName.keys() ?? [], written);
}

/** The shortest path below a kind's struct at which a field of exactly that name exists; lists show as "[]". */
export function whereFieldBelongs(root: string, field: string): string | undefined {
  let level: { readonly struct: string; readonly path: string }[] = [{ struct: root, path: '' }];
  const seen = new Set([root]);
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { struct, path } of level) {
      for (const [name, { type }] of structNamed(struct)?.fieldByName ?? []) {
        if (name === 'status' && path === '') continue;
        const here = path === '' ? name : `${path}.${name}`;
        if (name === field) return here;
        const [inner, suffix] = innermost(type);
        if (inner === undefined || seen.has(inner)) continue;
        seen.add(inner);
        next.push({ struct: inner, path: here + suffix });
      }
    }
    level = next;
  }
  return undefined;
}

function innermost(type: FieldType): readonly [struct: string | undefined, suffix: string] {
  if (type.kind === 'list') {
    const [struct, suffix] = innermost(type.of);
    return [struct, `[]${suffix}`];
  }
  return [type.kind === 'struct' ? type.struct : undefined, ''];
}
