/**
 * The three patches of the API: JSON patch (RFC 6902), JSON merge patch (RFC 7386) and strategic merge patch. Pure.
 * Strategic merging follows k8s.io/apimachinery pkg/util/strategicpatch/patch.go (v1.37).
 */
import { deepEqual } from './deep-equal.ts';
import { listMergeOf } from './merge-key.ts';

export type PatchType = 'json' | 'merge' | 'strategic';

export interface PatchProblem {
  readonly kind: 'patch-problem';
  readonly message: string;
}

type Json = unknown;
type Fields = Record<string, Json>;

function isFields(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Applies a patch of the given type; the original stays as it is. */
export function applyPatch(type: PatchType, original: Json, patch: Json): Json | PatchProblem {
  switch (type) {
    case 'json':
      return jsonPatch(original, patch);
    case 'merge':
      return mergePatch(original, patch);
    case 'strategic':
      return isFields(patch) ? strategicMerge(original, patch, []) : patch;
  }
}

function mergePatch(original: Json, patch: Json): Json {
  if (!isFields(patch)) return patch;
  const merged: Fields = isFields(original) ? { ...original } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** Strategic merge of one object; `path` is the field names that lead to it. */
export function strategicMerge(original: Json, patch: Fields, path: readonly string[]): Fields {
  if (patch['$patch'] === 'replace') return without(patch, ['$patch']);
  if (patch['$patch'] === 'delete') return {};
  const merged: Fields = isFields(original) ? { ...original } : {};
  const retain = patch['$retainKeys'];
  if (Array.isArray(retain)) for (const key of Object.keys(merged)) if (!retain.includes(key)) delete merged[key];
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) {
      applyDirective(merged, key, value);
      continue;
    }
    const here = [...path, key];
    if (value === null) delete merged[key];
    else if (Array.isArray(value)) merged[key] = mergeLists(merged[key], value, { path: here, order: patch[`$setElementOrder/${key}`] });
    else if (isFields(value)) merged[key] = strategicMerge(merged[key], value, here);
    else merged[key] = value;
  }
  for (const [key, order] of Object.entries(patch)) {
    const field = key.startsWith('$setElementOrder/') ? key.slice('$setElementOrder/'.length) : undefined;
    const list = field === undefined ? undefined : merged[field];
    if (field !== undefined && patch[field] === undefined && Array.isArray(list) && Array.isArray(order)) {
      merged[field] = sortedBy(list, order, [...path, field]);
    }
  }
  return merged;
}

function applyDirective(merged: Fields, key: string, value: Json): void {
  if (!key.startsWith('$deleteFromPrimitiveList/') || !Array.isArray(value)) return;
  const field = key.slice('$deleteFromPrimitiveList/'.length);
  const list = merged[field];
  if (Array.isArray(list)) merged[field] = list.filter((item) => !value.includes(item));
}

function mergeLists(original: Json, patch: readonly Json[], context: { readonly path: readonly string[]; readonly order: Json }): Json {
  const current: readonly Json[] = Array.isArray(original) ? original : [];
  const merge = listMergeOf(context.path);
  if (merge.kind === 'atomic') return patch.filter((item) => !(isFields(item) && item['$patch'] !== undefined));
  if (merge.kind === 'set') {
    const union = [...current, ...patch.filter((item) => !current.some((known) => deepEqual(known, item)))];
    return Array.isArray(context.order) ? sortedBy(union, context.order, context.path) : union;
  }
  if (patch.some((item) => isFields(item) && item['$patch'] === 'replace'))
    return patch.filter((item) => !(isFields(item) && item['$patch'] === 'replace'));
  let merged: Json[] = [...current];
  for (const item of patch) {
    if (!isFields(item)) continue;
    const id = item[merge.key];
    const same = (known: Json): boolean => isFields(known) && deepEqual(known[merge.key], id);
    if (item['$patch'] === 'delete') {
      merged = merged.filter((known) => !same(known));
      continue;
    }
    const at = merged.findIndex(same);
    if (at < 0) merged.push(strategicMerge(undefined, item, context.path));
    else merged[at] = strategicMerge(merged[at], item, context.path);
  }
  return Array.isArray(context.order) ? sortedBy(merged, context.order, context.path) : merged;
}

/** Orders what `order` names as it says; what it does not name stays behind its predecessor. */
function sortedBy(list: readonly Json[], order: readonly Json[], path: readonly string[]): Json[] {
  const merge = listMergeOf(path);
  const idOf = (item: Json): Json => (merge.kind === 'map' && isFields(item) ? item[merge.key] : item);
  const rankOf = (item: Json): number => order.findIndex((named) => deepEqual(idOf(named), idOf(item)));
  const named = list.filter((item) => rankOf(item) >= 0).sort((a, b) => rankOf(a) - rankOf(b));
  const result = [...named];
  list.forEach((item, index) => {
    if (rankOf(item) >= 0) return;
    const before = list[index - 1];
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, item);
  });
  return result;
}

function without(fields: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)));
}

function jsonPatch(original: Json, patch: Json): Json | PatchProblem {
  if (!Array.isArray(patch)) {
    return { kind: 'patch-problem', message: 'json: cannot unmarshal object into Go value of type jsonpatch.Patch' };
  }
  let document: Json = copyOf(original);
  for (const operation of patch as readonly Fields[]) {
    const result = applyOperation(document, operation);
    if (isProblem(result)) return result;
    document = result.document;
  }
  return document;
}

function isProblem(value: unknown): value is PatchProblem {
  return isFields(value) && value['kind'] === 'patch-problem';
}

function problem(message: string): PatchProblem {
  return { kind: 'patch-problem', message };
}

function pointerOf(text: Json): string[] {
  if (typeof text !== 'string' || text === '') return [];
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function applyOperation(document: Json, operation: Fields): { document: Json } | PatchProblem {
  const path = pointerOf(operation['path']);
  const name = String(operation['op']);
  switch (name) {
    case 'add':
      return put({ document, path, value: operation['value'], name });
    case 'replace': {
      // Of an object's fields json-patch does not ask whether they are there (v4 partialDoc.get).
      if (read(document, path) === undefined && !isFields(read(document, path.slice(0, -1))))
        return problem(`replace operation does not apply: doc is missing key: ${String(operation['path'])}: missing value`);
      return put({ document, path, value: operation['value'], name });
    }
    case 'remove':
      return remove(document, path, String(operation['path']));
    case 'test':
      if (deepEqual(read(document, path) ?? null, operation['value'] ?? null)) return { document };
      return problem(`testing value ${String(operation['path'])} failed: test failed`);
    case 'move':
    case 'copy': {
      const from = pointerOf(operation['from']);
      const value = copyOf(read(document, from));
      if (value === undefined)
        return problem(`${name} operation does not apply: doc is missing from path: ${String(operation['from'])}: missing value`);
      if (name === 'move') remove(document, from, String(operation['from']));
      return put({ document, path, value, name });
    }
    default:
      return problem(`Unexpected kind: ${name}`);
  }
}

function read(document: Json, path: readonly string[]): Json {
  let value = document;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)] as Json;
    else if (isFields(value)) value = value[key];
    else return undefined;
  }
  return value;
}

function put(change: {
  readonly document: Json;
  readonly path: readonly string[];
  readonly value: Json;
  readonly name: string;
}): { document: Json } | PatchProblem {
  const { document, path, value, name } = change;
  if (path.length === 0) return { document: value };
  const parent = read(document, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  if (Array.isArray(parent)) {
    const index = key === '-' ? parent.length : Number(key);
    if (!(index >= 0 && index <= parent.length))
      return problem(`${name} operation does not apply: doc is missing path: "/${path.join('/')}": missing value`);
    if (name === 'replace') parent[index] = value;
    else parent.splice(index, 0, value);
  } else if (isFields(parent)) parent[key] = value;
  else return problem(`${name} operation does not apply: doc is missing path: "/${path.join('/')}": missing value`);
  return { document };
}

function remove(document: Json, path: readonly string[], text: string): { document: Json } | PatchProblem {
  const parent = read(document, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  if (Array.isArray(parent) && Number(key) < parent.length) parent.splice(Number(key), 1);
  else if (isFields(parent) && parent[key] !== undefined) delete parent[key];
  else return problem(`remove operation does not apply: doc is missing path: "${text}": missing value`);
  return { document };
}

function copyOf(value: Json): Json {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Json);
}
