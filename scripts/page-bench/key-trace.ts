// Reads from a browser's trace what a key cost: the main thread's work from the key to a change, without the time in which it
// had nothing to do. Timers in the page cannot tell: browsers hold them back between a key and the next picture.

/** An event of Chromium's trace, in the parts that are read here; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
}

/** The trace's categories that hold what is read here, and little else. */
export const keyCategories: readonly string[] = ['toplevel', 'blink.user_timing'];

/** What the page marks for the key with number `key`. */
export const markOf = (key: number, what: 'key' | 'text' | 'verdict' | 'painted'): string => `bench-${what}-${key}`;

export interface KeyCost {
  /** Milliseconds of work until the text, and until the verdict, had changed. */
  readonly text: number;
  readonly verdict: number;
  /** The verdict came after the picture that the key brought about. */
  readonly late: boolean;
}

const TASK = 'ThreadControllerImpl::RunTask';

/**
 * @param events of one recording, in any order
 * @param keys how many keys were marked, counted from 0
 * @returns the cost of each key that changed both; the others are left out
 */
export function keyCosts(events: readonly TraceEvent[], keys: number): KeyCost[] {
  const markByName = new Map(events.filter(({ name }) => name.startsWith('bench-')).map((event) => [event.name, event]));
  const [first] = markByName.values();
  const tasks = events
    .filter(({ name, pid, tid }) => name === TASK && pid === first?.pid && tid === first.tid)
    .map(({ ts, dur = 0 }) => ({ from: ts, to: ts + dur }))
    .sort((a, b) => a.from - b.from);
  const work = (from: number, to: number): number => {
    let total = 0;
    let counted = from;
    for (const task of tasks) {
      const begin = Math.max(task.from, counted);
      const end = Math.min(task.to, to);
      if (end <= begin) continue;
      total += end - begin;
      // A task within a task, as a nested loop makes it, counts once.
      counted = end;
    }
    return total / 1000;
  };
  return Array.from({ length: keys }, (_, key) => key).flatMap((key) => {
    const [at, text, verdict, painted] = (['key', 'text', 'verdict', 'painted'] as const).map((what) => markByName.get(markOf(key, what))?.ts);
    if (at === undefined || text === undefined || verdict === undefined) return [];
    return [{ text: work(at, text), verdict: work(at, verdict), late: painted !== undefined && verdict > painted }];
  });
}
