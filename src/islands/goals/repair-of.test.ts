import { describe, expect, it } from 'vitest';
import { repairOf } from './repair-of.ts';

const range = { start: 4, end: 5, line: 1, column: 5 };

describe('repairOf', () => {
  it('offers the field that was nearly written', () => {
    const finding = {
      code: 'unknownField',
      params: { field: 'hostNetwrk', suggestion: 'hostNetwork' },
      severity: 'error',
      range,
    } as const;
    expect(repairOf(finding)).toEqual({ range, text: 'hostNetwork' });
  });

  it('replaces a single character that an input method left', () => {
    expect(repairOf({ code: 'yaml.fullWidthColon', params: {}, severity: 'error', range })?.text).toBe(': ');
  });

  it('offers nothing where only the learner can tell', () => {
    expect(repairOf({ code: 'yaml.openQuote', params: {}, severity: 'error', range })).toBeUndefined();
    expect(repairOf({ code: 'unknownField', params: { field: 'x' }, severity: 'error', range })).toBeUndefined();
    expect(repairOf({ code: 'unknownField', params: { suggestion: 'a' }, severity: 'error' })).toBeUndefined();
  });
});
