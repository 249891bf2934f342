// The cluster's course as a line that can be walked along: a slider, a mark for each event in its source's colour, and
// the events as a list. What a chosen moment looks like is shown beside it, in the map and in the comparison.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Bench, TimelineEntry } from '../../lab/bench-contract.ts';
import type { Story } from '../../lab/story.ts';
import { MomentView } from './moment-view.tsx';
import type { Past } from './use-past.ts';
import './timeline.lazy.css';

interface Props {
  readonly t: Translate;
  readonly bench: Bench;
  readonly past: Past;
  /** Copies a link to a moment; resolves with what to tell. */
  readonly link: (story: Story, at: number) => Promise<string>;
}

/** Milliseconds of one press of an arrow key, and of stillness before a moment is brought about. */
const step = 250;
const stillness = 120;

export function Timeline({ t, bench, past, link }: Props): JSX.Element {
  const [, setChanges] = useState(0);
  const [story, setStory] = useState<Story | undefined>(past.moment?.ofStory);
  const [at, setAt] = useState(past.moment?.at ?? 0);
  const [told, setTold] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** The moment chosen last, until it is there. */
  const wanted = useRef<number | undefined>(undefined);
  useEffect(() => bench.subscribe(() => setChanges((count) => count + 1)), [bench]);
  useEffect(() => {
    // Whoever walked on while this moment was on its way is not thrown back to it.
    if (past.moment && wanted.current !== undefined && past.moment.at !== wanted.current) return;
    wanted.current = undefined;
    if (past.moment) {
      setStory(past.moment.ofStory);
      setAt(past.moment.at);
    } else setStory(undefined);
  }, [past.moment]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const current = story ?? bench.story();
  const end = Math.min(current.now, current.fullSince ?? Number.POSITIVE_INFINITY);
  const events = story && past.foreign ? (past.moment?.events() ?? []) : bench.events();
  const seconds = (moment: number): string => t('time.seconds', { seconds: (moment / 1000).toFixed(1) });

  const choose = (next: number): void => {
    clearTimeout(timer.current);
    wanted.current = undefined;
    setTold('');
    if (next >= end && !past.foreign) {
      setStory(undefined);
      past.leave();
      return;
    }
    setStory(current);
    setAt(next);
    wanted.current = next;
    timer.current = setTimeout(() => past.show(current, next), stillness);
  };

  return (
    <div class="timeline">
      <div class="timeline-line">
        <div class="timeline-marks" aria-hidden="true">
          {events.map((event, index) => (
            <i
              key={index}
              class={`mark ${sourceClass(event)}`}
              style={`inset-inline-start:${end > 0 ? Math.min(100, (event.at / end) * 100) : 0}%`}
            />
          ))}
        </div>
        <input
          type="range"
          aria-label={t('time.slider')}
          aria-valuetext={story ? seconds(at) : t('time.present')}
          min={0}
          max={Math.ceil(end)}
          step={step}
          value={story ? at : Math.ceil(end)}
          data-time="slider"
          onInput={(event) => choose(Number(event.currentTarget.value))}
          onKeyDown={(event) => {
            // The last step of a range input need not be its end.
            if (event.key !== 'End') return;
            event.preventDefault();
            choose(past.foreign ? end : Number.POSITIVE_INFINITY);
          }}
        />
        <button
          type="button"
          class="plain"
          onClick={() => {
            setTold('');
            void link(current, story ? at : current.now).then(setTold);
          }}
        >
          {t('time.link')}
        </button>
      </div>
      <p class="timeline-state" role="status">
        {past.state === 'working' && t('time.working')}
        {past.state === 'failed' && t('time.failed')}
        {past.state === 'tooMuch' && t('time.tooMuch')}
        {past.state === 'rest' && told}
      </p>
      {past.state === 'working' && (
        <button type="button" class="plain" onClick={past.leave}>
          {t('time.now')}
        </button>
      )}
      {current.fullSince !== undefined && <p class="timeline-full">{t('time.full', { seconds: (current.fullSince / 1000).toFixed(0) })}</p>}
      <div class={past.moment ? 'timeline-body with-moment' : 'timeline-body'}>
        <ol tabIndex={0} aria-label={t('deck.time')}>
          {events.length === 0 && <li>{t('time.nothing')}</li>}
          {events.map((event, index) => (
            <li key={index} class={story && event.at > at ? 'later' : ''}>
              <button type="button" onClick={() => choose(Math.min(Math.ceil(event.at), end))} disabled={event.at > end}>
                <time>{seconds(event.at)}</time>
              </button>
              <span class={`timeline-source ${sourceClass(event)}`}>{event.source === 'learner' ? t('time.learner') : event.source}</span>
              <span>
                {event.source === 'learner' ? (
                  <>
                    <code>{event.message}</code> <small>{event.object}</small>
                  </>
                ) : (
                  <>
                    <strong>{event.reason}</strong> {event.object} {event.message}
                  </>
                )}
              </span>
            </li>
          ))}
        </ol>
        {past.moment && <MomentView key={past.moment.at} t={t} moment={past.moment} />}
      </div>
    </div>
  );
}

/** The colour of a source's marks. */
function sourceClass({ source }: TimelineEntry): string {
  if (source === 'learner') return 'from-learner';
  if (source === 'kubelet') return 'from-kubelet';
  return source.includes('scheduler') ? 'from-scheduler' : 'from-others';
}
