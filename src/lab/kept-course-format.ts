/**
 * A lesson's cluster as a text: not the cluster, but all that entered it. What comes back may be damaged or another's; it is
 * taken only when every part has its shape and its bounds. Pure; knows no storage and no world.
 */
import { isFileName, readEntries, writeEntries } from './journal-text.ts';
import type { JournalEntry, Place } from './journal.ts';
import type { RunLine } from './typed-lines.ts';

export interface KeptCourse {
  readonly epoch: number | undefined;
  /** Files at the beginning. */
  readonly files: ReadonlyMap<string, string>;
  readonly entries: readonly JournalEntry[];
  /** Where the world was when it was left. */
  readonly end: Place;
  /** Lines that were run, for goals that ask whether something was looked at. */
  readonly lines: readonly RunLine[];
}

const version = 1;
/** Characters that one course may take, and actions that bringing it about again may take. */
const LARGEST = 300_000;
const MOST_STEPS = 400_000;
const MOST_FILES = 40;
const MOST_LINES = 500;
const MOST_TEXT = 200_000;
const LATEST_EPOCH = 4_102_444_800_000;

export function courseText(course: KeptCourse | 'tooLong'): string {
  const tooLong = JSON.stringify([version, 'tooLong']);
  if (course === 'tooLong' || course.end.steps > MOST_STEPS) return tooLong;
  const { epoch, files, entries, end, lines } = course;
  const text = JSON.stringify([
    version,
    epoch ?? null,
    [...files],
    writeEntries(entries),
    [end.steps, end.now],
    lines.slice(-MOST_LINES).map(({ at, line }) => [at, line]),
  ]);
  return text.length > LARGEST ? tooLong : text;
}

/** Never throws, whatever the text. */
export function parseCourse(text: string): KeptCourse | 'damaged' | 'tooLong' {
  try {
    const value: unknown = text.length > LARGEST ? undefined : JSON.parse(text);
    if (!Array.isArray(value) || value[0] !== version) return 'damaged';
    if (value[1] === 'tooLong') return 'tooLong';
    const [, epoch, files, entries, end, lines] = value as readonly unknown[];
    const journal = readEntries(entries);
    const place = placeOf(end);
    const begun = pairsOf(files, MOST_FILES);
    const run = pairsOf(lines, MOST_LINES);
    const last = journal?.at(-1);
    if (!journal || !place || !begun || !run || place.steps > MOST_STEPS) return 'damaged';
    if (last && (last.steps > place.steps || last.now > place.now)) return 'damaged';
    if (!begun.every(([name]) => isFileName(name)) || !(epoch === null || isCount(epoch, LATEST_EPOCH))) return 'damaged';
    return { epoch: epoch ?? undefined, files: new Map(begun), entries: journal, end: place, lines: run.map(([at, line]) => ({ at, line })) };
  } catch {
    return 'damaged';
  }
}

function placeOf(value: unknown): Place | undefined {
  if (!Array.isArray(value)) return undefined;
  const [steps, now] = value as readonly unknown[];
  return isCount(steps, Number.MAX_SAFE_INTEGER) && isCount(now, Number.MAX_SAFE_INTEGER) ? { steps, now } : undefined;
}

function pairsOf(value: unknown, most: number): readonly (readonly [string, string])[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const pairs = value.filter((each): each is [string, string] => {
    if (!Array.isArray(each) || each.length !== 2) return false;
    return each.every((part) => typeof part === 'string' && part.length <= MOST_TEXT);
  });
  return pairs.length === value.length ? pairs : undefined;
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && value >= 0 && value <= most;
}
