// Decodes a JSON value into one of the API server's structs as Go does: types, ranges, unknown fields.
// Knows no manifest, no kind and no defaults. Values that Go cannot tell from absent ones are left out.
// Models sigs.k8s.io/json (decode.go, strict, case sensitive), whose order is that of kubectl's JSON: sorted keys.

import { structNamed } from '../schema/schema.ts';
import type { FieldType, SchemaField, SchemaStruct } from '../schema/schema.ts';
import { quoteGo } from '../yaml/go-text.ts';
import type { PlainObject, PlainValue } from '../yaml/node.ts';
import { isBase64 } from '../yaml/utf8.ts';
import { encodeJson } from './go-json.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import { parseQuantity } from './quantity.ts';
import { parseTime } from './time.ts';
import { isZero, zeroOf } from './zero-value.ts';

/** Something the decoder refuses. `path` is the field's ("spec.containers[0].name"), `message` Go's own text. */
export type DecodeProblem =
  | {
      readonly kind: 'type';
      readonly path: string;
      readonly found: string;
      readonly expected: string;
      readonly message: string;
    }
  | {
      readonly kind: 'unknown';
      readonly path: string;
      readonly field: string;
      readonly parent: string;
      readonly struct: string;
      readonly message: string;
    }
  | { readonly kind: 'value'; readonly path: string; readonly found: string; readonly message: string };

export interface DecodedValue {
  readonly value: JsonObject;
  /** The one error that Go reports, if any; it hides what is unknown. */
  readonly error: DecodeProblem | undefined;
  readonly unknown: readonly DecodeProblem[];
}

/** kubectl sorts the keys of what it sends; only its own look at JSON sees them as they were written. */
export type KeyOrder = 'sorted' | 'written';

/** Upstream stops collecting there. */
const MOST_UNKNOWN = 100;

const isObject = (value: PlainValue): value is PlainObject => value !== null && typeof value === 'object' && !Array.isArray(value);
const isList = (value: PlainValue): value is readonly PlainValue[] => Array.isArray(value);

/** What Go's messages call a JSON value. */
function nameOf(value: PlainValue): string {
  if (isList(value)) return 'array';
  if (isObject(value)) return 'object';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'string' : 'number';
}

/** Fields without a schema are copied as they are, down to a depth that no real object has. */
const DEEPEST_RAW = 1000;

function plainJson(value: PlainValue, depth = 0): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (depth > DEEPEST_RAW) return null;
  if (isList(value)) return value.map((item) => plainJson(item, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainJson(each, depth + 1)]));
}

class Decoder {
  error: DecodeProblem | undefined;
  /** Set by a type's own decoder: Go gives up at once and forgets the first error. */
  fatal: DecodeProblem | undefined;
  readonly unknown: DecodeProblem[] = [];
  private struct = '';
  private readonly names: string[] = [];
  private readonly order: KeyOrder;

  constructor(order: KeyOrder) {
    this.order = order;
  }

  object(struct: SchemaStruct, value: PlainObject, path: string): JsonObject {
    const decoded: Record<string, JsonValue> = {};
    for (const key of this.keysOf(value)) {
      if (this.fatal !== undefined) break;
      const field = struct.fieldByName.get(key);
      const fieldPath = path === '' ? key : `${path}.${key}`;
      if (field === undefined) this.addUnknown(fieldPath, { key, path, struct });
      else this.field(field, { struct, value: value[key] ?? null, path: fieldPath, into: decoded });
    }
    return decoded;
  }

  private keysOf(value: PlainObject): readonly string[] {
    return this.order === 'sorted' ? Object.keys(value).sort() : Object.keys(value);
  }

  private field(
    field: SchemaField,
    at: {
      readonly struct: SchemaStruct;
      readonly value: PlainValue;
      readonly path: string;
      readonly into: Record<string, JsonValue>;
    },
  ): void {
    const outer = this.struct;
    const depth = this.names.length;
    this.struct = at.struct.name;
    if (field.embedded !== undefined) this.names.push(field.embedded);
    this.names.push(field.name);
    const value = this.value(field.type, at.value, at.path);
    // After a fatal error Go's context stays where it happened.
    if (this.fatal === undefined) {
      this.names.length = depth;
      this.struct = outer;
    }
    if (value !== undefined && (field.keepsZero || !isZero(field.type, value))) at.into[field.name] = value;
  }

  private addUnknown(path: string, at: { readonly key: string; readonly path: string; readonly struct: SchemaStruct }): void {
    if (this.unknown.length >= MOST_UNKNOWN || this.unknown.some((known) => known.path === path)) return;
    const message = `unknown field ${quoteGo(path)}`;
    this.unknown.push({
      kind: 'unknown',
      path,
      field: at.key,
      parent: at.path,
      struct: at.struct.name,
      message,
    });
  }

  /** The decoded value; undefined where Go leaves the field empty. */
  private value(type: FieldType, value: PlainValue, path: string): JsonValue | undefined {
    if (value === null) return undefined;
    switch (type.kind) {
      case 'struct': {
        const struct = structNamed(type.struct);
        if (struct === undefined) throw new Error(`the schema lacks ${type.struct}`);
        return isObject(value) ? this.object(struct, value, path) : this.refuse(value, type, path);
      }
      case 'list':
        return isList(value) ? this.list(type.of, value, path) : this.refuse(value, type, path);
      case 'map':
        return isObject(value) ? this.map(type.of, value, path) : this.refuse(value, type, path);
      case 'string':
        return typeof value === 'string' ? value : this.refuse(value, type, path);
      case 'boolean':
        return typeof value === 'boolean' ? value : this.refuse(value, type, path);
      case 'int32':
      case 'int64':
        return this.integer(type, value, path);
      case 'intOrString':
        if (typeof value === 'string') return value;
        return this.own(() => this.integer({ kind: 'int32', goName: 'int32' }, value, path));
      case 'quantity':
        return this.quantity(value, path);
      case 'time':
      case 'microTime':
        return this.time(type.kind === 'microTime', value, path);
      case 'bytes':
        return this.bytes(type, value, path);
      case 'fields':
      case 'raw':
        return plainJson(value);
    }
  }

  private list(type: FieldType, value: readonly PlainValue[], path: string): readonly JsonValue[] {
    const items: JsonValue[] = [];
    for (const [index, item] of value.entries()) {
      if (this.fatal !== undefined) break;
      items.push(this.value(type, item, `${path}[${index}]`) ?? zeroOf(type));
    }
    return items;
  }

  private map(type: FieldType, value: PlainObject, path: string): JsonObject {
    const decoded: Record<string, JsonValue> = {};
    for (const key of this.keysOf(value)) {
      if (this.fatal !== undefined) break;
      const entry = this.value(type, value[key] ?? null, `${path}.${key}`) ?? zeroOf(type);
      Object.defineProperty(decoded, key, {
        value: entry,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    return decoded;
  }

  private integer(type: FieldType, value: PlainValue, path: string): number | undefined {
    if (typeof value !== 'number' && typeof value !== 'bigint') return this.refuse(value, type, path);
    const fits =
      type.kind === 'int64' ? typeof value === 'bigint' || Number.isSafeInteger(value) || isInt64(value) : Number(value) === (Number(value) | 0);
    return fits ? Number(value) : this.refuseAs(`number ${value}`, type, path);
  }

  private quantity(value: PlainValue, path: string): string | undefined {
    const text = typeof value === 'string' ? value : encodeJson(value);
    const result = parseQuantity(text.trim());
    if (result.kind === 'quantity') return result.quantity.text;
    this.fatal = { kind: 'value', path, found: text, message: result.message };
    return undefined;
  }

  private time(micro: boolean, value: PlainValue, path: string): string | undefined {
    if (typeof value !== 'string') return this.own(() => this.refuse(value, { kind: 'string', goName: 'string' }, path));
    const result = parseTime(value, micro);
    if (result.kind === 'time') return result.text;
    this.fatal = { kind: 'value', path, found: value, message: result.message };
    return undefined;
  }

  private bytes(type: FieldType, value: PlainValue, path: string): string | undefined {
    if (typeof value !== 'string') return this.refuse(value, type, path);
    if (isBase64(value)) return value;
    const bad = value.replace(/[\r\n]/g, '').search(/[^A-Za-z0-9+/=]/);
    const at = bad >= 0 ? bad : value.length - (value.length % 4 || 4);
    this.error ??= { kind: 'value', path, found: value, message: `illegal base64 data at input byte ${at}` };
    return undefined;
  }

  /** Runs a type's own decoder: what it refuses ends the decoding. */
  private own<T>(decode: () => T): T {
    const before = this.error;
    this.error = undefined;
    const value = decode();
    this.fatal = this.error;
    this.error = before;
    return value;
  }

  private refuse(value: PlainValue, type: FieldType, path: string): undefined {
    this.refuseAs(nameOf(value), type, path);
  }

  private refuseAs(found: string, type: FieldType, path: string): undefined {
    const where = `${this.struct.replace(/^.*\.(?=.)/, '').replace(/\.$/, '')}.${this.names.join('.')}`;
    const message = `json: cannot unmarshal ${found} into Go struct field ${where} of type ${type.goName}`;
    this.error ??= { kind: 'type', path, found, expected: type.goName, message };
  }
}

function isInt64(value: bigint | number): boolean {
  return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 63;
}

/** Decodes `value` into the struct of that name ("Pod"), which must be in the schema. */
export function decodeValue(structName: string, value: PlainObject): DecodedValue {
  const struct = structNamed(structName);
  if (struct === undefined) throw new Error(`the schema lacks ${structName}`);
  return decodeStruct(struct, value);
}

/** Like `decodeValue`, for a struct that need not be in the schema, and for keys in the order they were written in. */
export function decodeStruct(struct: SchemaStruct, value: PlainObject, order: KeyOrder = 'sorted'): DecodedValue {
  const decoder = new Decoder(order);
  const decoded = decoder.object(struct, value, '');
  return { value: decoded, error: decoder.fatal ?? decoder.error, unknown: decoder.unknown };
}
