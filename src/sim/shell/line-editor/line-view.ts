/** What a terminal shows of a line that is being edited, and the shortest way from one picture to the next. Knows cells and rows, no keys. */
import { columnsOf } from '../../linux/tty/pty.ts';

/** Cells of a text, with control characters shown as `^X` and escape sequences taking none. */
export function cellsOf(text: string): number {
  let cells = 0;

  for (const character of text.replace(/\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007|[\u0001\u0002]/g, ''))
    cells += character < ' ' ? 2 : columnsOf(character);
  return cells;
}

export class LineView {
  readonly #columns: number;
  readonly #start: number;
  #text = '';
  /** Cells from the start of the text to the cursor. */
  #cursor = 0;
  /** The last column is filled and the terminal has not begun the next row yet. */
  #waiting = false;

  /** @param prompt what stands before the text, on its last line */
  constructor(prompt: string, columns: number) {
    this.#columns = Math.max(1, columns);
    this.#start = cellsOf(prompt.slice(prompt.lastIndexOf('\n') + 1)) % this.#columns;
  }

  /** @returns what to write so that `text` is shown with the cursor behind its first `cursor` characters */
  update(text: string, cursor: number): string {
    let common = 0;
    while (common < text.length && common < this.#text.length && text.charAt(common) === this.#text.charAt(common)) common++;
    if (common > 0 && /[\ud800-\udbff]/.test(text.charAt(common - 1))) common--;
    let output = '';
    if (common < text.length || common < this.#text.length) {
      const from = cellsOf(text.slice(0, common));
      if (from !== this.#cursor) output += this.#move(this.#cursor, from);
      const rest = shown(text.slice(common));
      output += rest;
      const end = cellsOf(text);
      this.#waiting = rest === '' ? this.#waiting : (this.#start + end) % this.#columns === 0;
      if (cellsOf(this.#text) > end) output += '\u001b[J';
      this.#cursor = end;
    }
    const target = cellsOf(text.slice(0, cursor));
    output += this.#move(this.#cursor, target);
    this.#cursor = target;
    this.#text = text;
    return output;
  }

  /** Puts the cursor behind the text and starts a new line. */
  finish(): string {
    return `${this.#move(this.#cursor, cellsOf(this.#text))}\r\n`;
  }

  #move(from: number, to: number): string {
    if (from === to) return '';
    let settle = '';
    if (this.#waiting) {
      this.#waiting = false;
      settle = ' \r';
    }
    const row = (cell: number): number => Math.floor((this.#start + cell) / this.#columns);
    const column = (cell: number): number => (this.#start + cell) % this.#columns;
    if (row(from) === row(to)) return settle + (to < from ? '\b'.repeat(from - to) : `\u001b[${to - from}C`);
    const vertical = row(to) - row(from);
    return `${settle}${vertical < 0 ? `\u001b[${-vertical}A` : `\u001b[${vertical}B`}\r${column(to) > 0 ? `\u001b[${column(to)}C` : ''}`;
  }
}

function shown(text: string): string {
  return text.replace(/[\u0000-\u001f]/g, (each) => `^${String.fromCharCode(each.charCodeAt(0) + 64)}`);
}
