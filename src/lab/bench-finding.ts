/** Findings as the window takes them: offsets and lines as editors count them, and no empty parts. */
import type { VerdictFinding } from '../exercise/verdict.ts';
import type { Exercise } from '../exercise/exercise.ts';
import type { BenchFinding, Verdict } from './bench-contract.ts';
import { LONGEST_TEXT } from './longest-text.ts';

export function benchFinding(finding: VerdictFinding): BenchFinding {
  const { code, params, severity, range, path, upstream, misconception } = finding;
  const cause = code === 'yaml' ? params['cause'] : undefined;
  return {
    code: typeof cause === 'string' ? `yaml.${cause}` : code,
    params,
    severity,
    ...(range === undefined
      ? {}
      : { range: { start: range.start.offset, end: range.end.offset, line: range.start.line + 1, column: range.start.column + 1 } }),
    ...(path === undefined ? {} : { path }),
    ...(upstream === '' ? {} : { upstream }),
    ...(misconception === undefined ? {} : { misconception }),
  };
}

/** The verdict on a text that fills the window: what did not fit is missing, so there is nothing to judge. */
export function fullVerdict(text: string, exercise: Exercise): Verdict {
  const before = text.slice(0, LONGEST_TEXT).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return {
    status: 'broken',
    findings: [
      {
        code: 'textFull',
        params: { most: LONGEST_TEXT, line },
        severity: 'error',
        range: { start: LONGEST_TEXT - 1, end: LONGEST_TEXT, line, column },
      },
    ],
    goals: exercise.goals.map(({ id }) => ({ id, met: false, findings: [] })),
  };
}
