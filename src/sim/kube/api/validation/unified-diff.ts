// The unified difference of two texts, line by line, grouped as the API server's messages show it.
// The matching follows the published description of Python's difflib, which upstream's Go library also follows; knows nothing of what the lines mean.

const CONTEXT = 3;

interface Match {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

interface Change {
  readonly equal: boolean;
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
}

/** Hunks with three lines of context and no file header; empty when the texts are equal. */
export function unifiedDiff(before: string, after: string): string {
  const a = before.split('\n');
  const b = after.split('\n');
  return grouped(changesOf(matchesOf(a, b), a.length, b.length))
    .map((group) => hunkText(group, a, b))
    .join('');
}

function hunkText(group: readonly Change[], a: readonly string[], b: readonly string[]): string {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return '';
  const lines = [`@@ -${rangeText(first.a[0], last.a[1])} +${rangeText(first.b[0], last.b[1])} @@`];
  for (const change of group) {
    if (change.equal) lines.push(...a.slice(...change.a).map((line) => ` ${line}`));
    else lines.push(...a.slice(...change.a).map((line) => `-${line}`), ...b.slice(...change.b).map((line) => `+${line}`));
  }
  return `${lines.join('\n')}\n`;
}

function rangeText(start: number, stop: number): string {
  const length = stop - start;
  if (length === 1) return String(start + 1);
  return `${String(length === 0 ? start : start + 1)},${String(length)}`;
}

/** Lines of `b` by text. In long texts lines that occur too often do not start a match, since they say little. */
function placesOf(b: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  b.forEach((line, index) => {
    const list = places.get(line);
    if (list === undefined) places.set(line, [index]);
    else list.push(index);
  });
  if (b.length >= 200) {
    const most = Math.floor(b.length / 100) + 1;
    for (const [line, list] of places) if (list.length > most) places.delete(line);
  }
  return places;
}

function matchesOf(a: readonly string[], b: readonly string[]): Match[] {
  const places = placesOf(b);
  const found: Match[] = [];
  const open: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    const [aLow, aHigh, bLow, bHigh] = box;
    const match = longestMatch({ a, b, places }, box);
    if (match.size === 0) continue;
    found.push(match);
    open.push([aLow, match.a, bLow, match.b], [match.a + match.size, aHigh, match.b + match.size, bHigh]);
  }
  return found.sort((x, y) => x.a - y.a || x.b - y.b);
}

interface Texts {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly places: ReadonlyMap<string, readonly number[]>;
}

/** The longest common run within a box; of equally long ones the first in `a`, then in `b`. */
function longestMatch({ a, b, places }: Texts, [aLow, aHigh, bLow, bHigh]: readonly [number, number, number, number]): Match {
  let best = { a: aLow, b: bLow, size: 0 };
  let lengths = new Map<number, number>();
  for (let i = aLow; i < aHigh; i += 1) {
    const next = new Map<number, number>();
    for (const j of places.get(a[i] ?? '') ?? []) {
      if (j < bLow || j >= bHigh) continue;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best.size) best = { a: i - length + 1, b: j - length + 1, size: length };
    }
    lengths = next;
  }
  while (best.a > aLow && best.b > bLow && a[best.a - 1] === b[best.b - 1]) {
    best = { a: best.a - 1, b: best.b - 1, size: best.size + 1 };
  }
  while (best.a + best.size < aHigh && best.b + best.size < bHigh && a[best.a + best.size] === b[best.b + best.size]) {
    best = { ...best, size: best.size + 1 };
  }
  return best;
}

function changesOf(matches: readonly Match[], aLength: number, bLength: number): Change[] {
  const changes: Change[] = [];
  let a = 0;
  let b = 0;
  for (const match of [...matches, { a: aLength, b: bLength, size: 0 }]) {
    if (a < match.a || b < match.b) changes.push({ equal: false, a: [a, match.a], b: [b, match.b] });
    const previous = changes.at(-1);
    a = match.a + match.size;
    b = match.b + match.size;
    if (match.size === 0) continue;
    if (previous?.equal === true) changes[changes.length - 1] = { equal: true, a: [previous.a[0], a], b: [previous.b[0], b] };
    else changes.push({ equal: true, a: [match.a, a], b: [match.b, b] });
  }
  return changes;
}

/** Cuts long equal stretches so that changes far apart stand in hunks of their own. */
function grouped(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  let group: Change[] = [];
  changes.forEach((change, index) => {
    if (!change.equal) {
      group.push(change);
      return;
    }
    const isFirst = index === 0;
    const isLast = index === changes.length - 1;
    const length = change.a[1] - change.a[0];
    if (!isFirst && !isLast && length <= 2 * CONTEXT) {
      group.push(change);
      return;
    }
    if (!isFirst) {
      const kept = Math.min(CONTEXT, length);
      group.push({ equal: true, a: [change.a[0], change.a[0] + kept], b: [change.b[0], change.b[0] + kept] });
      groups.push(group);
      group = [];
    }
    if (!isLast) {
      const kept = Math.min(CONTEXT, length);
      group.push({ equal: true, a: [change.a[1] - kept, change.a[1]], b: [change.b[1] - kept, change.b[1]] });
    }
  });
  if (group.length > 0) groups.push(group);
  return groups.filter((candidate) => candidate.some((change) => !change.equal));
}
