/** Laying out one line of ps as procps does (src/ps/output.c show_one_proc): what is too wide borrows the room of the columns behind it. */
import type { Column } from './procps-columns.ts';

/** @param limit cells of the line, infinite when nobody watches at a terminal */
export function layOut(
  columns: readonly Column[],
  cell: (column: Column) => string,
  options: { readonly limit: number; readonly header: boolean },
): string {
  let line = '';
  let due = 0;
  columns.forEach((column, index) => {
    const isLast = index === columns.length - 1;
    let text = cell(column);
    if (column.align === 'unlimited' && !isLast) text = text.slice(0, column.width);
    const pad = column.align === 'right' ? Math.max(0, column.width - text.length) : 0;
    const space = due - line.length + pad;
    line += ' '.repeat(space < 1 ? (index === 0 ? 0 : 1) : space) + text;
    due += column.width + 1;
  });
  const cut = line.slice(0, options.limit);
  return options.header ? cut.trimEnd() : cut;
}
