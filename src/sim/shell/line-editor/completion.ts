/** What a word could become, and the part that all possibilities share. */
export interface Candidate {
  /** Takes the place of the typed word. */
  readonly text: string;
  /** Follows when it is the only one: a blank, `/`, or nothing. */
  readonly suffix: string;
  /** As a list of possibilities shows it. */
  readonly shown: string;
}

export interface Completion {
  /** Where in the line the word begins. */
  readonly start: number;
  readonly candidates: readonly Candidate[];
}

export function commonPrefix(texts: readonly string[]): string {
  let prefix = texts[0] ?? '';
  for (const each of texts) while (!each.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}
