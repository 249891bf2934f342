/**
 * Word expansion in POSIX order: tilde, parameters, commands, arithmetic; then field splitting and pathname expansion.
 * Runs in the shell's process; substituted commands run in children of it.
 */
import { isErrno } from '../../linux/errno.ts';
import type { Blocking } from '../../linux/process/process-context.ts';
import { ArithmeticProblem, evaluateArithmetic } from './arithmetic.ts';
import { expandParameter } from './expand-parameter.ts';
import { hasPattern, quotePattern, unquotePattern } from './glob-pattern.ts';
import { expandPath } from './path-expansion.ts';
import type { Shell } from './shell.ts';
import type { Sink } from './sink.ts';
import { substituteCommand, substituteProcess } from './substitution.ts';
import type { Word, WordPart } from './syntax.ts';

class Fields implements Sink {
  readonly done: string[] = [];
  readonly #ifs: string;
  #current: string | undefined;
  constructor(ifs: string) {
    this.#ifs = ifs;
  }
  quoted(text: string): void {
    this.#current = (this.#current ?? '') + quotePattern(text);
  }
  literal(text: string): void {
    this.#current = (this.#current ?? '') + text.replaceAll('\\', '\\\\');
  }
  split(text: string): void {
    if (this.#ifs === ' \t\n') this.#splitAtBlanks(text);
    else this.#splitAt(text);
  }
  #splitAtBlanks(text: string): void {
    text.split(/[ \t\n]+/).forEach((piece, index) => {
      if (index > 0) this.next();
      if (piece !== '') this.#current = (this.#current ?? '') + piece.replaceAll('\\', '\\\\');
    });
  }
  #splitAt(text: string): void {
    const blank = (at: number): boolean => at < text.length && ' \t\n'.includes(text.charAt(at)) && this.#ifs.includes(text.charAt(at));
    const separator = (at: number): boolean => at < text.length && !' \t\n'.includes(text.charAt(at)) && this.#ifs.includes(text.charAt(at));
    for (let i = 0; i < text.length;) {
      if (blank(i)) {
        const ended = this.#current !== undefined;
        this.next();
        while (blank(i)) i++;
        if (ended && separator(i)) for (i++; blank(i); i++);
      } else if (separator(i)) {
        this.#current ??= '';
        this.next();
        for (i++; blank(i); i++);
      } else {
        this.#current = (this.#current ?? '') + text.charAt(i).replace('\\', '\\\\');
        i++;
      }
    }
  }
  next(): void {
    if (this.#current !== undefined) this.done.push(this.#current);
    this.#current = undefined;
  }
}

class Joined implements Sink {
  text = '';
  readonly #pattern: boolean;
  constructor(pattern: boolean) {
    this.#pattern = pattern;
  }
  quoted(text: string): void {
    this.text += this.#pattern ? quotePattern(text) : text;
  }
  literal(text: string): void {
    this.text += text;
  }
  split(text: string): void {
    this.text += text;
  }
  next(): void {
    this.text += ' ';
  }
}

/** Fields that one expansion may grow to. */
const LIMIT = 4_000_000;
/** A field in which nothing is left to expand. */
const PLAIN = /^[\w.,:/@%+=-]*$/;

/** The fields of a command line. */
export function* expandWords(shell: Shell, words: readonly Word[]): Blocking<string[]> {
  const result: string[] = [];
  for (const word of words) {
    const only = word.parts[0];
    // Bash (braces.c, mkseq) says so and leaves the word as it is.
    if (word.tooMany !== undefined) shell.complain(`brace expansion: failed to allocate memory for ${word.tooMany} elements`);
    if (word.parts.length === 1 && only?.kind === 'text' && only.quoted) {
      result.push(only.text);
      continue;
    }
    const sink = new Fields(shell.variables.get('IFS') ?? ' \t\n');
    yield* expandInto(shell, word.parts, sink);
    sink.next();
    for (const field of sink.done) {
      yield* shell.context.giveWay(field.length);
      if (PLAIN.test(field)) {
        result.push(field);
        continue;
      }
      const matches = !shell.options.has('noglob') && hasPattern(field) ? expandPath(shell.context, field) : [];
      if (matches.length > 0) result.push(...matches);
      else result.push(unquotePattern(field));
    }
    if (result.length > LIMIT) shell.outOfMemory(result.length * 8);
  }
  return result;
}

/** A word that stays one: assignments, redirections, here-documents. */
export function* expandText(shell: Shell, word: Word): Blocking<string> {
  const sink = new Joined(false);
  yield* expandInto(shell, word.parts, sink);
  return sink.text;
}

/** A pattern, with what was quoted marked as plain. */
export function* expandPattern(shell: Shell, word: Word): Blocking<string> {
  const sink = new Joined(true);
  yield* expandInto(shell, word.parts, sink);
  return sink.text;
}

/** The value of an arithmetic expression, or the shell's complaint. */
export function* expandArithmetic(shell: Shell, expression: Word): Blocking<bigint> {
  return arithmeticValue(shell, yield* expandText(shell, expression));
}

/** @param builtin the builtin that complains, such as `let` */
export function arithmeticValue(shell: Shell, text: string, builtin?: string): bigint {
  const value = evaluateArithmetic(text, {
    get: (name) => arithmeticVariable(shell, name),
    set: (name, value) => {
      const [, array, key] = /^(\w+)\[(.*)\]$/.exec(name) ?? [];
      if (array === undefined || key === undefined) shell.assign(name, value);
      else {
        const before = shell.variables.find(array)?.value;
        shell.assign(array, new Map(typeof before === 'object' ? before : []).set(String(arithmeticValue(shell, key)), value));
      }
    },
  });
  if (value instanceof ArithmeticProblem) shell.fail(shell.dialect.arithmetic(value, text), builtin === undefined ? {} : { builtin });
  return value;
}

function arithmeticVariable(shell: Shell, name: string): string | undefined {
  const [, array, key] = /^(\w+)\[(.*)\]$/.exec(name) ?? [];
  if (array === undefined || key === undefined) {
    const value = shell.parameter(name);
    if (value === undefined && shell.options.has('nounset')) shell.fail(shell.dialect.unset(name));
    return value;
  }
  const variable = shell.variables.find(array);
  if (typeof variable?.value !== 'object') return undefined;
  return variable.value.get(variable.associative ? key : String(arithmeticValue(shell, key)));
}

export function* expandInto(shell: Shell, parts: readonly WordPart[], sink: Sink): Blocking<void> {
  for (const [index, part] of parts.entries()) {
    switch (part.kind) {
      case 'text':
        if (part.quoted) sink.quoted(part.text);
        else yield* literal(shell, sink, { text: part.text, first: index === 0, last: index === parts.length - 1 });
        break;
      case 'parameter':
        yield* expandParameter({
          shell,
          part,
          sink,
          inner: { into: expandInto, text: expandText, pattern: expandPattern, arithmetic: expandArithmetic },
        });
        break;
      case 'command': {
        const text = yield* substituteCommand(shell, part.script);
        if (part.quoted) sink.quoted(text);
        else sink.split(text);
        break;
      }
      case 'arithmetic': {
        const value = String(yield* expandArithmetic(shell, part.expression));
        if (part.quoted) sink.quoted(value);
        else sink.split(value);
        break;
      }
      case 'process':
        sink.quoted(yield* substituteProcess(shell, part));
        break;
    }
  }
}

function* literal(shell: Shell, sink: Sink, position: { readonly text: string; readonly first: boolean; readonly last: boolean }): Blocking<void> {
  const { text } = position;
  const match = /^(?:[A-Za-z_]\w*=)?(~([^/:]*))/.exec(text);
  const tilde = match?.[1];
  const assignment = match && match[0].length > (tilde?.length ?? 0);
  if (
    !position.first ||
    !match ||
    tilde === undefined ||
    (assignment && shell.dialect.name !== 'bash') ||
    (match[0].length === text.length && !position.last)
  ) {
    sink.literal(text);
    return;
  }
  const home = yield* homeOf(shell, match[2] ?? '');
  if (home === undefined) {
    sink.literal(text);
    return;
  }
  if (assignment) sink.literal(match[0].slice(0, -tilde.length));
  sink.quoted(home);
  if (text.length > match[0].length) sink.literal(text.slice(match[0].length));
}

function* homeOf(shell: Shell, user: string): Blocking<string | undefined> {
  if (user === '') return shell.variables.get('HOME');
  if (user === '+') return shell.logicalDirectory;
  if (user === '-') return shell.previousDirectory;
  const table = yield* shell.context.readFile('/etc/passwd');
  if (isErrno(table)) return undefined;
  return table
    .split('\n')
    .find((line) => line.startsWith(`${user}:`))
    ?.split(':')[5];
}
