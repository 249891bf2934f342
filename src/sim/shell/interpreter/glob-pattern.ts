/** Shell patterns (POSIX 2.13): `*`, `?`, `[a-z]`, with quoted characters marked by a backslash. Matching takes time in proportion to pattern times text, never more. */
type Token =
  | { readonly kind: 'star' }
  | { readonly kind: 'any' }
  | { readonly kind: 'char'; readonly character: string }
  | { readonly kind: 'set'; readonly negated: boolean; readonly test: (character: string) => boolean };

export type GlobPattern = readonly Token[];

const CLASSES: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /\s/,
  blank: /[ \t]/,
  punct: /[!-/:-@[-`{-~]/,
  xdigit: /[0-9A-Fa-f]/,
  cntrl: /[\0-\x1f\x7f]/,
  print: /[ -~]/,
  graph: /[!-~]/,
};

/** @returns whether `text` holds an unquoted pattern character */
export function hasPattern(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '\\') i++;
    else if (character === '*' || character === '?') return true;
    else if (character === '[' && text.indexOf(']', i + 2) > 0) return true;
  }
  return false;
}

/** Puts a backslash before everything that a pattern would read as special. */
export function quotePattern(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&');
}

/** The text that a pattern without special characters stands for. */
export function unquotePattern(text: string): string {
  return text.replace(/\\([\s\S])/g, '$1');
}

export function compilePattern(text: string): GlobPattern {
  const tokens: Token[] = [];
  const characters = [...text];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? '';
    if (character === '\\' && i + 1 < characters.length) tokens.push({ kind: 'char', character: characters[++i] ?? '' });
    else if (character === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (character === '?') tokens.push({ kind: 'any' });
    else if (character === '[') {
      const set = readSet(characters, i);
      if (set) {
        tokens.push(set.token);
        i = set.end;
      } else tokens.push({ kind: 'char', character });
    } else tokens.push({ kind: 'char', character });
  }
  return tokens;
}

function readSet(characters: readonly string[], start: number): { token: Token; end: number } | undefined {
  let i = start + 1;
  const negated = characters[i] === '!' || characters[i] === '^';
  if (negated) i++;
  const tests: ((character: string) => boolean)[] = [];
  for (let first = true; i < characters.length; first = false, i++) {
    let character = characters[i] ?? '';
    if (character === ']' && !first) return { token: { kind: 'set', negated, test: (each) => tests.some((test) => test(each)) }, end: i };
    const name = character === '[' && characters[i + 1] === ':' ? /^\[:([a-z]+):\]/.exec(characters.slice(i, i + 12).join(''))?.[1] : undefined;
    const known = name === undefined ? undefined : CLASSES[name];
    if (known && name !== undefined) {
      tests.push((each) => known.test(each));
      i += name.length + 3;
      continue;
    }
    if (character === '\\') character = characters[++i] ?? '';
    const to = characters[i + 2];
    if (characters[i + 1] === '-' && to !== undefined && to !== ']') {
      const low = character;
      tests.push((each) => each >= low && each <= to);
      i += 2;
    } else {
      const same = character;
      tests.push((each) => each === same);
    }
  }
  return undefined;
}

/** Whether the whole of `text` matches. */
export function matchesPattern(pattern: GlobPattern, text: string): boolean {
  const characters = [...text];
  let p = 0;
  let t = 0;
  let starAt = -1;
  let resume = 0;
  while (t < characters.length) {
    const token = pattern[p];
    if (token?.kind === 'star') {
      starAt = p++;
      resume = t;
    } else if (token && matchesOne(token, characters[t] ?? '')) {
      p++;
      t++;
    } else if (starAt >= 0) {
      p = starAt + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p]?.kind === 'star') p++;
  return p === pattern.length;
}

/** Whether one character is what `token` stands for; a star stands for none. */
export function matchesOne(token: Token, character: string): boolean {
  switch (token.kind) {
    case 'any':
      return true;
    case 'char':
      return token.character === character;
    case 'set':
      return token.test(character) !== token.negated;
    case 'star':
      return false;
  }
}
