/** `${…}` in all its forms: defaults, lengths, cutting, replacing, slices, arrays and indirection. */
import type { Blocking } from '../../linux/process/process-context.ts';
import { compilePattern, type GlobPattern } from './glob-pattern.ts';
import { findPattern, prefixLengths } from './glob-search.ts';
import { quoteForShell } from './quote-for-shell.ts';
import type { Shell } from './shell.ts';
import type { Sink } from './sink.ts';
import type { ParameterOperation, ParameterPart, Word, WordPart } from './syntax.ts';
import { Unwind } from './unwind.ts';

/** The ways of expanding the words inside, given by the file that knows them all. */
export interface Inner {
  into(shell: Shell, parts: readonly WordPart[], sink: Sink): Blocking<void>;
  text(shell: Shell, word: Word): Blocking<string>;
  pattern(shell: Shell, word: Word): Blocking<string>;
  arithmetic(shell: Shell, word: Word): Blocking<bigint>;
}

/** What one expansion works with. */
interface Work {
  readonly shell: Shell;
  readonly part: ParameterPart;
  readonly sink: Sink;
  readonly inner: Inner;
}

export function* expandParameter(work: Work): Blocking<void> {
  const { shell, part, sink } = work;
  const { operation } = part;
  if (operation?.kind === 'bad') return shell.fail(shell.dialect.badSubstitution(part.source));
  if (operation?.kind === 'names') {
    emit(
      work,
      shell.variables.names().filter((each) => each.startsWith(part.name)),
    );
    return;
  }
  if (part.prefix === '!' && part.index && ['@', '*'].includes(part.index.source)) {
    const value = shell.variables.find(part.name)?.value;
    emit(work, typeof value === 'object' ? [...value.keys()] : value === undefined ? [] : ['0']);
    return;
  }
  const name = part.prefix === '!' ? (shell.parameter(part.name) ?? '') : part.name;
  const values = yield* valuesOf(work, name);
  const many = values !== undefined && isMany(part, name);
  if (part.prefix === '#') {
    sink[part.quoted ? 'quoted' : 'split'](String(many || name === '@' || name === '*' ? (values?.length ?? 0) : [...(values?.[0] ?? '')].length));
    return;
  }
  const unset = values === undefined || (many && values.length === 0);
  if (operation?.kind === 'default') {
    if (yield* substituted(work, { name, operation, unset, empty: values?.join('') === '' })) return;
  } else if (unset && shell.options.has('nounset') && name !== '@' && name !== '*' && !part.index) {
    shell.fail(shell.dialect.unset(name), shell.dialect.name === 'bash' ? { status: shell.interactive ? 1 : 127 } : {});
  }
  if (values === undefined && !operation) {
    if (part.quoted && name !== '@') sink.quoted('');
    return;
  }
  if (values === undefined && operation?.kind === 'transform') return;
  const changed = operation && operation.kind !== 'default' ? yield* change(work, { values: values ?? [''], operation, many }) : (values ?? []);
  if (many) emit(work, changed);
  else sink[part.quoted ? 'quoted' : 'split'](changed[0] ?? '');
}

function isMany(part: ParameterPart, name: string): boolean {
  return name === '@' || name === '*' || (part.index !== undefined && ['@', '*'].includes(part.index.source));
}

function* valuesOf({ shell, part, inner }: Work, name: string): Blocking<readonly string[] | undefined> {
  if (name === '@' || name === '*') return shell.positional;
  if (!part.index) {
    const value = shell.parameter(name);
    return value === undefined ? undefined : [value];
  }
  const variable =
    name === 'PIPESTATUS'
      ? { value: new Map(shell.pipeStatus.map((each, index) => [String(index), String(each)])), associative: false }
      : shell.variables.find(name);
  const value = variable?.value ?? shell.parameter(name);
  const map = typeof value === 'object' ? value : new Map(value === undefined ? [] : [['0', value]]);
  if (part.index.source === '@' || part.index.source === '*') return [...map.values()];
  const key = variable?.associative ? yield* inner.text(shell, part.index) : String(yield* inner.arithmetic(shell, part.index));
  const wanted = key.startsWith('-') && !variable?.associative ? [...map.keys()].at(Number(key)) : key;
  const element = wanted === undefined ? undefined : map.get(wanted);
  return element === undefined ? undefined : [element];
}

/** Several values at once: `"$@"` keeps them apart, `"$*"` joins them. */
function emit({ shell, part, sink }: Work, values: readonly string[]): void {
  const joined = part.name === '*' || part.index?.source === '*' || (part.operation?.kind === 'names' && part.source.endsWith('*}'));
  if (part.quoted && joined) {
    const ifs = shell.variables.get('IFS');
    sink.quoted(values.join(ifs === undefined ? ' ' : ifs.charAt(0)));
    return;
  }
  values.forEach((each, index) => {
    if (index > 0) sink.next();
    sink[part.quoted ? 'quoted' : 'split'](each);
  });
}

/** `-`, `=`, `+`, `?`. @returns whether the word behind the operator took the place of the value */
function* substituted(
  { shell, part, sink, inner }: Work,
  found: {
    readonly name: string;
    readonly operation: Extract<ParameterOperation, { kind: 'default' }>;
    readonly unset: boolean;
    readonly empty: boolean;
  },
): Blocking<boolean> {
  const { operation, name } = found;
  const missing = found.unset || (operation.colon && found.empty);
  switch (operation.operator) {
    case '-':
      if (!missing) return false;
      yield* inner.into(shell, operation.operand.parts, sink);
      return true;
    case '+':
      if (!missing) yield* inner.into(shell, operation.operand.parts, sink);
      else if (part.quoted) sink.quoted('');
      return true;
    case '=': {
      if (!missing) return false;
      const text = yield* inner.text(shell, operation.operand);
      shell.assign(name, text);
      sink[part.quoted ? 'quoted' : 'split'](text);
      return true;
    }
    case '?': {
      if (!missing) return false;
      const text = yield* inner.text(shell, operation.operand);
      const standard = operation.colon ? 'parameter null or not set' : 'parameter not set';
      shell.complain(`${name}: ${text === '' ? standard : text}`);
      throw new Unwind({ kind: 'fail', status: shell.dialect.name === 'bash' && !shell.interactive ? 127 : shell.dialect.errorStatus });
    }
  }
}

function* change(
  { shell, inner }: Work,
  {
    values,
    operation,
    many,
  }: {
    readonly values: readonly string[];
    readonly operation: Exclude<ParameterOperation, { kind: 'default' } | { kind: 'bad' } | { kind: 'names' }>;
    readonly many: boolean;
  },
): Blocking<readonly string[]> {
  switch (operation.kind) {
    case 'remove': {
      const pattern = compilePattern(yield* inner.pattern(shell, operation.operand));
      return values.map((each) => removed(each, pattern, operation.operator));
    }
    case 'replace': {
      const pattern = compilePattern(yield* inner.pattern(shell, operation.pattern));
      const replacement = yield* inner.text(shell, operation.replacement);
      const results: string[] = [];
      for (const each of values) results.push(yield* replaced(shell, each, { pattern, replacement, operator: operation.operator }));
      return results;
    }
    case 'slice': {
      const offset = Number(yield* inner.arithmetic(shell, operation.offset));
      const length = operation.length ? Number(yield* inner.arithmetic(shell, operation.length)) : undefined;
      if (many) {
        const from = offset < 0 ? Math.max(0, values.length + offset) : offset;
        return values.slice(
          Math.max(0, from - (values === shell.positional ? 1 : 0)),
          length === undefined ? undefined : from - (values === shell.positional ? 1 : 0) + length,
        );
      }
      return values.map((each) => {
        const characters = [...each];
        const from = offset < 0 ? characters.length + offset : offset;
        const to = length === undefined ? characters.length : length < 0 ? characters.length + length : from + length;
        if (from < 0) return '';
        if (to < from) shell.fail(`${operation.length?.source ?? ''}: substring expression < 0`);
        return characters.slice(from, to).join('');
      });
    }
    case 'case':
      return values.map((each) => {
        const upper = operation.operator.startsWith('^');
        const all = operation.operator.length === 2;
        const turn = (text: string): string => (upper ? text.toUpperCase() : text.toLowerCase());
        return all ? turn(each) : turn(each.slice(0, 1)) + each.slice(1);
      });
    case 'transform':
      return values.map((each) => {
        switch (operation.operator) {
          case 'Q':
            return quoteForShell(each, true);
          case 'U':
            return each.toUpperCase();
          case 'u':
            return each.slice(0, 1).toUpperCase() + each.slice(1);
          case 'L':
            return each.toLowerCase();
          default:
            return each;
        }
      });
  }
}

function removed(text: string, pattern: GlobPattern, operator: '#' | '##' | '%' | '%%'): string {
  const characters = [...text];
  const front = operator.startsWith('#');
  const lengths = front ? prefixLengths(pattern, characters) : prefixLengths(pattern.toReversed(), characters.toReversed());
  const length = operator.length === 2 ? lengths.at(-1) : lengths[0];
  if (length === undefined) return text;
  return (front ? characters.slice(length) : characters.slice(0, characters.length - length)).join('');
}

/** Replacements that are made before others get their turn. */
const REPLACEMENTS = 512;

function* replaced(
  { context }: Shell,
  text: string,
  { pattern, replacement, operator }: { readonly pattern: GlobPattern; readonly replacement: string; readonly operator: '/' | '//' | '/#' | '/%' },
): Blocking<string> {
  if (pattern.length === 0) return text;
  const characters = [...text];
  const part = (from: number, to?: number): string => characters.slice(from, to).join('');
  if (operator === '/#') {
    const length = prefixLengths(pattern, characters).at(-1);
    return length === undefined || length === 0 ? text : replacement + part(length);
  }
  if (operator === '/%') {
    const length = prefixLengths(pattern.toReversed(), characters.toReversed()).at(-1);
    return length === undefined || length === 0 ? text : part(0, characters.length - length) + replacement;
  }
  let result = '';
  let at = 0;
  let count = 0;
  for (let found = findPattern(pattern, characters, at); found; found = findPattern(pattern, characters, at)) {
    result += part(at, found.start) + replacement;
    at = found.end;
    if (operator === '/') break;
    if (++count % REPLACEMENTS === 0) yield* context.checkpoint();
  }
  return result + part(at);
}
