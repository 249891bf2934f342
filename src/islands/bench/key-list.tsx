// All keys of the bench in one place, opened by `?` or its button. Knows the keys' names, not what they are bound to.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import './key-list.lazy.css';

const groups = [
  [
    'editor',
    [
      ['Esc Tab', 'leave'],
      ['Ctrl+S', 'save'],
      ['Ctrl+Enter', 'apply'],
      ['Ctrl+Z', 'undo'],
      ['Ctrl+Space', 'complete'],
      ['Ctrl+.', 'fix'],
      ['F8', 'nextProblem'],
    ],
  ],
  [
    'terminal',
    [
      ['Esc Tab', 'leave'],
      ['Shift+Tab', 'leaveBack'],
      ['Tab', 'completePath'],
      ['↑ ↓', 'history'],
      ['Ctrl+C', 'interrupt'],
      ['Ctrl+D', 'end'],
      ['Ctrl+Shift+C', 'copy'],
      ['Ctrl+Shift+V', 'paste'],
    ],
  ],
  [
    'compare',
    [
      ['Enter', 'run'],
      ['↑ ↓', 'origin'],
    ],
  ],
  [
    'everywhere',
    [
      ['?', 'keys'],
      ['Tab', 'next'],
    ],
  ],
] as const;

export function KeyList({ t, onClose }: { readonly t: Translate; readonly onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="key-list" aria-labelledby="key-list-title" onClose={onClose}>
      <h2 id="key-list-title">{t('keys.title')}</h2>
      {groups.map(([group, keys]) => (
        <section key={group}>
          <h3>{t(`keys.${group}`)}</h3>
          <dl>
            {keys.map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{t(`keys.do.${what}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <form method="dialog">
        <button type="submit" class="go small">
          {t('keys.close')}
        </button>
      </form>
    </dialog>
  );
}
