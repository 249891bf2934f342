/** What somebody may have meant by an unknown subcommand (cobra's SuggestionsFor: distance 2, or a common beginning). */

/** Names within two edits of `typed`, or that begin with it. */
export function suggestionsFor(typed: string, names: readonly string[]): readonly string[] {
  const lower = typed.toLowerCase();
  return names.filter((name) => editDistance(lower, name.toLowerCase()) <= 2 || name.toLowerCase().startsWith(lower));
}

/** Insertions, deletions and replacements between two words (cobra's ld: a swap of neighbours counts two). */
function editDistance(a: string, b: string): number {
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
