/** Where the expansion of a word puts its pieces. */
/** Fields of a command line, one string, or one pattern: each makes something else of the same pieces. */
export interface Sink {
  quoted(text: string): void;
  /** Typed without quotes: may hold pattern characters, is never split. */
  literal(text: string): void;
  /** Came out of an unquoted expansion: split, and may hold pattern characters. */
  split(text: string): void;
  /** Ends a field, between the members of `$@`. */
  next(): void;
}
