/** Builtins about variables and parameters: export, readonly, declare, local, unset, set, shift, getopts, let. */
import { arithmeticValue } from '../expand-word.ts';
import { quoteForShell } from '../quote-for-shell.ts';
import { OPTION_LETTERS, type Shell, type ShellOption } from '../shell.ts';
import type { Variable } from '../shell-variables.ts';
import { Unwind } from '../unwind.ts';
import { badOption, isName, numberArgument, readOptions, usage, type Builtin } from './builtin.ts';
import { functionText } from './control.ts';

/** `export` and `readonly`. */
export const mark: Builtin = function* (call) {
  yield* [];
  const { shell, name } = call;
  const bash = shell.dialect.name === 'bash';
  const options = readOptions(call.args, bash ? 'aAfnp' : 'p');
  if ('bad' in options) return badOption(call, options.bad);
  const exporting = name === 'export';
  if (options.rest.length === 0) {
    for (const each of shell.variables.names()) {
      const variable = shell.variables.find(each);
      if (!variable || !(exporting ? variable.exported : variable.readonly)) continue;
      shell.context.out(bash ? `${declaration(each, variable)}\n` : `${name} ${each}=${quoteForShell(shell.variables.get(each) ?? '', true)}\n`);
    }
    return 0;
  }
  let status = 0;
  for (const each of options.rest) {
    const [, variable, value] = splitAssignment(each);
    if (!isName(variable)) {
      if (!bash) shell.fail(`${variable}: bad variable name`, { builtin: name });
      shell.complain(`\`${each}': not a valid identifier`, name);
      status = 1;
      continue;
    }
    if (value !== undefined) shell.assign(variable, value);
    shell.variables.mark(variable, exporting ? { exported: !options.letters.includes('n') } : { readonly: true });
  }
  return status;
};

function splitAssignment(text: string): readonly [string, string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, text, undefined] : [text, text.slice(0, at).replace(/\+$/, ''), text.slice(at + 1)];
}

/** As `declare -p` prints it. */
function declaration(name: string, variable: Variable): string {
  const flags = `${typeof variable.value === 'string' ? '' : variable.associative ? 'A' : 'a'}${variable.integer ? 'i' : ''}${variable.readonly ? 'r' : ''}${variable.exported ? 'x' : ''}`;
  const text = (value: string): string => `"${value.replace(/["\\$`]/g, '\\$&')}"`;
  const value =
    typeof variable.value === 'string' ? text(variable.value) : `(${[...variable.value].map(([key, each]) => `[${key}]=${text(each)}`).join(' ')})`;
  return `declare -${flags === '' ? '-' : flags} ${name}=${value}`;
}

/** `declare`, `typeset` and `local`. */
export const declare: Builtin = function* (call) {
  yield* [];
  const { shell, name } = call;
  const bash = shell.dialect.name === 'bash';
  const isLocal = name === 'local';
  if (isLocal && shell.functionDepth === 0) {
    if (!bash) shell.fail('not in a function', { builtin: 'local' });
    shell.complain('can only be used in a function', 'local');
    return 1;
  }
  const options = readOptions(call.args, bash ? 'aAfFgiIlnprtux' : '');
  if ('bad' in options) return badOption(call, options.bad);
  const has = (letter: string): boolean => options.letters.includes(letter);
  if (has('f') || has('F')) {
    for (const each of options.rest.length > 0 ? options.rest : [...shell.functions.keys()].sort()) {
      const body = shell.functions.get(each);
      if (!body) return 1;
      shell.context.out(has('F') ? (options.rest.length > 0 ? `${each}\n` : `declare -f ${each}\n`) : `${functionText(each, body.source)}\n`);
    }
    return 0;
  }
  if (has('p') || (options.rest.length === 0 && !isLocal)) {
    let status = 0;
    for (const each of options.rest.length > 0 ? options.rest : shell.variables.names()) {
      const variable = shell.variables.find(each);
      if (!variable) {
        shell.complain(`${each}: not found`, name);
        status = 1;
      } else if (!has('x') || variable.exported) shell.context.out(`${declaration(each, variable)}\n`);
    }
    return status;
  }
  for (const each of options.rest) {
    const [, variable, value] = splitAssignment(each);
    if (!isName(variable)) {
      if (!bash) shell.fail(`${variable}: bad variable name`, { builtin: name });
      shell.complain(`\`${each}': not a valid identifier`, name);
      return 1;
    }
    const inherited = bash ? undefined : shell.variables.get(variable);
    if (shell.variables.inFunction && !has('g')) shell.variables.makeLocal(variable);
    const array = has('a') || has('A');
    const given =
      value === undefined
        ? inherited
        : has('i')
          ? String(arithmeticValue(shell, value))
          : has('u')
            ? value.toUpperCase()
            : has('l')
              ? value.toLowerCase()
              : value;
    if (given?.startsWith('(') && given.endsWith(')') && bash) shell.assign(variable, arrayOf(given));
    else if (array && given === undefined) shell.variables.set(variable, new Map(), has('A') ? { associative: true } : {});
    else if (given !== undefined) shell.assign(variable, given);
    const before = shell.variables.find(variable);
    if (before && has('A')) shell.variables.set(variable, before.value, { associative: true });
    if (before && has('i')) shell.variables.set(variable, before.value, { integer: true });
    if (has('x') || has('r')) shell.variables.mark(variable, { ...(has('x') ? { exported: true } : {}), ...(has('r') ? { readonly: true } : {}) });
  }
  return 0;
};

/** The elements of `(a b [k]=v)` where it came as one word. */
function arrayOf(text: string): Map<string, string> {
  const result = new Map<string, string>();
  let next = 0;
  for (const match of text.slice(1, -1).matchAll(/(?:\[([^\]]*)\]=)?("[^"]*"|'[^']*'|\S+)/g)) {
    const value = (match[2] ?? '').replace(/^["']|["']$/g, '');
    result.set(match[1] ?? String(next++), value);
  }
  return result;
}

export const unset: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  const options = readOptions(call.args, shell.dialect.name === 'bash' ? 'fnv' : 'fv');
  if ('bad' in options) return badOption(call, options.bad);
  for (const each of options.rest) {
    if (options.letters.includes('f')) {
      shell.functions.delete(each);
      continue;
    }
    const [, array, key] = /^(\w+)\[(.*)\]$/.exec(each) ?? [];
    if (array !== undefined && key !== undefined) {
      const value = shell.variables.find(array)?.value;
      if (typeof value === 'object') {
        const left = new Map(value);
        left.delete(key);
        shell.assign(array, left);
      }
      continue;
    }
    if (!isName(each)) {
      if (shell.dialect.name !== 'bash') shell.fail(`${each}: bad variable name`, { builtin: 'unset' });
      continue;
    }
    if (!shell.variables.find(each) && shell.dialect.name === 'bash') shell.functions.delete(each);
    if (!shell.variables.unset(each)) {
      if (shell.dialect.name !== 'bash') shell.fail(`${each}: is read only`, { builtin: 'unset' });
      shell.complain(`${each}: cannot unset: readonly variable`, 'unset');
      return 1;
    }
  }
  return 0;
};

const ASH_OPTIONS: readonly ShellOption[] = [
  'errexit',
  'noglob',
  'ignoreeof',
  'interactive',
  'monitor',
  'noexec',
  'stdin',
  'xtrace',
  'verbose',
  'noclobber',
  'allexport',
  'notify',
  'nounset',
  'vi',
  'pipefail',
];
const BASH_OPTIONS: readonly ShellOption[] = [
  'allexport',
  'braceexpand',
  'emacs',
  'errexit',
  'hashall',
  'histexpand',
  'history',
  'ignoreeof',
  'monitor',
  'noclobber',
  'noexec',
  'noglob',
  'notify',
  'nounset',
  'pipefail',
  'posix',
  'verbose',
  'vi',
  'xtrace',
];

export const set: Builtin = function* (call) {
  yield* [];
  const { shell, args } = call;
  if (args.length === 0) {
    for (const name of shell.variables.names()) {
      const variable = shell.variables.find(name);
      const value = shell.variables.get(name) ?? '';
      if (variable && typeof variable.value !== 'string') shell.context.out(`${declaration(name, variable).replace(/^declare -\S+ /, '')}\n`);
      else shell.context.out(`${name}=${quoteForShell(value, shell.dialect.name !== 'bash')}\n`);
    }
    return 0;
  }
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (word === '--' || word === '-') {
      if (word === '--' || args.length > index + 1) shell.positional = args.slice(index + 1);
      return 0;
    }
    if (!/^[-+]./.test(word)) {
      shell.positional = args.slice(index);
      return 0;
    }
    const on = word.startsWith('-');
    for (const letter of word.slice(1)) {
      if (letter === 'o') {
        const name = args[++index];
        if (name === undefined) {
          listOptions(shell, on);
          return 0;
        }
        const known = shell.dialect.name === 'bash' ? BASH_OPTIONS : ASH_OPTIONS;
        const option = known.find((each) => each === name);
        if (!option) {
          shell.complain(shell.dialect.name === 'bash' ? `${name}: invalid option name` : `illegal option ${word} ${name}`, 'set');
          return shell.dialect.name === 'bash' ? 2 : 1;
        }
        change(shell, option, on);
        continue;
      }
      const option = OPTION_LETTERS[letter];
      if (option) change(shell, option, on);
      else if (shell.dialect.name !== 'bash' || !'hkptBEHPT'.includes(letter)) return badOption(call, `${word.charAt(0)}${letter}`);
    }
  }
  return 0;
};

function change(shell: Shell, option: ShellOption, on: boolean): void {
  if (on) shell.options.add(option);
  else shell.options.delete(option);
}

function listOptions(shell: Shell, table: boolean): void {
  const bash = shell.dialect.name === 'bash';
  for (const each of bash ? BASH_OPTIONS : ASH_OPTIONS) {
    const on =
      shell.options.has(each) ||
      (bash && (each === 'braceexpand' || each === 'hashall')) ||
      (shell.interactive && (each === 'emacs' || each === 'history' || each === 'histexpand') && bash);
    shell.context.out(
      table ? (bash ? `${each.padEnd(15)}\t${on ? 'on' : 'off'}\n` : `${each.padEnd(16)}${on ? 'on' : 'off'}\n`) : `set ${on ? '-' : '+'}o ${each}\n`,
    );
  }
}

export const shift: Builtin = function* (call) {
  yield* [];
  const { shell, args } = call;
  const count = args[0] === undefined ? 1 : numberArgument(call, args[0]);
  if (count === undefined) return 1;
  if (count > shell.positional.length || count < 0) {
    if (shell.dialect.name === 'dash') shell.fail("can't shift that many", { builtin: 'shift' });
    if (count < 0 && shell.dialect.name === 'bash') shell.complain(`${count}: shift count out of range`, 'shift');
    return 1;
  }
  shell.positional = shell.positional.slice(count);
  return 0;
};

export const letValue: Builtin = function* ({ shell, args }) {
  yield* [];
  if (args.length === 0) {
    shell.complain('expression expected', 'let');
    return shell.dialect.name === 'bash' ? 1 : 2;
  }
  let value = 0n;
  try {
    for (const each of args) value = arithmeticValue(shell, each, 'let');
  } catch (reason) {
    if (reason instanceof Unwind && reason.reason.kind === 'fail') return 1;
    throw reason;
  }
  return value === 0n ? 1 : 0;
};

export const getopts: Builtin = function* (call) {
  yield* [];
  const { shell, args } = call;
  const [letters, name, ...given] = args;
  if (letters === undefined || name === undefined) {
    if (shell.dialect.name === 'bash') return usage(call);
    return shell.fail(`usage: getopts optstring var [arg]`, { builtin: 'getopts' });
  }
  const words = given.length > 0 ? given : shell.positional;
  const index = Number(shell.variables.get('OPTIND') ?? '1');
  const inside = Number(shell.variables.get('OPTPOS__') ?? '1');
  const word = words[index - 1];
  if (word === undefined || !/^-./.test(word) || word === '--') {
    if (word === '--') shell.assign('OPTIND', String(index + 1));
    shell.assign(name, '?');
    return 1;
  }
  const letter = word.charAt(inside);
  const last = inside + 1 >= word.length;
  const at = letters.replace(/^:/, '').indexOf(letter);
  const silent = letters.startsWith(':');
  const advance = (words_: number): void => {
    shell.assign('OPTIND', String(index + words_));
    shell.variables.unset('OPTPOS__');
  };
  if (at < 0 || letter === ':') {
    if (last) advance(1);
    else shell.assign('OPTPOS__', String(inside + 1));
    shell.assign(name, '?');
    if (silent) shell.assign('OPTARG', letter);
    else shell.context.err(shell.dialect.name === 'bash' ? `${shell.arg0}: illegal option -- ${letter}\n` : `Illegal option -${letter}\n`);
    return 0;
  }
  if (letters.replace(/^:/, '').charAt(at + 1) !== ':') {
    if (last) advance(1);
    else shell.assign('OPTPOS__', String(inside + 1));
    shell.variables.unset('OPTARG');
    shell.assign(name, letter);
    return 0;
  }
  const value = last ? words[index] : word.slice(inside + 1);
  advance(last ? 2 : 1);
  if (value === undefined) {
    advance(1);
    shell.assign(name, silent ? ':' : '?');
    if (silent) shell.assign('OPTARG', letter);
    else
      shell.context.err(
        shell.dialect.name === 'bash' ? `${shell.arg0}: option requires an argument -- ${letter}\n` : `No arg for -${letter} option\n`,
      );
    return 0;
  }
  shell.assign('OPTARG', value);
  shell.assign(name, letter);
  return 0;
};
