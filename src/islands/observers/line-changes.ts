// Which lines of an output went and which came, compared with the output before. Longest common subsequence, so
// that a line that only moved up because another went is not marked.

export interface ChangedLine {
  readonly change: 'same' | 'came' | 'went';
  readonly text: string;
  /** Position in the new output; `undefined` for a line that went. */
  readonly index: number | undefined;
}

/** The new lines in order, with the lines that went where they stood. */
export function lineChanges(before: readonly string[], after: readonly string[]): readonly ChangedLine[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const length = before[row] === after[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
      (lengths[row] as Uint16Array)[column] = length;
    }
  }
  const changes: ChangedLine[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    if (row < before.length && column < after.length && before[row] === after[column]) {
      changes.push({ change: 'same', text: after[column] ?? '', index: column });
      row += 1;
      column += 1;
    } else if (row < before.length && (column === after.length || at(row + 1, column) >= at(row, column + 1))) {
      changes.push({ change: 'went', text: before[row] ?? '', index: undefined });
      row += 1;
    } else {
      changes.push({ change: 'came', text: after[column] ?? '', index: column });
      column += 1;
    }
  }
  return changes;
}
