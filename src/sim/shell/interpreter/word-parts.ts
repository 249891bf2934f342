/** Pieces of words as the shells' dialects see them. Knows the parser's types, but parses nothing itself. */
import type * as Bash from 'unbash';
import type { Word, WordPart } from './syntax.ts';

export type DialectName = 'bash' | 'ash' | 'dash';

/** Indirection and arrays are bash's; a name is needed everywhere. */
export function knowsParameter(dialect: DialectName, node: Bash.ParameterExpansionPart): boolean {
  if (node.parameter === '') return false;
  return dialect === 'bash' || (node.prefix !== '!' && node.index === undefined);
}

type Replacing = '/' | '//' | '/#' | '/%';

/** Only bash anchors a pattern with `#` and `%`; elsewhere they are characters of it. */
export function anchored(dialect: DialectName, operator: Replacing, pattern: Word): { readonly operator: Replacing; readonly pattern: Word } {
  if (dialect === 'bash' || operator === '/' || operator === '//') return { operator, pattern };
  return { operator: '/', pattern: { ...pattern, parts: [{ kind: 'text', text: operator.slice(1), quoted: true }, ...pattern.parts] } };
}

/** How a pipeline is timed, if it is. */
export function timing(prefixes: readonly Bash.PipelinePrefix[]): 'bash' | 'posix' | undefined {
  const time = prefixes.find((each) => each.type === 'Time');
  return time ? (time.posix ? 'posix' : 'bash') : undefined;
}

/** Unquoted text: a backslash quotes the character behind it. */
export function bareParts(text: string): WordPart[] {
  const parts: WordPart[] = [];
  let plain = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character !== '\\' || i + 1 >= text.length) {
      plain += character;
      continue;
    }
    if (plain !== '') parts.push({ kind: 'text', text: plain, quoted: false });
    plain = '';
    i++;
    if (text.charAt(i) !== '\n') parts.push({ kind: 'text', text: text.charAt(i), quoted: true });
  }
  if (plain !== '' || parts.length === 0) parts.push({ kind: 'text', text: plain, quoted: false });
  return parts;
}
