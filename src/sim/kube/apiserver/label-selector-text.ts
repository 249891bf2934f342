/**
 * Label selectors as people write them (`app=web,tier in (a, b),!old`): parses and matches.
 * Modelled on k8s.io/apimachinery pkg/labels/selector.go (v1.37); selectors as objects live in api/label-selector.ts.
 */
import { fieldErrorText, invalid } from '../api/field-error.ts';
import { labelKeyProblems, labelValueProblems } from '../api/validation/names.ts';

type Operator = 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

export interface ParsedLabelSelector {
  readonly kind: 'label-selector';
  readonly requirements: readonly Requirement[];
  matches(labels: Readonly<Record<string, string>> | undefined): boolean;
}

export interface SelectorProblem {
  readonly kind: 'selector-problem';
  readonly message: string;
}

interface Token {
  readonly kind: 'identifier' | 'symbol' | 'end';
  readonly text: string;
}

class ParseFailure extends Error {}

const SYMBOLS = new Set(['!', '=', '==', '!=', ',', '(', ')', '>', '<']);

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    if ('=!(),><'.includes(char)) {
      const two = text.slice(at, at + 2);
      const symbol = SYMBOLS.has(two) ? two : char;
      tokens.push({ kind: 'symbol', text: symbol });
      at += symbol.length;
      continue;
    }
    const start = at;
    while (at < text.length && !/[\s=!(),><]/.test(text[at] ?? '')) at++;
    tokens.push({ kind: 'identifier', text: text.slice(start, at) });
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

class Parser {
  readonly #tokens: Token[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #take(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const next = this.#peek();
      if (next.kind === 'end') return requirements;
      if (next.kind !== 'identifier' && next.text !== '!')
        throw new ParseFailure(`found '${next.text}', expected: !, identifier, or 'end of string'`);
      try {
        requirements.push(this.#requirement());
      } catch (failure) {
        if (failure instanceof ParseFailure) throw new ParseFailure(`unable to parse requirement: ${failure.message}`);
        throw failure;
      }
      const separator = this.#take();
      if (separator.kind === 'end') return requirements;
      if (separator.text !== ',') throw new ParseFailure(`found '${separator.text}', expected: ',' or 'end of string'`);
      const after = this.#peek();
      if (after.kind !== 'identifier' && after.text !== '!') throw new ParseFailure(`found '${after.text}', expected: identifier after ','`);
    }
  }

  #requirement(): Requirement {
    let token = this.#take();
    const negated = token.text === '!' && token.kind === 'symbol';
    if (negated) token = this.#take();
    if (token.kind !== 'identifier') throw new ParseFailure(`found '${token.text}', expected: identifier`);
    const key = token.text;
    const problems = labelKeyProblems(key);
    if (problems.length > 0) throw new ParseFailure(fieldErrorText(invalid('<nil>', key, problems.join('; '))));
    if (negated) return { key, operator: '!', values: [] };
    const next = this.#peek();
    if (next.kind === 'end' || next.text === ',') return { key, operator: 'exists', values: [] };
    const operator = this.#take();
    switch (operator.text) {
      case 'in':
      case 'notin':
        return checked({ key, operator: operator.text, values: this.#values() });
      case '=':
      case '==':
        return checked({ key, operator: 'in', values: [this.#exactValue()] });
      case '!=':
        return checked({ key, operator: 'notin', values: [this.#exactValue()] });
      case '>':
      case '<':
        return integerChecked({ key, operator: operator.text === '>' ? 'gt' : 'lt', values: [this.#exactValue()] });
      default:
        throw new ParseFailure(`found '${operator.text}', expected: in, notin, =, ==, !=, gt, lt`);
    }
  }

  #values(): string[] {
    const open = this.#take();
    if (open.text !== '(') throw new ParseFailure(`found '${open.text}' expected: '('`);
    const first = this.#peek();
    if (first.text === ')') {
      this.#take();
      return [''];
    }
    if (first.kind !== 'identifier' && first.text !== ',') throw new ParseFailure(`found '${first.text}', expected: ',', ')' or identifier`);
    const values = new Set<string>();
    for (;;) {
      const token = this.#take();
      if (token.kind === 'identifier') {
        values.add(token.text);
        const next = this.#peek();
        if (next.text === ')' && next.kind === 'symbol') break;
        if (next.text !== ',') throw new ParseFailure(`found '${next.text}', expected: ',' or ')'`);
      } else if (token.text === ',') {
        if (values.size === 0) values.add('');
        const next = this.#peek();
        if (next.text === ',' || next.text === ')') values.add('');
        if (next.text === ')') break;
      } else throw new ParseFailure(`found '${token.text}', expected: ',', or identifier`);
    }
    this.#take();
    return [...values].sort();
  }

  #exactValue(): string {
    const next = this.#peek();
    if (next.kind === 'end' || next.text === ',') return '';
    const token = this.#take();
    if (token.kind !== 'identifier') throw new ParseFailure(`found '${token.text}', expected: identifier`);
    return token.text;
  }
}

function checked(requirement: Requirement): Requirement {
  requirement.values.forEach((value, index) => {
    const problems = labelValueProblems(value);
    if (problems.length > 0)
      throw new ParseFailure(fieldErrorText(invalid(`values[${String(index)}][${requirement.key}]`, value, problems.join('; '))));
  });
  return requirement;
}

function integerChecked(requirement: Requirement): Requirement {
  const value = requirement.values[0] ?? '';
  if (!/^[+-]?\d+$/.test(value))
    throw new ParseFailure(fieldErrorText(invalid('values[0]', value, "for 'Gt', 'Lt' operators, the value must be an integer")));
  return checked(requirement);
}

function meets(requirement: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[requirement.key];
  switch (requirement.operator) {
    case 'in':
      return value !== undefined && requirement.values.includes(value);
    case 'notin':
      return value === undefined || !requirement.values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
      return value !== undefined && Number.parseInt(value, 10) > Number(requirement.values[0]);
    case 'lt':
      return value !== undefined && Number.parseInt(value, 10) < Number(requirement.values[0]);
  }
}

/** Parses a selector text; an empty one matches everything. @returns the selector, or upstream's error text */
export function parseLabelSelectorText(text: string): ParsedLabelSelector | SelectorProblem {
  try {
    const requirements = new Parser(text).parse();
    return {
      kind: 'label-selector',
      requirements,
      matches: (labels) => requirements.every((requirement) => meets(requirement, labels ?? {})),
    };
  } catch (failure) {
    if (failure instanceof ParseFailure) return { kind: 'selector-problem', message: failure.message };
    throw failure;
  }
}
