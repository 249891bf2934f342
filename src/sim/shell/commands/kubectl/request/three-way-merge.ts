/**
 * What `kubectl apply` makes of an object: the manifest wins, what was applied before and is gone now is removed, the
 * rest stays (apimachinery strategicpatch.CreateThreeWayMergePatch, v0.37). Pure; yields the result rather than a patch.
 */
import { deepEqual } from '../../../../kube/apiserver/deep-equal.ts';
import { listMergeOf } from '../../../../kube/apiserver/merge-key.ts';
import { isList, isMap } from '../output/plain-value.ts';
import type { Plain, PlainMap } from '../output/plain-value.ts';

export interface ThreeWay {
  /** What was applied last time; an empty map when nothing is known. */
  readonly original: Plain;
  readonly modified: Plain;
  readonly current: Plain;
}

/** The merged object. `path` is the field names from the root. */
export function threeWayMerge(three: ThreeWay, path: readonly string[] = []): Plain {
  const { original, modified, current } = three;
  if (isMap(modified)) return mergeMaps({ original: isMap(original) ? original : {}, modified, current: isMap(current) ? current : undefined }, path);
  if (isList(modified)) return mergeLists({ original: isList(original) ? original : [], modified, current: isList(current) ? current : [] }, path);
  return modified;
}

interface Maps {
  readonly original: PlainMap;
  readonly modified: PlainMap;
  readonly current: PlainMap | undefined;
}

/** Unions of which only the chosen member may stay (patchStrategy retainKeys). */
function retainsKeys(path: readonly string[]): boolean {
  const field = path.at(-1) ?? '';
  return (field === 'strategy' && path.at(-2) === 'spec') || field === 'volumes';
}

function mergeMaps({ original, modified, current = {} }: Maps, path: readonly string[]): Plain {
  const merged: Record<string, Plain> = {};
  for (const [key, value] of Object.entries(current)) if (modified[key] !== undefined || original[key] === undefined) merged[key] = value;
  for (const [key, value] of Object.entries(modified)) {
    if (value === null) delete merged[key];
    else merged[key] = threeWayMerge({ original: original[key], modified: value, current: current[key] }, [...path, key]);
  }
  if (retainsKeys(path) && !deepEqual(merged, current)) for (const key of Object.keys(merged)) if (modified[key] === undefined) delete merged[key];
  return merged;
}

interface Lists {
  readonly original: readonly Plain[];
  readonly modified: readonly Plain[];
  readonly current: readonly Plain[];
}

function mergeLists({ original, modified, current }: Lists, path: readonly string[]): Plain {
  const merge = listMergeOf(path);
  if (merge.kind === 'atomic') return modified;
  const keyOf = (item: Plain): Plain => (merge.kind === 'set' ? item : isMap(item) ? item[merge.key] : undefined);
  const find = (list: readonly Plain[], key: Plain): Plain => list.find((item) => keyOf(item) === key);
  const own = modified.map((item) => {
    const key = keyOf(item);
    return merge.kind === 'set' ? item : threeWayMerge({ original: find(original, key), modified: item, current: find(current, key) }, path);
  });
  const kept = current.filter((item) => find(modified, keyOf(item)) === undefined && find(original, keyOf(item)) === undefined);
  return placed(own, kept, { current, keyOf });
}

/** Items of others stay before the one of ours that they stood before; the rest goes to the end. */
function placed(
  own: readonly Plain[],
  kept: readonly Plain[],
  context: { readonly current: readonly Plain[]; readonly keyOf: (item: Plain) => Plain },
): readonly Plain[] {
  const { current, keyOf } = context;
  const order = new Map(current.map((item, index) => [keyOf(item), index]));
  const result = [...own];
  for (const item of kept) {
    const index = order.get(keyOf(item)) ?? Number.POSITIVE_INFINITY;
    const at = result.findIndex((other) => (order.get(keyOf(other)) ?? -1) > index);
    if (at < 0) result.push(item);
    else result.splice(at, 0, item);
  }
  return result;
}
