/** Breaks lines at blanks as mitchellh/go-wordwrap does: long words stay whole, line breaks are kept. */

/** @param limit characters a line */
export function wordWrap(text: string, limit: number): string {
  let wrapped = '';
  let current = 0;
  let word = '';
  let blanks = '';
  for (const character of text) {
    if (character === '\n') {
      if (word === '') {
        if (current + blanks.length <= limit) wrapped += blanks;
      } else wrapped += blanks + word;
      blanks = '';
      word = '';
      wrapped += '\n';
      current = 0;
    } else if (/\s/.test(character) && character !== '\u00a0') {
      if (blanks === '' || word !== '') {
        current += blanks.length + word.length;
        wrapped += blanks + word;
        blanks = '';
        word = '';
      }
      blanks += character;
    } else {
      word += character;
      if (current + blanks.length + word.length > limit && word.length < limit) {
        wrapped += '\n';
        current = 0;
        blanks = '';
      }
    }
  }
  if (word !== '') wrapped += blanks + word;
  else if (current + blanks.length <= limit) wrapped += blanks;
  return wrapped;
}

/** Every line moved to the right, empty ones too. */
export function indented(text: string, amount: number): string {
  const margin = ' '.repeat(amount);
  return margin + text.replaceAll('\n', `\n${margin}`);
}
