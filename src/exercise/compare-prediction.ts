/**
 * Puts what a learner expected beside what was printed, line by line. Knows neither words nor pages; nothing is counted
 * or scored.
 */

export interface ComparedLine {
  /** `hit`: expected and printed; `wrong`: expected, never printed; `missed`: printed, not expected. */
  readonly mark: 'hit' | 'wrong' | 'missed';
  readonly text: string;
}

/** @returns the output's lines in their order, then what was expected and never came */
export function comparePrediction(expected: readonly string[], printed: readonly string[]): readonly ComparedLine[] {
  const left = [...expected];
  const marked: ComparedLine[] = [];
  for (const line of printed) {
    const at = left.findIndex((each) => plain(each) === plain(line));
    if (at < 0) {
      marked.push({ mark: 'missed', text: line });
      continue;
    }
    left.splice(at, 1);
    marked.push({ mark: 'hit', text: line });
  }
  return [...marked, ...left.map((text): ComparedLine => ({ mark: 'wrong', text }))];
}

/** People type without the padding of columns. */
function plain(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}
