/** The lines that were run, for goals that ask whether something was looked at. Bounded; knows no shell. */
const MOST = 500;

export interface RunLine {
  readonly at: string;
  readonly line: string;
}

export class TypedLines {
  #lines: RunLine[] = [];

  all(): readonly RunLine[] {
    return this.#lines;
  }

  add(at: string, line: string): void {
    this.#lines.push({ at, line });
    if (this.#lines.length > MOST) this.#lines = this.#lines.slice(-MOST / 2);
  }

  clear(): void {
    this.#lines = [];
  }

  /** Puts lines back that were there before. */
  restore(lines: readonly RunLine[]): void {
    this.#lines = [...lines];
  }

  /** Takes what is typed at one terminal and adds each line that is sent off. */
  terminal(at: string): (text: string) => void {
    return lineReader((line) => {
      this.add(at, line);
    });
  }
}

/** Reads keys as a terminal's line editor does, roughly, and tells each line that Enter sends off. */
export function lineReader(tell: (line: string) => void): (text: string) => void {
  let typed = '';
  return (text) => {
    for (const character of text) {
      if (character === '\r' || character === '\n') {
        if (typed.trim() !== '') tell(typed.trim());
        typed = '';
      } else if (character === '\u007f') typed = typed.slice(0, -1);
      else if (character === '\u0003' || character === '\u0015') typed = '';
      else if (character >= ' ') typed += character;
    }
  };
}
