// A field of the form. What was typed before this code arrived stands in the page alone: it is taken over, not erased.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props {
  readonly name: string;
  readonly value: string;
  readonly wrong: boolean;
  readonly onValue: (value: string) => void;
}

export function NumberField({ name, value, wrong, onValue }: Props): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [begun, setBegun] = useState(false);
  useLayoutEffect(() => {
    const typed = input.current?.value ?? value;
    if (typed !== value) onValue(typed);
    setBegun(true);
  }, []);
  return (
    <label>
      <span>{name}</span>
      <input
        ref={input}
        inputMode="numeric"
        aria-invalid={wrong || undefined}
        {...(begun ? { value } : { defaultValue: value })}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </label>
  );
}
