// Holds what a translation was made from against the source as it is now. Hashes only: knows no text.

/** Which source a translation was made from: what lies beside it as `<language>.source.json`. */
export interface TranslationRecord {
  /** Hash of the source text of each front matter text. */
  readonly fields: Readonly<Record<string, string>>;
  /** Hash of the source block of each block of the translation, in the translation's order. */
  readonly blocks: readonly string[];
}

/** Changes of the source that no translation needs to follow: the new hash, and the one it means the same as. */
export type SameMeaning = Readonly<Record<string, string>>;

export type BlockState =
  | { readonly kind: 'fresh'; readonly at: number; readonly source: number }
  /** The source of the translation's block `at` reads differently now. */
  | { readonly kind: 'changed'; readonly at: number; readonly source: number }
  /** The source has a block that the translation lacks; it would stand before the translation's block `at`. */
  | { readonly kind: 'missing'; readonly at: number; readonly source: number }
  /** The source no longer has what block `at` translates. */
  | { readonly kind: 'gone'; readonly at: number };

/** Whether a translation of the text with hash `recorded` still says what the text with hash `current` says. */
export function meansTheSame(recorded: string | undefined, current: string, same: SameMeaning): boolean {
  const seen = new Set<string>();
  for (let hash: string | undefined = current; hash !== undefined && !seen.has(hash); hash = same[hash]) {
    if (hash === recorded) return true;
    seen.add(hash);
  }
  return false;
}

/**
 * Compares block by block. A block that merely moved is fresh; what stands between the same two unchanged blocks is taken to
 * be the same block, changed.
 *
 * @param recorded hashes of the source blocks that the translation's blocks were made from
 * @param current hashes of the source's blocks now
 * @returns in the translation's order, missing blocks where they belong
 */
export function compareBlocks(recorded: readonly string[], current: readonly string[], same: SameMeaning): readonly BlockState[] {
  const sourceAt = fixedPairs(recorded, current, same);
  const fresh = new Set(sourceAt.keys());
  const taken = new Set(sourceAt.values());
  const nearest = (from: number, step: 1 | -1): number | undefined => {
    for (let at = from + step; at >= 0 && at < recorded.length; at += step) if (fresh.has(at)) return sourceAt.get(at);
    return undefined;
  };
  for (const at of recorded.keys()) {
    if (fresh.has(at)) continue;
    const after = nearest(at, -1) ?? -1;
    const before = nearest(at, 1) ?? current.length;
    const candidate = current.findIndex((_, source) => source > after && source < before && !taken.has(source));
    if (candidate < 0) continue;
    sourceAt.set(at, candidate);
    taken.add(candidate);
  }
  const missing = [...current.keys()].filter((source) => !taken.has(source));
  const missingBefore = (limit: number, at: number): readonly BlockState[] =>
    missing.splice(0, missing.filter((source) => source < limit).length).map((source) => ({ kind: 'missing', at, source }));
  const states = [...recorded.keys()].flatMap((at): readonly BlockState[] => {
    const source = sourceAt.get(at);
    if (source === undefined) return [{ kind: 'gone', at }];
    return [...missingBefore(source, at), { kind: fresh.has(at) ? 'fresh' : 'changed', at, source }];
  });
  return [...states, ...missingBefore(current.length, recorded.length)];
}

/** Source block by translated block, for all that still mean the same, in whatever order. */
function fixedPairs(recorded: readonly string[], current: readonly string[], same: SameMeaning): Map<number, number> {
  const pairOf = new Map<number, number>();
  const taken = new Set<number>();
  for (const [at, hash] of recorded.entries()) {
    const fits = (source: number): boolean => !taken.has(source) && meansTheSame(hash, current[source] ?? '', same);
    // Equal blocks may occur twice; the one in the same place comes first.
    const source = fits(at) && at < current.length ? at : current.findIndex((_, index) => fits(index));
    if (source < 0) continue;
    pairOf.set(at, source);
    taken.add(source);
  }
  return pairOf;
}

/** Names of front matter texts whose source reads differently now, or that were never recorded. */
export function staleFields(
  recorded: Readonly<Record<string, string>>,
  current: ReadonlyMap<string, { readonly hash: string }>,
  same: SameMeaning,
): readonly string[] {
  return [...current].filter(([path, { hash }]) => !meansTheSame(recorded[path], hash, same)).map(([path]) => path);
}
