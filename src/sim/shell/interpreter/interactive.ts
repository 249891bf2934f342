/** A shell at a terminal: prompts, editing, history, continued lines, job control and its messages. */
import { isErrno } from '../../linux/errno.ts';
import type { Request, Running, WakeReason } from '../../linux/process/wait.ts';
import type { Tty } from '../../linux/tty/pty.ts';
import { LineEditor, type EditedLine } from '../line-editor/line-editor.ts';
import { stoppedJobs } from './builtins/control.ts';
import { collectEnded } from './collect-ended.ts';
import { completeWord } from './complete-word.ts';
import { expandHistory } from './history-expansion.ts';
import { jobMessage } from './job-messages.ts';
import { jobState } from './job-table.ts';
import { parseScript } from './parse-script.ts';
import { promptText } from './prompt.ts';
import { runExitTrap, runPendingTraps } from './run-traps.ts';
import type { Shell } from './shell.ts';
import type { Script } from './syntax.ts';
import { Unwind } from './unwind.ts';

/** A part of the shell's running that gives back more than a status. */
type Steps<T> = Generator<Request, T, WakeReason>;

/** Remembered lines (HISTSIZE). */
const HISTORY_LIMIT = 500;

export function* runInteractive(shell: Shell, options: { readonly login: boolean }): Running {
  shell.interactive = true;
  shell.login = options.login;
  shell.expandsAliases = true;
  shell.source = 'interactive';
  const tty = shell.context.process.files.get(0)?.tty;
  const bash = shell.dialect.name === 'bash';
  let resized = false;
  for (const signal of ['SIGTERM', 'SIGQUIT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const) shell.interactiveActions.set(signal, () => undefined);
  shell.interactiveActions.set('SIGINT', () => {
    shell.interrupted = true;
    shell.context.err('\n');
  });
  for (const [signal, action] of shell.interactiveActions) shell.context.handle(signal, action);
  shell.context.handle('SIGWINCH', () => {
    resized = true;
  });
  if (tty) takeJobControl(shell, tty);
  yield* startupFiles(shell, options.login);
  const historyFile = bash ? (shell.variables.get('HISTFILE') ?? `${shell.variables.get('HOME') ?? '/root'}/.bash_history`) : undefined;
  if (historyFile !== undefined) {
    const saved = yield* shell.context.readFile(historyFile);
    if (!isErrno(saved))
      shell.history = saved
        .split('\n')
        .filter((each) => each !== '')
        .slice(-HISTORY_LIMIT);
  }
  const remembered = shell.history.length;
  const editor = tty
    ? new LineEditor({
        context: shell.context,
        tty,
        style: bash ? 'readline' : 'busybox',
        history: () => shell.history,
        complete: (line, cursor) => completeWord(shell, line, cursor),
        resized: () => {
          const changed = resized;
          resized = false;
          return changed;
        },
      })
    : undefined;
  const status = yield* converse(shell, editor, tty);
  if (historyFile !== undefined && shell.history.length > remembered)
    shell.context.writeFile(historyFile, `${shell.history.slice(remembered).join('\n')}\n`, { append: true, mode: 0o600 });
  shell.lastStatus = status;
  return yield* runExitTrap(shell);
}

/** Makes the shell the leader of its own group and that group the terminal's foreground. */
function takeJobControl(shell: Shell, tty: Tty): void {
  const { process } = shell.context;
  shell.options.add('monitor');
  process.tty ??= tty;
  process.group = process;
  shell.context.setForeground(tty, process);
}

function* startupFiles(shell: Shell, login: boolean): Running {
  const home = shell.variables.get('HOME') ?? '/root';
  const files =
    shell.dialect.name === 'bash'
      ? login
        ? ['/etc/profile', `${home}/.bash_profile`]
        : ['/etc/bash.bashrc', `${home}/.bashrc`]
      : login
        ? ['/etc/profile', `${home}/.profile`]
        : [shell.variables.get('ENV') ?? ''];
  for (const path of files) {
    if (path === '' || isErrno(shell.context.kernel.vfs.stat(shell.context.process, path))) continue;
    try {
      yield* shell.executor.command(shell, {
        kind: 'simple',
        assignments: [],
        words: ['.', path].map((text) => ({ parts: [{ kind: 'text', text, quoted: true }], source: text })),
        redirections: [],
        line: 1,
        source: `. ${path}`,
      });
    } catch (reason) {
      if (!(reason instanceof Unwind)) throw reason;
    }
  }
  return 0;
}

/** Reads and runs until the end of input or `exit`. @returns the exit code */
function* converse(shell: Shell, editor: LineEditor | undefined, tty: Tty | undefined): Running {
  for (;;) {
    if (shell.dialect.name === 'bash') yield* collectEnded(shell);
    reportJobs(shell);
    if (shell.pendingTraps.length > 0) yield* runPendingTraps(shell);
    const command = yield* readCommand(shell, editor);
    if (command === 'end') {
      if (stoppedJobs(shell)) continue;
      if (shell.dialect.name === 'bash') shell.context.err('exit\n');
      else shell.context.err('\n');
      return shell.lastStatus;
    }
    if (command === 'abandoned') continue;
    if (command === 'interrupted') {
      shell.lastStatus = 130;
      yield* interrupted(shell);
      continue;
    }
    if (shell.dialect.name !== 'bash') yield* collectEnded(shell);
    else if (tty) windowSize(shell, tty);
    const warned = shell.warnedOfJobs;
    const tell = (exitCode: number | undefined): void =>
      shell.context.kernel.onLine?.(shell.context.process, { line: command.text, shell: shell.dialect.name, exitCode });
    tell(undefined);
    const ended = yield* runCommand(shell, command);
    tell(ended ?? shell.lastStatus);
    if (warned) shell.warnedOfJobs = false;
    if (tty && !tty.modes.canonical) tty.resetModes();
    if (ended !== undefined) return ended;
  }
}

/** Readline keeps both up to date at every line; they are not exported (bash, lib/sh/winsize.c; tried with bash 5.2.15). */
function windowSize({ variables }: Shell, { rows, columns }: Tty): void {
  variables.set('LINES', String(rows));
  variables.set('COLUMNS', String(columns));
}

/** Ctrl-C at the prompt: the trap, if there is one, then a new line. */
function* interrupted(shell: Shell): Running {
  const trapped = (shell.traps.get('SIGINT') ?? '') !== '';
  if (trapped) {
    shell.pendingTraps.push('SIGINT');
    yield* runPendingTraps(shell);
  }
  if (!trapped || shell.dialect.name === 'bash') shell.context.err('\n');
  return 130;
}

/** Tells of background jobs whose state has changed. */
function reportJobs(shell: Shell): void {
  const marks = shell.jobs.marks();
  for (const job of [...shell.jobs.all()]) {
    const state = jobState(job);
    if (job.notified) continue;
    job.notified = true;
    if (state === 'running') continue;
    shell.context.err(jobMessage(shell, job, { marks }));
    if (typeof state === 'object') shell.jobs.remove(job);
  }
}

interface TypedCommand {
  readonly text: string;
  readonly script: Script;
}

/** Reads lines until they make a whole command. */
function* readCommand(shell: Shell, editor: LineEditor | undefined): Steps<TypedCommand | 'end' | 'interrupted' | 'abandoned'> {
  const lines: string[] = [];
  for (;;) {
    const prompt = yield* promptText(shell, lines.length === 0 ? 'PS1' : 'PS2');
    const answer: EditedLine = editor ? yield* editor.read(prompt) : yield* plainLine(shell, prompt);
    shell.interrupted = false;
    if (answer.kind === 'interrupted') return 'interrupted';
    if (answer.kind === 'end') {
      if (lines.length === 0) return 'end';
      const text = lines.join('\n');
      remember(shell, lines);
      return { text, script: parseScript(text, shell.dialect.name) };
    }
    let line = answer.text;
    if (shell.dialect.name === 'bash' && (line.includes('!') || line.startsWith('^'))) {
      const expanded = expandHistory(line, shell.history);
      if (expanded.kind === 'missing') {
        shell.context.err(`bash: ${expanded.event}: ${expanded.event.startsWith(':') ? 'substitution failed' : 'event not found'}\n`);
        return 'abandoned';
      }
      if (expanded.text !== line) {
        line = expanded.text;
        shell.context.err(`${line}\n`);
      }
    }
    lines.push(line);
    const text = lines.join('\n');
    const script = parseScript(`${text}\n`, shell.dialect.name);
    const continued = /(?:^|[^\\])(?:\\\\)*\\$/.test(line) && script.problem?.kind !== 'unexpected';
    const incomplete = script.problem?.kind === 'unclosed' || script.problem?.kind === 'unfinished' || script.openHereDocuments.length > 0;
    if (continued || incomplete) continue;
    remember(shell, lines);
    return { text, script };
  }
}

function* plainLine(shell: Shell, prompt: string): Steps<EditedLine> {
  shell.context.err(prompt);
  const text = yield* shell.context.readLine(0);
  return text === undefined ? { kind: 'end' } : { kind: 'line', text };
}

/** Puts a command into the history; bash makes one entry of several lines (cmdhist). */
function remember(shell: Shell, lines: readonly string[]): void {
  if (shell.dialect.name !== 'bash') {
    for (const line of lines) if (line.trim() !== '' && line !== shell.history.at(-1)) shell.history.push(line);
  } else {
    let entry = '';
    for (const [index, line] of lines.entries()) {
      if (index === 0) {
        entry = line;
        continue;
      }
      const soFar = parseScript(`${entry}\n`, 'bash');
      if (soFar.problem?.kind === 'unclosed' || soFar.openHereDocuments.length > 0) entry += `\n${line}`;
      else entry += `${/(?:\b(?:do|then|else|in)|[{(|&])\s*$/.test(entry) ? ' ' : '; '}${line.trimStart()}`;
    }
    const control = shell.variables.get('HISTCONTROL') ?? '';
    const skip =
      entry.trim() === '' ||
      (/ignore(?:space|both)/.test(control) && entry.startsWith(' ')) ||
      (/ignore(?:dups|both)/.test(control) && entry === shell.history.at(-1));
    if (!skip) shell.history.push(entry);
  }
  if (shell.history.length > HISTORY_LIMIT) shell.history = shell.history.slice(-HISTORY_LIMIT);
}

/** @returns the exit code when the shell ends */
function* runCommand(shell: Shell, command: TypedCommand): Steps<number | undefined> {
  if (command.script.problem) {
    shell.context.err(shell.dialect.syntax(command.script.problem, { ...shell.where, source: 'interactive' }));
    shell.lastStatus = 2;
    return undefined;
  }
  shell.depth = 0;
  shell.tested = 0;
  shell.loopDepth = 0;
  shell.functionDepth = 0;
  try {
    if (command.script.statements.length > 0) shell.lastStatus = yield* shell.executor.list(shell, command.script.statements);
  } catch (reason) {
    if (!(reason instanceof Unwind)) throw reason;
    if (reason.reason.kind === 'exit') return reason.reason.status;
    if ('status' in reason.reason) shell.lastStatus = reason.reason.status;
  }
  if (shell.interrupted) {
    shell.interrupted = false;
    shell.lastStatus = 130;
  }
  return undefined;
}
