// Scans the five styles of YAML scalars. Knows indentation only as numbers it is given.
// Models go.yaml.in/yaml v2.4, scannerc.go.

import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import type { Mark } from './source.ts';
import type { ScalarToken } from './token.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

const ESCAPE_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Joins what stood between two lines: one break is a space, more lose the first. */
function fold(first: string, rest: string): string {
  if (first.startsWith('\n')) return rest === '' ? ' ' : rest;
  return first + rest;
}

function scanEscape(cursor: Cursor, start: Mark): string {
  const letter = String.fromCharCode(cursor.at(1));
  const digits = ESCAPE_DIGITS[letter];
  if (digits === undefined) {
    const plain = ESCAPES[letter];
    if (plain === undefined) cursor.fail('found unknown escape character', start);
    cursor.skip(2);
    return plain;
  }
  cursor.skip(2);
  let value = 0;
  for (let index = 0; index < digits; index++) {
    const digit = Number.parseInt(String.fromCharCode(cursor.at(index)), 16);
    if (Number.isNaN(digit)) cursor.fail('did not find expected hexdecimal number', start);
    value = value * 16 + digit;
  }
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    cursor.fail('found invalid Unicode character escape code', start);
  }
  cursor.skip(digits);
  return String.fromCodePoint(value);
}

/** Scans '…' or "…"; the cursor stands on the opening quote. */
export function scanQuoted(cursor: Cursor): ScalarToken {
  const start = cursor.mark();
  const quote = cursor.at();
  const single = quote === 39;
  cursor.skip();
  let text = '';
  for (;;) {
    if (cursor.atDocumentIndicator()) cursor.fail('found unexpected document indicator', start);
    if (cursor.at() === 0) cursor.fail('found unexpected end of stream', start);
    let escapedBreak = false;
    while (!isBlankOrEnd(cursor.at())) {
      const code = cursor.at();
      if (single && code === 39 && cursor.at(1) === 39) {
        text += "'";
        cursor.skip(2);
      } else if (code === quote) {
        break;
      } else if (!single && code === 92 && isBreak(cursor.at(1))) {
        cursor.skip();
        cursor.skipBreak();
        escapedBreak = true;
        break;
      } else if (!single && code === 92) {
        text += scanEscape(cursor, start);
      } else {
        const from = cursor.offset;
        cursor.skip();
        while (!isBlankOrEnd(cursor.at()) && cursor.at() !== quote && cursor.at() !== 92) cursor.skip();
        text += cursor.text.slice(from, cursor.offset);
      }
    }
    if (cursor.at() === quote) break;
    text += scanGap(cursor, { broken: escapedBreak }).joined;
  }
  cursor.skip();
  return { kind: 'scalar', start, end: cursor.mark(), text, plain: false };
}

/** Blanks and line breaks between two words; `joined` is what they become in the value. */
function scanGap(
  cursor: Cursor,
  from: { readonly broken: boolean; readonly refuseTab?: () => void },
): { readonly joined: string; readonly broken: boolean } {
  let broken = from.broken;
  let blanks = '';
  let first = '';
  let rest = '';
  for (;;) {
    const code = cursor.at();
    if (isBlank(code)) {
      if (broken && code === 9) from.refuseTab?.();
      if (!broken) blanks += String.fromCharCode(code);
      cursor.skip();
    } else if (isBreak(code)) {
      if (broken) rest += cursor.readBreak();
      else first = cursor.readBreak();
      broken = true;
    } else {
      break;
    }
  }
  return { joined: broken ? fold(first, rest) : blanks, broken };
}

const FLOW_STOPS = new Set([44, 63, 91, 93, 123, 125]);

/** A plain scalar and whether it went over a line's end, after which a simple key may start. */
export interface PlainScan {
  readonly token: ScalarToken;
  readonly brokeLine: boolean;
}

/** Scans a scalar without quotes. `indent` is the block's indentation, `inFlow` whether brackets are open. */
export function scanPlain(cursor: Cursor, context: { readonly indent: number; readonly inFlow: boolean }): PlainScan {
  const start = cursor.mark();
  const indent = context.indent + 1;
  let end = start;
  let text = '';
  let gap = '';
  let brokeLine = false;
  const refuseTab = (): void => {
    if (cursor.column < indent) cursor.fail('found a tab character that violates indentation', start);
  };
  while (!cursor.atDocumentIndicator() && cursor.at() !== 35) {
    const from = cursor.offset;
    while (!isBlankOrEnd(cursor.at())) {
      const code = cursor.at();
      if (code === 58 && isBlankOrEnd(cursor.at(1))) break;
      if (context.inFlow && FLOW_STOPS.has(code)) break;
      cursor.skip();
    }
    if (cursor.offset > from) {
      text += gap + cursor.text.slice(from, cursor.offset);
      brokeLine = false;
      end = cursor.mark();
    }
    if (!isBlank(cursor.at()) && !isBreak(cursor.at())) break;
    const next = scanGap(cursor, { broken: brokeLine, refuseTab });
    gap = next.joined;
    brokeLine = next.broken;
    if (!context.inFlow && cursor.column < indent) break;
  }
  return { token: { kind: 'scalar', start, end, text, plain: true }, brokeLine };
}

interface BlockHeader {
  readonly chomp: '' | '+' | '-';
  readonly increment: number;
}

function scanBlockHeader(cursor: Cursor, start: Mark): BlockHeader {
  let chomp: BlockHeader['chomp'] = '';
  let increment = 0;
  const takeChomp = (): void => {
    const code = cursor.at();
    if (code !== 43 && code !== 45) return;
    chomp = code === 43 ? '+' : '-';
    cursor.skip();
  };
  takeChomp();
  if (isDigit(cursor.at())) {
    if (cursor.at() === 48) cursor.fail('found an indentation indicator equal to 0', start);
    increment = cursor.at() - 48;
    cursor.skip();
    if (chomp === '') takeChomp();
  }
  cursor.readWhile(isBlank);
  if (cursor.at() === 35) cursor.readWhile((code) => !isBreakOrEnd(code));
  if (!isBreakOrEnd(cursor.at())) cursor.fail('did not find expected comment or line break', start);
  cursor.skipBreak();
  return { chomp, increment };
}

/** Empty lines and indentation before the next line of a block scalar; finds the indentation when it is 0. */
function scanBlockBreaks(
  cursor: Cursor,
  context: { readonly indent: number; readonly parent: number; readonly start: Mark },
): { readonly indent: number; readonly breaks: string; readonly end: Mark } {
  const { indent } = context;
  let breaks = '';
  let deepest = 0;
  let end = cursor.mark();
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.at() === 32) cursor.skip();
    deepest = Math.max(deepest, cursor.column);
    if ((indent === 0 || cursor.column < indent) && cursor.at() === 9) {
      cursor.fail('found a tab character where an indentation space is expected', context.start);
    }
    if (!isBreak(cursor.at())) break;
    breaks += cursor.readBreak();
    end = cursor.mark();
  }
  return { indent: indent === 0 ? Math.max(deepest, context.parent + 1, 1) : indent, breaks, end };
}

/** Scans a literal (|) or folded (>) scalar; the cursor stands on the indicator. `parent` is the block's indentation. */
export function scanBlock(cursor: Cursor, parent: number): ScalarToken {
  const start = cursor.mark();
  const literal = cursor.at() === 124;
  cursor.skip();
  const { chomp, increment } = scanBlockHeader(cursor, start);
  const given = increment === 0 ? 0 : Math.max(parent, 0) + increment;
  const found = scanBlockBreaks(cursor, { indent: given, parent, start });
  const { indent } = found;
  let { breaks, end } = found;
  let text = '';
  let lineEnd = '';
  let leadingBlank = false;
  while (cursor.column === indent && cursor.at() !== 0) {
    const blank = isBlank(cursor.at());
    const folds = !literal && !leadingBlank && !blank && lineEnd.startsWith('\n');
    text += folds ? (breaks === '' ? ' ' : '') : lineEnd;
    text += breaks;
    leadingBlank = blank;
    text += cursor.readWhile((code) => !isBreakOrEnd(code));
    lineEnd = cursor.readBreak();
    ({ breaks, end } = scanBlockBreaks(cursor, { indent, parent, start }));
  }
  if (chomp !== '-') text += lineEnd;
  if (chomp === '+') text += breaks;
  return { kind: 'scalar', start, end, text, plain: false };
}
