/** The table that ss prints: columns as wide as their contents, spread over the screen on a terminal (misc/ss.c, render_calc_width). */

interface Column {
  readonly align: 'left' | 'right';
  readonly title: string;
  /** Stands before the column unless it is the first one. */
  readonly delimiter: string;
}

const COLUMNS: readonly Column[] = [
  { align: 'left', title: 'Netid', delimiter: ' ' },
  { align: 'left', title: 'State', delimiter: ' ' },
  { align: 'left', title: 'Recv-Q', delimiter: ' ' },
  { align: 'left', title: 'Send-Q', delimiter: ' ' },
  { align: 'right', title: 'Local Address:', delimiter: ' ' },
  { align: 'left', title: 'Port', delimiter: '' },
  { align: 'right', title: 'Peer Address:', delimiter: ' ' },
  { align: 'left', title: 'Port', delimiter: '' },
  { align: 'left', title: 'Process', delimiter: '' },
];

/** One text per column, in the order of the header. */
export type SocketRow = readonly [
  netid: string,
  state: string,
  receive: string,
  send: string,
  local: string,
  localPort: string,
  peer: string,
  peerPort: string,
  process: string,
];

export interface TableOptions {
  readonly header: boolean;
  readonly hideNetid: boolean;
  readonly hideState: boolean;
  /** Columns of the terminal; undefined for a pipe or file. */
  readonly screen: number | undefined;
}

/** @returns the whole text, header first */
export function socketTable(rows: readonly SocketRow[], options: TableOptions): string {
  const shown = COLUMNS.map((column, index) => ({ ...column, index })).filter(
    ({ index }) => !(index === 0 && options.hideNetid) && !(index === 1 && options.hideState),
  );
  const lines = [...(options.header ? [COLUMNS.map((column) => column.title)] : []), ...rows];
  let first = true;
  const contents = shown.map(({ index, delimiter }) => {
    const longest = Math.max(0, ...lines.map((line) => line[index]?.length ?? 0));
    const width = !first && longest > 0 ? longest + delimiter.length : longest;
    if (width > 0) first = false;
    return width;
  });
  const widths = options.screen === undefined ? contents : spread(contents, options.screen);
  let text = '';
  for (const line of lines) {
    let before = false;
    for (const [at, column] of shown.entries()) {
      const width = widths[at] ?? 0;
      if (width === 0) continue;
      const delimiter = before ? column.delimiter : '';
      const cell = line[column.index] ?? '';
      const room = width - delimiter.length;
      text += delimiter + (column.align === 'left' ? cell.padEnd(room) : cell.padStart(room));
      before = true;
    }
    text += '\n';
  }
  return text;
}

/**
 * Puts as many columns as fit on one line of the screen, the rest on the next, and gives what is left of each line to
 * its columns alike, the last ones first; lines end where the terminal wraps them.
 */
function spread(widths: readonly number[], screen: number): readonly number[] {
  const result = widths.map((width) => Math.min(width, screen));
  let line: number[] = [];
  let used = 0;
  const close = (): void => {
    const pad = screen - used;
    const each = line.length === 0 ? 0 : Math.floor(pad / line.length);
    let rest = line.length === 0 ? 0 : pad % line.length;
    for (const at of line.toReversed()) {
      result[at] = (result[at] ?? 0) + each + (rest > 0 ? 1 : 0);
      rest--;
    }
    line = [];
    used = 0;
  };
  for (const [at, width] of result.entries()) {
    if (width === 0) continue;
    if (used + width > screen) close();
    line.push(at);
    used += width;
  }
  if (line.length > 0) close();
  return result;
}
