/**
 * Puts a manifest, or a whole world's course, into the fragment of an address and reads it out again. A fragment is never
 * sent to a server. What is read is bounded text and numbers, checked one by one: a hostile link ends in a message.
 */
import { deflated, fromBase64url, inflated, toBase64url } from './compressed-text.ts';
import type { JournalEntry } from './journal.ts';
import { LONGEST_TEXT } from './longest-text.ts';
import { isFileName, LATEST, readEntries, writeEntries } from './journal-text.ts';

export interface SharedFile {
  readonly file: string;
  readonly text: string;
}

/** A world's course with the file that was open. */
export interface SharedWorld extends SharedFile {
  readonly lessonId: string;
  readonly seed: string;
  readonly epoch: number;
  /** Files at the beginning. */
  readonly files: readonly SharedFile[];
  readonly entries: readonly JournalEntry[];
  /** The moment to show, in milliseconds since the learner came. */
  readonly at: number;
}

export type SharedWork = SharedFile | SharedWorld;

const fileMark = 'manifest=';
const worldMark = 'world=';
const fileVersion = 1;
const worldVersion = 1;
/** Characters of a fragment, and of what it unfolds to. */
const LONGEST = 60_000;
const LARGEST = 1_000_000;
const MOST_FILES = 40;

export function isWorld(work: SharedWork): work is SharedWorld {
  return 'entries' in work;
}

/** Whether an address carries something of ours, readable or not. */
export function carriesWork(fragment: string): boolean {
  return /^#(?:manifest|world)=/.test(fragment);
}

/** The fragment, without `#`; undefined when it would be too long for an address. */
export async function writeSharedWork(work: SharedWork): Promise<string | undefined> {
  const value = isWorld(work)
    ? [
        worldVersion,
        work.lessonId,
        work.seed,
        work.epoch,
        work.files.map(({ file, text }) => [file, text]),
        writeEntries(work.entries),
        work.at,
        work.file,
        work.text,
      ]
    : [fileVersion, work.file, work.text];
  const fragment = (isWorld(work) ? worldMark : fileMark) + toBase64url(await deflated(JSON.stringify(value)));
  return fragment.length > LONGEST ? undefined : fragment;
}

/** What a fragment carries; `undefined` for any other fragment, and for a damaged or oversized one. */
export async function readSharedWork(fragment: string): Promise<SharedWork | undefined> {
  const data = fragment.replace(/^#/, '');
  const mark = [fileMark, worldMark].find((each) => data.startsWith(each));
  if (mark === undefined || data.length > LONGEST) return undefined;
  try {
    const value: unknown = JSON.parse(await inflated(fromBase64url(data.slice(mark.length)), LARGEST));
    if (!Array.isArray(value)) return undefined;
    return mark === worldMark ? readWorld(value) : readFile(value.slice(1), value[0] === fileVersion);
  } catch {
    // Damaged on the way, or made to harm: either way it is told as a link that cannot be read.
    return undefined;
  }
}

function readFile([file, text]: readonly unknown[], known = true): SharedFile | undefined {
  return known && isFileName(file) && typeof text === 'string' && text.length <= LONGEST_TEXT ? { file, text } : undefined;
}

function readWorld([version, lessonId, seed, epoch, files, entries, at, ...open]: readonly unknown[]): SharedWorld | undefined {
  if (version !== worldVersion || !isId(lessonId) || !isId(seed) || !isTime(epoch, 4_102_444_800_000) || !isTime(at, LATEST)) return undefined;
  if (!Array.isArray(files) || files.length > MOST_FILES) return undefined;
  const begun = files.map((each) => (Array.isArray(each) ? readFile(each) : undefined)).filter((each) => each !== undefined);
  const journal = readEntries(entries);
  const own = readFile(open);
  if (begun.length !== files.length || !journal || !own) return undefined;
  return { lessonId, seed, epoch, files: begun, entries: journal, at, ...own };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z0-9-]{1,60}\/[a-z0-9-]{1,60}$/.test(value);
}

function isTime(value: unknown, latest: number): value is number {
  return typeof value === 'number' && value >= 0 && value <= latest;
}
