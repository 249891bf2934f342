/** What happened in a world, in order: the cluster's events with the exact time of each, and what the learner ran. */
import type { TimelineEntry } from './bench-contract.ts';
import type { JournalEntry } from './journal.ts';
import type { Scene } from './scene.ts';
import { lineReader } from './typed-lines.ts';

/** All of it with times since the learner entered; of the journal what lies before the world's present. */
export function timelineEntries(scene: Scene, entries: readonly JournalEntry[]): readonly TimelineEntry[] {
  const past = entries.filter(({ now }) => now <= scene.simulation.now);
  return [...scene.events, ...linesRun(past, scene.entered)].sort((a, b) => a.at - b.at);
}

/** Command lines out of a journal, with times since `entered`; `object` is the place where they were run. */
function linesRun(entries: readonly JournalEntry[], entered: number): readonly TimelineEntry[] {
  const found: TimelineEntry[] = [];
  const readers = new Map<number, (text: string) => void>();
  let now = 0;
  for (const entry of entries) {
    now = entry.now;
    const add = (observer: string) => (line: string) => {
      found.push({ at: Math.max(0, now - entered), source: 'learner', reason: '', message: line, object: observer });
    };
    if (entry.kind === 'open') readers.set(entry.terminal, lineReader(add(entry.observer)));
    else if (entry.kind === 'type') readers.get(entry.terminal)?.(entry.text);
    else if (entry.kind === 'run') add(entry.observer)(entry.line);
  }
  return found;
}
