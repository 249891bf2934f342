// One terminal: its place on the page and its text from the first paint. The emulator and the shell behind it
// come when somebody turns to it; what is typed before that is kept and handed over.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Bench, TerminalRemark } from '../../lab/bench-contract.ts';
import { keyBytes } from './key-bytes.ts';
import type { OpenedTerminal } from './open-terminal.ts';
import type { Remark } from './remark.tsx';

interface Props {
  readonly t: Translate;
  readonly observer: string;
  /** Another one is in front. It stays in the page, out of sight: whoever focuses it brings it to the front. */
  readonly away: boolean;
  /** Counts the terminals, so that none that is out of sight lies on another. */
  readonly place: number;
  /** Loads the bench, once for all who ask. */
  readonly load: () => Promise<Bench>;
  /** The bench is there: open without waiting for the first key. */
  readonly ready: boolean;
  /** The learner turned to this terminal. */
  readonly onFocus: () => void;
}

export function Terminal({ t, observer, away, place, load, ready, onFocus }: Props): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const screen = useRef<HTMLPreElement>(null);
  const opened = useRef<Promise<OpenedTerminal> | undefined>(undefined);
  const terminal = useRef<OpenedTerminal | undefined>(undefined);
  const typed = useRef('');
  const [remark, setRemark] = useState<{ readonly it: TerminalRemark; readonly View: typeof Remark } | undefined>(undefined);
  // The emulator writes here later, so what is rendered stays the same.
  const waiting = useRef(away ? '' : t('terminal.waiting', { observer }));
  const words = useRef(t);
  words.current = t;

  const open = (): void => {
    if (opened.current || !host.current || !screen.current) return;
    const places = { host: host.current, screen: screen.current };
    opened.current = Promise.all([load(), import('./open-terminal.ts')]).then(([bench, { openTerminal }]) =>
      openTerminal({
        ...places,
        bench,
        observer,
        label: t('terminal.label', { observer }),
        ended: () => words.current('terminal.ended'),
        onRemark: (it) => {
          if (it) void import('./remark.tsx').then(({ Remark: View }) => setRemark({ it, View }));
          else setRemark(undefined);
        },
      }),
    );
    opened.current.then(
      (it) => {
        terminal.current = it;
        it.input(typed.current);
        typed.current = '';
        if (document.activeElement === host.current) it.focus();
      },
      () => (opened.current = undefined),
    );
  };

  useEffect(() => {
    if ((ready && !away) || document.activeElement === host.current) open();
    terminal.current?.setAway(away);
  }, [ready, away]);
  useEffect(() => {
    void opened.current?.then((it) =>
      it.setWords({ keys: t('terminal.keys'), reading: t('terminal.reading'), suggestions: t('terminal.suggestions') }),
    );
  });
  useEffect(() => () => terminal.current?.close(), []);

  return (
    <>
      <div
        ref={host}
        class={away ? 'terminal away' : 'terminal'}
        style={`--place:${place}`}
        data-lab="terminal"
        data-observer={observer}
        role="group"
        aria-label={t('terminal.label', { observer })}
        tabIndex={away ? -1 : 0}
        aria-hidden={away || undefined}
        onFocusIn={(event) => {
          onFocus();
          open();
          if (event.target === host.current) terminal.current?.focus();
        }}
        onPointerEnter={open}
        onKeyDown={(event) => {
          if (event.target !== host.current) return;
          const bytes = keyBytes(event);
          if (bytes === undefined) return;
          event.preventDefault();
          open();
          if (terminal.current) terminal.current.input(bytes);
          else typed.current += bytes;
        }}
        onPaste={(event) => {
          if (event.target !== host.current) return;
          typed.current += event.clipboardData?.getData('text') ?? '';
        }}
      >
        <pre ref={screen} class="terminal-text" data-lab="screen">
          {waiting.current}
        </pre>
      </div>
      {remark && !away && <remark.View t={t} remark={remark.it} onClose={() => setRemark(undefined)} />}
    </>
  );
}
