/**
 * Aligns columns as the tab writer of kubectl does: cells grow to the widest, at least 6 wide, three blanks between.
 * Widths are remembered between flushes, so that rows of a watch stay in line. Modelled on liggitt/tabwriter.
 */
const MIN_WIDTH = 6;
const PADDING = 3;

export class ColumnWriter {
  readonly #widths: number[] = [];

  /** The lines of these rows; the last cell of a row is not padded. */
  lines(rows: readonly (readonly string[])[]): string {
    for (const row of rows) {
      row.slice(0, -1).forEach((cell, column) => {
        this.#widths[column] = Math.max(this.#widths[column] ?? 0, Math.max(MIN_WIDTH, [...cell].length + PADDING));
      });
    }
    return rows.map((row) => `${this.#line(row)}\n`).join('');
  }

  #line(row: readonly string[]): string {
    return row
      .map((cell, column) => (column === row.length - 1 ? cell : cell + ' '.repeat(Math.max(0, (this.#widths[column] ?? 0) - [...cell].length))))
      .join('');
  }
}

/**
 * Aligns the lines of a text at their tabs, each block of adjacent lines on its own, as Go's text/tabwriter with
 * minimum width 0 and padding 2 does for `kubectl describe`. Only cells that a tab ends take part.
 */
export function alignTabs(text: string, padding = 2): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const done: string[] = lines.map(() => '');
  align({ lines, done, padding }, { from: 0, to: lines.length }, 0);
  return done.join('\n');
}

interface Block {
  readonly lines: readonly (readonly string[])[];
  readonly done: string[];
  readonly padding: number;
}

/** A column's block is the run of lines that have a terminated cell there. */
function align(block: Block, range: { readonly from: number; readonly to: number }, column: number): void {
  const { lines, done, padding } = block;
  let at = range.from;
  while (at < range.to) {
    const cells = lines[at] ?? [];
    if (column >= cells.length - 1) {
      done[at] = `${done[at] ?? ''}${cells[column] ?? ''}`;
      at++;
      continue;
    }
    let end = at;
    let width = 0;
    while (end < range.to && column < (lines[end]?.length ?? 0) - 1) {
      width = Math.max(width, [...(lines[end]?.[column] ?? '')].length + padding);
      end++;
    }
    // A column of empty cells takes no room, as DiscardEmptyColumns is off but a width of padding alone remains.
    for (let line = at; line < end; line++)
      done[line] = `${done[line] ?? ''}${(lines[line]?.[column] ?? '').padEnd(width - extraOf(lines[line]?.[column] ?? ''))}`;
    align(block, { from: at, to: end }, column + 1);
    at = end;
  }
}

/** padEnd counts UTF-16 units; the tab writer counts characters. */
function extraOf(text: string): number {
  return [...text].length - text.length;
}
