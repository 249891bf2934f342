/** A simple command: expansion, assignments, redirections, then a function, a builtin or a program in a process of its own. */
import { isErrno } from '../../linux/errno.ts';
import type { Blocking } from '../../linux/process/process-context.ts';
import type { Running } from '../../linux/process/wait.ts';
import { findBuiltin, isSpecialBuiltin } from './builtins/table.ts';
import { arithmeticValue, expandText, expandWords } from './expand-word.ts';
import { findCommand } from './find-command.ts';
import { parseScript } from './parse-script.ts';
import { quoteAsAsh, quoteForShell } from './quote-for-shell.ts';
import { redirect, type SavedFiles } from './redirect.ts';
import { startPipeline, waitForeground } from './run-job.ts';
import type { RunOptions, Shell } from './shell.ts';
import { literalWord, type Assignment, type Command, type Redirection, type SimpleCommand } from './syntax.ts';
import { Unwind } from './unwind.ts';

export function* runSimpleCommand(shell: Shell, command: SimpleCommand, options: RunOptions): Running {
  shell.line = command.line;
  const unaliased = replaceAlias(shell, command);
  if (unaliased !== undefined) return yield* runAlias(shell, command, { text: unaliased, options });
  const before = shell.lastStatus;
  shell.lastStatus = 0;
  const substituted = (): number => shell.lastStatus;
  if (command.words.some((each) => each.parts.some((part) => part.kind === 'parameter' && part.name === '?')) || command.words.length > 0)
    shell.lastStatus = before;
  const words = yield* expandWords(shell, command.words);
  const [name, ...args] = words;
  if (name === undefined) {
    if (command.assignments.some((each) => mentionsStatus(each))) shell.lastStatus = before;
    else shell.lastStatus = 0;
    const restore = yield* redirect(shell, command.redirections);
    if (!restore) return shell.dialect.redirectStatus;
    restore.restore();
    for (const each of command.assignments) yield* assign(shell, each);
    return hasSubstitution(command) ? substituted() : 0;
  }
  const body = command.withoutFunctions ? undefined : shell.functions.get(name);
  const builtin = findBuiltin(shell.dialect.name, name);
  if (body || builtin) {
    const trace = yield* prepare(shell, command);
    tracing(shell, trace, words);
    const saved = yield* redirect(shell, command.redirections);
    if (!saved) {
      trace.undo();
      if (isSpecialBuiltin(name) && shell.dialect.name !== 'bash' && !body) throw new Unwind({ kind: 'fail', status: 2 });
      return shell.dialect.redirectStatus;
    }
    return yield* runInside(shell, { name, args, body, saved, prepared: trace, keepFiles: name === 'exec' && !body && args.length === 0 });
  }
  if (options.tail && canReplace(shell)) return yield* runProgram(shell, command, words);
  const child: SimpleCommand = { ...command, assignments: command.assignments, words: words.map((each) => literalWord(each)) };
  const started = yield* startPipeline(shell, [{ ...child, line: shell.line }], { background: false });
  return yield* waitForeground(shell, { ...started, number: 0, command: command.source, background: false, notified: true, order: 0 });
}

/** Whether the shell's process may become the command: nothing is left for the shell to do. */
function canReplace(shell: Shell): boolean {
  return !shell.hasHandlers && !shell.interactive;
}

/** Becomes the program. Comes back only with the status of a failure. */
function* runProgram(shell: Shell, command: SimpleCommand, words: readonly string[]): Running {
  const { context } = shell;
  const name = words[0] ?? '';
  const trace = yield* prepare(shell, command);
  tracing(shell, trace, words);
  const saved = yield* redirect(shell, command.redirections);
  if (!saved) return shell.dialect.redirectStatus;
  saved.keep();
  const path = findCommand(shell, name);
  if (isErrno(path)) {
    shell.complain(
      path.code === 'ENOENT' || path.code === 'ENOTDIR'
        ? shell.dialect.notFound(name, shell.variables.get('PATH') === undefined)
        : shell.dialect.cannotRun(name, path),
    );
    return path.code === 'ENOENT' || path.code === 'ENOTDIR' ? 127 : 126;
  }
  for (const [signal, action] of [...context.process.actions]) if (typeof action === 'function') context.handle(signal, 'default');
  const failure = yield* context.exec(path, words, shell.variables.environment(shell.dialect.name === 'bash' ? 'as-set' : 'hashed'));
  if (failure.code === 'ENOEXEC') return yield* runScriptFile(shell, path, words);
  shell.complain(
    failure.code === 'ENOENT'
      ? shell.dialect.name === 'bash'
        ? `${name}: cannot execute: required file not found`
        : shell.dialect.notFound(name, shell.variables.get('PATH') === undefined)
      : shell.dialect.cannotRun(name, failure),
  );
  return failure.code === 'ENOENT' ? 127 : 126;
}

/** A text without `#!` is read by the shell itself. */
function* runScriptFile(shell: Shell, path: string, words: readonly string[]): Running {
  const text = yield* shell.context.readFile(path);
  if (isErrno(text)) return 126;
  if (/[\0]/.test(text.slice(0, 200))) {
    shell.complain(
      shell.dialect.name === 'bash' ? `${words[0] ?? ''}: cannot execute binary file: Exec format error` : `${words[0] ?? ''}: Exec format error`,
    );
    return 126;
  }
  shell.arg0 = words[0] ?? path;
  shell.script = shell.arg0;
  shell.positional = words.slice(1);
  shell.source = 'file';
  shell.functions.clear();
  return yield* shell.executor.text(shell, text, { kind: 'file', tail: true });
}

interface Prepared {
  readonly texts: readonly string[];
  readonly undo: () => void;
}

/** Makes the assignments before a command, exported and only for it. */
function* prepare(shell: Shell, command: SimpleCommand): Blocking<Prepared> {
  const undo: (() => void)[] = [];
  const texts: string[] = [];
  for (const each of command.assignments) {
    const before = shell.variables.find(each.name);
    const text = yield* assign(shell, each);
    texts.push(`${each.name}=${quoteForShell(text)}`);
    shell.variables.mark(each.name, { exported: true });
    undo.push(() => {
      shell.variables.restore(each.name, before);
    });
  }
  return {
    texts,
    undo: () => {
      for (const each of undo.toReversed()) each();
    },
  };
}

function tracing(shell: Shell, prepared: Prepared, words: readonly string[]): void {
  if (!shell.options.has('xtrace')) return;
  const quoted = shell.dialect.name === 'dash' ? words : words.map(shell.dialect.name === 'ash' ? quoteAsAsh : (each) => quoteForShell(each));
  shell.context.err(`${shell.variables.get('PS4') ?? '+ '}${[...prepared.texts, ...quoted].join(' ')}\n`);
}

function* runInside(
  shell: Shell,
  call: {
    readonly name: string;
    readonly args: readonly string[];
    readonly body: Command | undefined;
    readonly saved: SavedFiles;
    readonly prepared: Prepared;
    readonly keepFiles: boolean;
  },
): Running {
  const { name, args, body, saved, prepared } = call;
  let keep = call.keepFiles;
  try {
    if (body) return yield* runFunction(shell, name, { body, args });
    const builtin = findBuiltin(shell.dialect.name, name);
    if (!builtin) return 127;
    const status = yield* builtin({ shell, name, args });
    yield* shell.context.flush();
    return status;
  } catch (reason) {
    keep = reason instanceof Unwind && reason.reason.kind === 'exit';
    // Only a special builtin's mistake ends a script (ash.c evalcommand: `spclbltn <= 0`).
    if (!body && shell.dialect.name !== 'bash' && !endsScripts(shell, name) && reason instanceof Unwind && reason.reason.kind === 'fail')
      return reason.reason.status;
    throw reason;
  } finally {
    if (keep) saved.keep();
    else saved.restore();
    if (!isSpecialBuiltin(name) || shell.dialect.name === 'bash' || body) prepared.undo();
  }
}

/** BusyBox counts two more among the special builtins (ash.c builtintab BUILTIN_SPEC_REG). */
function endsScripts(shell: Shell, name: string): boolean {
  return isSpecialBuiltin(name) || (shell.dialect.name === 'ash' && (name === 'source' || name === 'local'));
}

function* runFunction(shell: Shell, name: string, { body, args }: { readonly body: Command; readonly args: readonly string[] }): Running {
  const { positional, loopDepth, functionNames } = shell;
  shell.enter();
  shell.positional = args;
  shell.functionDepth++;
  shell.functionNames = [...functionNames, name];
  shell.loopDepth = 0;
  shell.variables.openScope();
  try {
    yield* shell.context.checkpoint();
    return yield* shell.executor.command(shell, body);
  } catch (reason) {
    if (reason instanceof Unwind && reason.reason.kind === 'return') return reason.reason.status;
    throw reason;
  } finally {
    shell.variables.closeScope();
    shell.functionDepth--;
    shell.functionNames = functionNames;
    shell.loopDepth = loopDepth;
    shell.positional = positional;
    shell.leave();
  }
}

// ── assignments ──

/** @returns the new value as `set -x` shows it */
export function* assign(shell: Shell, assignment: Assignment): Blocking<string> {
  const { name, value, append, index } = assignment;
  const before = shell.variables.find(name);
  if (!('parts' in value)) {
    const elements = yield* expandWords(shell, value);
    const map = append && typeof before?.value === 'object' ? new Map(before.value) : new Map<string, string>();
    let next = map.size;
    for (const element of elements) {
      const [, key, rest] = /^\[([^\]]*)\]=([\s\S]*)$/.exec(element) ?? [];
      if (key !== undefined && rest !== undefined) {
        map.set(key, rest);
        next = Number(key) + 1;
      } else map.set(String(next++), element);
    }
    shell.assign(name, map);
    return `(${elements.join(' ')})`;
  }
  const text = yield* expandText(shell, value);
  if (index) {
    const map = new Map(typeof before?.value === 'object' ? before.value : before ? [['0', before.value]] : []);
    const key = before?.associative ? yield* expandText(shell, index) : String(arithmeticValue(shell, yield* expandText(shell, index)));
    map.set(key, append ? (map.get(key) ?? '') + text : text);
    shell.assign(name, map);
    return text;
  }
  const whole = before?.integer
    ? String(arithmeticValue(shell, append ? `${shell.variables.get(name) ?? 0}+(${text})` : text))
    : append
      ? (shell.variables.get(name) ?? '') + text
      : text;
  shell.assign(name, whole);
  if (shell.options.has('xtrace') && !shell.interactive) traceAssignment(shell, name, whole);
  return whole;
}

function traceAssignment(shell: Shell, name: string, value: string): void {
  shell.context.err(`${shell.variables.get('PS4') ?? '+ '}${name}=${quoteForShell(value)}\n`);
}

function mentionsStatus(assignment: Assignment): boolean {
  return assignment.source.includes('$?') || assignment.source.includes('${?');
}

function hasSubstitution(command: SimpleCommand): boolean {
  const inWords = command.assignments.some((each) =>
    ('parts' in each.value ? [each.value] : each.value).some((word) => word.parts.some((part) => part.kind === 'command')),
  );
  const inFiles = command.redirections.some((each: Redirection) => each.target.parts.some((part) => part.kind === 'command'));
  return inWords || inFiles || command.words.some((word) => word.parts.some((part) => part.kind === 'command'));
}

// ── aliases ──

const expanding = new WeakMap<Shell, Set<string>>();

/** The text with the alias in place of the first word, or undefined. Bash expands aliases only in interactive shells. */
function replaceAlias(shell: Shell, command: SimpleCommand): string | undefined {
  if (shell.aliases.size === 0 || (shell.dialect.name === 'bash' && !shell.expandsAliases)) return undefined;
  const first = command.words[0];
  const part = first?.parts[0];
  if (!first || first.parts.length !== 1 || part?.kind !== 'text' || part.quoted) return undefined;
  const value = shell.aliases.get(part.text);
  if (value === undefined || expanding.get(shell)?.has(part.text)) return undefined;
  const at = command.source.indexOf(part.text);
  return at < 0 ? undefined : command.source.slice(0, at) + value + command.source.slice(at + part.text.length);
}

function* runAlias(shell: Shell, command: SimpleCommand, { text, options }: { readonly text: string; readonly options: RunOptions }): Running {
  const name = command.words[0]?.source ?? '';
  const active = expanding.get(shell) ?? new Set<string>();
  expanding.set(shell, active.add(name));
  try {
    const script = parseScript(text, shell.dialect.name, command.line);
    return yield* shell.executor.list(shell, script.statements, options);
  } finally {
    active.delete(name);
  }
}
