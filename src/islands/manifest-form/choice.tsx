// A field of the form that is one of several words, or nothing.
import type { JSX } from 'preact';
import type { Translate } from '../../i18n/create-translate.ts';

interface ChoiceProps {
  readonly t: Translate;
  readonly name: string;
  readonly value: string;
  /** Words to choose from; a manifest's own other word stays among them. */
  readonly all: readonly string[];
  readonly onValue: (value: string) => void;
}

export function Choice({ t, name, value, all, onValue }: ChoiceProps): JSX.Element {
  return (
    <label class="choice">
      <span>{name}</span>
      <select value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        <option value="">{t('form.unset')}</option>
        {[...new Set([...all, value])].filter(Boolean).map((word) => (
          <option key={word}>{word}</option>
        ))}
      </select>
    </label>
  );
}
