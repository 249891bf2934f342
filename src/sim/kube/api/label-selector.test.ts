import { describe, expect, it } from 'vitest';
import { matchesLabelSelector } from './label-selector.ts';

const labels = { app: 'web', tier: 'front' };

describe('a label selector', () => {
  it('matches nothing when it is absent and everything when it is empty', () => {
    expect(matchesLabelSelector(undefined, labels)).toBe(false);
    expect(matchesLabelSelector({}, undefined)).toBe(true);
  });

  it('needs all of its labels', () => {
    expect(matchesLabelSelector({ matchLabels: { app: 'web' } }, labels)).toBe(true);
    expect(matchesLabelSelector({ matchLabels: { app: 'web', tier: 'back' } }, labels)).toBe(false);
  });

  it.each([
    [{ key: 'app', operator: 'In', values: ['web', 'db'] }, true],
    [{ key: 'zone', operator: 'In', values: ['a'] }, false],
    [{ key: 'app', operator: 'NotIn', values: ['web'] }, false],
    [{ key: 'zone', operator: 'NotIn', values: ['a'] }, true],
    [{ key: 'app', operator: 'Exists' }, true],
    [{ key: 'app', operator: 'DoesNotExist' }, false],
    [{ key: 'app', operator: 'in', values: ['web'] }, false],
  ])('understands %j', (requirement, expected) => {
    expect(matchesLabelSelector({ matchExpressions: [requirement] }, labels)).toBe(expected);
  });
});
