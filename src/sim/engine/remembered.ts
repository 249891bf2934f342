/** Remembers what pure functions of a text gave, so that what does not change is worked out once. Knows nothing of what is computed. */

/** A longer text takes the place of all others, until it is forgotten with them: what asks for it again does so at once. */
const LONGEST = 8_192;

/**
 * @param compute a pure function; whoever receives its result must not change it
 * @param limit how many results are held; when there are more, all are forgotten
 * @returns the same function, quicker for texts that it has met
 */
export function remembered<T>(compute: (text: string) => T, limit = 1_000): (text: string) => T {
  const results = new Map<string, { readonly result: T }>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known.result;
    const result = compute(text);
    if (results.size >= limit || text.length > LONGEST) results.clear();
    results.set(text, { result });
    return result;
  };
}
