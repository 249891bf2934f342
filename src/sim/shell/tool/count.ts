/** Numbers with a size letter, as head, tail, dd and truncate take them. */
const FACTORS: Readonly<Record<string, number>> = {
  b: 512,
  k: 1024,
  K: 1024,
  kB: 1000,
  KB: 1000,
  m: 1024 ** 2,
  M: 1024 ** 2,
  MB: 1000 ** 2,
  G: 1024 ** 3,
  GB: 1000 ** 3,
  c: 1,
  w: 2,
};

/** @returns undefined when `text` is no such number */
export function parseCount(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+)([A-Za-z]{0,2})$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const factor = unit === '' ? 1 : FACTORS[unit];
  return factor === undefined ? undefined : Number(digits) * factor;
}

/** Seconds with an optional unit, as sleep and timeout take them. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit = 's'] = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit] ?? 1);
}
