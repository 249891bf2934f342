/** The text of a vi and what its commands do to it: lines, cursor, deleted lines, undo. Knows no keys and no screen. */
export class TextBuffer {
  lines: string[];
  row = 0;
  column = 0;
  changed = false;
  #kept: { readonly lines: readonly string[]; readonly whole: boolean } = { lines: [], whole: true };
  readonly #before: { readonly lines: readonly string[]; readonly row: number; readonly column: number }[] = [];

  constructor(text: string) {
    this.lines = text === '' ? [''] : text.replace(/\n$/, '').split('\n');
  }

  get text(): string {
    return this.lines.length === 1 && this.lines[0] === '' ? '' : `${this.lines.join('\n')}\n`;
  }

  get line(): string {
    return this.lines[this.row] ?? '';
  }

  /** Remembers the present state for `undo`. */
  remember(): void {
    this.#before.push({ lines: [...this.lines], row: this.row, column: this.column });
    if (this.#before.length > 200) this.#before.shift();
    this.changed = true;
  }

  undo(): boolean {
    const state = this.#before.pop();
    if (!state) return false;
    this.lines = [...state.lines];
    this.row = state.row;
    this.column = state.column;
    return true;
  }

  /** Keeps the cursor inside the text. @param insert whether it may stand behind the last character */
  clamp(insert: boolean): void {
    this.row = Math.max(0, Math.min(this.row, this.lines.length - 1));
    this.column = Math.max(0, Math.min(this.column, this.line.length - (insert ? 0 : 1)));
    if (this.column < 0) this.column = 0;
  }

  insert(text: string): void {
    const pieces = text.split('\n');
    const [first = '', ...rest] = pieces;
    const head = this.line.slice(0, this.column);
    const tail = this.line.slice(this.column);
    if (rest.length === 0) {
      this.lines[this.row] = head + first + tail;
      this.column += first.length;
      return;
    }
    const last = rest.pop() ?? '';
    this.lines.splice(this.row, 1, head + first, ...rest, last + tail);
    this.row += rest.length + 1;
    this.column = last.length;
  }

  backspace(): void {
    if (this.column > 0) {
      this.lines[this.row] = this.line.slice(0, this.column - 1) + this.line.slice(this.column);
      this.column--;
    } else if (this.row > 0) {
      const tail = this.line;
      this.lines.splice(this.row, 1);
      this.row--;
      this.column = this.line.length;
      this.lines[this.row] = this.line + tail;
    }
  }

  /** Deletes characters of the line from `from` up to `to`. */
  cut(from: number, to: number): void {
    this.#kept = { lines: [this.line.slice(from, to)], whole: false };
    this.lines[this.row] = this.line.slice(0, from) + this.line.slice(to);
    this.column = from;
  }

  deleteLines(count: number): void {
    this.#kept = { lines: this.lines.splice(this.row, count), whole: true };
    if (this.lines.length === 0) this.lines = [''];
    this.column = 0;
  }

  yankLines(count: number): void {
    this.#kept = { lines: this.lines.slice(this.row, this.row + count), whole: true };
  }

  put(after: boolean): void {
    const { lines, whole } = this.#kept;
    if (lines.length === 0) return;
    if (whole) {
      this.row += after ? 1 : 0;
      this.lines.splice(this.row, 0, ...lines);
      this.column = 0;
    } else {
      this.column += after && this.line !== '' ? 1 : 0;
      this.insert(lines.join('\n'));
      this.column--;
    }
  }

  open(below: boolean): void {
    const indent = /^\s*/.exec(this.line)?.[0] ?? '';
    this.row += below ? 1 : 0;
    this.lines.splice(this.row, 0, indent);
    this.column = indent.length;
  }

  join(): void {
    const next = this.lines[this.row + 1];
    if (next === undefined) return;
    const at = this.line.length;
    this.lines.splice(this.row, 2, `${this.line.trimEnd()} ${next.trimStart()}`);
    this.column = at;
  }

  /** Where the next (or previous) word begins. */
  word(forward: boolean): void {
    const starts = [...this.line.matchAll(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]+/gu)].map((each) => each.index);
    const target = forward ? starts.find((each) => each > this.column) : starts.findLast((each) => each < this.column);
    if (target !== undefined) this.column = target;
    else if (forward && this.row < this.lines.length - 1) {
      this.row++;
      this.column = /\S/.exec(this.line)?.index ?? 0;
    } else if (!forward && this.row > 0) {
      this.row--;
      this.column = Math.max(0, this.line.length - 1);
    }
  }

  /** Moves to the next line that holds `text`. @returns whether there is one */
  search(text: string): boolean {
    for (let step = 1; step <= this.lines.length; step++) {
      const row = (this.row + step) % this.lines.length;
      const at = this.lines[row]?.indexOf(text) ?? -1;
      if (at < 0) continue;
      this.row = row;
      this.column = at;
      return true;
    }
    return false;
  }

  /** `:s/a/b/g` on lines `from` up to `to`. @returns how many lines changed */
  substitute(
    lines: { readonly from: number; readonly to: number },
    what: { readonly find: string; readonly replacement: string; readonly all: boolean },
  ): number {
    let count = 0;
    for (let row = lines.from; row <= lines.to; row++) {
      const line = this.lines[row];
      if (!line?.includes(what.find) || what.find === '') continue;
      this.lines[row] = what.all ? line.replaceAll(what.find, () => what.replacement) : line.replace(what.find, () => what.replacement);
      count++;
      this.row = row;
    }
    return count;
  }
}
