// The verdict: goals always in sight, the first finding in full, hints in three steps. Continuous, without a
// submit button. Knows no rules: it words what the bench found.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { BenchFinding, Verdict } from '../../lab/bench-contract.ts';
import type { Consequence as ConsequenceView } from './consequence.tsx';
import { repairOf } from './repair-of.ts';
import type { Repair } from './repair-of.ts';
import type { LessonTexts } from './lesson-texts.ts';

/** A goal as the page brings it; hints and proofs follow in LessonTexts. */
export interface GoalTitle {
  readonly id: string;
  readonly title: string;
}

interface Props {
  readonly t: Translate;
  readonly goals: readonly GoalTitle[];
  /** `undefined` until they are there. */
  readonly texts: LessonTexts | undefined;
  /** `undefined` until the bench is there. */
  readonly verdict: Verdict | undefined;
  readonly lessonId: string;
  /** The text that was judged. */
  readonly text: string;
  readonly failure: string | undefined;
  readonly next: { readonly href: string; readonly question: string } | undefined;
  readonly onGoTo: (offset: number) => void;
  readonly onRepair: (repair: Repair) => void;
  readonly onSolution: () => void;
  readonly onRetry: () => void;
}

const steps = ['where', 'why', 'next'] as const;

export function Goals(props: Props): JSX.Element {
  const { t, goals, texts, verdict, next } = props;
  const state = verdict?.status ?? 'waiting';
  const metById = new Map(verdict?.goals.map((goal) => [goal.id, goal.met]));
  const open = goals.find((goal) => !metById.get(goal.id));
  // One at a time, in the author's order.
  const found = verdict
    ? [
        ...verdict.findings.map((finding) => ({ finding, goal: undefined })),
        ...verdict.goals.flatMap(({ id, met, findings }) => (met ? [] : findings.map((finding) => ({ finding, goal: id })))),
      ]
    : [];
  const [first] = found;
  const [shown, setShown] = useState<{ goal: string; count: number }>({ goal: '', count: 0 });
  const hints = open && shown.goal === open.id ? shown.count : 0;
  const summary = t(`verdict.${state}`);

  return (
    <section class={`verdict v-${state}`} data-lab="verdict" data-status={state} aria-labelledby="verdict-state">
      <div class="verdict-line">
        <h2 id="verdict-state" class="verdict-state">
          <svg width="15" height="15" viewBox="0 0 16 16" aria-hidden="true">
            <use href={`#v-${state}`} />
          </svg>
          {summary}
        </h2>
        <ul class="goals" aria-label={t('goals.label')}>
          {goals.map((goal) => {
            const met = metById.get(goal.id) === true;
            return (
              <li key={goal.id} class={met ? 'met' : ''} data-goal={goal.id} data-met={met}>
                <svg width="15" height="15" viewBox="0 0 16 16" aria-hidden="true">
                  <use href={met ? '#v-solved' : '#v-open'} />
                </svg>
                {goal.title}
                <span class="unseen">{t(met ? 'goals.met' : 'goals.open')}</span>
              </li>
            );
          })}
        </ul>
        {state !== 'solved' && open && (
          <span class="verdict-help">
            <button
              type="button"
              class="plain"
              onClick={() => setShown({ goal: open.id, count: Math.min(hints + 1, steps.length) })}
              disabled={hints === steps.length}
            >
              {t('hint.button', { done: hints, all: steps.length })}
            </button>
            <button type="button" class="plain" onClick={props.onSolution}>
              {t('solution.button')}
            </button>
          </span>
        )}
      </div>
      {state !== 'solved' && open && hints > 0 && (
        <dl class="hints">
          {steps.slice(0, hints).map((step) => (
            <div key={step}>
              <dt>{t(`hint.${step}`)}</dt>
              <dd>{texts?.goals[open.id]?.hint[step]}</dd>
            </div>
          ))}
        </dl>
      )}
      {first && <Finding {...props} finding={first.finding} goal={goals.find(({ id }) => id === first.goal)} more={found.length - 1} />}
      {state === 'solved' && (
        <div class="proved">
          <p class="proved-title">{t('goals.proved')}</p>
          <ul>
            {goals.map(({ id }) => (
              <li key={id}>{texts?.goals[id]?.proved}</li>
            ))}
          </ul>
          {next && (
            <a class="go" href={next.href} rel="next">
              {t('goals.next')}
              {next.question}
            </a>
          )}
        </div>
      )}
      {props.failure !== undefined && (
        <p class="finding" role="alert">
          {t('bench.failed', { reason: props.failure })}{' '}
          <button type="button" class="plain" onClick={props.onRetry}>
            {t('bench.retry')}
          </button>
        </p>
      )}
      <Announcement
        text={[
          summary,
          first ? wordFinding(t, first.finding) : '',
          t('goals.count', { met: [...metById.values()].filter(Boolean).length, all: goals.length }),
        ]
          .filter(Boolean)
          .join(' ')}
        silent={state === 'waiting'}
      />
    </section>
  );
}

interface FindingProps extends Props {
  readonly finding: BenchFinding;
  /** The goal that it keeps open; none when it is about the text as such. */
  readonly goal: GoalTitle | undefined;
  readonly more: number;
}

function Finding(props: FindingProps): JSX.Element {
  const { t, finding, goal, more } = props;
  const matters = goal && props.texts?.goals[goal.id]?.matters;
  const [Consequence, setConsequence] = useState<{ readonly View: typeof ConsequenceView } | undefined>(undefined);
  useEffect(() => void import('./consequence.tsx').then(({ Consequence: View }) => setConsequence({ View })), []);
  const { range, upstream } = finding;
  const repair = repairOf(finding, props.text);
  const misconception = finding.misconception ? props.texts?.misconceptions[finding.misconception] : undefined;
  const words = wordFinding(t, finding);
  return (
    <div class={`finding f-${finding.severity}`}>
      <p>
        {range && (
          <button type="button" class="plain place" onClick={() => props.onGoTo(range.start)}>
            {t('finding.place', { line: range.line, column: range.column })}
          </button>
        )}
        {finding.path && <code>{finding.path}</code>} {words}
      </p>
      {misconception && (
        <p class="misconception">
          <strong>{misconception.title}</strong> {misconception.text}
        </p>
      )}
      {matters && (
        <p class="matters">
          {t('finding.matters')}
          {matters}
        </p>
      )}
      {Consequence && finding.code !== 'noObjects' && <Consequence.View t={t} lessonId={props.lessonId} text={props.text} goal={goal} />}
      {upstream && upstream !== words && (
        <pre class="upstream" tabIndex={0} aria-label={t('finding.upstream')}>
          {upstream}
        </pre>
      )}
      <p class="finding-more">
        {repair && (
          <button type="button" class="plain" onClick={() => props.onRepair(repair)}>
            {repair.movedTo === undefined ? t('finding.repair', { text: repair.text }) : t('finding.move', { belongs: repair.movedTo })}
          </button>
        )}
        {more > 0 && <span>{t('finding.more', { count: more })}</span>}
      </p>
    </div>
  );
}

/** The explanation of a finding; where none is written, the component's own words. */
export function wordFinding(t: Translate, finding: BenchFinding): string {
  const { code, params, upstream } = finding;
  const words = t.maybe(`finding.${code}`, params) ?? (upstream || code);
  return [
    words,
    params['suggestion'] !== undefined && code === 'unknownField' ? t('finding.suggestion', params) : '',
    params['belongs'] !== undefined ? t('finding.belongs', params) : '',
  ]
    .filter(Boolean)
    .join(t('sentence.join'));
}

/** Says the outcome to screen readers once typing has paused, and only when it changed. */
function Announcement({ text, silent }: { readonly text: string; readonly silent: boolean }): JSX.Element {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (silent) return;
    const timer = setTimeout(() => setSaid(text), 900);
    return () => clearTimeout(timer);
  }, [text, silent]);
  return (
    <p class="unseen" role="status" aria-live="polite">
      {said}
    </p>
  );
}
