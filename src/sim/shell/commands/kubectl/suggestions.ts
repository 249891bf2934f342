/** What somebody may have meant by an unknown subcommand (cobra's SuggestionsFor: distance 2, or a common beginning). */

export interface Suggestible {
  readonly name: string;
  /** Other words for it. */
  readonly meantBy?: readonly string[];
}

/** Names within two edits of `typed`, that begin with it, or that it is another word for. */
export function suggestionsFor(typed: string, commands: readonly Suggestible[]): readonly string[] {
  const lower = typed.toLowerCase();
  const fits = ({ name, meantBy = [] }: Suggestible): boolean => editDistance(lower, name) <= 2 || name.startsWith(lower) || meantBy.includes(lower);
  return commands.filter(fits).map(({ name }) => name);
}

/** Insertions, deletions and replacements between two words (cobra's ld: a swap of neighbours counts two). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_unused, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      next.push(same ? (row[j - 1] ?? 0) : 1 + Math.min(row[j] ?? 0, next[j - 1] ?? 0, row[j - 1] ?? 0));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
