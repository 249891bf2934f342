// The bench's top edge: the files as tabs, and what can be done with the open one. Knows no text.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ShareKind } from './share.ts';
import type { Translate } from '../../i18n/create-translate.ts';

interface Props {
  readonly t: Translate;
  readonly files: readonly string[];
  readonly open: string;
  readonly onOpen: (file: string) => void;
  readonly onReset: () => void;
  readonly onApply: () => void;
  readonly onShare: (how: ShareKind) => void;
}

export function Toolbar({ t, files, open, onOpen, onReset, onApply, onShare }: Props): JSX.Element {
  const [sharing, setSharing] = useState(false);
  const share = (how: ShareKind): void => {
    setSharing(false);
    onShare(how);
  };
  return (
    <div class="tabs">
      <div class="files" role="group" aria-label={t('editor.files')}>
        {files.map((name) => (
          <button key={name} type="button" aria-pressed={name === open} onClick={() => onOpen(name)}>
            {name}
          </button>
        ))}
      </div>
      <span class="tabs-actions" data-print="no">
        <button type="button" class="plain" onClick={onReset}>
          {t('reset.button')}
        </button>
        <span class="share" onKeyDown={(event) => event.key === 'Escape' && setSharing(false)}>
          <button type="button" class="plain" aria-expanded={sharing} onClick={() => setSharing(!sharing)}>
            {t('share.button')}
          </button>
          {sharing && (
            <span class="share-menu">
              <button type="button" class="plain" onClick={() => share('link')}>
                {t('share.link')}
              </button>
              <button type="button" class="plain" onClick={() => share('script')}>
                {t('share.script')}
              </button>
              <button type="button" class="plain" onClick={() => share('report')}>
                {t('share.report')}
              </button>
            </span>
          )}
        </span>
        <button type="button" class="go small" onClick={onApply}>
          {t('apply.button')}
        </button>
      </span>
    </div>
  );
}
