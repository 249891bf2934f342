import { describe, expect, it } from 'vitest';
import { lineChanges } from './line-changes.ts';

const marks = (before: string, after: string) =>
  lineChanges([...before], [...after])
    .map(({ change, text }) => ({ same: ' ', came: '+', went: '-' })[change] + text)
    .join('');

describe('lineChanges', () => {
  it('marks nothing where nothing changed', () => expect(marks('abc', 'abc')).toBe(' a b c'));
  it('shows what went where it stood', () => expect(marks('abc', 'ac')).toBe(' a-b c'));
  it('shows what came', () => expect(marks('ac', 'abc')).toBe(' a+b c'));
  it('marks everything of a first output as having come', () => expect(marks('', 'ab')).toBe('+a+b'));
});
