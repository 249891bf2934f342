/** A word of a command line as far as it is known before the shell expands it. */
import type { Word, WordPart } from '../../sim/shell/interpreter/syntax.ts';

/** Stands for what only the running shell knows. */
export const UNKNOWN = '\u0001';

export interface PlainWord {
  /** Quotes taken away, `UNKNOWN` where something is expanded. */
  readonly text: string;
  readonly source: string;
}

export function plainWord(word: Word): PlainWord {
  return { text: word.parts.map(textOf).join(''), source: word.source };
}

/** Whether all of it is known. */
export function isKnown({ text }: PlainWord): boolean {
  return !text.includes(UNKNOWN);
}

function textOf(part: WordPart): string {
  return part.kind === 'text' ? part.text : UNKNOWN;
}
