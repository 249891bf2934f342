/** `-o custom-columns=NAME:.metadata.name,…` (kubectl pkg/cmd/get/customcolumn.go, v0.37). */
import { Failure } from '../failure.ts';
import { findResults } from '../jsonpath/evaluate-path.ts';
import { valueText } from '../jsonpath/evaluate-path.ts';
import { PathProblem } from '../jsonpath/node.ts';
import type { PathNode } from '../jsonpath/node.ts';
import { parsePath } from '../jsonpath/parse-path.ts';
import { ColumnWriter } from './column-writer.ts';
import { fieldOf, isList } from './plain-value.ts';
import type { Plain } from './plain-value.ts';

interface CustomColumn {
  readonly header: string;
  readonly path: readonly PathNode[];
}

const RELAXED = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/;

/** `.a.b`, `a.b` and `{.a.b}` alike. Errors: neither of them */
export function relaxedPath(expression: string): string {
  if (expression === '') return expression;
  const match = RELAXED.exec(expression);
  if (match === null) throw new Failure(`unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`);
  return `{.${match[1] ?? match[2] ?? ''}}`;
}

/** Reads the specification and makes a printer of it. Throws Failure */
export function customColumns(specification: string, noHeaders: boolean): (object: Plain) => string {
  if (specification === '') throw new Failure('custom-columns format specified but no custom columns given');
  const columns = splitColumns(specification).map(columnOf);
  const writer = new ColumnWriter();
  let headersPrinted = noHeaders;
  return (object) => {
    const items = fieldOf(object, 'items');
    const objects: readonly Plain[] = isList(items) ? items : [object];
    const rows = objects.map((each) => columns.map((column) => cellOf(column, each)));
    const all = headersPrinted ? rows : [columns.map((column) => column.header), ...rows];
    headersPrinted = true;
    return writer.lines(all);
  };
}

/** Commas inside of brackets belong to the path. */
function splitColumns(specification: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  [...specification].forEach((character, at) => {
    if ('[('.includes(character)) depth++;
    else if ('])'.includes(character)) depth--;
    else if (character === ',' && depth === 0) {
      parts.push(specification.slice(from, at));
      from = at + 1;
    }
  });
  return [...parts, specification.slice(from)];
}

function columnOf(text: string): CustomColumn {
  const colon = text.indexOf(':');
  if (colon < 0) throw new Failure(`unexpected custom-columns spec: ${text}, expected <header>:<json-path-expr>`);
  try {
    return { header: text.slice(0, colon), path: parsePath(relaxedPath(text.slice(colon + 1))) };
  } catch (problem) {
    if (problem instanceof PathProblem) throw new Failure(problem.message);
    throw problem;
  }
}

function cellOf(column: CustomColumn, object: Plain): string {
  try {
    const values = findResults(column.path, object, { allowMissingKeys: true })[0] ?? [];
    return values.length === 0 ? '<none>' : values.map((value) => (value === null ? '<nil>' : columnText(value))).join(',');
  } catch (problem) {
    if (problem instanceof PathProblem) throw new Failure(problem.message);
    throw problem;
  }
}

/** fmt's %v: maps as `map[a:b]`, lists as `[a b]`. */
function columnText(value: Plain): string {
  if (isList(value)) return `[${value.map(columnText).join(' ')}]`;
  if (typeof value === 'object' && value !== null)
    return `map[${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => `${key}:${columnText(each as Plain)}`)
      .join(' ')}]`;
  return valueText(value);
}
