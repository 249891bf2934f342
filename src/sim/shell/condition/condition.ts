/** Conditions of `test`, `[` and `[[`: files, texts, numbers. The grammar of `test` follows POSIX by the number of words, then precedence. */
import { isErrno } from '../../linux/errno.ts';
import type { FileStatus } from '../../linux/fs/vfs.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';

/** Whose words a complaint has. */
export type ConditionFamily = 'bash' | 'ash' | 'dash';

export type ConditionResult = { readonly kind: 'value'; readonly value: boolean } | { readonly kind: 'problem'; readonly message: string };

class Problem extends Error {}

const UNARY = new Set([
  '-a',
  '-b',
  '-c',
  '-d',
  '-e',
  '-f',
  '-g',
  '-h',
  '-k',
  '-L',
  '-n',
  '-o',
  '-p',
  '-r',
  '-s',
  '-S',
  '-t',
  '-u',
  '-v',
  '-w',
  '-x',
  '-z',
  '-O',
  '-G',
  '-N',
]);
const BINARY = new Set(['=', '==', '!=', '<', '>', '-eq', '-ne', '-gt', '-ge', '-lt', '-le', '-nt', '-ot', '-ef', '=~']);

/**
 * Evaluates the words of `test`.
 * @param name `test` or `[`; a `[` wants `]` at the end
 */
export function evaluateCondition(
  context: ProcessContext,
  name: string,
  { words, family }: { readonly words: readonly string[]; readonly family: ConditionFamily },
): ConditionResult {
  let inner = words;
  if (name === '[') {
    if (words.at(-1) !== ']') return { kind: 'problem', message: family === 'bash' ? "missing `]'" : 'missing ]' };
    inner = words.slice(0, -1);
  }
  try {
    return { kind: 'value', value: new Reader(context, inner, family).whole() };
  } catch (problem) {
    if (problem instanceof Problem) return { kind: 'problem', message: problem.message };
    throw problem;
  }
}

class Reader {
  readonly #context: ProcessContext;
  readonly #words: readonly string[];
  readonly #family: ConditionFamily;
  #at = 0;

  constructor(context: ProcessContext, words: readonly string[], family: ConditionFamily) {
    this.#context = context;
    this.#words = words;
    this.#family = family;
  }

  whole(): boolean {
    const [first = '', second = '', third = ''] = this.#words;
    switch (this.#words.length) {
      case 0:
        return false;
      case 1:
        return first !== '';
      case 2:
        if (first === '!') return second === '';
        if (UNARY.has(first)) return this.#unary(first, second);
        if (BINARY.has(second) && this.#family !== 'bash') throw new Problem(`${second}: argument expected`);
        throw new Problem(
          this.#family === 'bash'
            ? `${first}: unary operator expected`
            : this.#family === 'ash'
              ? `${second}: unknown operand`
              : `${first}: unexpected operator`,
        );
      case 3:
        if (BINARY.has(second)) return this.#binary(first, second, third);
        if (second === '-a') return first !== '' && third !== '';
        if (second === '-o') return first !== '' || third !== '';
        if (first === '!') return !new Reader(this.#context, this.#words.slice(1), this.#family).whole();
        if (first === '(' && third === ')') return second !== '';
        if (this.#family === 'bash') throw new Problem(`${second}: binary operator expected`);
        break;
      case 4:
        if (first === '!') return !new Reader(this.#context, this.#words.slice(1), this.#family).whole();
        break;
    }
    const value = this.#or();
    if (this.#at < this.#words.length) throw this.#tooMany();
    return value;
  }

  #tooMany(): Problem {
    const word = this.#words[this.#at] ?? '';
    return new Problem(
      this.#family === 'bash'
        ? 'too many arguments'
        : this.#family === 'ash'
          ? `${word}: unknown operand`
          : `${this.#words[0] ?? ''}: unexpected operator`,
    );
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#words[this.#at] === '-o') {
      this.#at++;
      const right = this.#and();
      value = value || right;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#words[this.#at] === '-a') {
      this.#at++;
      const right = this.#not();
      value = value && right;
    }
    return value;
  }

  #not(): boolean {
    if (this.#words[this.#at] === '!') {
      this.#at++;
      return !this.#not();
    }
    return this.#primary();
  }

  #primary(): boolean {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new Problem(this.#family === 'bash' ? 'argument expected' : 'argument expected');
    const next = this.#words[this.#at];
    const after = this.#words[this.#at + 1];
    if (next !== undefined && after !== undefined && BINARY.has(next)) {
      this.#at += 2;
      return this.#binary(word, next, after);
    }
    if (word === '(') {
      const value = this.#or();
      if (this.#words[this.#at++] !== ')') throw new Problem(this.#family === 'bash' ? "`)' expected" : 'closing paren expected');
      return value;
    }
    if (UNARY.has(word) && next !== undefined) {
      this.#at++;
      return this.#unary(word, next);
    }
    return word !== '';
  }

  #unary(operator: string, operand: string): boolean {
    return unaryCondition(this.#context, { operator, operand }, (text) => this.#number(text));
  }

  #number(text: string): bigint {
    const trimmed = text.trim();
    if (/^[-+]?\d+$/.test(trimmed)) return BigInt(trimmed.replace('+', ''));
    throw new Problem(
      this.#family === 'bash' ? `${text}: integer expression expected` : this.#family === 'ash' ? `${text}: bad number` : `Illegal number: ${text}`,
    );
  }

  #binary(left: string, operator: string, right: string): boolean {
    switch (operator) {
      case '=':
      case '==':
        return left === right;
      case '!=':
        return left !== right;
      case '<':
        return left < right;
      case '>':
        return left > right;
      case '-nt':
      case '-ot':
      case '-ef':
        return compareFiles(this.#context, operator, [left, right]);
      default:
        return compareNumbers(this.#number(left), operator, this.#number(right));
    }
  }
}

export function compareNumbers(left: bigint, operator: string, right: bigint): boolean {
  switch (operator) {
    case '-eq':
      return left === right;
    case '-ne':
      return left !== right;
    case '-gt':
      return left > right;
    case '-ge':
      return left >= right;
    case '-lt':
      return left < right;
    default:
      return left <= right;
  }
}

export function compareFiles(context: ProcessContext, operator: string, [left, right]: readonly [string, string]): boolean {
  const a = context.kernel.vfs.stat(context.process, left);
  const b = context.kernel.vfs.stat(context.process, right);
  if (operator === '-ef') return !isErrno(a) && !isErrno(b) && a.inode === b.inode && a.device === b.device;
  if (operator === '-nt') return !isErrno(a) && (isErrno(b) || a.modified > b.modified);
  return !isErrno(b) && (isErrno(a) || a.modified < b.modified);
}

/** `-e file`, `-n text` and the other tests of one operand. */
export function unaryCondition(
  context: ProcessContext,
  { operator, operand }: { readonly operator: string; readonly operand: string },
  number: (text: string) => bigint,
): boolean {
  const { vfs } = context.kernel;
  const status = (follow = true): FileStatus | undefined => {
    const found = vfs.stat(context.process, operand, follow);
    return isErrno(found) ? undefined : found;
  };
  const may = (mode: { read?: boolean; write?: boolean; execute?: boolean }): boolean => vfs.access(context.process, operand, mode) === undefined;
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-e':
    case '-a':
      return status() !== undefined;
    case '-f':
      return status()?.kind === 'file';
    case '-d':
      return status()?.kind === 'directory';
    case '-h':
    case '-L':
      return status(false)?.kind === 'symlink';
    case '-b':
      return status()?.kind === 'block-device';
    case '-c':
      return status()?.kind === 'character-device';
    case '-p':
      return status()?.kind === 'fifo';
    case '-S':
      return status()?.kind === 'socket';
    case '-s':
      return (status()?.size ?? 0) > 0;
    case '-r':
      return may({ read: true });
    case '-w':
      return may({ write: true });
    case '-x':
      return may({ execute: true });
    case '-u':
      return ((status()?.mode ?? 0) & 0o4000) !== 0;
    case '-g':
      return ((status()?.mode ?? 0) & 0o2000) !== 0;
    case '-k':
      return ((status()?.mode ?? 0) & 0o1000) !== 0;
    case '-O':
      return status()?.uid === context.process.credentials.uid;
    case '-G':
      return status()?.gid === context.process.credentials.gid;
    case '-t':
      return context.process.files.get(Number(number(operand)))?.tty !== undefined;
    case '-v':
      return context.env.has(operand);
    default:
      return false;
  }
}
