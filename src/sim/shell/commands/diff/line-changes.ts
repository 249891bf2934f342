/** The smallest set of changes between two lists of lines, by the longest common subsequence. Knows no output format. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Beyond this product of lengths the middle is given as one change, so that time and memory stay bounded. */
const LIMIT = 4_000_000;

export function hunksOf(a: readonly string[], b: readonly string[], key: (line: string) => string): Change[] {
  const x = a.map(key);
  const y = b.map(key);
  let start = 0;
  while (start < x.length && start < y.length && x[start] === y[start]) start++;
  let end = 0;
  while (end < x.length - start && end < y.length - start && x[x.length - 1 - end] === y[y.length - 1 - end]) end++;
  const rows = x.length - start - end;
  const columns = y.length - start - end;
  if (rows === 0 && columns === 0) return [];
  if (rows * columns > LIMIT || rows === 0 || columns === 0) return [{ from: start, to: start + rows, newFrom: start, newTo: start + columns }];
  const width = columns + 1;
  const lengths = new Int32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      lengths[i * width + j] =
        x[start + i] === y[start + j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < rows || j < columns) {
    if (i < rows && j < columns && x[start + i] === y[start + j]) {
      i++;
      j++;
      continue;
    }
    const from = i;
    const newFrom = j;
    while ((i < rows || j < columns) && !(i < rows && j < columns && x[start + i] === y[start + j])) {
      if (j >= columns || (i < rows && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))) i++;
      else j++;
    }
    changes.push({ from: start + from, to: start + i, newFrom: start + newFrom, newTo: start + j });
  }
  return changes;
}
