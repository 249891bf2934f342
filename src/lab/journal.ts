/**
 * Everything that entered one world from outside, in order, each with its exact place in that world's time: enough to
 * bring any moment about again. Bounded. Knows what an input is, not what it does.
 */

/** What can be done to a world. Terminals, runs and editor requests are numbered from 0 in the order of their beginning. */
export type JournalInput =
  | { readonly kind: 'open'; readonly terminal: number; readonly observer: string; readonly rows: number; readonly columns: number }
  | { readonly kind: 'type'; readonly terminal: number; readonly text: string }
  | { readonly kind: 'resize'; readonly terminal: number; readonly rows: number; readonly columns: number }
  | { readonly kind: 'close'; readonly terminal: number }
  /** A file in the learner's home: `removed` characters from `start` on give way to `text`. */
  | { readonly kind: 'write'; readonly file: string; readonly start: number; readonly removed: number; readonly text: string }
  | { readonly kind: 'run'; readonly run: number; readonly observer: string; readonly line: string }
  | { readonly kind: 'kill'; readonly run: number }
  /** The window took the editor request of this number; looked up, not carried out. */
  | { readonly kind: 'ask'; readonly request: number }
  /** The editor has ended: with a text the file was written first. */
  | { readonly kind: 'edited'; readonly request: number; readonly text?: string };

/** A place in a world's time: after so many actions, at that virtual time. */
export interface Place {
  readonly steps: number;
  readonly now: number;
}

export type JournalEntry = JournalInput & Place;

/** What a journal may hold; a classroom's hour of work is a tenth of it. */
export const MOST_ENTRIES = 6_000;
export const MOST_TEXT = 400_000;

export class Journal {
  readonly #entries: JournalEntry[] = [];
  #size = 0;
  #fullSince: number | undefined;

  /** Adds an input; where there is no room any more, nothing of what follows is kept. */
  add(entry: JournalEntry): void {
    if (this.#fullSince !== undefined) return;
    this.#size += 'text' in entry ? (entry.text?.length ?? 0) : 'line' in entry ? entry.line.length : 0;
    if (this.#entries.length >= MOST_ENTRIES || this.#size > MOST_TEXT) this.#fullSince = entry.now;
    else this.#entries.push(entry);
  }

  entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Virtual time of the first input that found no room: later moments cannot be brought about again. */
  get fullSince(): number | undefined {
    return this.#fullSince;
  }
}

/** The smallest change that makes `before` into `after`. */
export function spliceBetween(before: string, after: string): { readonly start: number; readonly removed: number; readonly text: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  return { start, removed: before.length - start - end, text: after.slice(start, after.length - end) };
}

export function spliced(
  before: string,
  { start, removed, text }: { readonly start: number; readonly removed: number; readonly text: string },
): string {
  return before.slice(0, start) + text + before.slice(start + removed);
}
