import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

describe('a unified difference', () => {
  it('shows what changed with three lines around it', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].join('\n');
    expect(unifiedDiff(before, before.replace('e', 'E'))).toBe('@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n');
  });

  it('joins changes that stand close together', () => {
    const before = Array.from({ length: 20 }, (_, index) => String(index)).join('\n');
    const after = before.replace('\n3\n', '\nx\n').replace('\n8\n', '\ny\n').replace('\n18\n', '\nz\n');
    expect(unifiedDiff(before, after).match(/@@ .* @@/g)).toEqual(['@@ -1,12 +1,12 @@', '@@ -16,5 +16,5 @@']);
  });

  it('is empty for equal texts, and otherwise leads from one text to the other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff(before, after);
        expect(diff === '').toBe(before === after);
        const count = (sign: string): number => diff.split('\n').filter((line) => line.startsWith(sign)).length;
        expect(count('+') - count('-')).toBe(after.split('\n').length - before.split('\n').length);
      }),
    );
  });
});
