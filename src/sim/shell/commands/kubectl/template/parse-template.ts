/** Parses Go templates: text, pipelines, if, range, with, variables (text/template/parse). Definitions and nested templates are not known. */
import { TemplateProblem } from './template-node.ts';
import type { Operand, Pipeline, TemplateNode } from './template-node.ts';

interface Piece {
  readonly kind: 'text' | 'action';
  readonly text: string;
}

const TOKEN =
  /\s*(:=|=|"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])'|[-+]?\d+(?:\.\d+)?|[(),|]|\$?[\p{L}_][\p{L}\p{N}_]*|\$|\.[\p{L}_][\p{L}\p{N}_]*|\.)/uy;

/** The nodes of a template. Throws TemplateProblem */
export function parseTemplate(template: string): readonly TemplateNode[] {
  const parser = new TemplateParser(piecesOf(template));
  return parser.block([]).nodes;
}

function piecesOf(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trim = false;
  for (;;) {
    const open = template.indexOf('{{', at);
    const text = template.slice(at, open < 0 ? undefined : open);
    const trimsBefore = open >= 0 && /^\{\{-\s/.test(template.slice(open));
    const left = trim ? text.trimStart() : text;
    const kept = trimsBefore ? left.trimEnd() : left;
    if (kept !== '') pieces.push({ kind: 'text', text: kept });
    if (open < 0) return pieces;
    const close = template.indexOf('}}', open);
    if (close < 0) throw new TemplateProblem('unclosed action');
    let inner = template.slice(open + 2, close);
    if (trimsBefore) inner = inner.slice(1);
    trim = /\s-$/.test(inner);
    if (trim) inner = inner.slice(0, -1);
    if (!inner.trim().startsWith('/*')) pieces.push({ kind: 'action', text: inner.trim() });
    at = close + 2;
  }
}

class TemplateParser {
  readonly #pieces: readonly Piece[];
  #at = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  /** Nodes up to `else` or `end`; @param open what must be closed, from outside in */
  block(open: readonly string[]): { readonly nodes: readonly TemplateNode[]; readonly end: string } {
    const nodes: TemplateNode[] = [];
    while (this.#at < this.#pieces.length) {
      const piece = this.#pieces[this.#at++];
      if (piece === undefined) break;
      if (piece.kind === 'text') {
        nodes.push({ kind: 'text', text: piece.text });
        continue;
      }
      const [word = ''] = /^[a-z]*/.exec(piece.text) ?? [];
      const rest = piece.text.slice(word.length).trim();
      if (word === 'end' || word === 'else') {
        if (open.length === 0) throw new TemplateProblem(`unexpected {{${word}}}`);
        return { nodes, end: piece.text };
      }
      if (word === 'if' || word === 'range' || word === 'with') nodes.push(this.#control(word, rest, open));
      else nodes.push({ kind: 'action', pipeline: pipelineOf(piece.text) });
    }
    if (open.length > 0) throw new TemplateProblem('unexpected EOF');
    return { nodes, end: '' };
  }

  #control(kind: 'if' | 'range' | 'with', text: string, open: readonly string[]): TemplateNode {
    if (text === '') throw new TemplateProblem(`missing value for ${kind}`);
    const body = this.block([...open, kind]);
    let otherwise: readonly TemplateNode[] = [];
    if (body.end.startsWith('else')) {
      const rest = body.end.slice('else'.length).trim();
      otherwise = rest.startsWith('if ') ? [this.#control('if', rest.slice(3), open)] : this.block([...open, kind]).nodes;
    }
    return { kind, pipeline: pipelineOf(text), body: body.nodes, otherwise };
  }
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) {
      if (text.slice(from).trim() === '') break;
      throw new TemplateProblem(`unexpected ${JSON.stringify(text.slice(from).trim()[0] ?? '')} in operand`);
    }
    // A field that follows its operand without a blank belongs to it.
    const token = match[1] ?? '';
    tokens.push(token.startsWith('.') && token.length > 1 && !/^\s/.test(match[0]) && tokens.length > 0 && from > 0 ? `&${token}` : token);
  }
  return tokens;
}

function pipelineOf(text: string): Pipeline {
  const tokens = tokensOf(text);
  const reader = new PipelineReader(tokens, text);
  const pipeline = reader.pipeline();
  if (!reader.done) throw new TemplateProblem(`unexpected ${JSON.stringify(reader.peek)} in operand`);
  return pipeline;
}

class PipelineReader {
  readonly #tokens: readonly string[];
  readonly #text: string;
  #at = 0;

  constructor(tokens: readonly string[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  get peek(): string {
    return this.#tokens[this.#at] ?? '';
  }

  pipeline(): Pipeline {
    const { declared, assigns } = this.#declarations();
    const commands: Operand[][] = [];
    let command: Operand[] = [];
    while (!this.done && this.peek !== ')') {
      if (this.peek === '|') {
        this.#at++;
        commands.push(command);
        command = [];
      } else command.push(this.#operand());
    }
    commands.push(command);
    if (commands.some((each) => each.length === 0)) throw new TemplateProblem('missing value for command');
    return { declared, assigns, commands };
  }

  #declarations(): { readonly declared: readonly string[]; readonly assigns: boolean } {
    const end = this.#tokens.findIndex((token, at) => at >= this.#at && (token === ':=' || token === '='));
    if (end < 0 || !this.peek.startsWith('$')) return { declared: [], assigns: false };
    const declared = this.#tokens.slice(this.#at, end).filter((token) => token !== ',');
    const assigns = this.#tokens[end] === '=';
    this.#at = end + 1;
    return { declared, assigns };
  }

  #path(): readonly string[] {
    const path: string[] = [];
    while (this.peek.startsWith('&.')) {
      path.push(this.peek.slice(2));
      this.#at++;
    }
    return path;
  }

  #operand(): Operand {
    const token = this.#tokens[this.#at++] ?? '';
    if (token === '(') {
      const pipeline = this.pipeline();
      if (this.#tokens[this.#at++] !== ')') throw new TemplateProblem('unclosed left paren');
      return { kind: 'pipeline', pipeline, path: this.#path() };
    }
    if (token.startsWith('$')) return { kind: 'field', variable: token, path: this.#path() };
    if (token === '.') return { kind: 'field', variable: undefined, path: this.#path() };
    if (token.startsWith('.') || token.startsWith('&.'))
      return { kind: 'field', variable: undefined, path: [token.replace(/^&?\./, ''), ...this.#path()] };
    if (token.startsWith('"')) return { kind: 'value', value: unquoted(token) };
    if (token.startsWith('`')) return { kind: 'value', value: token.slice(1, -1) };
    if (/^[-+]?\d/.test(token)) return { kind: 'value', value: Number(token) };
    if (token === 'true' || token === 'false') return { kind: 'value', value: token === 'true' };
    if (token === 'nil') return { kind: 'value', value: null };
    if (FUNCTIONS.has(token)) return { kind: 'function', name: token };
    if (/^[\p{L}_]/u.test(token)) throw new TemplateProblem(`function "${token}" not defined`);
    throw new TemplateProblem(`unexpected ${JSON.stringify(token)} in ${this.#text}`);
  }
}

/** Functions of text/template, and those that kubectl adds. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'len',
  'index',
  'slice',
  'print',
  'printf',
  'println',
  'html',
  'js',
  'urlquery',
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'exists',
  'base64decode',
]);

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' };

function unquoted(token: string): string {
  return token.slice(1, -1).replace(/\\(.)/g, (_all, character: string) => ESCAPES[character] ?? character);
}
