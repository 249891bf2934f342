// Says all the time that what is shown is not the present, with the one way back.
import type { JSX } from 'preact';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Past } from './use-past.ts';
import './timeline.lazy.css';

export function PastBanner({ t, past }: { readonly t: Translate; readonly past: Past }): JSX.Element | null {
  if (!past.moment) return null;
  const seconds = (past.moment.at / 1000).toFixed(1);
  return (
    <p class="past-banner" role="status" data-time="past">
      <span>
        <b>{t(past.foreign ? 'time.shared' : 'time.past', { seconds })}</b> {t('time.pastNote')}
      </span>
      <button type="button" onClick={past.leave}>
        {t(past.foreign ? 'time.own' : 'time.now')}
      </button>
    </p>
  );
}
