// What a page must keep to, and how a measurement is held against it. Knows neither browsers nor pages.
const kilobyte = 1024;
/** One frame of a screen that shows sixty a second. */
const frameMs = 1000 / 60;

export interface Aim {
  /** As it stands in the table. */
  readonly label: string;
  readonly unit: 'B' | 'ms' | '';
  /** The most that is allowed; without one the value is only told. */
  readonly most?: number;
}

/** Everything that is measured, in the order of the table. */
export const aims = {
  html: { label: 'HTML with its CSS, brotli', unit: 'B', most: 14 * kilobyte },
  blocking: { label: 'further requests before the first paint', unit: '', most: 0 },
  script: { label: 'script before interaction', unit: 'B', most: 10 * kilobyte },
  all: { label: 'everything before interaction', unit: 'B', most: 40 * kilobyte },
  fcp: { label: 'first contentful paint', unit: 'ms' },
  lcpAfterFcp: { label: 'largest paint after the first', unit: 'ms', most: 0 },
  shift: { label: 'layout shift', unit: '', most: 0 },
  longTask: { label: 'longest task before interaction', unit: 'ms', most: 50 },
  plainKey: { label: 'plain editor: key to text and verdict', unit: 'ms', most: 4 },
  plainKeySlow: { label: 'plain editor: the same, slowed down', unit: 'ms', most: 20 },
  plainLate: { label: 'plain editor: verdicts after their frame', unit: '', most: 0 },
  richKey: { label: 'Monaco: key to text and verdict', unit: 'ms', most: 4 },
  richKeySlow: { label: 'Monaco: the same, slowed down', unit: 'ms', most: 20 },
  richLate: { label: 'Monaco: verdicts after their frame', unit: '', most: 0 },
  enter: { label: 'terminal: Enter to output', unit: 'ms', most: frameMs },
  next: { label: 'next lesson: click to paint', unit: 'ms', most: 30 },
  nextUnprepared: { label: 'next lesson where browsers cannot prepare it', unit: 'ms' },
} as const satisfies { readonly [name: string]: Aim };

export type Measure = keyof typeof aims;
export type Measured = { readonly [measure in Measure]?: number };

/** The middle value; `undefined` for none. */
export function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}

/** The median of each measure over several runs. */
export function medians(runs: readonly Measured[]): Measured {
  const names = Object.keys(aims) as readonly Measure[];
  const known = names.map((name) => [name, median(runs.flatMap((run) => run[name] ?? []))] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

export interface Line {
  readonly page: string;
  readonly measure: Measure;
  readonly value: number;
  readonly kept: boolean;
}

/** One line per measurement, in the order of the table. */
export function linesOf(page: string, measured: Measured): readonly Line[] {
  return (Object.keys(aims) as readonly Measure[]).flatMap((measure) => {
    const value = measured[measure];
    if (value === undefined) return [];
    const { most }: Aim = aims[measure];
    return [{ page, measure, value, kept: most === undefined || rounded(value) <= rounded(most) }];
  });
}

/** The line as text: label, value, aim, verdict. */
export function written({ measure, value, kept }: Line): string {
  const { label, unit, most }: Aim = aims[measure];
  const amount = (number: number): string => `${rounded(number)}${unit === '' ? '' : ` ${unit}`}`;
  return [
    label.padEnd(46),
    amount(value).padStart(10),
    (most === undefined ? '' : `≤ ${amount(most)}`).padStart(13),
    most === undefined ? '' : kept ? '  ✓' : '  ✗',
  ].join('');
}

function rounded(value: number): number {
  return Math.abs(value) < 1 ? Math.round(value * 1000) / 1000 : Math.round(value * 10) / 10;
}
