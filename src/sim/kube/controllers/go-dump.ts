/**
 * Writes an API object as Go's spew prints it with "%#v" for hashes (k8s.io/utils dump.ForHash, go-spew format.go): types in
 * parentheses, unset pointers, lists and maps as <nil>. Knows the types of Pod templates only.
 */
import { structNamed } from '../api/schema/schema.ts';
import { EMBEDDED_IN, GO_ALIASES, GO_FIELDS } from './pod-template-types.ts';

interface Field {
  readonly name: string;
  /** Empty for an embedded struct. */
  readonly json: string;
  readonly type: string;
}

const FIELDS_OF = new Map<string, readonly Field[]>();

const lineByStruct = new Map(
  GO_FIELDS.trim()
    .split('\n')
    .map((line) => [line.split(' ', 1)[0] ?? '', line] as const),
);

function fieldsOf(struct: string): readonly Field[] | undefined {
  const known = FIELDS_OF.get(struct);
  if (known !== undefined) return known;
  const [, ...entries] = lineByStruct.get(struct)?.split(' ') ?? [];
  if (entries.length === 0) return undefined;
  const schema = [...(structNamed(EMBEDDED_IN[struct] ?? struct)?.fieldByName.values() ?? [])];
  const fields = entries.map((entry): Field => {
    const [, star = '', name = '', json, type] = /^(\*?)(\w+)(?:\/(\w*))?(?::(.*))?$/.exec(entry) ?? [];
    const field = schema.find((each) => each.name.toLowerCase() === name.toLowerCase());
    return { name, json: json ?? field?.name ?? '', type: type ?? `${star}${field?.type.goName ?? ''}` };
  });
  FIELDS_OF.set(struct, fields);
  return fields;
}

const ZERO_TIME = '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}';

type Body = (value: unknown) => string;

const BODIES = new Map<string, Body>();

/** How the values of a type are written, without the type before them; worked out once per type. */
function bodyOf(type: string): Body {
  let body = BODIES.get(type);
  if (body === undefined) BODIES.set(type, (body = newBody(type)));
  return body;
}

/** The dump of a value of a Go type such as `v1.PodTemplateSpec`. */
export function goDump(value: unknown, type: string): string {
  return `(${type})${bodyOf(type)(value)}`;
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function newBody(type: string): Body {
  if (type.startsWith('*')) {
    // A pointer inside of a list or map shows as <*>; with its type before it, it needs no mark.
    const to = type.slice(1);
    return (value) => (isAbsent(value) ? '<nil>' : `<*>${bodyOf(to)(value)}`);
  }
  if (type.startsWith('[]')) {
    const item = type.slice(2);
    return (value) => (Array.isArray(value) ? `[${value.map(bodyOf(item)).join(' ')}]` : '<nil>');
  }
  if (type.startsWith('map[')) return mapBody(type.slice(type.indexOf(']') + 1));
  const name = type.startsWith('v1.') ? type.slice(3) : type;
  const alias = type.startsWith('v1.') ? GO_ALIASES[name] : undefined;
  if (alias !== undefined) return bodyOf(alias);
  switch (type) {
    case 'v1.Time':
      return () => ZERO_TIME;
    case 'intstr.IntOrString':
      return (value) =>
        typeof value === 'string'
          ? `{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)${value}}`
          : `{Type:(intstr.Type)0 IntVal:(int32)${String(value ?? 0)} StrVal:(string)}`;
    case 'resource.Quantity':
      return (value) => quantityBody(String(value ?? '0'));
    case 'bool':
      return (value) => String(value ?? false);
    case 'int':
    case 'int32':
    case 'int64':
      return (value) => String(value ?? 0);
  }
  const fields = type.startsWith('v1.') ? fieldsOf(name) : undefined;
  return fields === undefined ? (value) => String(value ?? '') : structBody(fields);
}

const NOTHING: Readonly<Record<string, unknown>> = {};

function structBody(fields: readonly Field[]): Body {
  const writers = fields.map(({ name, json, type }) => {
    const pointer = type.startsWith('*');
    const head = `${name}:(${type})`;
    const to = pointer ? type.slice(1) : type;
    return (object: Readonly<Record<string, unknown>>): string => {
      const value = json === '' ? object : object[json];
      return pointer && isAbsent(value) ? `${head}<nil>` : head + bodyOf(to)(value);
    };
  });
  return (value) => {
    const object = isAbsent(value) ? NOTHING : (value as Readonly<Record<string, unknown>>);
    return `{${writers.map((write) => write(object)).join(' ')}}`;
  };
}

function mapBody(itemType: string): Body {
  return (value) => {
    if (typeof value !== 'object' || value === null) return '<nil>';
    const entries = Object.entries(value as Readonly<Record<string, unknown>>).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([key, item]) => `${key}:${bodyOf(itemType)(item)}`).join(' ')}]`;
  };
}

const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

/** The fields of a parsed Quantity (apimachinery resource/quantity.go ParseQuantity, its fast path); canonical texts are kept in `s`. */
function quantityBody(text: string): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(\D*)$/.exec(text);
  const [sign = '', digits = '', fraction = '', suffix = ''] = match?.slice(1).map((part) => (part as string | undefined) ?? '') ?? [];
  const shifted = `${digits.replace(/^0+/, '')}${fraction.replace(/0+$/, '')}`;
  const number = BigInt(shifted || '0');
  const binary = BINARY[suffix];
  const scale = (binary === undefined ? (DECIMAL[suffix] ?? 0) : 0) - fraction.replace(/0+$/, '').length;
  const amount = binary === undefined ? number : number << BigInt(binary);
  const canonical =
    binary === undefined ? scale % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0') && shifted !== '' : (number & 7n) !== 0n;
  const format = binary === undefined ? 'DecimalSI' : 'BinarySI';
  const kept = canonical || text === '0' ? text : '';
  const value = sign === '-' ? -amount : amount;
  return `{i:(resource.int64Amount){value:(int64)${String(value)} scale:(resource.Scale)${String(scale)}} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${kept} Format:(resource.Format)${format}}`;
}
