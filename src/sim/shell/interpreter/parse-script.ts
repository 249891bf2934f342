/**
 * The one place that knows unbash: turns its tolerant Bash tree into the interpreter's own and its errors into
 * SyntaxProblems. `dialect` decides what the other shells do not have.
 */
import { parse, type ParsedScript } from 'unbash';
import type * as Bash from 'unbash';
import { expandBraces, TooManyWords } from './brace-expansion.ts';
import { ScriptText } from './script-text.ts';
import { anchored, bareParts, knowsParameter, timing, type DialectName } from './word-parts.ts';
import {
  literalWord,
  type Assignment,
  type Command,
  type List,
  type ParameterOperation,
  type Redirection,
  type Script,
  type Statement,
  type SyntaxProblem,
  type TestExpression,
  type Word,
  type WordPart,
} from './syntax.ts';

export type { DialectName } from './word-parts.ts';

/** @param firstLine number of the first line of `source`, for messages */
export function parseScript(source: string, dialect: DialectName, firstLine = 1): Script {
  return new Adapter(source, dialect, firstLine).script(parse(source));
}

/** Reads `text` as the inside of double quotes: expansions count, quotes and blanks do not. */
export function parseQuotedText(text: string, dialect: DialectName): Word {
  const source = `: "${text.replaceAll('"', '\\"')}"`;
  const { statements } = parseScript(source, dialect);
  const command = statements[0]?.command;
  return command?.kind === 'simple' ? (command.words[1] ?? { parts: [], source: text }) : { parts: [], source: text };
}

class Adapter {
  readonly #source: string;
  readonly #dialect: DialectName;
  readonly #firstLine: number;
  readonly #text: ScriptText;
  readonly #open: { delimiter: string; line: number }[] = [];
  #problem: SyntaxProblem | undefined;
  #limit = Infinity;
  constructor(source: string, dialect: DialectName, firstLine: number) {
    this.#source = source;
    this.#dialect = dialect;
    this.#firstLine = firstLine;
    this.#text = new ScriptText(source, { bash: dialect === 'bash', firstLine });
  }

  script(parsed: ParsedScript): Script {
    const error = parsed.errors?.[0];
    const limit = error ? this.#source.lastIndexOf('\n', Math.max(0, this.#text.tokenStart(error) - 1)) : Number.POSITIVE_INFINITY;
    const problem = error ? this.#text.describe(error) : undefined;
    const kept = parsed.commands.filter(
      (each, index) => each.end <= limit && !(problem && problem.kind !== 'unexpected' && index === parsed.commands.length - 1),
    );
    const all = this.#list(kept);
    const statements = all.filter((_, index) => (kept[index]?.end ?? 0) <= this.#limit);
    if (problem) this.#problem ??= problem;
    return { statements, problem: this.#problem, openHereDocuments: this.#open };
  }

  #line(position: number): number {
    return this.#text.line(position);
  }

  #reject(problem: SyntaxProblem, position: number): void {
    if (!this.#problem) this.#limit = Math.max(0, this.#source.lastIndexOf('\n', position));
    this.#problem ??= problem;
  }

  #list(statements: readonly Bash.Statement[]): List {
    return statements.map((each): Statement => ({
      command: this.#command(each.command),
      background: each.background === true,
      source: this.#source.slice(each.pos, each.end).replace(/\s*[;&]?\s*$/, ''),
      line: this.#line(each.pos),
    }));
  }

  #command(node: Bash.CommandNode | Bash.PipelineNode | Bash.AndOr | Bash.CompoundList): Command {
    const source = this.#source.slice(node.pos, node.end).trim();
    switch (node.type) {
      case 'Command':
        return this.#simple(node, source);
      case 'Pipeline':
        return {
          kind: 'pipeline',
          commands: node.commands.map((each, index) => this.#timed(this.#command(each), index === 0 ? node.prefixes : [])),
          withErrors: node.operators.map((each) => each === '|&'),
          negated: node.prefixes.filter((each) => each.type === 'Negation').length % 2 === 1,
          timed: this.#dialect === 'bash' ? timing(node.prefixes) : undefined,
          source,
        };
      case 'AndOr': {
        const [first, ...rest] = node.commands;
        if (!first) throw new Error('a list has a first command');
        return {
          kind: 'and-or',
          first: this.#command(first),
          rest: rest.map((each, index) => ({ operator: node.operators[index] ?? '&&', command: this.#command(each) })),
          source,
        };
      }
      case 'If':
        return {
          kind: 'if',
          branches: [node, ...node.elif].map((each) => ({ condition: this.#list(each.clause.commands), body: this.#list(each.then.commands) })),
          otherwise: node.else ? this.#list(node.else.commands) : undefined,
          source,
        };
      case 'For':
      case 'Select':
        if (this.#dialect !== 'bash') {
          if (node.type === 'Select') this.#reject(this.#text.unexpected('do', this.#source.indexOf('do', node.pos)), node.pos);
          else if (!/^[A-Za-z_]\w*$/.test(node.name.value)) this.#reject({ kind: 'loop-variable', line: this.#line(node.pos) }, node.pos);
        }
        return {
          kind: node.type === 'Select' ? 'select' : 'for',
          name: node.name.value,
          words: node.wordlist ? this.#words(node.wordlist) : undefined,
          body: this.#list(node.body.commands),
          source,
        };
      case 'ArithmeticFor': {
        if (this.#dialect !== 'bash') this.#reject({ kind: 'loop-variable', line: this.#line(node.pos) }, node.pos);
        const [start, test, step] = /^for\s*\(\(([^;]*);([^;]*);([\s\S]*?)\)\)/.exec(source)?.slice(1) ?? [];
        const word = (text: string | undefined): Word => parseQuotedText((text ?? '').trim(), this.#dialect);
        return { kind: 'counting-for', start: word(start), test: word(test), step: word(step), body: this.#list(node.body.commands), source };
      }
      case 'While':
        return {
          kind: 'while',
          until: node.kind === 'until',
          condition: this.#list(node.clause.commands),
          body: this.#list(node.body.commands),
          source,
        };
      case 'Case':
        return {
          kind: 'case',
          word: this.#word(node.word),
          items: node.items.map((each) => ({
            patterns: each.pattern.map((pattern) => this.#word(pattern)),
            body: this.#list(each.body.commands),
            end: this.#terminator(each.terminator, each.pos),
          })),
          source,
        };
      case 'Subshell':
        return { kind: 'subshell', body: this.#list(node.body.commands), source };
      case 'BraceGroup':
      case 'CompoundList':
        return { kind: 'group', body: this.#list(node.type === 'BraceGroup' ? node.body.commands : node.commands), source };
      case 'Function':
        return { kind: 'function', name: node.name.value, body: this.#command(node.body), source };
      case 'Coproc': {
        const body = this.#command(node.body);
        if (this.#dialect === 'bash' || body.kind !== 'simple') return body;
        return { ...body, words: [literalWord('coproc'), ...body.words] };
      }
      case 'Redirected':
        return { kind: 'redirected', command: this.#command(node.command), redirections: this.#redirections(node.redirects), source };
      case 'TestCommand': // to dash a command like any other
        if (this.#dialect === 'dash')
          return { kind: 'group', body: parseScript(`'[['${source.slice(2)}`, 'dash', this.#line(node.pos)).statements, source };
        return { kind: 'test', expression: this.#test(node.expression), source };
      case 'ArithmeticCommand': // to the others two parentheses are two subshells
        if (this.#dialect !== 'bash')
          return { kind: 'subshell', body: parseScript(node.body, this.#dialect, this.#line(node.pos)).statements, source };
        return { kind: 'arithmetic', expression: parseQuotedText(node.body, this.#dialect), source };
    }
  }

  #terminator(mark: ';;' | ';&' | ';;&' | undefined, position: number): ';;' | ';&' | ';;&' {
    if (mark !== undefined && mark !== ';;' && this.#dialect !== 'bash')
      this.#reject(this.#text.unexpected('&', this.#source.indexOf(mark, position)), position);
    return mark ?? ';;';
  }

  /** Only bash knows `time` as a word of its grammar; elsewhere it is a program. */
  #timed(command: Command, prefixes: readonly Bash.PipelinePrefix[]): Command {
    const time = timing(prefixes);
    if (!time || this.#dialect === 'bash' || command.kind !== 'simple') return command;
    return { ...command, words: [literalWord('time'), ...(time === 'posix' ? [literalWord('-p')] : []), ...command.words] };
  }

  #simple(node: Bash.Command, source: string): Command {
    const elements = (each: { readonly type: string }): boolean =>
      this.#dialect !== 'bash' && each.type === 'Assignment' && 'index' in each && each.index !== undefined;
    const assignments = node.prefix.filter((each) => each.type === 'Assignment').filter((each) => !elements(each));
    // `a[0]=x` is a command's name where there are no arrays.
    const words: Word[] = node.prefix.filter(elements).map((each) => literalWord('text' in each ? String(each.text) : ''));
    if (node.name) words.push(...this.#braced(node.name));
    for (const each of node.suffix) {
      if (each.type === 'Word') words.push(...this.#braced(each));
      else if (each.type === 'Assignment') words.push(...this.#assignmentWord(each));
    }
    return {
      kind: 'simple',
      assignments: assignments.map((each) => this.#assignment(each)),
      words,
      redirections: this.#redirections([...node.prefix, ...node.suffix].filter((each) => each.type !== 'Word' && each.type !== 'Assignment')),
      line: this.#line(node.pos),
      source,
    };
  }

  /** `export a=b` and `dd if=x`: to the interpreter a word like any other. */
  #assignmentWord(node: Bash.Assignment): readonly Word[] {
    if (node.value.type === 'ArrayValue') {
      this.#rejectArray(node);
      return [{ parts: [{ kind: 'text', text: node.text, quoted: true }], source: node.text }];
    }
    const head = this.#source.slice(node.pos, node.value.pos);
    const value = this.#word(node.value);
    return [{ parts: [{ kind: 'text', text: head, quoted: false }, ...value.parts], source: node.text }];
  }

  #assignment(node: Bash.Assignment): Assignment {
    const { value } = node;
    if (value.type === 'ArrayValue') this.#rejectArray(node);
    return {
      name: node.name,
      append: node.append === true,
      index: node.index ? this.#word(node.index) : undefined,
      value: value.type === 'ArrayValue' ? this.#words(value.elements) : this.#word(value),
      source: node.text,
    };
  }

  #rejectArray(node: Bash.Assignment): void {
    if (this.#dialect === 'bash') return;
    const position = this.#source.indexOf('(', node.pos);
    this.#reject(this.#text.unexpected('(', position), position);
  }

  #redirections(nodes: readonly Bash.Redirection[]): Redirection[] {
    return nodes.map((node): Redirection => {
      const fd = node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : undefined;
      if (node.type === 'HereDoc') {
        const { delimiter, body } = node;
        if (!node.closing) this.#open.push({ delimiter: delimiter?.value ?? '', line: this.#line(node.pos) });
        const strip = (text: string): string => (node.operator === '<<-' ? text.replace(/^\t+/gm, '') : text);
        const parts =
          body.parts && !delimiter?.quoted ? this.#parts(body.parts, true) : [{ kind: 'text' as const, text: strip(body.text), quoted: true }];
        return {
          fd,
          operator: '<<',
          target: { parts: parts.map((each) => (each.kind === 'text' ? { ...each, text: strip(each.text) } : each)), source: body.text },
        };
      }
      if (node.operator === '<<<' && this.#dialect !== 'bash') this.#reject(this.#text.unexpected('redirection', node.pos), node.pos);
      return { fd, operator: node.operator, target: node.target ? this.#word(node.target) : { parts: [], source: '' } };
    });
  }

  #test(node: Bash.TestExpression): TestExpression {
    switch (node.type) {
      case 'TestUnary':
        return { kind: 'unary', operator: node.operator, operand: this.#word(node.operand) };
      case 'TestBinary':
        return { kind: 'binary', operator: node.operator, left: this.#word(node.left), right: this.#word(node.right) };
      case 'TestLogical':
        return { kind: 'logical', operator: node.operator, operands: node.operands.map((each) => this.#test(each)) };
      case 'TestNot':
        return node.negations.length % 2 === 1 ? { kind: 'not', operand: this.#test(node.operand) } : this.#test(node.operand);
      case 'TestGroup':
        return this.#test(node.expression);
    }
  }

  #words(nodes: readonly Bash.Word[]): Word[] {
    return nodes.flatMap((each) => this.#braced(each));
  }

  /** Bash expands braces before anything else, on the text. */
  #braced(node: Bash.Word): readonly Word[] {
    if (this.#dialect !== 'bash' || !node.parts?.some((each) => each.type === 'BraceExpansion')) return [this.#word(node)];
    const words = expandBraces(node.text);
    if (words instanceof TooManyWords) return [{ ...this.#word(node), tooMany: words.count }];
    return words.map((text) => {
      if (/^[\w.,:/@%+-]+$/.test(text)) return literalWord(text);
      const command = parse(`: ${text}`).commands[0]?.command;
      const word = command?.type === 'Command' ? command.suffix[0] : undefined;
      if (word?.type !== 'Word') return { parts: [], source: text };
      return new Adapter(`: ${text}`, 'dash', this.#firstLine).#word(word);
    });
  }

  #word(node: Bash.Word): Word {
    return { parts: node.parts ? this.#parts(node.parts, false) : bareParts(node.text), source: node.text };
  }

  #parts(nodes: readonly Bash.WordPart[], quoted: boolean): WordPart[] {
    return nodes.flatMap((node): readonly WordPart[] => {
      switch (node.type) {
        case 'Literal':
          return quoted ? [{ kind: 'text', text: node.value, quoted }] : bareParts(node.text);
        case 'Glob':
          if (node.kind !== 'bracket' || quoted) return bareParts(node.text);
          return [{ kind: 'text', text: '[', quoted: false }, ...this.#parts(node.parts, false), { kind: 'text', text: ']', quoted: false }];
        case 'SingleQuoted':
          return [{ kind: 'text', text: node.value, quoted: true }];
        case 'AnsiCQuoted':
          return this.#dialect === 'dash'
            ? [
                { kind: 'text', text: '$', quoted },
                { kind: 'text', text: node.text.slice(2, -1), quoted: true },
              ]
            : [{ kind: 'text', text: node.value, quoted: true }];
        case 'DoubleQuoted':
        case 'LocaleString': {
          const dollar: WordPart[] = node.type === 'LocaleString' && this.#dialect !== 'bash' ? [{ kind: 'text', text: '$', quoted }] : [];
          const parts = [...dollar, ...this.#parts(node.parts, true)];
          return parts.length === 0 ? [{ kind: 'text', text: '', quoted: true }] : parts;
        }
        case 'SimpleExpansion':
          return [
            { kind: 'parameter', name: node.text.slice(1), prefix: undefined, index: undefined, operation: undefined, quoted, source: node.text },
          ];
        case 'ParameterExpansion':
          return [this.#parameter(node, quoted)];
        case 'CommandExpansion':
          return [{ kind: 'command', script: this.#nested(node.script), quoted }];
        case 'ArithmeticExpansion':
          return [
            {
              kind: 'arithmetic',
              expression: parseQuotedText(node.text.startsWith('$((') ? node.text.slice(3, -2) : node.text.slice(2, -1), this.#dialect),
              quoted,
            },
          ];
        case 'ProcessSubstitution':
          return [{ kind: 'process', direction: node.operator, script: this.#nested(node.script) }];
        case 'BraceExpansion':
          return node.parts ? this.#parts(node.parts, quoted) : bareParts(node.text);
        case 'ExtendedGlob':
          return bareParts(node.text);
      }
    });
  }

  #nested(script: ParsedScript | undefined): Script {
    if (!script) return { statements: [], problem: undefined, openHereDocuments: [] };
    const inner = new Adapter(script.source ?? this.#source, this.#dialect, this.#firstLine);
    const result = inner.script(script);
    if (result.problem) this.#problem ??= result.problem;
    return result;
  }

  #parameter(node: Bash.ParameterExpansionPart, quoted: boolean): WordPart {
    return {
      kind: 'parameter',
      name: node.parameter,
      prefix: node.prefix,
      index: node.index ? this.#word(node.index) : undefined,
      operation: knowsParameter(this.#dialect, node) ? (node.operation ? this.#operation(node.operation, quoted) : undefined) : { kind: 'bad' },
      quoted,
      source: node.text,
    };
  }

  #operation(node: Bash.ParameterOperation, quoted: boolean): ParameterOperation {
    const bashOnly = this.#dialect !== 'bash';
    switch (node.type) {
      case 'Default': {
        const colon = node.operator.startsWith(':');
        const operand = this.#word(node.operand);
        const inner = quoted
          ? { ...operand, parts: operand.parts.map((each) => (each.kind === 'process' ? each : { ...each, quoted: true })) }
          : operand;
        return { kind: 'default', operator: node.operator.slice(colon ? 1 : 0) as '-' | '=' | '+' | '?', colon, operand: inner };
      }
      case 'Remove':
        return { kind: 'remove', operator: node.operator, operand: this.#word(node.operand) };
      case 'Replace':
        return this.#dialect === 'dash'
          ? { kind: 'bad' }
          : { kind: 'replace', ...anchored(this.#dialect, node.operator, this.#word(node.pattern)), replacement: this.#word(node.replacement) };
      case 'Slice':
        return this.#dialect === 'dash'
          ? { kind: 'bad' }
          : { kind: 'slice', offset: this.#word(node.offset), length: node.length ? this.#word(node.length) : undefined };
      case 'CaseModification':
        return bashOnly ? { kind: 'bad' } : { kind: 'case', operator: node.operator };
      case 'Transform':
        return bashOnly ? { kind: 'bad' } : { kind: 'transform', operator: node.operand.value };
      case 'Names':
        return bashOnly ? { kind: 'bad' } : { kind: 'names' };
      case 'Unknown':
        return { kind: 'bad' };
    }
  }
}
