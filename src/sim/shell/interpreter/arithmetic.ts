/** Shell arithmetic on 64-bit integers (bash expr.c, busybox shell/math.c): operators, assignment, `?:`, bases. Gets text whose expansions are done; variables come through callbacks. */
export interface ArithmeticVariables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** Why an expression has no value; the shells word it differently. */
export class ArithmeticProblem {
  readonly kind: 'division' | 'operand' | 'syntax' | 'recursion' | 'assignment' | 'base' | 'exponent';
  /** The rest of the expression from the offending token. */
  readonly token: string;
  constructor(kind: ArithmeticProblem['kind'], token: string) {
    this.kind = kind;
    this.token = token;
  }
}

const BINARY: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
  ['**'],
];
const ASSIGN = ['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '^=', '|='];
const TOKEN =
  /\s*(<<=|>>=|\*\*|<<|>>|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%&^|]=|[-+*/%<>&^|!~?:=(),]|[0-9]+#[0-9A-Za-z@_]+|0[xX][0-9a-fA-F]+|[0-9]+|[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\])?)/y;

/** Brackets that may stand one in the other. */
const DEEPEST = 200;

/** @returns the value, or the problem */
export function evaluateArithmetic(text: string, variables: ArithmeticVariables): bigint | ArithmeticProblem {
  try {
    return evaluate(text, variables, 0);
  } catch (problem) {
    if (problem instanceof ArithmeticProblem) return problem;
    throw problem;
  }
}

function evaluate(text: string, variables: ArithmeticVariables, depth: number): bigint {
  if (text.trim() === '') return 0n;
  if (depth > 64) throw new ArithmeticProblem('recursion', text);
  return new Evaluation(text, variables, depth).whole();
}

interface Token {
  readonly text: string;
  readonly at: number;
}

class Evaluation {
  readonly #text: string;
  readonly #variables: ArithmeticVariables;
  readonly #depth: number;
  readonly #tokens: Token[] = [];
  #next = 0;
  /** Above 0 in the part of `&&`, `||` and `?:` that does not count. */
  #skipping = 0;
  /** Brackets, one in the other. */
  #open = 0;

  constructor(text: string, variables: ArithmeticVariables, depth: number) {
    this.#text = text;
    this.#variables = variables;
    this.#depth = depth;
    for (let at = 0; text.slice(at).trim() !== '';) {
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(text);
      const token = match?.[1];
      if (!match || token === undefined) throw new ArithmeticProblem('syntax', text.slice(at).trim());
      at = TOKEN.lastIndex;
      this.#tokens.push({ text: token, at: at - token.length });
    }
  }

  whole(): bigint {
    const value = this.#comma();
    if (this.#peek() !== undefined) throw this.#problem('syntax');
    return value;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next]?.text;
  }

  #take(): string | undefined {
    return this.#tokens[this.#next++]?.text;
  }

  #problem(kind: ArithmeticProblem['kind'], index = this.#next): ArithmeticProblem {
    const token = this.#tokens[Math.min(index, this.#tokens.length - 1)];
    return new ArithmeticProblem(kind, this.#text.slice(token?.at ?? 0));
  }

  #comma(): bigint {
    let value = this.#assignment();
    while (this.#peek() === ',') {
      this.#next++;
      value = this.#assignment();
    }
    return value;
  }

  #assignment(): bigint {
    const name = this.#peek();
    const operator = this.#tokens[this.#next + 1]?.text;
    if (name !== undefined && /^[A-Za-z_]/.test(name) && operator !== undefined && ASSIGN.includes(operator)) {
      this.#next += 2;
      const right = this.#assignment();
      const value = operator === '=' ? right : this.#apply(operator.slice(0, -1), [this.#variable(name), right], this.#next - 1);
      this.#set(name, value);
      return value;
    }
    return this.#ternary();
  }

  #ternary(): bigint {
    const test = this.#binary(0);
    if (this.#peek() !== '?') return test;
    this.#next++;
    const first = this.#skip(test === 0n, () => this.#comma());
    if (this.#take() !== ':') throw this.#problem('syntax', this.#next - 1);
    const second = this.#skip(test !== 0n, () => this.#assignment());
    return test !== 0n ? first : second;
  }

  #skip(skip: boolean, read: () => bigint): bigint {
    if (skip) this.#skipping++;
    const value = read();
    if (skip) this.#skipping--;
    return value;
  }

  #binary(level: number): bigint {
    const operators = BINARY[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = this.#peek();
      if (operator === undefined || !operators.includes(operator)) return left;
      this.#next++;
      const at = this.#next;
      if (operator === '||' || operator === '&&') {
        const decided = operator === '||' ? left !== 0n : left === 0n;
        const right = this.#skip(decided, () => this.#binary(level + 1));
        left = (operator === '||' ? left !== 0n || right !== 0n : left !== 0n && right !== 0n) ? 1n : 0n;
        continue;
      }
      const right = operator === '**' ? this.#binary(level) : this.#binary(level + 1);
      left = this.#apply(operator, [left, right], at);
    }
  }

  #apply(operator: string, [left, right]: readonly [bigint, bigint], at: number): bigint {
    const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);
    const truth = (value: boolean): bigint => (value ? 1n : 0n);
    switch (operator) {
      case '|':
        return left | right;
      case '^':
        return left ^ right;
      case '&':
        return left & right;
      case '==':
        return truth(left === right);
      case '!=':
        return truth(left !== right);
      case '<=':
        return truth(left <= right);
      case '>=':
        return truth(left >= right);
      case '<':
        return truth(left < right);
      case '>':
        return truth(left > right);
      case '<<':
        return wrap(left << (right & 63n));
      case '>>':
        return left >> (right & 63n);
      case '+':
        return wrap(left + right);
      case '-':
        return wrap(left - right);
      case '*':
        return wrap(left * right);
      case '**': {
        if (right < 0n) throw this.#problem('exponent', at);
        let value = 1n;
        for (let base = left, rest = right; rest > 0n; rest >>= 1n, base = wrap(base * base)) if (rest & 1n) value = wrap(value * base);
        return value;
      }
      default:
        if (right === 0n) {
          if (this.#skipping > 0) return 0n;
          throw this.#problem('division', at);
        }
        return wrap(operator === '/' ? left / right : left % right);
    }
  }

  #unary(): bigint {
    const operator = this.#peek();
    switch (operator) {
      case '!':
        this.#next++;
        return this.#unary() === 0n ? 1n : 0n;
      case '~':
        this.#next++;
        return ~this.#unary();
      case '+':
        this.#next++;
        return this.#unary();
      case '-':
        this.#next++;
        return BigInt.asIntN(64, -this.#unary());
      case '++':
      case '--': {
        this.#next++;
        const name = this.#peek();
        if (name === undefined || !/^[A-Za-z_]/.test(name)) return this.#unary();
        this.#next++;
        const value = this.#variable(name) + (operator === '++' ? 1n : -1n);
        this.#set(name, value);
        return value;
      }
      default:
        return this.#primary();
    }
  }

  #primary(): bigint {
    const token = this.#take();
    if (token === undefined) throw this.#problem('operand');
    if (token === '(') {
      if (++this.#open > DEEPEST) throw this.#problem('recursion', this.#next - 1);
      const value = this.#comma();
      this.#open--;
      if (this.#take() !== ')') throw this.#problem('syntax', this.#next - 1);
      return value;
    }
    if (/^[0-9]/.test(token)) return this.#number(token);
    if (!/^[A-Za-z_]/.test(token)) throw this.#problem('operand', this.#next - 1);
    const value = this.#variable(token);
    const after = this.#peek();
    if (after === '++' || after === '--') {
      this.#next++;
      this.#set(token, value + (after === '++' ? 1n : -1n));
    }
    return value;
  }

  #number(token: string): bigint {
    const [base, digits] = token.split('#');
    if (digits !== undefined) {
      let value = 0n;
      const radix = BigInt(base ?? '10');
      for (const digit of digits) {
        const worth = BigInt('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_'.indexOf(radix <= 36n ? digit.toLowerCase() : digit));
        if (worth >= radix) throw new ArithmeticProblem('base', token);
        value = value * radix + worth;
      }
      return BigInt.asIntN(64, value);
    }
    if (/^0[0-9]+$/.test(token)) {
      if (/[89]/.test(token)) throw new ArithmeticProblem('base', token);
      return BigInt.asIntN(64, BigInt(`0o${token.slice(1)}`));
    }
    return BigInt.asIntN(64, BigInt(token));
  }

  #variable(name: string): bigint {
    if (this.#skipping > 0) return 0n;
    const value = this.#variables.get(name);
    return value === undefined ? 0n : evaluate(value, this.#variables, this.#depth + 1);
  }

  #set(name: string, value: bigint): void {
    if (this.#skipping === 0) this.#variables.set(name, String(BigInt.asIntN(64, value)));
  }
}
