// Decides what an unquoted YAML scalar means: a boolean, a number, nothing, or text.
// Models go.yaml.in/yaml v2.4, resolve.go: YAML 1.1's yes/on/off, 0o and 0b, no sexagesimal numbers.

import { YamlProblem } from './source.ts';
import { decodeBase64, isBase64 } from './utf8.ts';

/** What a scalar can become; integers beyond 2^53 are bigint so that messages can quote them exactly. */
export type ScalarValue = bigint | boolean | number | string | null;

const LONG = 'tag:yaml.org,2002:';

type Tag = 'binary' | 'bool' | 'float' | 'int' | 'null' | 'str' | 'timestamp';

interface Resolved {
  readonly tag: Tag;
  readonly value: ScalarValue;
}

const words = (value: ScalarValue, tag: Tag, list: string): readonly (readonly [string, Resolved])[] =>
  list.split(' ').map((word) => [word, { tag, value }]);

const RESOLVED_BY_WORD = new Map<string, Resolved>([
  ...words(true, 'bool', 'y Y yes Yes YES true True TRUE on On ON'),
  ...words(false, 'bool', 'n N no No NO false False FALSE off Off OFF'),
  ...words(null, 'null', ' ~ null Null NULL'),
  ...words(Number.NaN, 'float', '.nan .NaN .NAN'),
  ...words(Infinity, 'float', '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words(-Infinity, 'float', '-.inf -.Inf -.INF'),
]);

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const TIMESTAMP = /^\d{4}-(\d{1,2})-(\d{1,2})(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/;

const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 64n - 1n;

function parseInteger(text: string): bigint | number | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', hex, binary, octal, decimal] = match;
  const digits = hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : octal !== undefined ? `0o${octal}` : decimal;
  if (digits === undefined || digits.length > 80) return undefined;
  const size = BigInt(digits);
  // A sign makes it an int64; without one it may be a uint64.
  const value = sign === '-' ? -size : size;
  if (value < SMALLEST || value > (sign === '+' ? LARGEST / 2n : LARGEST)) return undefined;
  // kubectl reads its own JSON again, where an integer beyond int64 becomes a float64.
  return Number.isSafeInteger(Number(value)) || value > LARGEST / 2n ? Number(value) : value;
}

function parseFloatText(text: string): number | undefined {
  const value = FLOAT.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function resolvePlain(text: string): Resolved {
  const known = RESOLVED_BY_WORD.get(text);
  if (known !== undefined) return known;
  if (/^\./.test(text)) {
    const value = parseFloatText(/\d_\d/.test(text) ? text.replace(/(?<=\d)_(?=\d)/g, '') : text);
    if (value !== undefined) return { tag: 'float', value };
  } else if (/^[-+0-9]/.test(text)) {
    if (TIMESTAMP.test(text)) return { tag: 'timestamp', value: text };
    const digits = text.replaceAll('_', '');
    const integer = parseInteger(digits);
    if (integer !== undefined) return { tag: 'int', value: integer };
    const value = parseFloatText(digits);
    if (value !== undefined) return { tag: 'float', value };
  }
  return { tag: 'str', value: text };
}

/**
 * The value of a scalar.
 * `plain` says that it had no quotes and no tag, or the tag "!" alone; `tag` is its full tag or empty.
 * Throws YamlProblem when the text does not fit the tag.
 */
export function resolveScalar(scalar: { readonly text: string; readonly plain: boolean; readonly tag: string }): ScalarValue {
  const { text, tag } = scalar;
  if (tag === '') return scalar.plain ? resolvePlain(text).value : text;
  if (!tag.startsWith(LONG)) return text;
  const wanted = tag.slice(LONG.length);
  if (wanted === 'str') return text;
  if (wanted === 'binary') {
    if (!isBase64(text)) throw new YamlProblem('!!binary value contains invalid base64 data');
    return decodeBase64(text);
  }
  if (!['bool', 'float', 'int', 'null', 'timestamp'].includes(wanted)) return text;
  const resolved = resolvePlain(text);
  if (resolved.tag === wanted || (wanted === 'float' && resolved.tag === 'int')) return resolved.value;
  // Only a scalar without a tag, or with that one, is tried as a time.
  const found = resolved.tag === 'timestamp' ? 'str' : resolved.tag;
  throw new YamlProblem(`cannot decode !!${found} \`${text}\` as a !!${wanted}`);
}
