// Finds the structure in a stream of YAML tokens and tells it to a composer, one node at a time.
// Knows the grammar and its errors, not what the nodes mean. Keeps its own stack, so depth is no danger.
// Models go.yaml.in/yaml v2.4, parserc.go.

import type { Composer, NodeProperties } from './composer.ts';
import type { Cursor } from './cursor.ts';
import type { Scanner } from './scanner.ts';
import type { Mark } from './source.ts';
import type { TagToken, Token } from './token.ts';

type State =
  | 'blockMappingFirstKey'
  | 'blockMappingKey'
  | 'blockMappingValue'
  | 'blockNode'
  | 'blockSequenceEntry'
  | 'blockSequenceFirstEntry'
  | 'documentEnd'
  | 'flowMappingEmptyValue'
  | 'flowMappingFirstKey'
  | 'flowMappingKey'
  | 'flowMappingValue'
  | 'flowPairEnd'
  | 'flowPairKey'
  | 'flowPairValue'
  | 'flowSequenceEntry'
  | 'flowSequenceFirstEntry'
  | 'indentlessEntry';

type Kind = Token['kind'];

const isOneOf = (token: Token, ...kinds: readonly Kind[]): boolean => kinds.includes(token.kind);

export class Parser {
  private readonly cursor: Cursor;
  private readonly scanner: Scanner;
  private readonly composer: Composer;
  private readonly states: State[] = [];
  private state: State | 'done' = 'blockNode';
  private readonly prefixByHandle = new Map<string, string>();

  constructor(parts: { readonly cursor: Cursor; readonly scanner: Scanner; readonly composer: Composer }) {
    this.cursor = parts.cursor;
    this.scanner = parts.scanner;
    this.composer = parts.composer;
  }

  /** Reads the first document; what follows it is not looked at. Throws YamlProblem. */
  parse(): void {
    this.scanner.peek(); // the stream's start
    this.scanner.take();
    if (!this.startDocument()) return;
    while (this.state !== 'done') this.step(this.state);
  }

  /** False when the stream is empty. */
  private startDocument(): boolean {
    let token = this.scanner.peek();
    this.states.push('documentEnd');
    const explicit = isOneOf(token, 'documentStart', 'tagDirective', 'versionDirective');
    if (token.kind === 'streamEnd') return false;
    token = this.readDirectives(token);
    if (!explicit) return true;
    if (token.kind !== 'documentStart') this.fail('did not find expected <document start>', token.start);
    token = this.next();
    if (isOneOf(token, 'documentEnd', 'documentStart', 'streamEnd', 'tagDirective', 'versionDirective')) {
      this.state = this.pop();
      this.composer.empty(token.start);
    }
    return true;
  }

  private readDirectives(first: Token): Token {
    let token = first;
    let versionSeen = false;
    for (;;) {
      if (token.kind === 'versionDirective') {
        if (versionSeen) this.fail('found duplicate %YAML directive', token.start);
        if (!token.supported) this.fail('found incompatible YAML document', token.start);
        versionSeen = true;
      } else if (token.kind === 'tagDirective') {
        if (this.prefixByHandle.has(token.handle)) this.fail('found duplicate %TAG directive', token.start);
        this.prefixByHandle.set(token.handle, token.prefix);
      } else {
        break;
      }
      token = this.next();
    }
    if (!this.prefixByHandle.has('!')) this.prefixByHandle.set('!', '!');
    if (!this.prefixByHandle.has('!!')) this.prefixByHandle.set('!!', 'tag:yaml.org,2002:');
    return token;
  }

  private step(state: State): void {
    switch (state) {
      case 'blockNode':
        return this.parseNode({ block: true, indentless: false });
      case 'documentEnd':
        this.scanner.peek();
        this.state = 'done';
        return;
      case 'blockSequenceFirstEntry':
        this.scanner.take();
        return this.blockSequenceEntry();
      case 'blockSequenceEntry':
        return this.blockSequenceEntry();
      case 'indentlessEntry':
        return this.indentlessEntry();
      case 'blockMappingFirstKey':
        this.scanner.take();
        return this.blockMappingKey();
      case 'blockMappingKey':
        return this.blockMappingKey();
      case 'blockMappingValue':
        return this.blockMappingValue();
      case 'flowSequenceFirstEntry':
        this.scanner.take();
        return this.flowSequenceEntry(true);
      case 'flowSequenceEntry':
        return this.flowSequenceEntry(false);
      case 'flowPairKey':
        return this.flowPairKey();
      case 'flowPairValue':
        return this.flowPairValue();
      case 'flowPairEnd':
        this.state = 'flowSequenceEntry';
        return this.composer.close(this.scanner.peek().start);
      case 'flowMappingFirstKey':
        this.scanner.take();
        return this.flowMappingKey(true);
      case 'flowMappingKey':
        return this.flowMappingKey(false);
      case 'flowMappingValue':
        return this.flowMappingValue();
      case 'flowMappingEmptyValue':
        return this.leaveEmpty(this.scanner.peek().start, 'flowMappingKey');
    }
  }

  private next(): Token {
    this.scanner.take();
    return this.scanner.peek();
  }

  private pop(): State {
    const state = this.states.pop();
    if (state === undefined) throw new Error('the YAML parser left more nodes than it entered');
    return state;
  }

  /** A parser's error: its line counts from 0, and none is printed for the first. Upstream: decode.go, parser.fail. */
  private fail(message: string, at: Mark, context?: Mark): never {
    throw this.cursor.problem(message, { from: at, line: at.line === 0 ? (context?.line ?? 0) : at.line });
  }

  private leaveEmpty(at: Mark, state: State): void {
    this.state = state;
    this.composer.empty(at);
  }

  private enter(after: State, context: { readonly block: boolean; readonly indentless: boolean }): void {
    this.states.push(after);
    this.parseNode(context);
  }

  private end(token: Token): void {
    this.state = this.pop();
    this.composer.close(token.end);
    this.scanner.take();
  }

  private readProperties(): NodeProperties {
    let token = this.scanner.peek();
    const { start } = token;
    let anchor: string | undefined;
    let tag: string | undefined;
    for (;;) {
      if (token.kind === 'anchor' && anchor === undefined) anchor = token.name;
      else if (token.kind === 'tag' && tag === undefined) tag = this.resolveTag(token);
      else break;
      token = this.next();
    }
    return { start, anchor, tag: tag ?? '' };
  }

  private resolveTag({ handle, suffix, start }: TagToken): string {
    if (handle === '') return suffix;
    const tag = (this.prefixByHandle.get(handle) ?? '') + (this.prefixByHandle.has(handle) ? suffix : '');
    if (tag === '') this.fail('found undefined tag handle', start);
    return tag;
  }

  private parseNode(context: { readonly block: boolean; readonly indentless: boolean }): void {
    const first = this.scanner.peek();
    if (first.kind === 'alias') {
      this.state = this.pop();
      this.composer.alias(first.name);
      this.scanner.take();
      return;
    }
    const properties = this.readProperties();
    const token = this.scanner.peek();
    if (context.indentless && token.kind === 'entry') return this.open('sequence', properties, 'indentlessEntry');
    if (token.kind === 'scalar') {
      this.state = this.pop();
      this.composer.scalar(token, properties);
      this.scanner.take();
      return;
    }
    if (token.kind === 'flowSequenceStart') return this.open('sequence', properties, 'flowSequenceFirstEntry');
    if (token.kind === 'flowMappingStart') return this.open('mapping', properties, 'flowMappingFirstKey');
    if (context.block && token.kind === 'sequenceStart') return this.open('sequence', properties, 'blockSequenceFirstEntry');
    if (context.block && token.kind === 'mappingStart') return this.open('mapping', properties, 'blockMappingFirstKey');
    if (properties.anchor === undefined && properties.tag === '') {
      this.fail('did not find expected node content', token.start, properties.start);
    }
    this.state = this.pop();
    this.composer.scalar({ kind: 'scalar', text: '', plain: properties.tag === '', start: properties.start, end: token.start }, properties);
  }

  private open(kind: 'mapping' | 'sequence', properties: NodeProperties, state: State): void {
    this.state = state;
    this.composer.open(kind, properties);
  }

  private blockSequenceEntry(): void {
    let token = this.scanner.peek();
    if (token.kind === 'blockEnd') return this.end(token);
    if (token.kind !== 'entry') this.fail("did not find expected '-' indicator", token.start);
    const { end } = token;
    token = this.next();
    if (isOneOf(token, 'blockEnd', 'entry')) return this.leaveEmpty(end, 'blockSequenceEntry');
    this.enter('blockSequenceEntry', { block: true, indentless: false });
  }

  private indentlessEntry(): void {
    let token = this.scanner.peek();
    if (token.kind !== 'entry') {
      this.state = this.pop();
      return this.composer.close(token.start);
    }
    const { end } = token;
    token = this.next();
    if (isOneOf(token, 'blockEnd', 'entry', 'key', 'value')) return this.leaveEmpty(end, 'indentlessEntry');
    this.enter('indentlessEntry', { block: true, indentless: false });
  }

  private blockMappingKey(): void {
    let token = this.scanner.peek();
    if (token.kind === 'blockEnd') return this.end(token);
    if (token.kind !== 'key') this.fail('did not find expected key', token.start);
    const { end } = token;
    token = this.next();
    if (isOneOf(token, 'blockEnd', 'key', 'value')) return this.leaveEmpty(end, 'blockMappingValue');
    this.enter('blockMappingValue', { block: true, indentless: true });
  }

  private blockMappingValue(): void {
    let token = this.scanner.peek();
    if (token.kind !== 'value') return this.leaveEmpty(token.start, 'blockMappingKey');
    const { end } = token;
    token = this.next();
    if (isOneOf(token, 'blockEnd', 'key', 'value')) return this.leaveEmpty(end, 'blockMappingKey');
    this.enter('blockMappingKey', { block: true, indentless: true });
  }

  private flowSequenceEntry(first: boolean): void {
    let token = this.scanner.peek();
    if (token.kind === 'flowSequenceEnd') return this.end(token);
    if (!first) {
      if (token.kind !== 'flowEntry') this.fail("did not find expected ',' or ']'", token.start);
      token = this.next();
    }
    if (token.kind === 'flowSequenceEnd') return this.end(token);
    if (token.kind === 'key') {
      this.scanner.take();
      return this.open('mapping', { start: token.start, anchor: undefined, tag: '' }, 'flowPairKey');
    }
    this.enter('flowSequenceEntry', { block: false, indentless: false });
  }

  private flowPairKey(): void {
    const token = this.scanner.peek();
    if (isOneOf(token, 'flowEntry', 'flowSequenceEnd', 'value')) {
      // Upstream skips this token before it looks at the value.
      this.scanner.take();
      return this.leaveEmpty(token.end, 'flowPairValue');
    }
    this.enter('flowPairValue', { block: false, indentless: false });
  }

  private flowPairValue(): void {
    const token = this.scanner.peek();
    if (token.kind === 'value' && !isOneOf(this.next(), 'flowEntry', 'flowSequenceEnd')) {
      return this.enter('flowPairEnd', { block: false, indentless: false });
    }
    this.leaveEmpty(token.start, 'flowPairEnd');
  }

  private flowMappingKey(first: boolean): void {
    let token = this.scanner.peek();
    if (token.kind === 'flowMappingEnd') return this.end(token);
    if (!first) {
      if (token.kind !== 'flowEntry') this.fail("did not find expected ',' or '}'", token.start);
      token = this.next();
    }
    if (token.kind === 'flowMappingEnd') return this.end(token);
    if (token.kind !== 'key') return this.enter('flowMappingEmptyValue', { block: false, indentless: false });
    token = this.next();
    if (isOneOf(token, 'flowEntry', 'flowMappingEnd', 'value')) return this.leaveEmpty(token.start, 'flowMappingValue');
    this.enter('flowMappingValue', { block: false, indentless: false });
  }

  private flowMappingValue(): void {
    const token = this.scanner.peek();
    if (token.kind === 'value' && !isOneOf(this.next(), 'flowEntry', 'flowMappingEnd')) {
      return this.enter('flowMappingKey', { block: false, indentless: false });
    }
    this.leaveEmpty(token.start, 'flowMappingKey');
  }
}
