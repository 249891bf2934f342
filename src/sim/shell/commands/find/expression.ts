/** The expression language of find: tests, operators and actions, with -print where no action is given. */
export type Expression =
  | { readonly kind: 'and' | 'or' | 'list'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'test'; readonly name: string; readonly value: string }
  | { readonly kind: 'print'; readonly end: string; readonly format: string | undefined }
  | { readonly kind: 'list-long' | 'prune' | 'quit' | 'delete' }
  | { readonly kind: 'exec'; readonly command: readonly string[]; readonly together: boolean };

export interface FindProblem {
  readonly kind: 'unknown' | 'missing' | 'type';
  readonly word: string;
}

export interface FindExpression {
  readonly expression: Expression;
  readonly minDepth: number;
  readonly maxDepth: number;
  readonly depthFirst: boolean;
  readonly oneDevice: boolean;
}

const VALUE_TESTS = new Set([
  '-name',
  '-iname',
  '-path',
  '-wholename',
  '-ipath',
  '-type',
  '-size',
  '-mtime',
  '-ctime',
  '-atime',
  '-mmin',
  '-cmin',
  '-amin',
  '-user',
  '-group',
  '-perm',
  '-links',
  '-inum',
  '-newer',
]);

class Problem extends Error {
  readonly problem: FindProblem;
  constructor(problem: FindProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

export function readExpression(words: readonly string[]): FindExpression | { readonly problem: FindProblem } {
  const reader = new Reader(words);
  try {
    const expression = reader.whole();
    return { expression, minDepth: reader.minDepth, maxDepth: reader.maxDepth, depthFirst: reader.depthFirst, oneDevice: reader.oneDevice };
  } catch (problem) {
    if (problem instanceof Problem) return { problem: problem.problem };
    throw problem;
  }
}

class Reader {
  minDepth = 0;
  maxDepth = Number.POSITIVE_INFINITY;
  depthFirst = false;
  oneDevice = false;
  readonly #words: readonly string[];
  #at = 0;
  #acts = false;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  whole(): Expression {
    const print: Expression = { kind: 'print', end: '\n', format: undefined };
    if (this.#words.length === 0) return print;
    const expression = this.#list();
    if (this.#at < this.#words.length) throw new Problem({ kind: 'unknown', word: this.#words[this.#at] ?? '' });
    return this.#acts ? expression : { kind: 'and', left: expression, right: print };
  }

  #list(): Expression {
    let left = this.#or();
    while (this.#words[this.#at] === ',') {
      this.#at++;
      left = { kind: 'list', left, right: this.#or() };
    }
    return left;
  }

  #or(): Expression {
    let left = this.#and();
    while (['-o', '-or'].includes(this.#words[this.#at] ?? '')) {
      this.#at++;
      left = { kind: 'or', left, right: this.#and() };
    }
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    for (;;) {
      const word = this.#words[this.#at];
      if (word === undefined || [')', ',', '-o', '-or'].includes(word)) return left;
      if (word === '-a' || word === '-and') this.#at++;
      left = { kind: 'and', left, right: this.#not() };
    }
  }

  #not(): Expression {
    const word = this.#words[this.#at];
    if (word !== '!' && word !== '-not') return this.#primary();
    this.#at++;
    return { kind: 'not', operand: this.#not() };
  }

  #value(name: string): string {
    const value = this.#words[this.#at++];
    if (value === undefined) throw new Problem({ kind: 'missing', word: name });
    return value;
  }

  #primary(): Expression {
    const word = this.#words[this.#at++] ?? '';
    if (VALUE_TESTS.has(word)) {
      const value = this.#value(word);
      if (word === '-type' && !/^[fdlcbps](?:,[fdlcbps])*$/.test(value)) throw new Problem({ kind: 'type', word: value });
      return { kind: 'test', name: word, value };
    }
    switch (word) {
      case '(': {
        const inner = this.#list();
        this.#at++;
        return inner;
      }
      case '-true':
      case '-noleaf':
      case '-follow':
        return { kind: 'constant', value: true };
      case '-false':
        return { kind: 'constant', value: false };
      case '-empty':
        return { kind: 'test', name: word, value: '' };
      case '-maxdepth':
        this.maxDepth = Number(this.#value(word));
        return { kind: 'constant', value: true };
      case '-mindepth':
        this.minDepth = Number(this.#value(word));
        return { kind: 'constant', value: true };
      case '-depth':
        this.depthFirst = true;
        return { kind: 'constant', value: true };
      case '-xdev':
      case '-mount':
        this.oneDevice = true;
        return { kind: 'constant', value: true };
      default:
        return this.#action(word);
    }
  }

  #action(word: string): Expression {
    if (word !== '-prune') this.#acts = true;
    switch (word) {
      case '-print':
        return { kind: 'print', end: '\n', format: undefined };
      case '-print0':
        return { kind: 'print', end: '\0', format: undefined };
      case '-printf':
        return { kind: 'print', end: '', format: this.#value(word) };
      case '-ls':
        return { kind: 'list-long' };
      case '-prune':
        return { kind: 'prune' };
      case '-quit':
        return { kind: 'quit' };
      case '-delete':
        this.depthFirst = true;
        return { kind: 'delete' };
      case '-exec':
      case '-execdir':
      case '-ok': {
        const end = this.#words.findIndex((each, index) => index >= this.#at && (each === ';' || (each === '+' && this.#words[index - 1] === '{}')));
        if (end < 0) throw new Problem({ kind: 'missing', word });
        const command = this.#words.slice(this.#at, end);
        this.#at = end + 1;
        return { kind: 'exec', command, together: this.#words[end] === '+' };
      }
      default:
        throw new Problem({ kind: 'unknown', word });
    }
  }
}
