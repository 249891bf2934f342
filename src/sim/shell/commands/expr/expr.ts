/** expr: arithmetic, comparisons and matching on the words of its command line. */
import type { Blocking } from '../../../linux/process/process-context.ts';
import { compileMatcher } from '../../regex/posix-pattern.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

class Problem extends Error {}

export const expr = defineTool({
  name: 'expr',
  suite: 'coreutils',
  summary: { zh: '计算表达式', en: 'Evaluates an expression' },
  usage: 'expr EXPRESSION\n\nPrint the value of EXPRESSION',
  gnuUsage: 'expr EXPRESSION',
  busybox: { short: '', raw: true },
  gnu: { short: '', raw: true },
  mistake: 2,
  *run(call) {
    const words = call.operands[0] === '--' ? call.operands.slice(1) : call.operands;
    if (words.length === 0) return call.busybox ? (call.complain('too few arguments'), 2) : call.misuse('missing operand');
    const reader = new Reader(call, words);
    try {
      const value = yield* reader.whole();
      call.out(`${value}\n`);
      return value === '' || value === '0' ? 1 : 0;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      call.complain(problem.message);
      return 2;
    }
  },
});

const LEVELS: readonly (readonly string[])[] = [['|'], ['&'], ['<', '<=', '=', '==', '!=', '>=', '>'], ['+', '-'], ['*', '/', '%'], [':']];

class Reader {
  readonly #call: ToolCall;
  readonly #words: readonly string[];
  #at = 0;

  constructor(call: ToolCall, words: readonly string[]) {
    this.#call = call;
    this.#words = words;
  }

  *whole(): Blocking<string> {
    const value = yield* this.#level(0);
    const extra = this.#words[this.#at];
    if (extra !== undefined) throw new Problem(this.#call.busybox ? 'syntax error' : `syntax error: unexpected argument ${this.#call.quote(extra)}`);
    return value;
  }

  *#level(level: number): Blocking<string> {
    const operators = LEVELS[level];
    if (!operators) return yield* this.#primary();
    let left = yield* this.#level(level + 1);
    for (;;) {
      const operator = this.#words[this.#at];
      if (operator === undefined || !operators.includes(operator)) return left;
      this.#at++;
      left = yield* this.#apply(left, operator, yield* this.#level(level + 1));
    }
  }

  *#apply(left: string, operator: string, right: string): Blocking<string> {
    const empty = (text: string): boolean => text === '' || text === '0';
    switch (operator) {
      case '|':
        return empty(left) ? (empty(right) ? '0' : right) : left;
      case '&':
        return empty(left) || empty(right) ? '0' : left;
      case ':':
        return yield* this.#match(left, right);
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return String(this.#calculate(left, operator, right));
      default: {
        const numeric = /^-?\d+$/.test(left) && /^-?\d+$/.test(right);
        const order = numeric ? Number(BigInt(left) - BigInt(right)) : left < right ? -1 : left > right ? 1 : 0;
        const holds = { '<': order < 0, '<=': order <= 0, '=': order === 0, '==': order === 0, '!=': order !== 0, '>=': order >= 0, '>': order > 0 }[
          operator
        ];
        return holds ? '1' : '0';
      }
    }
  }

  #calculate(left: string, operator: string, right: string): bigint {
    if (!/^-?\d+$/.test(left) || !/^-?\d+$/.test(right)) throw new Problem(this.#call.busybox ? 'non-numeric argument' : 'non-integer argument');
    const [a, b] = [BigInt(left), BigInt(right)];
    if (operator === '+') return a + b;
    if (operator === '-') return a - b;
    if (operator === '*') return a * b;
    if (b === 0n) throw new Problem('division by zero');
    return operator === '/' ? a / b : a % b;
  }

  *#match(text: string, pattern: string): Blocking<string> {
    const matcher = yield* compileMatcher(this.#call.context, [`^\\(${pattern.replace(/^\^/, '')}\\)`], { syntax: 'basic' });
    if (!matcher) throw new Problem(this.#call.busybox ? `bad regex '${pattern}'` : 'Invalid regular expression');
    const groups = matcher.groups(text);
    if (pattern.includes('\\(')) return groups?.[2] ?? '';
    return String(groups?.[0]?.length ?? 0);
  }

  *#primary(): Blocking<string> {
    const word = this.#words[this.#at++];
    if (word === undefined)
      throw new Problem(this.#call.busybox ? 'syntax error' : `syntax error: missing argument after ${this.#call.quote(this.#words.at(-1) ?? '')}`);
    if (word === '(') {
      const value = yield* this.#level(0);
      if (this.#words[this.#at++] !== ')')
        throw new Problem(this.#call.busybox ? 'syntax error' : `syntax error: expecting ')' after ${this.#call.quote(this.#words.at(-1) ?? '')}`);
      return value;
    }
    const next = this.#words[this.#at];
    if (next === undefined) return word;
    if (word === 'length') return String([...(yield* this.#primary())].length);
    if (word === 'substr') {
      const [text, from, count] = [yield* this.#primary(), Number(yield* this.#primary()), Number(yield* this.#primary())];
      return from < 1 || count < 1 ? '' : text.slice(from - 1, from - 1 + count);
    }
    if (word === 'index') {
      const [text, set] = [yield* this.#primary(), yield* this.#primary()];
      return String([...text].findIndex((each) => set.includes(each)) + 1);
    }
    if (word === 'match') return yield* this.#match(yield* this.#primary(), yield* this.#primary());
    return word;
  }
}
