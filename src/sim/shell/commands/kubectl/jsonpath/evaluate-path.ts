/** Applies a parsed JSONPath template to plain values (client-go util/jsonpath/jsonpath.go, v0.37). Missing keys give nothing where allowed. */
import { compactJson } from '../output/json.ts';
import { isList, isMap, sortedEntries } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import { PathProblem } from './node.ts';
import type { PathNode } from './node.ts';

type Values = readonly Plain[];

interface RangeState {
  begin: number;
  inside: number;
  end: number;
  lastEnd: number;
}

export interface EvaluateOptions {
  readonly allowMissingKeys: boolean;
}

/** The text of a template for one object. Throws PathProblem */
export function pathText(nodes: readonly PathNode[], data: Plain, options: EvaluateOptions): string {
  return findResults(nodes, data, options)
    .map((results) => results.map((each) => valueText(each)).join(' '))
    .join('');
}

/** The results of each action. Throws PathProblem */
export function findResults(nodes: readonly PathNode[], data: Plain, options: EvaluateOptions): readonly Values[] {
  return new PathEvaluator(nodes, options).find(data, 0);
}

/** A value as fmt.Fprint shows it, objects and lists as JSON. */
export function valueText(value: Plain): string {
  if (isMap(value) || isList(value)) return compactJson(value);
  return value === null || value === undefined ? 'null' : String(value);
}

class PathEvaluator {
  readonly #root: readonly PathNode[];
  readonly #allowMissing: boolean;
  readonly #state: RangeState = { begin: 0, inside: 0, end: 0, lastEnd: -1 };

  constructor(root: readonly PathNode[], options: EvaluateOptions) {
    this.#root = root;
    this.#allowMissing = options.allowMissingKeys;
  }

  find(data: Plain, from: number): readonly Values[] {
    const full: Values[] = [];
    const state = this.#state;
    for (let i = from; i < this.#root.length; i++) {
      const node = this.#root[i];
      if (node === undefined) break;
      const results = this.#walk(data === undefined ? [] : [data], node);
      if (state.end > 0 && state.end <= state.inside) {
        state.end--;
        state.lastEnd = i;
        break;
      }
      if (state.begin > 0) {
        state.begin--;
        state.inside++;
        if (results.length > 0) for (const value of results) full.push(...this.find(value ?? null, i + 1));
        else this.find(undefined, i + 1);
        state.inside--;
        if (state.lastEnd > i) i = state.lastEnd;
        continue;
      }
      full.push(results);
    }
    return full;
  }

  #walk(values: Values, node: PathNode): Values {
    switch (node.kind) {
      case 'list':
        return this.#list(values, node.nodes);
      case 'text':
        return [node.text];
      case 'number':
      case 'bool':
        return values.map(() => node.value);
      case 'identifier':
        return this.#identifier(values, node.name);
      case 'field':
        return this.#field(values, node.name);
      case 'wildcard':
        return values.flatMap(membersOf);
      case 'recursive':
        return descendants(values);
      case 'slice':
        return values.flatMap((value) => sliced(value, node));
      case 'union':
        return node.lists.flatMap((list) => this.#list(values, list));
      case 'filter':
        return values.flatMap((value) => this.#filtered(value, node));
    }
  }

  #list(values: Values, nodes: readonly PathNode[]): Values {
    let current = values;
    for (const node of nodes) current = this.#walk(current, node);
    return current;
  }

  #identifier(values: Values, name: string): Values {
    if (name === 'range') {
      this.#state.begin++;
      return values;
    }
    if (name !== 'end') throw new PathProblem(`unrecognized identifier ${name}`);
    if (this.#state.inside === 0) throw new PathProblem('not in range, nothing to end');
    this.#state.end++;
    return [];
  }

  #field(values: Values, name: string): Values {
    if (values.length === 0) return [];
    const found: Plain[] = [];
    for (const value of values) if (isMap(value) && value[name] !== undefined) found.push(value[name]);
    if (found.length === 0 && !this.#allowMissing) throw new PathProblem(`${name} is not found`);
    return found;
  }

  #filtered(value: Plain, node: PathNode & { readonly kind: 'filter' }): Values {
    if (!isList(value)) throw new PathProblem(`${goText(value)} is not array or slice and cannot be filtered`);
    return value.filter((item) => this.#passes(item, node));
  }

  #passes(item: Plain, node: PathNode & { readonly kind: 'filter' }): boolean {
    let lefts: Values;
    try {
      lefts = this.#list([item], node.left);
    } catch (problem) {
      if (node.operator === 'exists' && problem instanceof PathProblem) return false;
      throw problem;
    }
    if (node.operator === 'exists') return lefts.length > 0;
    if (lefts.length === 0) return false;
    const rights = this.#list([item], node.right);
    if (rights.length === 0) return false;
    if (lefts.length > 1 || rights.length > 1) throw new PathProblem('can only compare one element at a time');
    return compare(lefts[0], rights[0], node.operator);
  }
}

function compare(left: Plain, right: Plain, operator: string): boolean {
  if (typeof left !== typeof right && !(left === null || right === null)) throw new PathProblem('incompatible types for comparison');
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return ordered(left) < ordered(right);
    case '<=':
      return ordered(left) <= ordered(right);
    case '>':
      return ordered(left) > ordered(right);
    case '>=':
      return ordered(left) >= ordered(right);
    default:
      throw new PathProblem(`unrecognized filter operator ${operator}`);
  }
}

function ordered(value: Plain): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new PathProblem('invalid type for comparison');
}

function membersOf(value: Plain): Values {
  if (isList(value)) return value;
  if (isMap(value)) return sortedEntries(value).map(([, each]) => each);
  return [];
}

function descendants(values: Values): Values {
  return values.flatMap((value) => {
    const members = membersOf(value);
    return members.length === 0 ? [] : [value, ...descendants(members)];
  });
}

function sliced(value: Plain, node: PathNode & { readonly kind: 'slice' }): Values {
  if (value === null || value === undefined) return [];
  if (!isList(value)) throw new PathProblem(`${goType(value)} is not array or slice`);
  const { length } = value;
  const [first, second, third] = node.bounds;
  const from = !first.known ? 0 : first.value < 0 ? first.value + length : first.value;
  let to = second.known ? second.value : length;
  if (to < 0 || (to === 0 && second.derived)) to += length;
  if (to === from) return [];
  if (from >= length || from < 0) throw new PathProblem(`array index out of bounds: index ${String(from)}, length ${String(length)}`);
  if (to > length || to < 0) throw new PathProblem(`array index out of bounds: index ${String(to - 1)}, length ${String(length)}`);
  if (from > to) throw new PathProblem(`starting index ${String(from)} is greater than ending index ${String(to)}`);
  if (third.known && third.value <= 0) throw new PathProblem('step must be > 0');
  const step = third.known ? third.value : 1;
  return value.slice(from, to).filter((_item, index) => index % step === 0);
}

function goType(value: Plain): string {
  if (isMap(value)) return 'map[string]interface {}';
  return typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'bool' : 'int64';
}

/** fmt's %v of maps and lists. */
function goText(value: Plain): string {
  if (isMap(value))
    return `map[${sortedEntries(value)
      .map(([key, each]) => `${key}:${goText(each)}`)
      .join(' ')}]`;
  if (isList(value)) return `[${value.map((each) => goText(each)).join(' ')}]`;
  return value === null || value === undefined ? '<nil>' : String(value);
}
