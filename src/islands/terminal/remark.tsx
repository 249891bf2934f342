// One sentence under a terminal about the message that was just printed there: what it means, and which word of the
// line it is about. Loaded with the first message that needs one.
import type { JSX } from 'preact';
import type { Translate } from '../../i18n/create-translate.ts';
import type { TerminalRemark } from '../../lab/bench-contract.ts';
import './remark.lazy.css';

interface Props {
  readonly t: Translate;
  readonly remark: TerminalRemark;
  readonly onClose: () => void;
}

export function Remark({ t, remark, onClose }: Props): JSX.Element {
  return (
    <div class="remark" role="group" aria-label={t('remark.label')}>
      <p role="status">
        {remark.column !== undefined && <span class="remark-place">{t('remark.place', { column: remark.column })}</span>}{' '}
        {t.maybe(`remark.${remark.code}`, remark.params) ?? remark.upstream}
      </p>
      <button type="button" class="plain" onClick={onClose}>
        {t('remark.close')}
      </button>
    </div>
  );
}
