/** `--sort-by` (kubectl pkg/cmd/get/sorter.go, v0.37): by the first value of a path, numbers and quantities by size, times by age; objects without it come first. */
import { parseQuantity } from '../../../../kube/api/decode/quantity.ts';
import { Failure } from '../failure.ts';
import { findResults } from '../jsonpath/evaluate-path.ts';
import { PathProblem } from '../jsonpath/node.ts';
import { parsePath } from '../jsonpath/parse-path.ts';
import { relaxedPath } from './custom-columns.ts';
import type { Plain } from './plain-value.ts';

/** The items in order. Errors: a bad path */
export function sortedBy<T>(items: readonly T[], path: string, objectOf: (item: T) => Plain): readonly T[] {
  try {
    const nodes = parsePath(relaxedPath(path));
    const keys = new Map(items.map((item) => [item, findResults(nodes, objectOf(item), { allowMissingKeys: true })[0]?.[0]]));
    return [...items].sort((a, b) => compare(keys.get(a), keys.get(b)));
  } catch (problem) {
    if (problem instanceof PathProblem) throw new Failure(problem.message);
    throw problem;
  }
}

/** Whether the object has anything where the path leads. Errors: a bad path */
export function hasField(object: Plain, path: string): boolean {
  try {
    return (findResults(parsePath(relaxedPath(path)), object, { allowMissingKeys: true })[0] ?? []).length > 0;
  } catch (problem) {
    if (problem instanceof PathProblem) throw new Failure(problem.message);
    throw problem;
  }
}

function compare(a: Plain, b: Plain): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  const [first, second] = [parseQuantity(left), parseQuantity(right)];
  if (first.kind === 'quantity' && second.kind === 'quantity')
    return first.quantity.nano < second.quantity.nano ? -1 : first.quantity.nano > second.quantity.nano ? 1 : 0;
  return left < right ? -1 : left > right ? 1 : 0;
}
