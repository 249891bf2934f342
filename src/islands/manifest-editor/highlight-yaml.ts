// Colours one line of YAML without parsing the whole. A colouring may be approximate where the verdict may not:
// text of block scalars is coloured as if it were YAML.

export type TokenKind = 'key' | 'string' | 'value' | 'comment' | 'mark' | 'text';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const pattern =
  /(?<comment>(?:^|(?<=\s))#.*$)|(?<key>(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#:,[\]{}"'&*!|>%@`-][^:#,[\]{}]*?|-[^\s:#,]+)(?=\s*:(?:\s|$)))|(?<string>"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)|(?<value>(?<=[\s:[,-]|^)(?:true|false|null|~|[-+]?\d[\d_.]*)(?=\s*(?:[,\]}#]|$)))|(?<mark>^(?:---|\.\.\.)(?=\s|$)|[[\]{},]|:(?=\s|$)|(?<=^\s*(?:- +)*)-(?=\s|$)|[|>][-+]?\d?$)/gu;

/** The line's tokens in order; together they are exactly the line. */
export function highlightYaml(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: 'text', text: line.slice(end, match.index) });
    const kind = kinds.find((each) => match.groups?.[each] !== undefined) ?? 'text';
    tokens.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < line.length) tokens.push({ kind: 'text', text: line.slice(end) });
  return tokens;
}

const kinds = ['comment', 'key', 'string', 'value', 'mark'] as const;
