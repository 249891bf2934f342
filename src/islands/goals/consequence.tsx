// What the learner's own manifest leads to: a command and the lines that tell, run on a cluster of its own once typing has
// paused. Comes late; knows no rules.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { ShownRun } from '../../lab/consequence.ts';
import { ProvenanceMark } from '../provenance/provenance-mark.tsx';
import './consequence.lazy.css';

interface Props {
  readonly t: Translate;
  readonly lessonId: string;
  readonly text: string;
  /** Id and title of the goal that is not met; without one, the manifest is refused or remarked upon. */
  readonly goal: { readonly id: string; readonly title: string } | undefined;
}

/** Milliseconds without a keystroke before anything is run. */
const CALM = 700;

export function Consequence({ t, lessonId, text, goal }: Props): JSX.Element | null {
  const [seen, setSeen] = useState<{ readonly of: string; readonly runs: readonly ShownRun[] } | undefined>(undefined);
  const of = `${goal?.id ?? ''}\n${text}`;
  useEffect(() => {
    const wish = new AbortController();
    const timer = setTimeout(() => {
      void (async () => {
        const { consequence } = await import('../../lab/consequence.ts');
        const runs = await consequence({ lessonId, text, goal: goal?.id, signal: wish.signal });
        if (!wish.signal.aborted) setSeen({ of, runs });
      })().catch((error: unknown) => {
        if (!wish.signal.aborted) throw error;
      });
    }, CALM);
    return () => {
      wish.abort();
      clearTimeout(timer);
    };
  }, [of]);
  if (!seen || seen.runs.length === 0) return null;
  // While another is being worked out, the last one would be untrue of the text; only its place is kept.
  const stale = seen.of !== of;
  // Runs that have one source between them name it once.
  const marks = new Set(seen.runs.map(({ provenance }) => JSON.stringify(provenance)));
  return (
    <div class={stale ? 'consequence stale' : 'consequence'} data-consequence={stale ? undefined : (goal?.id ?? 'api')} inert={stale}>
      <div class="consequence-title">
        <p>{goal ? t('consequence.goal', { goal: goal.title }) : t('consequence.title')}</p>
        {marks.size === 1 && <ProvenanceMark t={t} of={seen.of} ask={() => Promise.resolve(seen.runs[0]?.provenance)} />}
      </div>
      <div class="consequence-runs" tabIndex={0} role="group" aria-label={t('consequence.label')}>
        {seen.runs.map(({ at, run, lines, cut, provenance }) => (
          <div key={`${at} ${run}`}>
            <pre>
              <span class="consequence-at">{at} $ </span>
              <b>{run}</b>
              {'\n'}
              {lines.join('\n')}
              {cut && '\n⋯'}
            </pre>
            {marks.size > 1 && <ProvenanceMark t={t} of={seen.of} ask={() => Promise.resolve(provenance)} />}
          </div>
        ))}
      </div>
    </div>
  );
}
