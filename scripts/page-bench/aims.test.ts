import { describe, expect, it } from 'vitest';
import { linesOf, median, medians, written } from './aims.ts';

describe('the page’s aims', () => {
  it('takes the middle of several runs, measure by measure', () => {
    expect(median([3, 900, 1])).toBe(3);
    expect(median([])).toBeUndefined();
    expect(medians([{ fcp: 300, enter: 9 }, { fcp: 900 }, { fcp: 310 }])).toEqual({ fcp: 310, enter: 9 });
  });

  it('misses an aim only above it', () => {
    const kept = Object.fromEntries(linesOf('zh/', { html: 14_336, script: 10_241, shift: 0, fcp: 5000 }).map((line) => [line.measure, line.kept]));
    expect(kept).toEqual({ html: true, script: false, shift: true, fcp: true });
  });

  it('writes value, aim and verdict', () => {
    const [line] = linesOf('zh/', { longTask: 61.04 });
    expect(line && written(line).replace(/ +/g, ' ')).toBe('longest task before interaction 61 ms ≤ 50 ms ✗');
  });
});
