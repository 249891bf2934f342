// Walks over one YAML document and counts lines. Reports forbidden characters when the reading reaches
// them, as go.yaml.in/yaml v2.4 (readerc.go) does; knows no token.

import { YamlProblem, rangeBetween } from './source.ts';
import type { Mark } from './source.ts';

const FORBIDDEN = /[^\t\n\r\x20-\x7e\x85\xa0-\ufffd]/;

/** go-yaml decodes its input in blocks of this many bytes and refuses a bad character when its block is read. */
const BLOCK_BYTES = 512;

const LINE_BREAK = /\r\n|[\r\n\x85\u2028\u2029]/;

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code < 0xe000;

function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  // A surrogate pair is four bytes: two for each half.
  return code >= 0xd800 && code < 0xe000 ? 2 : 3;
}

/** Where the block begins that holds the character at `bad`. */
function startOfBlock(text: string, bad: number): number {
  let start = 0;
  let bytes = 0;
  for (let index = 0; index <= bad; index++) {
    const code = text.charCodeAt(index);
    bytes += bytesOf(code);
    if (bytes > BLOCK_BYTES && !isLowSurrogate(code)) {
      start = index;
      bytes = bytesOf(code);
    }
  }
  return start;
}

export const isBlank = (code: number): boolean => code === 32 || code === 9;

/** CR, LF, NEL, LS and PS end a line in YAML 1.1. */
export const isBreak = (code: number): boolean => code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;

export const isBreakOrEnd = (code: number): boolean => code === 0 || isBreak(code);

export const isBlankOrEnd = (code: number): boolean => isBlank(code) || isBreakOrEnd(code);

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Letters, digits, "_" and "-", the characters of anchors and tag handles. */
export const isWord = (code: number): boolean =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 45;

export class Cursor {
  readonly text: string;
  /** Offset of `text` in the whole manifest. */
  readonly base: Mark;
  offset = 0;
  line = 0;
  lineStart = 0;
  private readonly readable: number;
  private readonly bad: number;

  constructor(text: string, base: Mark) {
    this.text = text;
    this.base = base;
    this.bad = text.search(FORBIDDEN);
    this.readable = this.bad < 0 ? text.length : startOfBlock(text, this.bad);
    // A byte order mark is taken for the encoding's and not for a character.
    if (text.charCodeAt(0) === 0xfeff) this.offset = this.lineStart = 1;
  }

  get column(): number {
    return this.offset - this.lineStart;
  }

  /** The character code `ahead` of here; 0 past the end. */
  at(ahead = 0): number {
    const index = this.offset + ahead;
    return index < this.readable ? this.text.charCodeAt(index) : this.past();
  }

  private past(): number {
    if (this.bad < 0) return 0;
    const before = this.text.slice(0, this.bad).split(LINE_BREAK);
    const column = before.at(-1)?.length ?? 0;
    const start = this.absolute({ offset: this.bad, line: before.length - 1, column });
    const end = { offset: start.offset + 1, line: start.line, column: column + 1 };
    throw new YamlProblem('control characters are not allowed', rangeBetween(start, end));
  }

  /** Here, counted within the document. */
  mark(): Mark {
    return { offset: this.offset, line: this.line, column: this.column };
  }

  skip(count = 1): void {
    this.offset += count;
  }

  /** Steps over one line break, CR LF being one; does nothing elsewhere. */
  skipBreak(): void {
    const code = this.at();
    if (!isBreak(code)) return;
    this.offset += code === 13 && this.at(1) === 10 ? 2 : 1;
    this.line++;
    this.lineStart = this.offset;
  }

  /** Steps over one line break and returns what it stands for in a scalar. */
  readBreak(): string {
    const code = this.at();
    if (!isBreak(code)) return '';
    this.skipBreak();
    return code >= 0x2028 ? String.fromCharCode(code) : '\n';
  }

  /** Takes characters while `accepts` holds. */
  readWhile(accepts: (code: number) => boolean): string {
    const start = this.offset;
    while (accepts(this.at())) this.offset++;
    return this.text.slice(start, this.offset);
  }

  /** Whether "---" or "..." stands alone at the beginning of this line. */
  atDocumentIndicator(): boolean {
    const code = this.at();
    return this.column === 0 && (code === 45 || code === 46) && this.at(1) === code && this.at(2) === code && isBlankOrEnd(this.at(3));
  }

  /** Ends reading with a scanner's error, whose line counts from 1 here. Upstream: decode.go, parser.fail. */
  fail(message: string, from: Mark = this.mark()): never {
    throw this.problem(message, { from, line: this.line === 0 ? 0 : this.line + 1 });
  }

  /** An error at a mark of this document; `line` is the number to print, none when 0. */
  problem(message: string, at: { readonly from: Mark; readonly line: number }): YamlProblem {
    const start = this.absolute(at.from);
    const rest = this.text.slice(at.from.offset).search(LINE_BREAK);
    const length = Math.max(1, rest < 0 ? this.text.length - at.from.offset : rest);
    const end = { offset: start.offset + length, line: start.line, column: start.column + length };
    const where = at.line === 0 ? '' : `line ${at.line}: `;
    return new YamlProblem(where + message, rangeBetween(start, end));
  }

  /** A mark of this document as a mark of the whole manifest. */
  absolute(mark: Mark): Mark {
    return { offset: mark.offset + this.base.offset, line: mark.line + this.base.line, column: mark.column };
  }
}
