// A field of the form for a word or a line. While it has the focus it shows what was typed, blanks at the end included,
// as long as that means what the manifest says.
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';

interface Props {
  readonly name: string;
  readonly value: string;
  readonly wrong: boolean;
  /** The name is for screen readers alone, where the eye has it from elsewhere. */
  readonly quiet?: boolean;
  /** How to fill it in, said to screen readers with its name. */
  readonly help?: string;
  /** What a text amounts to; texts that amount to the same are told from each other by nobody but this field. */
  readonly meaning?: (typed: string) => string;
  readonly onValue: (value: string) => void;
}

export function TextField({ name, value, wrong, quiet, help, meaning = (typed) => typed.trim(), onValue }: Props): JSX.Element {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const id = useId();
  return (
    <div class="text-field">
      <label>
        <span class={quiet ? 'unseen' : undefined}>{name}</span>
        <input
          value={typed !== undefined && meaning(typed) === value ? typed : value}
          aria-invalid={wrong || undefined}
          aria-describedby={help === undefined ? undefined : id}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          autocorrect="off"
          onInput={(event) => {
            const now = event.currentTarget.value;
            setTyped(now);
            onValue(meaning(now));
          }}
          onBlur={() => setTyped(undefined)}
        />
      </label>
      {help !== undefined && (
        <small id={id} class="form-none">
          {help}
        </small>
      )}
    </div>
  );
}
