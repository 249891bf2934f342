/** A terminal whose lines are noted for goals, and whose messages are explained. Knows no emulator. */
import type { TerminalOptions, TerminalSession } from './bench-contract.ts';
import type { LiveWorld } from './live-world.ts';
import { commandNames } from './programs.ts';
import { RemarkWatcher } from './terminal-remarks.ts';

interface Noted {
  readonly live: LiveWorld;
  readonly observer: string;
  readonly options: TerminalOptions;
  /** Takes what is typed. */
  readonly note: (text: string) => void;
}

export function notedTerminal({ live, observer, options, note }: Noted): TerminalSession {
  const remarks = new RemarkWatcher(commandNames(observer.includes('/') ? 'container' : 'machine'), (remark) => options.onRemark?.(remark));
  const session = live.openTerminal(observer, {
    ...options,
    onOutput: (text) => {
      options.onOutput(text);
      remarks.received(text);
    },
  });
  return {
    ...session,
    input: (text) => {
      note(text);
      remarks.typed(text);
      session.input(text);
    },
  };
}
