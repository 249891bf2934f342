/**
 * A table of text as libsmartcols prints it (calculate.c count_column_width): columns as wide as their widest cell or their
 * header; where a cell fills the header, at least as wide as the program asks for. One blank between, the last one unpadded.
 */

export interface TableColumn {
  readonly header: string;
  readonly align: 'left' | 'right';
  /** The width that the program asks for. */
  readonly width?: number;
}

/** The same as libsmartcols writes it in JSON; empty cells are null. @param name of the list */
export function jsonTable(
  name: string,
  columns: readonly (readonly [header: string, kind: 'text' | 'number'])[],
  rows: readonly (readonly string[])[],
): string {
  const member = (row: readonly string[]): string =>
    columns
      .map(([header, kind], at) => {
        const cell = row[at] ?? '';
        return `         "${header.toLowerCase()}": ${cell === '' ? 'null' : kind === 'number' ? cell : JSON.stringify(cell)}`;
      })
      .join(',\n');
  return `{\n   "${name}": [\n      ${rows.map((row) => `{\n${member(row)}\n      }`).join(',')}\n   ]\n}\n`;
}

/** @returns lines with their newlines */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  options: { readonly headings: boolean } = { headings: true },
): string {
  const widths = columns.map((column, index) => {
    const content = Math.max(0, ...rows.map((row) => (row[index] ?? '').length));
    if (content < column.header.length) return column.header.length;
    return Math.max(content, column.header.length < (column.width ?? 0) ? (column.width ?? 0) : 0);
  });
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        if (columns[index]?.align === 'right') return cell.padStart(width);
        return index === columns.length - 1 ? cell : cell.padEnd(width);
      })
      .join(' ');
  const all = options.headings ? [columns.map((column) => column.header), ...rows] : rows;
  return all.map((row) => `${line(row)}\n`).join('');
}
