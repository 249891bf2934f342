/** Work that is done piece by piece: whoever asks for the next piece may do something else first. Knows nothing of the work. */

export type Pieces<T = void> = Generator<undefined, T, undefined>;

/** Does all pieces at once. @returns what the work comes to */
export function wholeOf<T>(pieces: Pieces<T>): T {
  for (;;) {
    const next = pieces.next();
    if (next.done === true) return next.value;
  }
}
