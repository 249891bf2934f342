/** A text that was parsed as a script: its line numbers, and what its first mistake is in the terms in which shells complain. */
import type { SyntaxProblem } from './syntax.ts';

/** What a tolerant parser reports: a message and where it noticed. */
interface ParserError {
  readonly message: string;
  readonly pos: number;
}

const MARKS: readonly (readonly [string, '"' | "'" | '`' | ')' | '))' | '}'])[] = [
  ['double quote', '"'],
  ['single quote', "'"],
  ['backtick', '`'],
  ['command substitution', ')'],
  ['arithmetic', '))'],
  ['parameter', '}'],
  ['process', ')'],
  ['glob', ')'],
  ['array', ')'],
];

const TOKEN = /^(?:;;&|;&|;;|&&|\|\||<<-|<<<|<<|>>|>&|<&|\|&|[|&;()<>]|[^\s|&;()<>]+)/;

export class ScriptText {
  readonly #source: string;
  readonly #bash: boolean;
  readonly #firstLine: number;

  constructor(source: string, options: { readonly bash: boolean; readonly firstLine: number }) {
    this.#source = source;
    this.#bash = options.bash;
    this.#firstLine = options.firstLine;
  }

  line(position: number): number {
    let line = this.#firstLine;
    for (let at = this.#source.indexOf('\n'); at >= 0 && at < position; at = this.#source.indexOf('\n', at + 1)) line++;
    return line;
  }

  tokenStart(error: ParserError): number {
    return error.message.startsWith('unterminated') ? error.pos : error.pos + (/^[ \t]*/.exec(this.#source.slice(error.pos))?.[0].length ?? 0);
  }

  describe(error: ParserError): SyntaxProblem {
    if (error.message.startsWith('unterminated')) {
      const mark = MARKS.find(([name]) => error.message.includes(name))?.[1] ?? '"';
      const atEnd = error.message.includes('command substitution');
      if (this.#bash)
        return { kind: 'unclosed', mark: mark === '))' ? ')' : mark, line: atEnd ? this.line(this.#source.length) + 1 : this.line(error.pos) };
      return { kind: 'unclosed', mark, line: this.line(this.#source.length) };
    }
    const expecting = /^expected '([^']+)'/.exec(error.message)?.[1];
    const start = this.tokenStart(error);
    const rest = this.#source.slice(start);
    const opened = error.message.startsWith('expected command in') ? /^(?:\{|\()\s*$/.test(rest) : false;
    if (opened) return { kind: 'unfinished', expecting: rest.startsWith('{') ? '}' : ')', line: this.line(this.#source.length) };
    // The parser has taken the closing word for a command of the missing part.
    const closing = expecting === 'then' || expecting === 'do' ? /(?:^|[\s;])(fi|done|esac|else|elif|\})\s*$/.exec(this.#source) : null;
    if (closing?.[1] !== undefined && /^\s*$/.test(rest)) return this.unexpected(closing[1], closing.index + 1, expecting);
    const loose = expecting === 'do' ? /\bfor\s+\w+(?:\s+in\b[^;\n]*)?\s*[;\n]\s*(?!do\b)([^\s;&|]+)/.exec(this.#source) : null;
    if (loose?.[1] !== undefined) return this.unexpected(loose[1], loose.index + loose[0].length - loose[1].length, expecting);
    if (error.message !== 'expected redirect target' && /^(?:\s|#[^\n]*|\\\n)*$/.test(rest)) {
      return { kind: 'unfinished', expecting: this.#expectation(expecting), line: this.line(this.#source.length) };
    }
    const token = /^(?:\n|$)/.test(rest) ? 'newline' : (TOKEN.exec(rest)?.[0] ?? rest.slice(0, 1));
    return this.unexpected(/^\(\s*\)/.test(rest) ? ')' : token, start, expecting);
  }

  /** What ash and dash say they wait for: the next word of the construct rather than its end. */
  #expectation(closing: string | undefined): string | undefined {
    if (closing === 'do' && /\bfor\b[^;\n]*$/.test(this.#source)) return undefined;
    return closing === 'esac' && /\bin\s+\S*$|\bin$/.test(this.#source) ? ')' : closing;
  }

  unexpected(token: string, position: number, expecting?: string): SyntaxProblem {
    const from = this.#source.lastIndexOf('\n', position - 1) + 1;
    const to = this.#source.indexOf('\n', position);
    return { kind: 'unexpected', token, expecting, line: this.line(position), text: this.#source.slice(from, to < 0 ? undefined : to) };
  }
}
