/** Sixteen bytes as one line of a dump, in the forms of hexdump and od. */

export function rowsOf(bytes: readonly number[]): number[][] {
  const rows: number[][] = [];
  for (let at = 0; at < bytes.length; at += 16) rows.push(bytes.slice(at, at + 16));
  return rows;
}

/** `hexdump -C`: hexadecimal, then the printable characters between bars. */
export function canonicalRow(row: readonly number[]): string {
  const hex = Array.from({ length: 16 }, (_, index) => `${index === 8 ? ' ' : ''} ${row[index]?.toString(16).padStart(2, '0') ?? '  '}`).join('');
  const text = row.map((each) => (each >= 32 && each < 127 ? String.fromCharCode(each) : '.')).join('');
  return ` ${hex}  |${text}|`;
}

const ESCAPES: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };

/** One column per byte. */
export function characterRow(row: readonly number[], style: 'characters' | 'octal-bytes' | 'hexadecimal-bytes'): string {
  return row
    .map((each) => {
      if (style === 'hexadecimal-bytes') return ` ${each.toString(16).padStart(2, '0')}`;
      if (style === 'octal-bytes') return ` ${each.toString(8).padStart(3, '0')}`;
      return ` ${(ESCAPES[each] ?? (each >= 32 && each < 127 ? String.fromCharCode(each) : each.toString(8).padStart(3, '0'))).padStart(3)}`;
    })
    .join('');
}

/** Two bytes per column, the lower one first. @param narrow od's columns, hexdump's are wider */
export function wordRow(row: readonly number[], how: { readonly style: 'octal' | 'decimal' | 'hexadecimal'; readonly narrow: boolean }): string {
  const words: string[] = [];
  for (let at = 0; at < row.length; at += 2) {
    const value = (row[at] ?? 0) | ((row[at + 1] ?? 0) << 8);
    const text =
      how.style === 'octal'
        ? value.toString(8).padStart(6, '0')
        : how.style === 'decimal'
          ? String(value).padStart(5, how.narrow ? ' ' : '0')
          : value.toString(16).padStart(4, '0');
    words.push(`${how.narrow || how.style === 'hexadecimal' ? ' ' : how.style === 'decimal' ? '   ' : '  '}${text}`);
  }
  return words.join('');
}
