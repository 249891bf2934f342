/** `$(…)`, `<(…)` and `>(…)`: pieces of script that run in a child and are used through a pipe. */
import { isErrno } from '../../linux/errno.ts';
import type { Blocking } from '../../linux/process/process-context.ts';
import { forkChild, leaveWithoutFork } from './fork-child.ts';
import type { Shell } from './shell.ts';
import type { Redirection, Script } from './syntax.ts';
import { subshellProgram } from './subshell.ts';
import { signalStatus } from './shell.ts';

/** Characters that a substitution may yield. */
const LIMIT = 4_000_000;

/** Runs `script` and gives its output without the newlines at its end. Sets `$?`. */
export function* substituteCommand(shell: Shell, script: Script): Blocking<string> {
  const { context } = shell;
  const path = shell.dialect.name === 'bash' ? onlyFile(script) : undefined;
  if (path) return yield* fileText(shell, path);
  shell.enter();
  const { reader, writer } = context.pipe();
  const fd = context.install(reader, 10);
  const child = yield* forkChild(shell, subshellProgram(shell, script.statements), {
    argv: context.argv,
    env: context.env,
    files: new Map([
      [1, writer],
      [fd, undefined],
    ]),
  });
  if (isErrno(child)) {
    context.close(fd);
    leaveWithoutFork(shell, child);
  }
  const pieces: string[] = [];
  let size = 0;
  for (;;) {
    const piece = yield* context.read(fd);
    if (isErrno(piece)) {
      if (piece.code === 'EINTR') continue;
      break;
    }
    if (piece === '') break;
    size += piece.length;
    if (size > LIMIT) {
      context.close(fd);
      shell.outOfMemory(size);
    }
    pieces.push(piece);
  }
  context.close(fd);
  const pid = shell.pidOf(child);
  for (;;) {
    const change = yield* context.wait(pid);
    if (isErrno(change)) {
      if (change.code === 'EINTR') continue;
      break;
    }
    if (change.change.kind === 'exited') shell.lastStatus = change.change.code;
    else if (change.change.kind === 'signaled') shell.lastStatus = signalStatus(change.change.signal);
    break;
  }
  shell.leave();
  return withoutNulls(shell, pieces.join('')).replace(/\n+$/, '');
}

/** Variables hold no null bytes; bash says so (subst.c, read_comsub). */
function withoutNulls(shell: Shell, text: string): string {
  if (!text.includes('\0')) return text;
  if (shell.dialect.name === 'bash') shell.complain('warning: command substitution: ignored null byte in input');
  return text.replaceAll('\0', '');
}

/** The redirection of `$(<file)`, which bash reads itself. */
function onlyFile(script: Script): Redirection | undefined {
  const command = script.statements.length === 1 ? script.statements[0]?.command : undefined;
  const only =
    command?.kind === 'simple' && command.words.length === 0 && command.assignments.length === 0 && command.redirections.length === 1
      ? command.redirections[0]
      : undefined;
  return only?.operator === '<' ? only : undefined;
}

function* fileText(shell: Shell, redirection: Redirection): Blocking<string> {
  const path = redirection.target.parts
    .map((each) => (each.kind === 'text' ? each.text : each.kind === 'parameter' ? (shell.parameter(each.name) ?? '') : ''))
    .join('');
  const text = yield* shell.context.readFile(path);
  shell.lastStatus = isErrno(text) ? 1 : 0;
  if (!isErrno(text)) return withoutNulls(shell, text).replace(/\n+$/, '');
  shell.complain(shell.dialect.cannotOpen(path, text, false));
  return '';
}

/** Starts the command of a process substitution. @returns the path under which its pipe can be opened */
export function* substituteProcess(shell: Shell, part: { readonly direction: '<' | '>'; readonly script: Script }): Blocking<string> {
  const { context } = shell;
  const { reader, writer } = context.pipe();
  const [mine, theirs] = part.direction === '<' ? [reader, writer] : [writer, reader];
  const fd = context.install(mine, 63);
  const child = yield* forkChild(shell, subshellProgram(shell, part.script.statements), {
    argv: context.argv,
    env: context.env,
    files: new Map([
      [part.direction === '<' ? 1 : 0, theirs],
      [fd, undefined],
    ]),
  });
  if (isErrno(child)) leaveWithoutFork(shell, child);
  return `/dev/fd/${fd}`;
}
