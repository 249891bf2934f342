// The solution as a difference beside the learner's own text. Taking it over is one click and can be undone.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import { lineChanges } from '../observers/line-changes.ts';
import './solution.lazy.css';

interface Props {
  readonly t: Translate;
  readonly own: string;
  readonly solution: string;
  /** Why a line is there, by the field that it sets. */
  readonly reasons: { readonly [field: string]: string };
  readonly onTake: () => void;
  readonly onClose: () => void;
}

export function Solution({ t, own, solution, reasons, onTake, onClose }: Props): JSX.Element {
  const changes = lineChanges(own.replace(/\n$/, '').split('\n'), solution.replace(/\n$/, '').split('\n'));
  const section = useRef<HTMLElement>(null);
  // What differs is what was asked for.
  useEffect(() => section.current?.querySelector('.diff-came, .diff-went')?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <section ref={section} class="solution" aria-label={t('solution.title')}>
      <p>{t('solution.explain')}</p>
      <pre tabIndex={0}>
        {changes.map(({ change, text }, index) => (
          <span key={index} class={`diff-${change}`}>
            <span aria-hidden="true">{{ same: '  ', came: '+ ', went: '- ' }[change]}</span>
            {change !== 'same' && <span class="unseen">{t(`solution.${change}`)}</span>}
            {text}
            {'\n'}
            {change === 'came' && reasons[fieldOf(text)] !== undefined && <span class="diff-reason"># {reasons[fieldOf(text)]}</span>}
          </span>
        ))}
      </pre>
      <p>
        <button type="button" class="go small" onClick={onTake}>
          {t('solution.take')}
        </button>{' '}
        <button type="button" class="plain" onClick={onClose}>
          {t('solution.close')}
        </button>
      </p>
    </section>
  );
}

/** `hostPort` of a line such as `      hostPort: 9000`. */
function fieldOf(line: string): string {
  return /^[ -]*(\w+):/.exec(line)?.[1] ?? '';
}
