// Resource quantities: what "128Mi" and "0.5" mean, and the one way the API server writes each.
// Models k8s.io/apimachinery v0.37, pkg/api/resource/quantity.go.

import { remembered } from '../../../engine/remembered.ts';

export interface Quantity {
  /** The amount in billionths, exact: the smallest unit upstream keeps. */
  readonly nano: bigint;
  /** As the API server writes it. */
  readonly text: string;
}

export type QuantityResult = { readonly kind: 'quantity'; readonly quantity: Quantity } | { readonly kind: 'error'; readonly message: string };

type Format = 'binary' | 'decimal' | 'exponent';

const WRONG_FORMAT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const WRONG_SUFFIX = "unable to parse quantity's suffix";

const SHAPE = /^([-+]?)(\d*)(?:(\.)(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

const NANO = 10n ** 9n;
const LARGEST = (2n ** 63n - 1n) * NANO;

interface Suffix {
  readonly format: Format;
  /** A power of 2 for the binary format, of 10 for the others. */
  readonly exponent: number;
}

function readSuffix(text: string): Suffix | undefined {
  const binary = BINARY.indexOf(text);
  if (binary > 0) return { format: 'binary', exponent: binary * 10 };
  const decimal = DECIMAL[text];
  if (decimal !== undefined) return { format: 'decimal', exponent: decimal };
  return /^[eE][-+]?\d+$/.test(text) ? { format: 'exponent', exponent: Number(text.slice(1)) } : undefined;
}

/** Upstream keeps the given text when it is already in canonical form; this is its test. */
function isKept(digits: string, fraction: string, suffix: Suffix): boolean {
  const shifted = digits + fraction;
  if (suffix.format === 'binary') {
    const room = 15 - digits.length - Math.trunc((suffix.exponent * 3) / 10) - 1;
    return fraction === '' && room >= 0 && (BigInt(shifted) & 7n) !== 0n;
  }
  const scale = suffix.exponent - fraction.length;
  return shifted.length <= 18 && scale >= -9 && scale % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0');
}

function writeDecimal(nano: bigint, format: Format): string {
  let value = nano;
  let exponent = -9;
  while (value % 1000n === 0n) {
    value /= 1000n;
    exponent += 3;
  }
  if (format === 'exponent') return exponent === 0 ? String(value) : `${value}e${exponent}`;
  const suffix = Object.entries(DECIMAL).find(([, power]) => power === exponent)?.[0];
  return `${value}${suffix ?? ''}`;
}

function write(nano: bigint, format: Format): string {
  if (nano === 0n) return '0';
  const size = nano < 0n ? -nano : nano;
  if (format !== 'binary' || size < 1024n * NANO || nano % NANO !== 0n) {
    return writeDecimal(nano, format === 'binary' ? 'decimal' : format);
  }
  let value = nano / NANO;
  let power = 0;
  while (value % 1024n === 0n && power < 6) {
    value /= 1024n;
    power++;
  }
  return `${value}${BINARY[power] ?? ''}`;
}

function divideUp(size: bigint, divisor: bigint): bigint {
  return (size + divisor - 1n) / divisor;
}

/** Reads a quantity; an error's message is the API server's. */
export const parseQuantity = remembered(readQuantity);

function readQuantity(text: string): QuantityResult {
  const match = SHAPE.exec(text);
  if (match === null || text === '') return { kind: 'error', message: WRONG_FORMAT };
  const [, sign = '', whole = '', , fraction = '', suffixText = ''] = match;
  const digits = whole.replace(/^0+/, '') || '0';
  // Upstream reads an amount of nothing but zeros before it looks for a suffix.
  const suffix = /^[-+]?0*$/.test(text) ? readSuffix('') : readSuffix(suffixText);
  if (suffix === undefined || Math.abs(suffix.exponent) > 10_000) return { kind: 'error', message: WRONG_SUFFIX };
  const unscaled = BigInt(digits + fraction);
  const power = (suffix.format === 'binary' ? 0 : suffix.exponent) - fraction.length + 9;
  const scaled = suffix.format === 'binary' ? unscaled * 2n ** BigInt(suffix.exponent) : unscaled;
  let size = power >= 0 ? scaled * 10n ** BigInt(power) : divideUp(scaled, 10n ** BigInt(-power));
  if (suffix.format === 'binary' && size > LARGEST) size = LARGEST;
  const nano = sign === '-' ? -size : size;
  const kept = unscaled !== 0n && isKept(digits, fraction, suffix);
  return { kind: 'quantity', quantity: { nano, text: kept ? text : write(nano, suffix.format) } };
}
