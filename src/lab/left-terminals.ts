/** Terminals that a former visit opened and no window has taken up yet: what they print is kept for whoever comes. */
import type { TerminalEars } from './world-inputs.ts';

/** Characters of output that are kept of one terminal. */
const MOST = 100_000;

interface Left {
  readonly terminal: number;
  readonly observer: string;
  printed: string;
  /** Of the window that took it up. */
  ears: TerminalEars | undefined;
}

export class LeftTerminals {
  readonly #left = new Map<number, Left>();

  /** @returns ears that keep what is printed, or hand it on once somebody has taken the terminal up */
  add(terminal: number, observer: string): TerminalEars {
    const left: Left = { terminal, observer, printed: '', ears: undefined };
    this.#left.set(terminal, left);
    return {
      onOutput: (text) => {
        if (left.ears) left.ears.onOutput(text);
        else left.printed = (left.printed + text).slice(-MOST);
      },
      onEnd: () => {
        this.#left.delete(terminal);
        left.ears?.onEnd();
      },
    };
  }

  remove(terminal: number): void {
    this.#left.delete(terminal);
  }

  /** Takes up the terminal that is open at `observer`, if there is one. */
  take(observer: string, ears: TerminalEars): { readonly terminal: number; readonly printed: string } | undefined {
    const left = [...this.#left.values()].find((each) => each.observer === observer);
    if (!left) return undefined;
    this.#left.delete(left.terminal);
    left.ears = ears;
    return left;
  }
}
