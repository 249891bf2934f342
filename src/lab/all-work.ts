/**
 * Everything that this browser keeps of the course as one file, and back. The rule for bringing one in: nothing that is
 * here is lost. Lessons join (`joinLessons`), choices such as the theme are taken from the file, all else stays.
 */
import { joinLessons, parseSavedLesson } from './saved-work-format.ts';

const prefix = 'namespace-lab:';
const lessonPrefix = `${prefix}lesson:`;
const format = 'namespace-lab';
/** Characters of a file that may be brought in, and of one entry. */
const LARGEST = 8_000_000;
const LARGEST_ENTRY = 2_000_000;

type Entries = ReadonlyMap<string, string>;

/** Why nothing was brought in. */
export type ImportRefusal = 'wrong' | 'full';

/** The text of the file to keep. */
export function exportWork(): string {
  return `${JSON.stringify({ format, version: 1, entries: Object.fromEntries([...kept()].sort()) }, undefined, 2)}\n`;
}

/** Brings a kept file in. @returns the way to undo it, or why nothing has changed */
export function importWork(text: string): (() => void) | ImportRefusal {
  const brought = parse(text);
  if (!brought) return 'wrong';
  const before = kept();
  const undo = (): void => {
    replaceAll(before);
  };
  try {
    for (const [key, value] of brought) localStorage.setItem(key, joined(key, before.get(key), value));
  } catch {
    undo();
    return 'full';
  }
  return undo;
}

/** Forgets everything; the result brings it back. */
export function eraseWork(): () => void {
  const before = kept();
  replaceAll(new Map());
  return () => {
    replaceAll(before);
  };
}

function joined(key: string, own: string | undefined, brought: string): string {
  if (own === undefined || !key.startsWith(lessonPrefix)) return brought;
  const [mine, theirs] = [parseSavedLesson(own), parseSavedLesson(brought)];
  return mine && theirs ? JSON.stringify(joinLessons(mine, theirs, 'own')) : brought;
}

function kept(): Entries {
  const entries = new Map<string, string>();
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) entries.set(key, localStorage.getItem(key) ?? '');
  } catch {
    // Where nothing can be kept, nothing is.
  }
  return entries;
}

function replaceAll(entries: Entries): void {
  for (const key of kept().keys()) if (!entries.has(key)) localStorage.removeItem(key);
  for (const [key, value] of entries) localStorage.setItem(key, value);
}

function parse(text: string): Entries | undefined {
  if (text.length > LARGEST) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { format: found, version, entries } = value as { readonly [key: string]: unknown };
    if (found !== format || version !== 1 || typeof entries !== 'object' || entries === null) return undefined;
    const all = new Map<string, string>();
    for (const [key, each] of Object.entries(entries)) {
      if (!/^namespace-lab:[\w:/-]{1,200}$/.test(key) || typeof each !== 'string' || each.length > LARGEST_ENTRY) return undefined;
      if (key.startsWith(lessonPrefix) && !parseSavedLesson(each)) return undefined;
      all.set(key, each);
    }
    return all;
  } catch {
    return undefined;
  }
}
