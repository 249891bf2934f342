// A small line under a simulated screen: whether the like of what was typed there was recorded on a real system, and where;
// a press tells more. Comes with the first output. Never speaks up by itself.
import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import { localeOfPath, pagePath } from '../../i18n/page-path.ts';
import type { Provenance } from '../../lab/bench-contract.ts';
import { markReason, markText } from './provenance-text.ts';
import './provenance.lazy.css';

interface Props {
  readonly t: Translate;
  /** What the answer depends on; another text asks again. */
  readonly of: string;
  readonly ask: () => Promise<Provenance | undefined>;
}

export function ProvenanceMark({ t, of, ask }: Props): JSX.Element | null {
  const [known, setKnown] = useState<Provenance | undefined>(undefined);
  const id = useId();
  useEffect(() => {
    let wanted = true;
    void ask().then((it) => {
      if (wanted) setKnown(it);
    });
    return () => {
      wanted = false;
    };
  }, [of]);
  if (!known) return null;
  const { short, rest } = markText(t, known);
  const more = `${pagePath(localeOfPath(location.pathname), 'reference', 'not-modelled')}#marks`;
  return (
    <div class="provenance" data-lab="provenance" data-kind={known.kind}>
      <button type="button" class="provenance-mark" popovertarget={id}>
        <span class="unseen">{t('recorded.label')} </span>
        {short}
        <span class="provenance-rest">{rest}</span>
      </button>
      <div class="provenance-why" id={id} popover="auto" role="group" aria-label={t('recorded.title')}>
        {markReason(t, known)} <a href={more}>{t('recorded.more')}</a>
      </div>
    </div>
  );
}
