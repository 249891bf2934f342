// Resource quantities: 500m, 1.5Gi, 2e3. Parses, compares and writes them in canonical form.
// Modelled on k8s.io/apimachinery pkg/api/resource/quantity.go (v1.37); knows nothing of which resource is meant.

import type { Quantity } from './types-meta.ts';

type Format = 'decimalSI' | 'binarySI' | 'decimalExponent';

/** A parsed quantity: its value in billionths, and the family of suffixes it was written with. */
export interface ParsedQuantity {
  readonly nano: bigint;
  readonly format: Format;
}

const NANO = 1_000_000_000n;

const DECIMAL_POWER: Readonly<Record<string, number>> = {
  n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18,
};
const BINARY_POWER: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };

const SHAPE = /^([+-]?)(\d*)(?:\.(\d*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/**
 * Parses a quantity; undefined when it is not one. Digits beyond a billionth are rounded up, as upstream does.
 */
export function parseQuantity(quantity: Quantity): ParsedQuantity | undefined {
  const match = SHAPE.exec(String(quantity).trim());
  if (match === null) return undefined;
  const whole = match[2] ?? '';
  const fraction = match[3] ?? '';
  const suffix = match[4] ?? '';
  if (whole === '' && fraction === '') return undefined;
  const scale = scaleOf(suffix);
  if (scale === undefined) return undefined;
  const numerator = BigInt(`${whole}${fraction}`) * NANO * scale.times;
  const denominator = 10n ** BigInt(fraction.length) * scale.over;
  const magnitude = (numerator + denominator - 1n) / denominator;
  return { nano: match[1] === '-' ? -magnitude : magnitude, format: scale.format };
}

interface Scale {
  readonly times: bigint;
  readonly over: bigint;
  readonly format: Format;
}

function scaleOf(suffix: string): Scale | undefined {
  const binary = BINARY_POWER[suffix];
  if (binary !== undefined) return { times: 1024n ** BigInt(binary), over: 1n, format: 'binarySI' };
  const decimal = DECIMAL_POWER[suffix];
  if (decimal !== undefined) return tenTo(decimal, 'decimalSI');
  const exponent = Number(suffix.slice(1));
  return Math.abs(exponent) > 100 ? undefined : tenTo(exponent, 'decimalExponent');
}

function tenTo(power: number, format: Format): Scale {
  const ten = 10n ** BigInt(Math.abs(power));
  return power < 0 ? { times: 1n, over: ten, format } : { times: ten, over: 1n, format };
}

/** The canonical text: the largest suffix that leaves a whole number (`1024Mi` becomes `1Gi`, `0.5` becomes `500m`). */
export function quantityText(parsed: ParsedQuantity): string {
  if (parsed.nano === 0n) return '0';
  if (parsed.format === 'binarySI' && parsed.nano % NANO === 0n && abs(parsed.nano) >= 1024n * NANO) {
    let value = parsed.nano / NANO;
    let power = 0;
    while (power < 6 && value % 1024n === 0n) {
      value /= 1024n;
      power += 1;
    }
    return `${String(value)}${['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'][power] ?? ''}`;
  }
  let value = parsed.nano;
  let power = -9;
  while (power < 18 && value % 1000n === 0n) {
    value /= 1000n;
    power += 3;
  }
  if (parsed.format === 'decimalExponent') return power === 0 ? String(value) : `${String(value)}e${String(power)}`;
  return `${String(value)}${['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'][(power + 9) / 3] ?? ''}`;
}

/** Canonical text of a written quantity; what is not a quantity comes back as it was. */
export function canonicalQuantity(quantity: Quantity): string {
  const parsed = parseQuantity(quantity);
  return parsed === undefined ? String(quantity) : quantityText(parsed);
}

/** Value in billionths; 0 for what is not a quantity. */
export function quantityNano(quantity: Quantity | undefined): bigint {
  return quantity === undefined ? 0n : (parseQuantity(quantity)?.nano ?? 0n);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
