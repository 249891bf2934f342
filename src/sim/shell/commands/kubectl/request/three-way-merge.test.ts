import { describe, expect, it } from 'vitest';
import { threeWayMerge } from './three-way-merge.ts';

describe('the three-way merge of apply', () => {
  it('removes what was applied before and is gone, and keeps what others have set', () => {
    const original = { spec: { a: 1, b: 2 } };
    const modified = { spec: { a: 1 } };
    const current = { spec: { a: 1, b: 2, defaulted: true } };
    expect(threeWayMerge({ original, modified, current })).toEqual({ spec: { a: 1, defaulted: true } });
  });

  it('merges containers by their name', () => {
    const original = {
      spec: {
        containers: [
          { name: 'a', image: 'x' },
          { name: 'old', image: 'y' },
        ],
      },
    };
    const modified = { spec: { containers: [{ name: 'a', image: 'z' }] } };
    const current = { spec: { containers: [{ name: 'injected' }, { name: 'a', image: 'x', tty: true }, { name: 'old', image: 'y' }] } };
    expect(threeWayMerge({ original, modified, current })).toEqual({
      spec: { containers: [{ name: 'injected' }, { name: 'a', image: 'z', tty: true }] },
    });
  });

  it('replaces lists that have no key', () => {
    expect(threeWayMerge({ original: {}, modified: { spec: { x: [1] } }, current: { spec: { x: [2, 3] } } })).toEqual({ spec: { x: [1] } });
  });

  it('drops the other members of a strategy that is changed', () => {
    const current = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } };
    expect(threeWayMerge({ original: {}, modified: { spec: { strategy: { type: 'Recreate' } } }, current })).toEqual({
      spec: { strategy: { type: 'Recreate' } },
    });
    expect(threeWayMerge({ original: {}, modified: { spec: { strategy: { type: 'RollingUpdate' } } }, current })).toEqual(current);
  });
});
