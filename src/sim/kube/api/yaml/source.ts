// Positions in a manifest's text, and the error a YAML reader stops with.
// Knows nothing of YAML's grammar.

/** A place in the text: UTF-16 offset, and line and column counted from 0. */
export interface Mark {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** A stretch of text; `end` is exclusive. */
export interface SourceRange {
  readonly start: Mark;
  readonly end: Mark;
}

/** The range between two marks. */
export function rangeBetween(start: Mark, end: Mark): SourceRange {
  return { start, end };
}

/**
 * Thrown inside the YAML reader only; `parseYaml` turns it into data.
 * `message` is the upstream text without the leading "yaml: ".
 */
export class YamlProblem extends Error {
  readonly range: SourceRange | undefined;
  constructor(message: string, range?: SourceRange) {
    super(message);
    this.range = range;
  }
}
