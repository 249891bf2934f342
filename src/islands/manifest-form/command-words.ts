// A command line as one field shows it, and as the list of words that a manifest holds. Knows no YAML.

/** `["/bin/sh", "-c", "a b"]` → `/bin/sh -c "a b"` */
export function joinWords(words: readonly string[]): string {
  return words.map((word) => (/^[^\s"'\\]+$/.test(word) ? word : `"${word.replace(/["\\]/g, '\\$&')}"`)).join(' ');
}

/** The words of a line as a shell parts them; a quote that is still open ends with the line. Expands nothing. */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (quote === '' && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === '' && /["']/.test(character)) {
      quote = character;
      word ??= '';
    } else if (character === quote) quote = '';
    else if (character === '\\' && quote !== "'" && /["'\\\s]/.test(line.charAt(at + 1))) {
      at += 1;
      word = (word ?? '') + line.charAt(at);
    } else word = (word ?? '') + character;
  }
  if (word !== undefined) words.push(word);
  return words;
}
