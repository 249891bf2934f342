// One line under the tabs: what just happened, with the way back, or that a program waits for the editor.
import type { JSX } from 'preact';
import type { Translate } from '../../i18n/create-translate.ts';

export interface Note {
  /** A function where the words may still be on their way. */
  readonly text: string | ((t: Translate) => string);
  readonly undo?: () => void;
  readonly wrong?: boolean;
  /** What the learner may choose now. */
  readonly choices?: readonly { readonly word: 'save.theirs' | 'save.mine' | 'save.both' | 'world.afresh'; readonly act: () => void }[];
}

interface Props {
  readonly t: Translate;
  readonly note: Note | undefined;
  /** The file that `vi` waits for. */
  readonly waitingFor: string | undefined;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

export function Notice({ t, note, waitingFor, onSave, onClose }: Props): JSX.Element {
  const waits = waitingFor !== undefined;
  return (
    <p id="editor-state" class={`bench-note${!waits && note?.wrong ? ' wrong' : ''}`} role="status">
      {waits && <span>{t('vi.open', { file: waitingFor })} </span>}
      {waits && (
        <button type="button" class="plain" onClick={onSave}>
          {t('vi.save')}
        </button>
      )}
      {!waits && note && <span class="note-text">{typeof note.text === 'string' ? note.text : note.text(t)} </span>}
      {!waits &&
        note?.choices?.map(({ word, act }) => (
          <button key={word} type="button" class="plain" onClick={act}>
            {t(word)}
          </button>
        ))}
      {!waits && note?.undo && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            note.undo?.();
            onClose();
          }}
        >
          {t('undo.button')}
        </button>
      )}
    </p>
  );
}
