/**
 * How the three shells of this world word their complaints: bash 5.2 on nodes and in Debian images, BusyBox 1.37 ash,
 * and dash 0.5.12 (Debian's /bin/sh). Knows no shell state: everything it needs comes as an argument.
 */
import type { Errno } from '../../linux/errno.ts';
import type { ArithmeticProblem } from './arithmetic.ts';
import type { DialectName } from './parse-script.ts';
import type { SyntaxProblem } from './syntax.ts';

export interface Dialect {
  readonly name: DialectName;
  /** What stands before a complaint. `builtin` is the builtin that complains. */
  prefix(where: Where): string;
  /** `pathless`: there is no PATH to look along. */
  notFound(name: string, pathless?: boolean): string;
  cannotRun(name: string, error: Errno): string;
  /** A redirection that could not be opened. */
  cannotOpen(path: string, error: Errno, creating: boolean): string;
  arithmetic(problem: ArithmeticProblem, text: string): string;
  syntax(problem: SyntaxProblem, where: Where & { readonly source: 'command' | 'file' | 'interactive' | 'eval' }): string;
  readonly unset: (name: string) => string;
  readonly readonly: (name: string) => string;
  readonly badSubstitution: (source: string) => string;
  /** Exit code of errors that end a script. */
  readonly errorStatus: number;
  /** `$?` after a redirection that failed. */
  readonly redirectStatus: number;
}

export interface Where {
  readonly arg0: string;
  readonly line: number;
  readonly interactive: boolean;
  readonly builtin?: string | undefined;
  /** The file that is being read, or the name given behind `-c TEXT`. */
  readonly script?: string | undefined;
}

const bash: Dialect = {
  name: 'bash',
  prefix: ({ arg0, line, interactive, builtin }) => `${arg0}: ${interactive ? '' : `line ${line}: `}${builtin === undefined ? '' : `${builtin}: `}`,
  notFound: (name, pathless) => (pathless || name.includes('/') ? `${name}: No such file or directory` : `${name}: command not found`),
  cannotRun: (name, error) =>
    `${name}: ${error.code === 'EISDIR' ? 'Is a directory' : error.code === 'ENOEXEC' ? 'cannot execute binary file: Exec format error' : error.text}`,
  cannotOpen: (path, error) => `${path}: ${error.text}`,
  arithmetic(problem, text) {
    const what = {
      division: 'division by 0',
      operand: 'syntax error: operand expected',
      syntax: 'syntax error in expression',
      recursion: 'expression recursion level exceeded',
      assignment: 'attempted assignment to non-variable',
      base: 'value too great for base',
      exponent: 'exponent less than 0',
    }[problem.kind];
    return `${text.trimStart()}: ${what} (error token is "${problem.token}")`;
  },
  syntax(problem, where) {
    const name = where.source === 'command' ? `${where.arg0}: -c: ` : where.source === 'eval' ? `${where.arg0}: eval: ` : `${where.arg0}: `;
    const at = (line: number): string => (where.source === 'interactive' ? name : `${name}line ${line}: `);
    switch (problem.kind) {
      case 'unclosed':
        return `${at(problem.line)}unexpected EOF while looking for matching \`${problem.mark}'\n`;
      case 'unfinished':
        return `${at(problem.line + 1)}syntax error: unexpected end of file\n`;
      case 'unexpected': {
        const first = `${at(problem.line)}syntax error near unexpected token \`${problem.token}'\n`;
        return where.source === 'interactive' ? first : `${first}${at(problem.line)}\`${problem.text}'\n`;
      }
      case 'loop-variable':
        return '';
    }
  },
  unset: (name) => `${name}: unbound variable`,
  readonly: (name) => `${name}: readonly variable`,
  badSubstitution: (source) => `${source}: bad substitution`,
  errorStatus: 1,
  redirectStatus: 1,
};

const RESERVED = new Set(['!', 'case', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'for', 'if', 'in', 'then', 'until', 'while', '{', '}']);

/** How ash names a token: operators and reserved words as they are, the rest by their sort (ash.c tokname_array). */
function ashToken(token: string): string {
  if (token === 'newline' || token === 'redirection') return token;
  if (/^(?:\d*[<>].*|&>.*)$/.test(token)) return 'redirection';
  return RESERVED.has(token) || /^[;&|()]+$/.test(token) ? `"${token}"` : 'word';
}

const ash: Dialect = {
  name: 'ash',
  prefix({ arg0, line, interactive, builtin, script }) {
    const name = builtin ?? script;
    if (name === undefined) return `${arg0}: `;
    return `${arg0}: ${name === arg0 ? '' : `${name}: `}${interactive && script === undefined ? '' : `line ${line}: `}`;
  },
  notFound: (name) => (name === '' ? ': Permission denied' : `${name}: not found`),
  cannotRun: (name, error) => `${name}: ${error.code === 'EISDIR' ? 'Permission denied' : error.text}`,
  cannotOpen: (path, error, creating) =>
    creating
      ? `can't create ${path}: ${error.code === 'ENOENT' ? 'nonexistent directory' : error.text}`
      : `can't open ${path}: ${error.code === 'ENOENT' ? 'no such file' : error.text}`,
  arithmetic: (problem) =>
    problem.kind === 'division' ? 'divide by zero' : problem.kind === 'exponent' ? 'exponent less than 0' : 'arithmetic syntax error',
  syntax(problem, where) {
    const start =
      where.source === 'eval'
        ? `${where.arg0}: eval: line 0: `
        : where.source === 'file'
          ? `${where.arg0}: line ${problem.line}: `
          : `${where.arg0}: `;
    switch (problem.kind) {
      case 'unclosed':
        return `${start}syntax error: ${problem.mark === '`' ? 'EOF in backquote substitution' : problem.mark === '}' ? "missing '}'" : problem.mark === '))' ? "missing '))'" : problem.mark === ')' ? 'unexpected end of file (expecting ")")' : 'unterminated quoted string'}\n`;
      case 'unfinished':
        return `${start}syntax error: unexpected end of file${problem.expecting === undefined ? '' : ` (expecting "${problem.expecting}")`}\n`;
      case 'unexpected':
        return `${start}syntax error: unexpected ${ashToken(problem.token)}${problem.expecting === undefined ? '' : ` (expecting "${problem.expecting}")`}\n`;
      case 'loop-variable':
        return `${start}syntax error: bad for loop variable\n`;
    }
  },
  unset: (name) => `${name}: parameter not set`,
  readonly: (name) => `${name}: is read only`,
  badSubstitution: () => 'syntax error: bad substitution',
  errorStatus: 2,
  redirectStatus: 1,
};

const dash: Dialect = {
  name: 'dash',
  prefix({ arg0, line, builtin, script }) {
    const name = builtin ?? (script === arg0 ? undefined : script);
    return `${arg0}: ${line}: ${name === undefined ? '' : `${name}: `}`;
  },
  notFound: (name) => (name === '' ? ': Permission denied' : `${name}: not found`),
  cannotRun: (name, error) => `${name}: ${error.code === 'EISDIR' ? 'Permission denied' : error.text}`,
  cannotOpen: (path, error, creating) =>
    creating
      ? `cannot create ${path}: ${error.code === 'ENOENT' ? 'Directory nonexistent' : error.text}`
      : `cannot open ${path}: ${error.code === 'ENOENT' ? 'No such file' : error.text}`,
  arithmetic: (problem, text) =>
    `arithmetic expression: ${problem.kind === 'division' ? 'division by zero' : problem.kind === 'operand' ? 'expecting primary' : 'expecting EOF'}: "${text}"`,
  syntax(problem, where) {
    const start = `${where.arg0}: ${problem.line}: ${where.source === 'eval' ? 'eval: ' : ''}Syntax error: `;
    switch (problem.kind) {
      case 'unclosed':
        return `${start}${problem.mark === '`' ? 'EOF in backquote substitution' : problem.mark === '}' ? "Missing '}'" : problem.mark === '))' ? "Missing '))'" : problem.mark === ')' ? 'end of file unexpected (expecting ")")' : 'Unterminated quoted string'}\n`;
      case 'unfinished':
        return `${start}end of file unexpected${problem.expecting === undefined ? '' : ` (expecting "${problem.expecting}")`}\n`;
      case 'unexpected':
        return `${start}${problem.token === 'newline' ? 'newline' : `"${problem.token}"`} unexpected${problem.expecting === undefined ? '' : ` (expecting "${problem.expecting}")`}\n`;
      case 'loop-variable':
        return `${start}Bad for loop variable\n`;
    }
  },
  unset: (name) => `${name}: parameter not set`,
  readonly: (name) => `${name}: is read only`,
  badSubstitution: () => 'Bad substitution',
  errorStatus: 2,
  redirectStatus: 2,
};

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = { bash, ash, dash };
