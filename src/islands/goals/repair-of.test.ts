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
    expect(repairOf(finding, '')).toEqual({ range, text: 'hostNetwork' });
  });

  it('replaces a single character that an input method left', () => {
    expect(repairOf({ code: 'yaml.fullWidthColon', params: {}, severity: 'error', range }, '')?.text).toBe(': ');
  });

  it('offers nothing where only the learner can tell', () => {
    expect(repairOf({ code: 'yaml.openQuote', params: {}, severity: 'error', range }, '')).toBeUndefined();
    expect(repairOf({ code: 'unknownField', params: { field: 'x' }, severity: 'error', range }, '')).toBeUndefined();
    expect(repairOf({ code: 'unknownField', params: { suggestion: 'a' }, severity: 'error' }, '')).toBeUndefined();
  });

  it('moves a field that stands too deep to where it belongs', () => {
    const text = 'kind: Pod\nspec:\n  # mine\n  containers:\n  - name: a\n    hostNetwork: true # here\n    image: b\n';
    const start = text.indexOf('hostNetwork');
    const finding = {
      code: 'unknownField',
      params: { belongs: 'spec.hostNetwork' },
      severity: 'error' as const,
      range: { start, end: start + 11, line: 6, column: 5 },
    };
    const repair = repairOf(finding, text);
    expect(repair && text.slice(0, repair.range.start) + repair.text + text.slice(repair.range.end)).toBe(
      'kind: Pod\nspec:\n  hostNetwork: true # here\n  # mine\n  containers:\n  - name: a\n    image: b\n',
    );
    const opening = text.replace('name: a\n    hostNetwork: true # here', 'hostNetwork: true');
    expect(repairOf({ ...finding, range: { ...finding.range, start: opening.indexOf('hostNetwork') } }, opening)).toBeUndefined();
  });
});
