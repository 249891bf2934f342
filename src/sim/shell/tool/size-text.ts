/** Sizes for people, as -h shows them: BusyBox rounds to one decimal, GNU rounds up. */
import type { Family } from './tool.ts';

const UNITS = ['', 'K', 'M', 'G', 'T', 'P'];

/** @param bytes at least 0 */
export function sizeText(bytes: number, family: Family): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  if (unit === 0) return String(Math.round(value));
  if (family === 'busybox') return `${value.toFixed(1)}${UNITS[unit] ?? ''}`;
  const rounded = value < 10 ? Math.ceil(value * 10) / 10 : Math.ceil(value);
  if (rounded >= 1024) return `1.0${UNITS[unit + 1] ?? ''}`;
  return `${value < 10 && rounded < 10 ? rounded.toFixed(1) : rounded}${UNITS[unit] ?? ''}`;
}
