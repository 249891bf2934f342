/** Parses JSONPath templates such as `{range .items[*]}{.metadata.name}{"\n"}{end}` (client-go util/jsonpath/parser.go, v0.37). */
import { PathProblem } from './node.ts';
import type { PathNode, SliceBound } from './node.ts';

const DICTIONARY_KEY = /^'([^']*)'$/;
const SLICE = /^(-?[\d]*)(:-?[\d]*)?(:-?[\d]*)?$/;
const COMPARISON = /^([^!<>=]+)([!<>=]+)(.+?)$/;

/** @returns the text and action nodes of a template. Throws PathProblem */
export function parsePath(text: string): readonly PathNode[] {
  return new PathParser(text).parse();
}

/** The nodes inside of one `{…}`. */
function parseAction(text: string): readonly PathNode[] {
  const [first] = parsePath(`{${text}}`);
  return first?.kind === 'list' ? first.nodes : [];
}

function isTerminator(character: string): boolean {
  return character === '' || ' \t\r\n.,[]$@{}'.includes(character);
}

class PathParser {
  readonly #input: string;
  readonly #root: PathNode[] = [];
  #start = 0;
  #at = 0;

  constructor(input: string) {
    this.#input = input;
  }

  parse(): readonly PathNode[] {
    while (this.#at < this.#input.length || this.#start < this.#at) {
      if (this.#input[this.#at] === '{') {
        this.#text();
        this.#at++;
        this.#take();
        const nodes: PathNode[] = [];
        this.#root.push({ kind: 'list', nodes });
        this.#action(nodes);
      } else if (this.#at >= this.#input.length) this.#text();
      else this.#at++;
    }
    return this.#root;
  }

  #text(): void {
    if (this.#at > this.#start) this.#root.push({ kind: 'text', text: this.#take() });
  }

  #take(): string {
    const taken = this.#input.slice(this.#start, this.#at);
    this.#start = this.#at;
    return taken;
  }

  #peek(): string {
    return this.#input[this.#at] ?? '';
  }

  #action(nodes: PathNode[]): void {
    for (;;) {
      const rest = this.#input.slice(this.#at, this.#at + 3);
      if (rest.startsWith('}')) {
        this.#at++;
        this.#take();
        return;
      }
      if (rest === '[?(') {
        this.#filter(nodes);
        continue;
      }
      if (rest.startsWith('..')) {
        this.#recursive(nodes);
        continue;
      }
      const character = this.#peek();
      if (character === '' || character === '\n' || character === '\r') throw new PathProblem('unclosed action');
      if (/[+\-\d]/.test(character)) this.#number(nodes);
      else if (/[\p{L}_]/u.test(character)) this.#identifier(nodes);
      else {
        this.#at++;
        if (character === ' ' || character === '@' || character === '$') this.#take();
        else if (character === '[') this.#array(nodes);
        else if (character === '"' || character === "'") this.#quote(nodes, character);
        else if (character === '.') this.#field(nodes);
        else {
          const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
          throw new PathProblem(`unrecognized character in action: U+${code} '${character}'`);
        }
      }
    }
  }

  #identifier(nodes: PathNode[]): void {
    while (!isTerminator(this.#peek())) this.#at++;
    const name = this.#take();
    if (name === 'true' || name === 'false') nodes.push({ kind: 'bool', value: name === 'true' });
    else nodes.push({ kind: 'identifier', name });
  }

  #recursive(nodes: PathNode[]): void {
    if (nodes.at(-1)?.kind === 'recursive') throw new PathProblem('invalid multiple recursive descent');
    this.#at += 2;
    this.#take();
    nodes.push({ kind: 'recursive' });
    if (/[\p{L}\p{N}_]/u.test(this.#peek())) this.#field(nodes);
  }

  #number(nodes: PathNode[]): void {
    if (/[+-]/.test(this.#peek())) this.#at++;
    while (/[.\d]/.test(this.#peek())) this.#at++;
    const text = this.#take();
    const value = Number(text);
    if (text === '' || Number.isNaN(value)) throw new PathProblem(`cannot parse number ${text}`);
    nodes.push({ kind: 'number', value });
  }

  #field(nodes: PathNode[]): void {
    this.#take();
    for (;;) {
      const character = this.#peek();
      if (character === '\\') this.#at += 2;
      else if (isTerminator(character)) break;
      else this.#at++;
    }
    this.#at = Math.min(this.#at, this.#input.length);
    const name = this.#take();
    nodes.push(name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') });
  }

  #quote(nodes: PathNode[], end: string): void {
    for (;;) {
      const character = this.#peek();
      if (character === '' || character === '\n') throw new PathProblem('unterminated quoted string');
      this.#at++;
      if (character === end && this.#input[this.#at - 2] !== '\\') break;
    }
    nodes.push({ kind: 'text', text: unquote(this.#take()) });
  }

  #array(nodes: PathNode[]): void {
    for (;;) {
      const character = this.#peek();
      if (character === '' || character === '\n') throw new PathProblem('unterminated array');
      this.#at++;
      if (character === ']') break;
    }
    const inner = this.#take().slice(1, -1);
    const text = inner === '*' ? ':' : inner;
    const members = text.split(',');
    if (members.length > 1) {
      nodes.push({ kind: 'union', lists: members.map((member) => parseAction(`[${member.replace(/^ +| +$/g, '')}]`)) });
      return;
    }
    const key = DICTIONARY_KEY.exec(text);
    if (key !== null) {
      nodes.push(...parseAction(`.${key[1] ?? ''}`));
      return;
    }
    const slice = SLICE.exec(text);
    if (slice === null) throw new PathProblem(`invalid array index ${text}`);
    nodes.push({ kind: 'slice', bounds: boundsOf([slice[1] ?? '', slice[2] ?? '', slice[3] ?? '']) });
  }

  #filter(nodes: PathNode[]): void {
    this.#at += 3;
    this.#take();
    let begun = false;
    let ended = false;
    let pair = '';
    for (;;) {
      const character = this.#peek();
      if (character === '' || character === '\n') throw new PathProblem('unterminated filter');
      this.#at++;
      if (character === '"' || character === "'") {
        if (!begun) {
          begun = true;
          pair = character;
        } else if (this.#input[this.#at - 2] !== '\\' && character === pair) ended = true;
      } else if (character === ')' && begun === ended) break;
    }
    if (this.#peek() !== ']') throw new PathProblem('unclosed array expect ]');
    this.#at++;
    const text = this.#take().slice(0, -2);
    const parts = COMPARISON.exec(text);
    if (parts === null) nodes.push({ kind: 'filter', left: parseAction(text), right: [], operator: 'exists' });
    else nodes.push({ kind: 'filter', left: parseAction(parts[1] ?? ''), right: parseAction(parts[3] ?? ''), operator: parts[2] ?? '' });
  }
}

function boundsOf(texts: readonly [string, string, string]): readonly [SliceBound, SliceBound, SliceBound] {
  const first = boundOf(texts[0]);
  const second: SliceBound = texts[1] === '' ? { value: first.value + 1, known: true, derived: true } : boundOf(texts[1].slice(1));
  return [first, second, boundOf(texts[2].slice(1))];
}

function boundOf(text: string): SliceBound {
  return text === '' ? { value: 0, known: false, derived: false } : { value: Number(text), known: true, derived: false };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\', '"': '"', "'": "'" };

function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  return inner.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/g, (_all, escape: string) => {
    if (escape.length > 1) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    const known = ESCAPES[escape];
    if (known === undefined) throw new PathProblem(`unquote string ${quoted} error invalid syntax`);
    return known;
  });
}
