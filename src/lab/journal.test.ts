import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Journal, MOST_ENTRIES, MOST_TEXT, spliceBetween, spliced } from './journal.ts';

describe('a journal', () => {
  it('keeps what came before it was full, and says since when it is', () => {
    const journal = new Journal();
    for (let i = 0; i < MOST_ENTRIES + 5; i++) journal.add({ kind: 'type', terminal: 0, text: 'a', steps: i, now: i });
    expect(journal.entries()).toHaveLength(MOST_ENTRIES);
    expect(journal.fullSince).toBe(MOST_ENTRIES);
  });

  it('counts text as well as entries, and takes nothing after a gap', () => {
    const journal = new Journal();
    journal.add({ kind: 'type', terminal: 0, text: 'a'.repeat(MOST_TEXT + 1), steps: 0, now: 7 });
    journal.add({ kind: 'close', terminal: 0, steps: 1, now: 8 });
    expect(journal.entries()).toEqual([]);
    expect(journal.fullSince).toBe(7);
  });
});

it('a change between two texts, carried out, makes the one into the other', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
      expect(spliced(before, spliceBetween(before, after))).toBe(after);
    }),
  );
  expect(spliceBetween('abcabc', 'abcXabc')).toEqual({ start: 3, removed: 0, text: 'X' });
});
