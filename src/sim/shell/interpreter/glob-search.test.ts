import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, matchesPattern } from './glob-pattern.ts';
import { findPattern, prefixLengths } from './glob-search.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '[ab]'), minLength: 1, maxLength: 5 }).map(compilePattern);

describe('a shell pattern in a text', () => {
  it('is found where trying every piece of the text finds it: leftmost, then longest', () => {
    fc.assert(
      fc.property(pattern, text, (glob, given) => {
        let expected: { start: number; end: number } | undefined;
        for (let start = 0; start < given.length && !expected; start++)
          for (let end = given.length; end > start && !expected; end--) if (matchesPattern(glob, given.slice(start, end))) expected = { start, end };
        expect(findPattern(glob, [...given], 0)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('matches just those beginnings that match alone', () => {
    fc.assert(
      fc.property(pattern, text, (glob, given) => {
        const lengths = Array.from({ length: given.length + 1 }, (_, index) => index).filter((length) =>
          matchesPattern(glob, given.slice(0, length)),
        );
        expect(prefixLengths(glob, [...given])).toEqual(lengths);
      }),
      { numRuns: 3000 },
    );
  });

  it('is looked for in time that grows with the text, not with its square', () => {
    const long = [...'a'.repeat(200_000)];
    const glob = compilePattern('*a*a*a*b');
    const begun = process.cpuUsage();
    expect(findPattern(glob, long, 0)).toBeUndefined();
    expect(prefixLengths(glob, long)).toEqual([]);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(5_000);
  });
});
