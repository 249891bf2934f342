/** The columns in which ls shows names on a terminal: as many as fit, filled downwards. */
import type { Family } from '../../tool/tool.ts';

export interface Item {
  readonly text: string;
  /** Cells that it takes, without colours. */
  readonly width: number;
}

/** @returns the lines; BusyBox makes all columns equally wide, GNU each as wide as it needs */
export function layOut(items: readonly Item[], how: { readonly width: number; readonly family: Family; readonly across: boolean }): string {
  const widths = how.family === 'busybox' ? equalColumns(items, how.width) : fittedColumns(items, how.width, how.across);
  const columns = widths.length;
  const rows = Math.ceil(items.length / columns);
  let text = '';
  for (let row = 0; row < rows; row++) {
    let line = '';
    let pending = 0;
    for (let column = 0; column < columns; column++) {
      const item = items[how.across ? row * columns + column : column * rows + row];
      if (!item) continue;
      line += ' '.repeat(pending) + item.text;
      pending = Math.max(0, (widths[column] ?? 0) - item.width);
    }
    text += `${line}\n`;
  }
  return text;
}

function equalColumns(items: readonly Item[], width: number): number[] {
  const column = Math.max(...items.map((each) => each.width)) + 2;
  const count = Math.max(1, Math.floor((width - 1) / column));
  const rows = Math.ceil(items.length / count);
  return new Array<number>(Math.max(1, Math.ceil(items.length / rows))).fill(column);
}

function fittedColumns(items: readonly Item[], width: number, across: boolean): number[] {
  for (let columns = Math.min(items.length, Math.floor(width / 3)); columns > 1; columns--) {
    const rows = Math.ceil(items.length / columns);
    const widths = new Array<number>(columns).fill(0);
    items.forEach((item, index) => {
      const column = across ? index % columns : Math.floor(index / rows);
      widths[column] = Math.max(widths[column] ?? 0, item.width + (column === columns - 1 ? 0 : 2));
    });
    if (widths.every((each) => each > 0) && widths.reduce((sum, each) => sum + each, 0) <= width) return widths;
  }
  return [Math.max(...items.map((each) => each.width))];
}
