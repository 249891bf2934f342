// Guesses what is really wrong with text that is no YAML: upstream's message names the place where reading
// stopped, which is often a line below the mistake. For explanations only; nothing upstream corresponds to it.

import type { SourceRange } from '../yaml/source.ts';

/**
 * - `fullWidthColon`, `fullWidthComma`, `fullWidthDash`, `fullWidthQuote`, `fullWidthBracket`: Chinese punctuation
 * - `noBreakSpace`, `tab`, `controlCharacter`: characters that look like a space or like nothing
 * - `codeFence`, `prompt`, `template`: something was copied along
 * - `noSpaceAfterColon`, `noSpaceAfterDash`, `noColon`: "key:value", "-item", "key value"
 * - `twoColons`: "a: b: c", a value that needs quotes
 * - `openQuote`, `openBracket`: never closed on its line; `extraBracket`: closed twice
 * - `reservedCharacter`: a value that begins with @, % or a back quote
 * - `indentation`: a line further in or out than its neighbours
 */
export type YamlCause =
  | 'codeFence'
  | 'controlCharacter'
  | 'extraBracket'
  | 'fullWidthBracket'
  | 'fullWidthColon'
  | 'fullWidthComma'
  | 'fullWidthDash'
  | 'fullWidthQuote'
  | 'indentation'
  | 'noBreakSpace'
  | 'noColon'
  | 'noSpaceAfterColon'
  | 'noSpaceAfterDash'
  | 'openBracket'
  | 'openQuote'
  | 'prompt'
  | 'reservedCharacter'
  | 'tab'
  | 'template'
  | 'twoColons';

/** How far above the place where reading stopped a mistake is looked for. */
const LINES_ABOVE = 3;

const VALUE = String.raw`^\s*(?:- +)*[\w./-]+:\s+`;

// What to look for in one line, most telling first; the first group, or else the whole match, is marked.
const SIGNS: readonly (readonly [YamlCause, RegExp])[] = [
  ['codeFence', /^\s*(`{3}.*)/],
  ['prompt', /^\s*((?:[\w@:~-]+)?[$#] (?:cat|kubectl|vim?|sudo)\b.*)/],
  ['controlCharacter', /([^\t\n\r\x20-\x7e\x85\xa0-\ufffd])/],
  ['fullWidthColon', /^\s*(?:- +)*[\w./-]+\s*(：)/],
  ['fullWidthDash', /^\s*([－—–])/],
  ['fullWidthComma', /[[{].*?([，、])/],
  ['fullWidthQuote', /([“”‘’＂])/],
  ['fullWidthBracket', /([［］｛｝【】])/],
  ['noBreakSpace', /([\xa0\u2000-\u200b\u202f\u3000])/],
  ['tab', /^ *(\t+)/],
  ['template', /(\{\{.*)/],
  ['reservedCharacter', new RegExp(`${VALUE}([@\`%])`)],
  ['twoColons', new RegExp(`${VALUE}[^"'[{#|>&*!\\s][^"'#]*?(:)(?:\\s|$)`)],
  ['openQuote', new RegExp(`${VALUE}("[^"]*|'[^']*)$`)],
  ['openBracket', new RegExp(`${VALUE}(\\[[^\\]]*|\\{[^}]*)$`)],
  ['extraBracket', /^[^[\]#]*\[[^[\]]*\](\])/],
  ['noSpaceAfterColon', /^\s*(?:- +)*[A-Za-z][\w-]*(:)[^\s:/][^:]*$/],
  ['noSpaceAfterDash', /^\s*(-)[A-Za-z"'][^:]*:\s/],
  ['noColon', /^\s*([A-Za-z][A-Za-z]*)(?:\s+[\w"'.-]+)?\s*$/],
];

const indentOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

/** The column that a line's own keys have, dashes passed over. */
const keyColumn = (line: string): number => /^[ ]*(?:- +)*/.exec(line)?.[0].length ?? 0;

function isOutOfLine(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (line.trim() === '' || line.trim().startsWith('#')) return false;
  const above = lines.slice(0, at).filter((each) => each.trim() !== '' && !each.trim().startsWith('#'));
  const previous = above.at(-1);
  if (previous === undefined) return indentOf(line) > 0;
  const indent = indentOf(line);
  if (indent > keyColumn(previous)) return !/:\s*$|[|>][-+]?\s*$|^\s*-\s*$/.test(previous);
  // Between this line and the one that is further out, its siblings must stand in the same column.
  const parent = above.findLastIndex((each) => indentOf(each) < indent);
  const siblings = above.slice(parent < 0 ? 0 : parent);
  return !siblings.some((each) => indentOf(each) === indent || keyColumn(each) === indent);
}

/**
 * The likely cause near line `stopped` (from 0), and where it is.
 * Undefined when nothing known fits; upstream's message must do then.
 */
export function findCause(text: string, stopped: number | undefined): { readonly cause: YamlCause; readonly range: SourceRange } | undefined {
  if (stopped === undefined) return undefined;
  const lines = text.split(/\r\n|\n|\r/);
  const last = Math.min(stopped, lines.length - 1);
  const near = Array.from({ length: LINES_ABOVE + 1 }, (_, up) => last - up).filter((line) => line >= 0);
  for (const [cause, sign] of SIGNS) {
    for (const number of near) {
      const line = lines[number] ?? '';
      const found = sign.exec(line);
      if (found === null || line.trim().startsWith('#')) continue;
      const marked = found[1] ?? found[0];
      const column = found.index + found[0].lastIndexOf(marked);
      return { cause, range: rangeIn(text, { lines, number, column, length: marked.length }) };
    }
  }
  const bent = near.find((number) => isOutOfLine(lines, number));
  if (bent === undefined) return undefined;
  const line = lines[bent] ?? '';
  return {
    cause: 'indentation',
    range: rangeIn(text, {
      lines,
      number: bent,
      column: indentOf(line),
      length: Math.max(1, line.trim().length),
    }),
  };
}

function rangeIn(
  text: string,
  at: {
    readonly lines: readonly string[];
    readonly number: number;
    readonly column: number;
    readonly length: number;
  },
): SourceRange {
  let offset = 0;
  for (let line = 0; line < at.number; line++) {
    offset += at.lines[line]?.length ?? 0;
    offset += text.startsWith('\r\n', offset) ? 2 : 1;
  }
  offset += at.column;
  const start = { offset, line: at.number, column: at.column };
  return { start, end: { offset: offset + at.length, line: at.number, column: at.column + at.length } };
}
