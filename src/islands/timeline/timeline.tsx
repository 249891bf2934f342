// What happened in the cluster, in order of its own time. Knows only the event log.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Bench } from '../../lab/bench-contract.ts';
import './timeline.lazy.css';

export function Timeline({ t, bench }: { readonly t: Translate; readonly bench: Bench }): JSX.Element {
  const [events, setEvents] = useState(() => bench.events());
  useEffect(() => bench.subscribe(() => setEvents(bench.events())), [bench]);
  return (
    <ol class="timeline" tabIndex={0} aria-label={t('deck.time')}>
      {events.length === 0 && <li>{t('time.nothing')}</li>}
      {events.map((event, index) => (
        <li key={index}>
          <time>{t('time.seconds', { seconds: (event.at / 1000).toFixed(1) })}</time>
          <span class="timeline-source">{event.source}</span>
          <span>
            <strong>{event.reason}</strong> {event.object} {event.message}
          </span>
        </li>
      ))}
    </ol>
  );
}
