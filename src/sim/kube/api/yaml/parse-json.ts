// Reads one JSON value from a stream of them, with Go's error messages. Knows no YAML.
// Models encoding/json of Go 1.26 (scanner.go, stream.go), which kubectl tries first on text that begins with "{".

import { quoteGo } from './go-text.ts';
import type { DuplicateKey, PlainValue, SourceEntry, SourceNode } from './node.ts';
import type { ScalarValue } from './resolve-scalar.ts';
import type { Mark } from './source.ts';
import { firstByte } from './utf8.ts';

export type JsonResult =
  | {
      readonly kind: 'value';
      readonly root: SourceNode;
      readonly end: number;
      readonly duplicates: readonly DuplicateKey[];
    }
  | { readonly kind: 'end' }
  | { readonly kind: 'error'; readonly message: string; readonly at: Mark };

const DEEPEST = 10_000;
const LITERALS: Readonly<Record<string, ScalarValue>> = { true: true, false: false, null: null };
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class JsonProblem extends Error {}

interface Level {
  readonly node: SourceNode & { end: Mark };
  readonly items: SourceNode[] | undefined;
  readonly values: PlainValue[];
  readonly entryByKey: Map<string, SourceEntry>;
  readonly object: Record<string, PlainValue>;
  key: { readonly text: string; readonly start: Mark; readonly end: Mark } | undefined;
  empty: boolean;
}

class JsonReader {
  readonly duplicates: DuplicateKey[] = [];
  private readonly text: string;
  private offset: number;
  private line: number;
  private lineStart: number;

  constructor(text: string, from: Mark) {
    this.text = text;
    this.offset = from.offset;
    this.line = from.line;
    this.lineStart = from.offset - from.column;
  }

  mark(): Mark {
    return { offset: this.offset, line: this.line, column: this.offset - this.lineStart };
  }

  skipSpace(): string {
    for (;;) {
      const character = this.text[this.offset] ?? '';
      if (character === '\n') {
        this.line++;
        this.lineStart = this.offset + 1;
      } else if (character !== ' ' && character !== '\t' && character !== '\r') return character;
      this.offset++;
    }
  }

  private refuse(context: string): never {
    const character = this.text[this.offset];
    if (character === undefined) throw new JsonProblem('unexpected EOF');
    // The upstream scanner sees bytes: a character beyond ASCII shows as its first one.
    const first = String.fromCharCode(firstByte(this.text.slice(this.offset, this.offset + 2)));
    const shown = first === "'" ? "\\'" : first === '"' ? '"' : quoteGo(first).slice(1, -1);
    throw new JsonProblem(`invalid character '${shown}' ${context}`);
  }

  read(): SourceNode {
    const levels: Level[] = [];
    let node = this.readStart(levels);
    for (;;) {
      const level = levels.at(-1);
      if (node !== undefined) {
        if (level === undefined) return node;
        this.put(level, node);
      }
      node = level === undefined ? this.readStart(levels) : this.readNext(levels, level);
    }
  }

  /** The next member of the innermost value, or that value when it ends. */
  private readNext(levels: Level[], level: Level): SourceNode | undefined {
    const character = this.skipSpace();
    const closing = level.items === undefined ? '}' : ']';
    if (character === closing) {
      this.offset++;
      level.node.end = this.mark();
      levels.pop();
      return level.node;
    }
    if (!level.empty) {
      if (character !== ',') this.refuse(level.items === undefined ? 'after object key:value pair' : 'after array element');
      this.offset++;
      this.skipSpace();
    }
    level.empty = false;
    if (level.items === undefined) this.readKey(level);
    return this.readStart(levels);
  }

  private readKey(level: Level): void {
    if (this.skipSpace() !== '"') this.refuse('looking for beginning of object key string');
    const start = this.mark();
    const text = this.readString();
    level.key = { text, start, end: this.mark() };
    if (this.skipSpace() !== ':') this.refuse('after object key');
    this.offset++;
  }

  private put(level: Level, node: SourceNode): void {
    if (level.items !== undefined) {
      level.items.push(node);
      level.values.push(node.value);
      return;
    }
    if (level.key === undefined) return;
    const { text, start, end } = level.key;
    const before = level.entryByKey.get(text);
    if (before !== undefined) this.duplicates.push({ key: text, range: { start, end }, first: before.key });
    level.entryByKey.set(text, { key: { start, end }, node });
    Object.defineProperty(level.object, text, {
      value: node.value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }

  /** A scalar, or undefined after it has opened an object or array. */
  private readStart(levels: Level[]): SourceNode | undefined {
    const character = this.skipSpace();
    const start = this.mark();
    if (character === '{' || character === '[') {
      if (levels.length === DEEPEST) this.refuse('exceeded max depth');
      this.offset++;
      const items: SourceNode[] = [];
      const values: PlainValue[] = [];
      const entryByKey = new Map<string, SourceEntry>();
      const object: Record<string, PlainValue> = {};
      const isObject = character === '{';
      const node: Level['node'] = isObject
        ? { kind: 'mapping', start, end: start, entryByKey, value: object }
        : { kind: 'sequence', start, end: start, items, value: values };
      levels.push({
        node,
        items: isObject ? undefined : items,
        values,
        entryByKey,
        object,
        key: undefined,
        empty: true,
      });
      return undefined;
    }
    const value = character === '"' ? this.readString() : this.readWord(character);
    return { kind: 'scalar', start, end: this.mark(), value };
  }

  private readWord(character: string): ScalarValue {
    if (/[-0-9]/.test(character)) return this.readNumber();
    for (const [word, value] of Object.entries(LITERALS)) {
      if (!word.startsWith(character) || character === '') continue;
      for (let index = 0; index < word.length; index++) {
        const expected = word[index] ?? '';
        if (this.text[this.offset] !== expected) this.refuse(`in literal ${word} (expecting '${expected}')`);
        this.offset++;
      }
      return value;
    }
    this.refuse('looking for beginning of value');
  }

  private digits(context: string): void {
    if (!/[0-9]/.test(this.text[this.offset] ?? '')) this.refuse(context);
    while (/[0-9]/.test(this.text[this.offset] ?? '')) this.offset++;
  }

  private readNumber(): ScalarValue {
    const from = this.offset;
    if (this.text[this.offset] === '-') this.offset++;
    if (this.text[this.offset] === '0') this.offset++;
    else this.digits('in numeric literal');
    if (this.text[this.offset] === '.') {
      this.offset++;
      this.digits('after decimal point in numeric literal');
    }
    if (/[eE]/.test(this.text[this.offset] ?? '')) {
      this.offset++;
      if (/[-+]/.test(this.text[this.offset] ?? '')) this.offset++;
      this.digits('in exponent of numeric literal');
    }
    const text = this.text.slice(from, this.offset);
    const number = Number(text);
    if (Number.isSafeInteger(number) || !/^-?\d{1,19}$/.test(text)) return number;
    const exact = BigInt(text);
    return BigInt.asIntN(64, exact) === exact ? exact : number;
  }

  private readString(): string {
    let text = '';
    this.offset++;
    for (;;) {
      const from = this.offset;
      while (/[^"\\\0-\x1f]/.test(this.text[this.offset] ?? '')) this.offset++;
      text += this.text.slice(from, this.offset);
      const character = this.text[this.offset];
      if (character === '"') break;
      if (character !== '\\') this.refuse('in string literal');
      this.offset++;
      text += this.readEscape();
    }
    this.offset++;
    return text;
  }

  private readEscape(): string {
    const letter = this.text[this.offset] ?? '';
    const plain = ESCAPES[letter];
    if (plain === undefined && letter !== 'u') this.refuse('in string escape code');
    this.offset++;
    if (plain !== undefined) return plain;
    let code = 0;
    for (let index = 0; index < 4; index++) {
      const digit = /[0-9a-fA-F]/.test(this.text[this.offset] ?? '') ? Number.parseInt(this.text[this.offset] ?? '', 16) : Number.NaN;
      if (Number.isNaN(digit)) this.refuse('in \\u hexadecimal character escape');
      code = code * 16 + digit;
      this.offset++;
    }
    return String.fromCharCode(code);
  }
}

/** Reads the value that begins at `from`, leading space aside; `end` is the offset behind it. */
export function parseJson(text: string, from: Mark): JsonResult {
  const reader = new JsonReader(text, from);
  if (reader.skipSpace() === '') return { kind: 'end' };
  try {
    const root = reader.read();
    return { kind: 'value', root, end: reader.mark().offset, duplicates: reader.duplicates };
  } catch (problem) {
    if (!(problem instanceof JsonProblem)) throw problem;
    return { kind: 'error', message: problem.message, at: reader.mark() };
  }
}
