/** Where in a text a shell pattern matches: all possible matches are followed at once, so that time grows with pattern times text and no faster. */
import { matchesOne, type GlobPattern } from './glob-pattern.ts';

export interface Found {
  readonly start: number;
  readonly end: number;
}

/** For each place in the pattern the earliest start of a match that has come so far, or -1. */
type Front = Int32Array;

/** Puts a match that began at `start` before token `at`; a star may stand for nothing. */
function advance(front: Front, pattern: GlobPattern, { at, start }: { readonly at: number; readonly start: number }): void {
  for (let place = at; ; place++) {
    const there = front[place] ?? -1;
    if (there >= 0 && there <= start) return;
    front[place] = start;
    if (pattern[place]?.kind !== 'star') return;
  }
}

/** @returns the leftmost match at or behind `from` that is not empty, and of these the longest */
export function findPattern(pattern: GlobPattern, characters: readonly string[], from: number): Found | undefined {
  let best: Found | undefined;
  let front = new Int32Array(pattern.length + 1).fill(-1);
  for (let i = from; i <= characters.length; i++) {
    if (!best) advance(front, pattern, { at: 0, start: i });
    const complete = front[pattern.length] ?? -1;
    if (complete >= 0 && complete < i && (!best || complete <= best.start)) best = { start: complete, end: i };
    const next = new Int32Array(pattern.length + 1).fill(-1);
    let alive = false;
    pattern.forEach((token, at) => {
      const start = front[at] ?? -1;
      if (start < 0 || (best && start > best.start) || i === characters.length) return;
      if (token.kind === 'star') advance(next, pattern, { at, start });
      else if (matchesOne(token, characters[i] ?? '')) advance(next, pattern, { at: at + 1, start });
      else return;
      alive = true;
    });
    if (best && !alive) break;
    front = next;
  }
  return best;
}

/** How many characters from the beginning the pattern can match, in order; none where it cannot. */
export function prefixLengths(pattern: GlobPattern, characters: readonly string[]): readonly number[] {
  const lengths: number[] = [];
  let front = new Int32Array(pattern.length + 1).fill(-1);
  advance(front, pattern, { at: 0, start: 0 });
  for (let i = 0; i <= characters.length; i++) {
    if ((front[pattern.length] ?? -1) >= 0) lengths.push(i);
    const next = new Int32Array(pattern.length + 1).fill(-1);
    let alive = false;
    pattern.forEach((token, at) => {
      if ((front[at] ?? -1) < 0) return;
      if (token.kind === 'star') advance(next, pattern, { at, start: 0 });
      else if (matchesOne(token, characters[i] ?? '')) advance(next, pattern, { at: at + 1, start: 0 });
      else return;
      alive = true;
    });
    if (!alive) break;
    front = next;
  }
  return lengths;
}
