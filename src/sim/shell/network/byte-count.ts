/** Sizes in words, as ifconfig of both families shows interface counters: `223367516 (213.0 MiB)`. */
const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** @param bytes @returns one decimal, truncated as both programs do, with a binary unit */
export function byteCount(bytes: number): string {
  let tenths = bytes * 10;
  let unit = 'B';
  for (const next of UNITS) {
    if (tenths < 10_240) break;
    tenths = Math.floor(tenths / 1024);
    unit = next;
  }
  return `${Math.floor(tenths / 10)}.${tenths % 10} ${unit}`;
}
