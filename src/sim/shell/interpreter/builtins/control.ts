/** Builtins that steer: break, continue, return, exit, eval, source, exec, command, builtin, trap. */
import { SPECIAL_BUILTINS } from './special-builtins.ts';
import { isErrno } from '../../../linux/errno.ts';
import { SIGNAL_NUMBERS, signalName, type SignalName } from '../../../linux/process/signals.ts';
import { findAll, findCommand } from '../find-command.ts';
import { jobState } from '../job-table.ts';
import { quoteForShell } from '../quote-for-shell.ts';
import { installTrap } from '../run-traps.ts';
import { bashSignalTable } from '../../signals/bash-signal-table.ts';
import type { Shell } from '../shell.ts';
import { literalWord } from '../syntax.ts';
import { Unwind } from '../unwind.ts';
import { badOption, numberArgument, readOptions, usage, type Builtin } from './builtin.ts';

export const loopControl: Builtin = function* (call) {
  yield* [];
  const { shell, name, args } = call;
  if (shell.loopDepth === 0) {
    if (shell.dialect.name === 'bash') shell.complain("only meaningful in a `for', `while', or `until' loop", name);
    return 0;
  }
  const levels = args[0] === undefined ? 1 : numberArgument(call, args[0]);
  if (levels === undefined) throw new Unwind({ kind: 'fail', status: 128 });
  throw new Unwind({ kind: name === 'break' ? 'break' : 'continue', levels: Math.max(1, levels) });
};

export const returns: Builtin = function* (call) {
  yield* [];
  const { shell, args } = call;
  if (shell.functionDepth === 0 && shell.sourceDepth === 0) {
    if (shell.dialect.name === 'bash') {
      shell.complain("can only `return' from a function or sourced script", 'return');
      return 2;
    }
    throw new Unwind({ kind: 'exit', status: args[0] === undefined ? shell.lastStatus : Number(args[0]) });
  }
  const status = args[0] === undefined ? shell.lastStatus : numberArgument(call, args[0]);
  throw new Unwind({ kind: 'return', status: status === undefined ? 2 : status & 0xff });
};

export const exit: Builtin = function* (call) {
  yield* [];
  const { shell, name, args } = call;
  const bash = shell.dialect.name === 'bash';
  if (name === 'logout' && !shell.login) {
    shell.complain("not login shell: use `exit'", 'logout');
    return 1;
  }
  if (shell.interactive && !shell.subshell) {
    if (bash) shell.context.err(shell.login ? 'logout\n' : 'exit\n');
    if (stoppedJobs(shell)) return 1;
  }
  if (args[0] === undefined) throw new Unwind({ kind: 'exit', status: shell.lastStatus });
  const status = numberArgument(call, args[0]);
  if (status !== undefined && args.length > 1 && shell.dialect.name === 'bash') {
    shell.complain('too many arguments', 'exit');
    return 1;
  }
  throw new Unwind({ kind: 'exit', status: status === undefined ? 2 : status & 0xff });
};

/** The first attempt to leave stopped jobs behind is only answered by a warning. */
export function stoppedJobs(shell: Shell): boolean {
  const stopped = shell.jobs.all().some((each) => jobState(each) === 'stopped');
  if (!stopped || shell.warnedOfJobs) return false;
  shell.warnedOfJobs = true;
  shell.context.err(shell.dialect.name === 'bash' ? 'There are stopped jobs.\n' : 'You have stopped jobs.\n');
  return true;
}

export const evaluate: Builtin = function* ({ shell, args }) {
  if (args.length === 0) return 0;
  return yield* shell.executor.text(shell, args.join(' '), { kind: 'eval' });
};

export const source: Builtin = function* (call) {
  const { shell, name } = call;
  const [path, ...rest] = call.args;
  if (path === undefined) {
    if (shell.dialect.name !== 'bash') return shell.dialect.name === 'ash' ? 2 : 0;
    shell.complain('filename argument required', name);
    return usage(call);
  }
  const found = path.includes('/') ? path : (findReadable(call.shell, path) ?? path);
  const text = yield* shell.context.readFile(found);
  if (isErrno(text)) {
    if (shell.dialect.name === 'bash') {
      shell.complain(`${path}: ${text.text}`);
      return 1;
    }
    const why =
      shell.dialect.name === 'ash'
        ? `can't open '${path}': ${text.text}`
        : `cannot open ${path}: ${text.code === 'ENOENT' ? 'No such file' : text.text}`;
    return shell.fail(path.includes('/') || shell.dialect.name === 'dash' ? why : `${path}: not found`, { builtin: name });
  }
  const { positional, line, source: kind, script } = shell;
  shell.script = path;
  if (rest.length > 0) shell.positional = rest;
  shell.sourceDepth++;
  try {
    return yield* shell.executor.text(shell, text, { kind: 'file' });
  } catch (reason) {
    if (reason instanceof Unwind && reason.reason.kind === 'return') return reason.reason.status;
    throw reason;
  } finally {
    shell.sourceDepth--;
    shell.line = line;
    shell.source = kind;
    shell.script = script;
    if (rest.length > 0) shell.positional = positional;
  }
};

function findReadable(shell: Parameters<Builtin>[0]['shell'], name: string): string | undefined {
  const { kernel, process } = shell.context;
  const candidates = [
    ...(shell.variables.get('PATH') ?? '').split(':').map((each) => `${each}/${name}`),
    ...(shell.dialect.name === 'bash' ? [name] : []),
  ];
  return candidates.find((each) => kernel.vfs.access(process, each, { read: true }) === undefined);
}

export const exec: Builtin = function* (call) {
  const { shell } = call;
  const options = readOptions(call.args, shell.dialect.name === 'bash' ? 'cla' : 'a');
  if ('bad' in options) return badOption(call, options.bad);
  const rename = options.letters.includes('a');
  const [name, ...args] = rename ? options.rest.slice(1) : options.rest;
  if (name === undefined) return 0;
  const path = findCommand(shell, name);
  const ends = (status: number): number => {
    if (shell.interactive) return status;
    throw new Unwind({ kind: 'exit', status });
  };
  if (isErrno(path)) {
    const missing = path.code === 'ENOENT';
    shell.complain(
      missing && !name.includes('/')
        ? `${name}: not found`
        : missing
          ? shell.dialect.name === 'bash'
            ? `${name}: No such file or directory`
            : `${name}: not found`
          : shell.dialect.cannotRun(name, path),
      'exec',
    );
    return ends(missing ? 127 : 126);
  }
  for (const [signal, action] of [...shell.context.process.actions]) if (typeof action === 'function') shell.context.handle(signal, 'default');
  const failure = yield* shell.context.exec(
    path,
    [rename ? (options.rest[0] ?? name) : name, ...args],
    shell.variables.environment(shell.dialect.name === 'bash' ? 'as-set' : 'hashed'),
  );
  shell.complain(shell.dialect.cannotRun(name, failure), 'exec');
  return ends(126);
};

const KEYWORDS = new Set(['if', 'then', 'else', 'elif', 'fi', 'case', 'esac', 'for', 'while', 'until', 'do', 'done', 'in', '{', '}', '!']);
const BASH_KEYWORDS = new Set(['[[', ']]', 'function', 'select', 'time', 'coproc']);

/** `command`, and `builtin` in bash: functions do not count. */
export function makeCommand(isBuiltin: (name: string) => boolean): Builtin {
  return function* (call) {
    const { shell } = call;
    const options = readOptions(call.args, 'pvV');
    if ('bad' in options) return badOption(call, options.bad);
    const [name, ...args] = options.rest;
    if (name === undefined) return 0;
    if (options.letters.includes('v') || options.letters.includes('V')) {
      let missing = false;
      const names = shell.dialect.name === 'bash' ? options.rest : options.rest.slice(0, 1);
      for (const each of names) if (!describe(call, each, { isBuiltin, style: options.letters.includes('V') ? 'long' : 'short' })) missing = true;
      return missing ? (shell.dialect.name === 'bash' ? 1 : 127) : 0;
    }
    return yield* shell.executor.command(shell, {
      kind: 'simple',
      assignments: [],
      words: [name, ...args].map((each) => literalWord(each)),
      redirections: [],
      line: shell.line,
      source: options.rest.join(' '),
      withoutFunctions: true,
    });
  };
}

export function makeType(isBuiltin: (name: string) => boolean): Builtin {
  return function* (call) {
    yield* [];
    const { shell } = call;
    const options =
      shell.dialect.name === 'bash' ? readOptions(call.args, 'afptP') : { letters: '', rest: call.args.filter((each) => !each.startsWith('-')) };
    if ('bad' in options) return badOption(call, options.bad);
    const style = options.letters.includes('t') ? 'kind' : options.letters.includes('a') ? 'all' : /[pP]/.test(options.letters) ? 'path' : 'long';
    let missing = false;
    for (const each of options.rest) if (!describe(call, each, { isBuiltin, style })) missing = true;
    return missing ? (shell.dialect.name === 'bash' ? 1 : 127) : 0;
  };
}

/** Tells what `name` stands for. @returns whether it stands for anything */
function describe(
  call: Parameters<Builtin>[0],
  name: string,
  how: { readonly isBuiltin: (name: string) => boolean; readonly style: 'long' | 'short' | 'kind' | 'all' | 'path' },
): boolean {
  const { shell } = call;
  const { context } = shell;
  const say = (kind: string, long: string, short: string): boolean => {
    context.out(`${how.style === 'kind' ? kind : how.style === 'short' ? short : long}\n`);
    return true;
  };
  let found = false;
  if (how.style !== 'path') {
    const alias = shell.aliases.get(name);
    if (alias !== undefined)
      found = say(
        'alias',
        shell.dialect.name === 'bash' ? `${name} is aliased to \`${alias}'` : `${name} is an alias for ${alias}`,
        `alias ${name}='${alias}'`,
      );
    else if (KEYWORDS.has(name) || (shell.dialect.name === 'bash' && BASH_KEYWORDS.has(name)))
      found = say('keyword', `${name} is a shell keyword`, name);
    else if (shell.functions.has(name)) {
      const body = shell.functions.get(name)?.source ?? '';
      found = say(
        'function',
        shell.dialect.name === 'bash'
          ? `${name} is a function\n${functionText(name, body)}`
          : shell.dialect.name === 'ash'
            ? `${name} is a function`
            : `${name} is a shell function`,
        name,
      );
    } else if (how.isBuiltin(name))
      found = say('builtin', `${name} is a ${shell.dialect.name === 'dash' && SPECIAL_BUILTINS.has(name) ? 'special ' : ''}shell builtin`, name);
    if (found && how.style !== 'all') return true;
  }
  const paths = findAll(shell, name);
  for (const path of how.style === 'all' ? paths : paths.slice(0, 1)) {
    const hashed = shell.dialect.name === 'bash' && how.style === 'long' && shell.hashed.has(name);
    found = say('file', how.style === 'path' ? path : hashed ? `${name} is hashed (${path})` : `${name} is ${path}`, path);
  }
  if (!found && (how.style === 'long' || how.style === 'all')) {
    if (shell.dialect.name === 'bash') shell.complain(`${name}: not found`, call.name);
    else context.out(`${name}: not found\n`);
  }
  return found;
}

/** A function as `type` and `declare -f` print it, for bodies in braces. */
export function functionText(name: string, body: string): string {
  const inner = body.replace(/^\{\s*/, '').replace(/;?\s*\}$/, '');
  const lines = inner.split(/;\s*|\n\s*/).filter((each) => each !== '');
  return `${name} () \n{ \n${lines.map((each, index) => `    ${each}${index < lines.length - 1 ? ';' : ''}`).join('\n')}\n}`;
}

/** What a trap can wait for beside signals. */
export type ShellEvent = 'EXIT' | 'ERR' | 'DEBUG' | 'RETURN';

/** `SIGINT`, `INT`, `2`, `EXIT`, `0`. */
export function signalOfWord(word: string): SignalName | ShellEvent | undefined {
  if (/^\d+$/.test(word)) return Number(word) === 0 ? 'EXIT' : signalName(Number(word));
  const upper = word.toUpperCase().replace(/^SIG/, '');
  if (upper === 'EXIT' || upper === 'ERR' || upper === 'DEBUG' || upper === 'RETURN') return upper;
  const name = `SIG${upper === 'POLL' ? 'IO' : upper}`;
  return name in SIGNAL_NUMBERS ? (name as SignalName) : undefined;
}

export const trap: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  const options = readOptions(call.args[0] === '-' ? ['--', ...call.args] : call.args, shell.dialect.name === 'bash' ? 'lp' : '');
  if ('bad' in options) return badOption(call, options.bad);
  const { rest } = options;
  if (options.letters.includes('l')) {
    shell.context.out(bashSignalTable());
    return 0;
  }
  if (rest.length === 0 || options.letters.includes('p')) {
    const order = [...shell.traps].sort(([a], [b]) => trapNumber(a) - trapNumber(b));
    for (const [name, action] of order)
      shell.context.out(`trap -- ${quoteForShell(action, true)} ${shell.dialect.name === 'bash' ? name : name.replace(/^SIG/, '')}\n`);
    return 0;
  }
  const single = rest.length === 1;
  if (single && shell.dialect.name === 'bash' && !signalOfWord(rest[0] ?? '')) return usage(call);
  const action = single || rest[0] === '-' ? undefined : rest[0];
  let status = 0;
  for (const word of single ? rest : rest.slice(1)) {
    const signal = signalOfWord(word);
    if (!signal) {
      if (shell.dialect.name === 'dash') shell.context.err(`trap: ${word}: bad trap\n`);
      else shell.complain(`${word}: invalid signal specification`, 'trap');
      status = 1;
      continue;
    }
    if (action === undefined) shell.traps.delete(signal);
    else shell.traps.set(signal, action);
    if (signal.startsWith('SIG')) installTrap(shell, signal as SignalName, action);
  }
  return status;
};

function trapNumber(name: string): number {
  return name === 'EXIT' ? 0 : name.startsWith('SIG') ? SIGNAL_NUMBERS[name as SignalName] : 99;
}
