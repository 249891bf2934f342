import { expect, it } from 'vitest';
import { fullVerdict } from './bench-finding.ts';
import { LONGEST_TEXT } from './longest-text.ts';

it('a text that fills the window is judged by its end: line, column, and how much fits', () => {
  const text = 'a: b\n'.repeat(LONGEST_TEXT / 5);
  const { status, findings } = fullVerdict(text, { goals: [] } as never);
  expect(status).toBe('broken');
  expect(findings).toEqual([
    {
      code: 'textFull',
      params: { most: LONGEST_TEXT, line: LONGEST_TEXT / 5 + 1 },
      severity: 'error',
      range: { start: LONGEST_TEXT - 1, end: LONGEST_TEXT, line: LONGEST_TEXT / 5 + 1, column: 1 },
    },
  ]);
});
