// The API server's structs as its decoder sees them: fields, Go types, and how a patch merges them.
// Knows nothing of values, defaults or descriptions (descriptions.ts has those, to be imported only when asked for).

import { FIELDS } from './fields.ts';

export type ScalarKind = 'boolean' | 'bytes' | 'fields' | 'int32' | 'int64' | 'intOrString' | 'microTime' | 'quantity' | 'raw' | 'string' | 'time';

/** A field's type; `goName` is how Go's messages call it ("v1.Protocol", "[]string"). */
export type FieldType =
  | { readonly kind: 'list' | 'map'; readonly of: FieldType; readonly goName: string }
  | { readonly kind: 'struct'; readonly struct: string; readonly goName: string }
  | { readonly kind: ScalarKind; readonly goName: string };

export interface SchemaField {
  readonly name: string;
  readonly type: FieldType;
  /** Whether Go tells an empty value from an absent one (a pointer, or no omitempty). */
  readonly keepsZero: boolean;
  /** Set when a strategic merge patch merges this list or map; the key that identifies a list's items, or empty. */
  readonly mergeKey: string | undefined;
  /** Whether a patch also drops keys that the new value lacks (x-kubernetes-patch-strategy: retainKeys). */
  readonly retainsKeys: boolean;
  /** The embedded Go struct that this field comes from, which Go's error paths mention. */
  readonly embedded: string | undefined;
}

export interface SchemaStruct {
  readonly name: string;
  readonly fieldByName: ReadonlyMap<string, SchemaField>;
}

const SCALARS: Readonly<Record<string, FieldType>> = {
  s: { kind: 'string', goName: 'string' },
  b: { kind: 'boolean', goName: 'bool' },
  i: { kind: 'int32', goName: 'int32' },
  l: { kind: 'int64', goName: 'int64' },
  y: { kind: 'bytes', goName: '[]uint8' },
  q: { kind: 'quantity', goName: 'resource.Quantity' },
  n: { kind: 'intOrString', goName: 'intstr.IntOrString' },
  t: { kind: 'time', goName: 'v1.Time' },
  m: { kind: 'microTime', goName: 'v1.MicroTime' },
  f: { kind: 'fields', goName: 'v1.FieldsV1' },
  r: { kind: 'raw', goName: 'runtime.RawExtension' },
};

const QUANTITIES: FieldType = {
  kind: 'map',
  of: { kind: 'quantity', goName: 'resource.Quantity' },
  goName: 'v1.ResourceList',
};

/** "v1.Pod" for Pod; a trailing dot only tells two structs of one name apart. */
const goNameOf = (name: string): string => (name.includes('.', 1) && !name.endsWith('.') ? name : `v1.${name.replace(/\.$/, '')}`);

const lineByStruct = new Map<string, string>();
const structByName = new Map<string, SchemaStruct>();

/** Adds structs, one a line: those of Pods stand in fields.ts, the others come when they are needed (further-fields.ts). */
export function addFields(table: string): void {
  for (const line of table.trim().split('\n')) lineByStruct.set(line.split(' ', 1)[0] ?? '', line);
}

addFields(FIELDS);

function typeOf(code: string): FieldType {
  const rest = code.slice(1);
  if (code.startsWith('[')) {
    const of = typeOf(rest);
    return { kind: 'list', of, goName: `[]${of.goName}` };
  }
  if (code.startsWith('{')) {
    const of = typeOf(rest);
    return { kind: 'map', of, goName: `map[string]${of.goName}` };
  }
  if (code === 'R') return QUANTITIES;
  const scalar = SCALARS[code];
  if (scalar !== undefined) return scalar;
  if (lineByStruct.has(code)) return { kind: 'struct', struct: code, goName: goNameOf(code) };
  // A Go string with a name of its own.
  return { kind: 'string', goName: code.includes('.') ? code : `v1.${code}` };
}

function fieldOf(text: string): SchemaField {
  const [, name = '', star = '', code = '', patch, retains, embedded] = /^([^:]+):(\*?)([^~!^]+)(~[^!^]*)?(!)?(?:\^(.*))?$/.exec(text) ?? [];
  return {
    name,
    type: typeOf(code),
    keepsZero: star !== '',
    mergeKey: patch?.slice(1),
    retainsKeys: retains !== undefined,
    embedded,
  };
}

/** The struct of that name ("Pod", "ContainerPort"), or undefined when this API does not have it. */
export function structNamed(name: string): SchemaStruct | undefined {
  const known = structByName.get(name);
  if (known !== undefined) return known;
  const line = lineByStruct.get(name);
  if (line === undefined) return undefined;
  const fields = line.split(' ').slice(1).map(fieldOf);
  const struct = { name, fieldByName: new Map(fields.map((field) => [field.name, field])) };
  structByName.set(name, struct);
  return struct;
}

/** The field at a path of names below a struct, list items and map values passed through; undefined when there is none. */
export function fieldAt(structName: string, path: readonly string[]): SchemaField | undefined {
  let struct = structNamed(structName);
  let field: SchemaField | undefined;
  for (const name of path) {
    field = struct?.fieldByName.get(name);
    if (field === undefined) return undefined;
    let { type } = field;
    while (type.kind === 'list' || type.kind === 'map') type = type.of;
    struct = type.kind === 'struct' ? structNamed(type.struct) : undefined;
  }
  return field;
}
