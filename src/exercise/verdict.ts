/**
 * Judges a learner's manifest against an exercise: what the API server would say, then the goals. Pure and fast enough for
 * every keystroke; words come from i18n.
 */
import { keyRangeOf } from '../sim/kube/api/decode/manifest.ts';
import { parseManifest } from '../sim/kube/api/decode/parse-manifest.ts';
import { verdictOf, type Problem, type VerdictContext } from '../sim/kube/api/verdict.ts';
import type { SourceRange } from '../sim/kube/api/yaml/source.ts';
import type { CheckFinding, FindingParams } from './check.ts';
import type { Exercise } from './exercise.ts';
import { troublesOf } from './troubles.ts';
import type { WorldView } from './world-view.ts';

export interface VerdictFinding {
  readonly code: string;
  readonly params: FindingParams;
  readonly severity: 'error' | 'warning';
  readonly range: SourceRange | undefined;
  readonly path: string | undefined;
  /** The real component's own words; empty for findings of the exercise. */
  readonly upstream: string;
  /** Id of a misconception of the exercise that it reveals. */
  readonly misconception: string | undefined;
}

export interface GoalVerdict {
  readonly id: string;
  readonly met: boolean;
  readonly findings: readonly VerdictFinding[];
}

export interface ExerciseVerdict {
  /** `broken`: no YAML that kubectl could send; `refused`: the API server says no; `accepted`; `solved`: all goals are met. */
  readonly status: 'broken' | 'refused' | 'accepted' | 'solved';
  readonly findings: readonly VerdictFinding[];
  readonly goals: readonly GoalVerdict[];
  /** What `kubectl create -f` would print. */
  readonly stderr: string;
}

export interface JudgeRequest {
  readonly text: string;
  readonly exercise: Exercise;
  readonly context: VerdictContext;
  /** The running world, for goals that need it. */
  readonly world: WorldView | undefined;
}

/** Problems that kubectl finds before it asks the server. */
const CLIENT_CODES = new Set<string>([
  'yaml',
  'separator',
  'notAnObject',
  'apiVersionMissing',
  'apiVersionNotString',
  'kindMissing',
  'kindNotString',
  'apiVersionMalformed',
  'noKind',
  'noObjects',
]);

/** Judges `text`. Never throws, whatever the text. */
export function judge({ text, exercise, context, world }: JudgeRequest): ExerciseVerdict {
  const verdict = verdictOf(text, { ...context, file: exercise.file });
  const errors = verdict.problems.filter((problem) => problem.severity === 'error');
  const misconceptionOf = (code: string): string | undefined => exercise.misconceptions.find((each) => each.revealedBy.includes(code))?.id;
  const findings = verdict.problems.map((problem): VerdictFinding => ({
    code: problem.code,
    params: problem.params,
    severity: problem.severity,
    range: problem.range,
    path: problem.params['field'] ?? problem.params['path'],
    upstream: problem.message,
    misconception: misconceptionOf(detailedCode(problem)) ?? misconceptionOf(problem.code),
  }));
  const accepted = errors.length === 0 ? verdict.accepted : [];
  const locate = locator(text);
  const goals = exercise.goals.map(({ id, check }): GoalVerdict => {
    if (errors.length > 0) return { id, met: false, findings: [] };
    const found = check.judge({ objects: accepted, world });
    return {
      id,
      met: found.length === 0,
      findings: found.map((each): VerdictFinding => ({
        ...each,
        severity: 'error',
        range: locate(each),
        path: each.path,
        upstream: '',
        misconception: misconceptionOf(each.code),
      })),
    };
  });
  const status = errors.some((problem) => CLIENT_CODES.has(problem.code))
    ? 'broken'
    : errors.length > 0
      ? 'refused'
      : goals.every((goal) => goal.met)
        ? 'solved'
        : 'accepted';
  const troubles = world
    ? troublesOf(accepted, world).map((each): VerdictFinding => ({
        ...each,
        severity: 'warning',
        range: locate(each),
        path: each.path,
        misconception: misconceptionOf(each.code),
      }))
    : [];
  return { status, findings: [...findings, ...troubles], goals, stderr: verdict.stderr };
}

/** A problem's code with its field, such as `fieldInvalid:spec.containers.ports.hostPort`, for misconceptions about one field. */
export function detailedCode(problem: Pick<Problem, 'code' | 'params'>): string {
  const path = problem.params['path'] ?? problem.params['field'];
  return path === undefined ? problem.code : `${problem.code}:${path.replace(/\[\d+\]/g, '')}`;
}

function locator(text: string): (finding: CheckFinding) => SourceRange | undefined {
  let parsed: ReturnType<typeof parseManifest> | undefined;
  return ({ path }) => {
    if (path === undefined) return undefined;
    parsed ??= parseManifest(text);
    const document = parsed.documents.find((each) => each.kind === 'object');
    return document && keyRangeOf(document, path);
  };
}
