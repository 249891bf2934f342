/** Findings as the window takes them: offsets and lines as editors count them, and no empty parts. */
import type { ExerciseVerdict, VerdictFinding } from '../exercise/verdict.ts';
import type { BenchFinding, Verdict } from './bench-contract.ts';

export function benchVerdict({ status, findings, goals }: ExerciseVerdict): Verdict {
  return {
    status,
    findings: findings.map(benchFinding),
    goals: goals.map((goal) => ({ ...goal, findings: goal.findings.map(benchFinding) })),
  };
}

function benchFinding(finding: VerdictFinding): BenchFinding {
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
