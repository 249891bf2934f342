/**
 * A journal as compact JSON values, and back. What comes back may be anybody's: it is taken only when every entry is of a
 * known kind, in order of time and within bounds. Knows nothing of addresses and compression.
 */
import { MOST_ENTRIES, type JournalEntry, type JournalInput } from './journal.ts';

type Field = string | number;
export type EntryText = readonly [steps: number, now: number | string, kind: string, ...fields: readonly Field[]];

/** Virtual milliseconds that a journal may reach: eight hours, the machines' boot included. */
export const LATEST = 28_800_000;
const MOST_ID = 10_000;
const MOST_CHARACTERS = 200_000;

const observer = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]{1,120}(?:\/[\w.-]{1,120}){0,2}$/.test(value);
const text = (value: unknown): value is string => typeof value === 'string' && value.length <= MOST_CHARACTERS;
const count = (most: number) => (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;
const id = count(MOST_ID);
const size = count(1_000);
const place = count(MOST_CHARACTERS * 4);

/** A file in the learner's home: no path, no hidden file, no name that an object has from birth. */
export function isFileName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][\w.-]{0,79}$/.test(value) && !(value in {});
}

/** Kind → its fields in the order in which they are written, each with what it may be. */
const shapes: { readonly [kind in JournalInput['kind']]: readonly (readonly [name: string, allowed: (value: unknown) => boolean])[] } = {
  open: [
    ['terminal', id],
    ['observer', observer],
    ['rows', size],
    ['columns', size],
  ],
  type: [
    ['terminal', id],
    ['text', text],
  ],
  resize: [
    ['terminal', id],
    ['rows', size],
    ['columns', size],
  ],
  close: [['terminal', id]],
  write: [
    ['file', isFileName],
    ['start', place],
    ['removed', place],
    ['text', text],
  ],
  run: [
    ['run', id],
    ['observer', observer],
    ['line', text],
  ],
  kill: [['run', id]],
  ask: [['request', id]],
  edited: [
    ['request', id],
    ['text', text],
  ],
};

/** Times are written as the difference to the last one where that is exact, else in full. */
export function writeEntries(entries: readonly JournalEntry[]): readonly EntryText[] {
  let last = { steps: 0, now: 0 };
  return entries.map((entry) => {
    const passed = Number((entry.now - last.now).toFixed(4));
    const now = last.now + passed === entry.now ? passed : String(entry.now);
    const steps = entry.steps - last.steps;
    last = entry;
    const values = new Map<string, unknown>(Object.entries(entry));
    const fields = shapes[entry.kind].flatMap(([name]) => (values.has(name) ? [values.get(name) as Field] : []));
    return [steps, now, entry.kind, ...fields];
  });
}

/** @returns undefined when it is no journal, or one that asks for too much */
export function readEntries(value: unknown): readonly JournalEntry[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_ENTRIES) return undefined;
  const entries: JournalEntry[] = [];
  let last = { steps: 0, now: 0 };
  for (const each of value as readonly unknown[]) {
    const entry = readEntry(each, last);
    if (!entry) return undefined;
    last = entry;
    entries.push(entry);
  }
  return entries;
}

function readEntry(value: unknown, last: { readonly steps: number; readonly now: number }): JournalEntry | undefined {
  if (!Array.isArray(value)) return undefined;
  const [passedSteps, passed, kind, ...fields] = value as readonly unknown[];
  if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) return undefined;
  const now = typeof passed === 'number' ? last.now + passed : typeof passed === 'string' ? Number(passed) : Number.NaN;
  const steps = last.steps + Number(passedSteps);
  if (!(now >= last.now && now <= LATEST) || !Number.isSafeInteger(steps) || steps < last.steps) return undefined;
  const shape = shapes[kind as JournalInput['kind']];
  const optional = kind === 'edited' ? 1 : 0;
  if (fields.length > shape.length || fields.length < shape.length - optional) return undefined;
  if (!fields.every((field, index) => shape[index]?.[1](field))) return undefined;
  const named = Object.fromEntries(fields.map((field, index) => [shape[index]?.[0], field]));
  return { kind, ...named, steps, now } as JournalEntry;
}
