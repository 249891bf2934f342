/** A table of text as libsmartcols prints it: columns as wide as their widest cell, one blank between, the last one unpadded. */

export interface TableColumn {
  readonly header: string;
  readonly align: 'left' | 'right';
}

/** @returns lines with their newlines */
export function formatTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[], options: { readonly headings: boolean } = { headings: true }): string {
  const widths = columns.map((column, index) => Math.max(options.headings ? column.header.length : 0, ...rows.map((row) => (row[index] ?? '').length)));
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
