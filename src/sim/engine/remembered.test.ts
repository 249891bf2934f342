import { describe, expect, it } from 'vitest';
import { remembered } from './remembered.ts';

describe('a remembered function', () => {
  it('works a text out once', () => {
    let calls = 0;
    const length = remembered((text) => {
      calls++;
      return text.length;
    });
    expect([length('abc'), length('abc'), length(''), length('')]).toEqual([3, 3, 0, 0]);
    expect(calls).toBe(2);
  });

  it('never holds more than its limit', () => {
    let calls = 0;
    const same = remembered((text) => {
      calls++;
      return text;
    }, 2);
    for (const text of ['a', 'b', 'c', 'a']) expect(same(text)).toBe(text);
    expect(calls).toBe(4);
  });
});
