/** The strategic merge patch that leads from one object to another (apimachinery strategicpatch diffMaps, v0.37). Pure. */
import { deepEqual } from '../../../../kube/apiserver/deep-equal.ts';
import { listMergeOf } from '../../../../kube/apiserver/merge-key.ts';
import { isList, isMap } from '../output/plain-value.ts';
import type { Plain, PlainMap } from '../output/plain-value.ts';

/** An empty map when nothing differs. */
export function strategicDiff(from: PlainMap, to: PlainMap, path: readonly string[] = []): PlainMap {
  const patch: Record<string, Plain> = {};
  for (const [key, value] of Object.entries(to)) {
    const before = from[key];
    if (deepEqual(before, value)) continue;
    const here = [...path, key];
    if (isMap(before) && isMap(value)) patch[key] = strategicDiff(before, value, here);
    else if (isList(before) && isList(value)) diffLists(patch, { before, after: value, key, path: here });
    else patch[key] = value;
  }
  for (const key of Object.keys(from)) if (to[key] === undefined) patch[key] = null;
  return patch;
}

interface ListPair {
  readonly before: readonly Plain[];
  readonly after: readonly Plain[];
  readonly key: string;
  readonly path: readonly string[];
}

function diffLists(patch: Record<string, Plain>, { before, after, key, path }: ListPair): void {
  const merge = listMergeOf(path);
  if (merge.kind === 'atomic') {
    patch[key] = after;
    return;
  }
  if (merge.kind === 'set') {
    patch[`$setElementOrder/${key}`] = after;
    patch[key] = after.filter((item) => !before.includes(item));
    return;
  }
  const idOf = (item: Plain): Plain => (isMap(item) ? item[merge.key] : undefined);
  const changed: Plain[] = [];
  for (const item of after) {
    const old = before.find((each) => idOf(each) === idOf(item));
    if (old === undefined) changed.push(item);
    else if (isMap(old) && isMap(item) && !deepEqual(old, item)) changed.push({ ...strategicDiff(old, item, path), [merge.key]: idOf(item) });
  }
  for (const item of before) if (!after.some((each) => idOf(each) === idOf(item))) changed.push({ $patch: 'delete', [merge.key]: idOf(item) });
  patch[`$setElementOrder/${key}`] = after.map((item) => ({ [merge.key]: idOf(item) }));
  if (changed.length > 0) patch[key] = changed;
}
