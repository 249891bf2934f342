// Turns the text of one YAML document into tokens: indentation into block starts and ends, "key:" into key
// tokens inserted behind the scenes. Knows no structure beyond that; the parser asks for the next token.
// Models go.yaml.in/yaml v2.4, scannerc.go, whose order of looking decides which mistake is reported first.

import { isBlankOrEnd, isBreak, isBreakOrEnd } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { scanBlock, scanPlain, scanQuoted } from './scan-scalar.ts';
import { scanDirective, scanName, scanTag } from './scan-tag.ts';
import type { Mark } from './source.ts';
import type { PlainTokenKind, Token } from './token.ts';

/** A place where a key may have begun that is only known to be one when its ":" comes. */
interface SimpleKey {
  possible: boolean;
  readonly required: boolean;
  readonly tokenNumber: number;
  readonly mark: Mark;
}

/** The ":" of a key without "?" must follow within so many characters. */
const KEY_LENGTH = 1024;
const DEEPEST = 10_000;

/** Characters no plain scalar starts with: - ? : , [ ] { } # & * ! | > ' " % @ and the back quote. */
const INDICATORS = new Set([...'-?:,[]{}#&*!|>\'"%@`'].map((character) => character.charCodeAt(0)));

export class Scanner {
  private readonly cursor: Cursor;
  private queue: Token[] = [];
  private head = 0;
  private taken = 0;
  private started = false;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private keyAllowed = true;
  private readonly keys: SimpleKey[] = [];
  private readonly keyLevelByToken = new Map<number, number>();
  private ready = false;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  /** The next token, which stays next until `take`. Throws YamlProblem. */
  peek(): Token {
    if (!this.ready) this.fill();
    const token = this.queue[this.head];
    if (token === undefined) throw new Error('the scanner has no token after the stream end');
    return token;
  }

  /** Removes the token that `peek` showed. */
  take(): void {
    this.ready = false;
    this.taken++;
    this.head++;
    if (this.head === 256) {
      this.queue = this.queue.slice(this.head);
      this.head = 0;
    }
  }

  private fill(): void {
    while (this.head === this.queue.length || this.headMayBeKey()) this.fetch();
    this.ready = true;
  }

  private headMayBeKey(): boolean {
    const level = this.keyLevelByToken.get(this.taken);
    const key = level === undefined ? undefined : this.keys[level];
    return key !== undefined && this.isKeyAlive(key);
  }

  private fetch(): void {
    if (!this.started) {
      this.started = true;
      this.keys.push({ possible: false, required: false, tokenNumber: 0, mark: this.cursor.mark() });
      this.add('streamStart', 0);
      return;
    }
    this.skipToToken();
    this.unroll(this.cursor.column);
    const { cursor } = this;
    const code = cursor.at();
    if (code === 0) return this.fetchStreamEnd();
    if (cursor.column === 0 && code === 37) return this.fetchDirective();
    if (cursor.atDocumentIndicator()) return this.fetchDocumentIndicator(code === 45 ? 'documentStart' : 'documentEnd');
    switch (code) {
      case 91:
        return this.fetchFlowStart('flowSequenceStart');
      case 123:
        return this.fetchFlowStart('flowMappingStart');
      case 93:
        return this.fetchFlowEnd('flowSequenceEnd');
      case 125:
        return this.fetchFlowEnd('flowMappingEnd');
      case 44:
        return this.fetchFlowEntry();
      default:
    }
    const separate = isBlankOrEnd(cursor.at(1));
    const inFlow = this.flowLevel > 0;
    if (code === 45 && separate) return this.fetchBlockEntry();
    if (code === 63 && (inFlow || separate)) return this.fetchKey();
    if (code === 58 && (inFlow || separate)) return this.fetchValue();
    if (code === 42 || code === 38) return this.fetchNode(() => scanName(cursor));
    if (code === 33) return this.fetchNode(() => scanTag(cursor));
    if ((code === 124 || code === 62) && !inFlow) return this.fetchBlockScalar();
    if (code === 39 || code === 34) return this.fetchNode(() => scanQuoted(cursor));
    const dashWord = code === 45 && cursor.at(1) !== 32 && cursor.at(1) !== 9;
    const blockWord = !inFlow && (code === 63 || code === 58) && !separate;
    if ((!isBlankOrEnd(code) && !INDICATORS.has(code)) || dashWord || blockWord) return this.fetchPlain();
    cursor.fail('found character that cannot start any token');
  }

  /** Spaces, comments and line ends. A tab may not stand where a key may start. */
  private skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      while (cursor.at() === 32 || (cursor.at() === 9 && (this.flowLevel > 0 || !this.keyAllowed))) cursor.skip();
      if (cursor.at() === 35) cursor.readWhile((code) => !isBreakOrEnd(code));
      if (!isBreak(cursor.at())) return;
      cursor.skipBreak();
      if (this.flowLevel === 0) this.keyAllowed = true;
    }
  }

  private add(kind: PlainTokenKind, length: number): void {
    const start = this.cursor.mark();
    this.cursor.skip(length);
    this.queue.push({ kind, start, end: this.cursor.mark() });
  }

  private insert(tokenNumber: number, token: Token): void {
    this.queue.splice(this.head + tokenNumber - this.taken, 0, token);
  }

  private isKeyAlive(key: SimpleKey): boolean {
    if (!key.possible) return false;
    const { line, offset } = this.cursor;
    if (key.mark.line < line || key.mark.offset + KEY_LENGTH < offset) {
      this.giveUp(key);
      return false;
    }
    return true;
  }

  private giveUp(key: SimpleKey): void {
    if (key.required) this.cursor.fail("could not find expected ':'", key.mark);
    key.possible = false;
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    const required = this.flowLevel === 0 && this.indent === this.cursor.column;
    const tokenNumber = this.taken + this.queue.length - this.head;
    this.dropKey();
    const level = this.keys.length - 1;
    this.keys[level] = { possible: true, required, tokenNumber, mark: this.cursor.mark() };
    this.keyLevelByToken.set(tokenNumber, level);
  }

  private dropKey(): void {
    const key = this.keys.at(-1);
    if (key?.possible !== true) return;
    this.giveUp(key);
    this.keyLevelByToken.delete(key.tokenNumber);
  }

  /** Opens a block at `column` when it is deeper; its start goes before token `tokenNumber`, or last. */
  private roll(
    column: number,
    at: {
      readonly kind: 'mappingStart' | 'sequenceStart';
      readonly mark: Mark;
      readonly tokenNumber?: number;
    },
  ): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (this.indents.length > DEEPEST) this.cursor.fail(`exceeded max depth of ${DEEPEST}`);
    const token: Token = { kind: at.kind, start: at.mark, end: at.mark };
    if (at.tokenNumber === undefined) this.queue.push(token);
    else this.insert(at.tokenNumber, token);
  }

  private unroll(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.add('blockEnd', 0);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private fetchStreamEnd(): void {
    const { cursor } = this;
    if (cursor.column !== 0) {
      cursor.line++;
      cursor.lineStart = cursor.offset;
    }
    this.unroll(-1);
    this.dropKey();
    this.keyAllowed = false;
    this.add('streamEnd', 0);
  }

  private fetchDirective(): void {
    this.unroll(-1);
    this.dropKey();
    this.keyAllowed = false;
    this.queue.push(scanDirective(this.cursor));
  }

  private fetchDocumentIndicator(kind: 'documentEnd' | 'documentStart'): void {
    this.unroll(-1);
    this.dropKey();
    this.keyAllowed = false;
    this.add(kind, 3);
  }

  private fetchFlowStart(kind: 'flowMappingStart' | 'flowSequenceStart'): void {
    this.saveKey();
    const tokenNumber = this.taken + this.queue.length - this.head;
    this.keys.push({ possible: false, required: false, tokenNumber, mark: this.cursor.mark() });
    this.flowLevel++;
    if (this.flowLevel > DEEPEST) this.cursor.fail(`exceeded max depth of ${DEEPEST}`);
    this.keyAllowed = true;
    this.add(kind, 1);
  }

  private fetchFlowEnd(kind: 'flowMappingEnd' | 'flowSequenceEnd'): void {
    this.dropKey();
    if (this.flowLevel > 0) {
      this.flowLevel--;
      const key = this.keys.pop();
      if (key !== undefined) this.keyLevelByToken.delete(key.tokenNumber);
    }
    this.keyAllowed = false;
    this.add(kind, 1);
  }

  private fetchFlowEntry(): void {
    this.dropKey();
    this.keyAllowed = true;
    this.add('flowEntry', 1);
  }

  private fetchBlockEntry(): void {
    const { cursor } = this;
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) cursor.fail('block sequence entries are not allowed in this context');
      this.roll(cursor.column, { kind: 'sequenceStart', mark: cursor.mark() });
    }
    this.dropKey();
    this.keyAllowed = true;
    this.add('entry', 1);
  }

  private fetchKey(): void {
    const { cursor } = this;
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) cursor.fail('mapping keys are not allowed in this context');
      this.roll(cursor.column, { kind: 'mappingStart', mark: cursor.mark() });
    }
    this.dropKey();
    this.keyAllowed = this.flowLevel === 0;
    this.add('key', 1);
  }

  private fetchValue(): void {
    const { cursor } = this;
    const key = this.keys.at(-1);
    if (key !== undefined && this.isKeyAlive(key)) {
      const { mark, tokenNumber } = key;
      this.insert(tokenNumber, { kind: 'key', start: mark, end: mark });
      this.roll(mark.column, { kind: 'mappingStart', mark, tokenNumber });
      key.possible = false;
      this.keyLevelByToken.delete(tokenNumber);
      this.keyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.keyAllowed) cursor.fail('mapping values are not allowed in this context');
        this.roll(cursor.column, { kind: 'mappingStart', mark: cursor.mark() });
      }
      this.keyAllowed = this.flowLevel === 0;
    }
    this.add('value', 1);
  }

  /** A token that may be a key's first and after which no key can start. */
  private fetchNode(scan: () => Token): void {
    this.saveKey();
    this.keyAllowed = false;
    this.queue.push(scan());
  }

  private fetchBlockScalar(): void {
    this.dropKey();
    this.keyAllowed = true;
    this.queue.push(scanBlock(this.cursor, this.indent));
  }

  private fetchPlain(): void {
    this.saveKey();
    this.keyAllowed = false;
    const { token, brokeLine } = scanPlain(this.cursor, { indent: this.indent, inFlow: this.flowLevel > 0 });
    this.queue.push(token);
    if (brokeLine) this.keyAllowed = true;
  }
}
