// Cuts texts and queries into the terms that search compares. Chinese has no blanks, and browsers' dictionaries cut one
// word differently in different sentences, so Han characters are taken in overlapping pairs: whatever stands in a text is
// found by any part of it. Names such as shareProcessNamespace are found whole and by their words. Knows no index.

const run = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu;
const han = /^\p{Script=Han}/u;
/** Words inside a name: `hostPort` → host, Port; `CNIPlugin` → CNI, Plugin. */
const inner = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;

/**
 * Terms of a text that can be found.
 *
 * @returns lower case, in reading order, with repetitions
 */
export function termsOfText(text: string): string[] {
  return runsOf(text).flatMap((part) => {
    if (han.test(part)) return [...pairs(part), [...part].at(-1) ?? ''];
    const words = part.match(inner) ?? [];
    return (words.length > 1 ? [part, ...words] : [part]).map((word) => word.toLowerCase());
  });
}

/** Terms that a query asks for, all of which a good result has; lower case. */
export function termsOfQuery(query: string): string[] {
  return runsOf(query).flatMap((part) => {
    if (!han.test(part)) return [part.toLowerCase()];
    return [...part].length === 1 ? [part] : pairs(part);
  });
}

function runsOf(text: string): readonly string[] {
  return text.normalize('NFKC').match(run) ?? [];
}

function pairs(part: string): string[] {
  const characters = [...part];
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}
