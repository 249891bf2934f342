/** Starts the processes of a pipeline and waits for them, with process groups and the terminal's foreground where the shell has job control. */
import { isErrno } from '../../linux/errno.ts';
import type { OpenFile } from '../../linux/fs/open-file.ts';
import type { ChildChange } from '../../linux/process/process-context.ts';
import type { Process } from '../../linux/process/process.ts';
import type { Blocking } from '../../linux/process/process-context.ts';
import type { Program, Running } from '../../linux/process/wait.ts';
import { jobMessage, signalWords } from './job-messages.ts';
import { jobState, type Job, type JobMember } from './job-table.ts';
import { signalStatus, type Shell } from './shell.ts';
import { subshellProgram } from './subshell.ts';
import type { Command } from './syntax.ts';
import { forkChild, leaveWithoutFork } from './fork-child.ts';

export interface StartedJob {
  readonly members: readonly JobMember[];
  readonly group: Process | undefined;
}

/**
 * Forks one child per command, joined by pipes.
 * @param withErrors for each pipe, whether standard error goes into it too
 * Where no process can be made the shell leaves with its complaint, and those already made are ended.
 */
export function* startPipeline(
  shell: Shell,
  commands: readonly Command[],
  options: { readonly withErrors?: readonly boolean[]; readonly background: boolean },
): Blocking<StartedJob> {
  const { context } = shell;
  const members: JobMember[] = [];
  let group: Process | undefined;
  let input: OpenFile | undefined;
  for (const [index, command] of commands.entries()) {
    const pipe = index < commands.length - 1 ? context.pipe() : undefined;
    const files = new Map<number, OpenFile | undefined>();
    if (input) files.set(0, input);
    if (pipe) {
      files.set(1, pipe.writer);
      if (options.withErrors?.[index]) files.set(2, pipe.writer);
    }
    const program =
      options.background && !shell.jobControl ? detached(subshellProgram(shell, command), index === 0) : subshellProgram(shell, command);
    const child = yield* forkChild(shell, program, {
      argv: context.argv,
      env: context.env,
      files,
      ...(shell.jobControl ? { group: group ?? 'new' } : {}),
    });
    if (isErrno(child)) {
      input?.retain();
      input?.release();
      for (const { pid } of members) context.kill(pid, 'SIGTERM');
      leaveWithoutFork(shell, child);
    }
    if (shell.jobControl) {
      if (!group && !options.background && context.process.tty) context.setForeground(context.process.tty, child);
      group ??= child;
    }
    members.push({ pid: shell.pidOf(child), process: child, command: command.source, state: 'running' });
    input = pipe?.reader;
  }
  return { members, group };
}

/** Without job control a background command hears no keys and reads nothing. */
function detached(program: Program, first: boolean): Program {
  return function* (context) {
    context.handle('SIGINT', 'ignore');
    context.handle('SIGQUIT', 'ignore');
    const standardInput = context.process.files.get(0);
    if (first && standardInput?.tty === undefined) {
      const fd = context.open('/dev/null', { read: true });
      if (!isErrno(fd) && fd !== 0) {
        context.duplicate(fd, 0);
        context.close(fd);
      }
    }
    return yield* program(context);
  };
}

/** Books what has happened to a child. */
export function bookChange(shell: Shell, change: ChildChange, foreground?: Job): void {
  const member = foreground?.members.find((each) => each.process === change.process) ?? shell.jobs.memberOf(change.process);
  if (!member) return;
  const job = shell.jobs.jobOf(change.process);
  member.state = change.change.kind === 'continued' ? 'running' : change.change.kind === 'stopped' ? 'stopped' : change.change;
  if (job && job !== foreground) job.notified = false;
}

/** Waits until `job` is over or stopped. @returns its status, as `$?` */
export function* waitForeground(shell: Shell, job: Job): Running {
  const { context } = shell;
  const tty = shell.jobControl ? context.process.tty : undefined;
  const modes = tty?.modes;
  while (jobState(job) === 'running') {
    const change = yield* context.wait(0, { stops: shell.jobControl });
    if (isErrno(change)) {
      if (change.code === 'EINTR') continue;
      break;
    }
    bookChange(shell, change, job);
  }
  if (tty) {
    context.setForeground(tty, context.process.group);
    if (modes) tty.setModes(modes);
  }
  const state = jobState(job);
  shell.pipeStatus = job.members.map((each) => memberStatus(each));
  if (state === 'stopped') {
    const known = shell.jobs.all().includes(job) ? job : shell.jobs.add({ ...job, background: true });
    known.background = true;
    known.notified = true;
    shell.jobs.touch(known);
    context.err(`${shell.dialect.name === 'ash' ? '' : '\n'}${jobMessage(shell, known)}`);
    return signalStatus('SIGTSTP');
  }
  if (shell.jobs.all().includes(job)) shell.jobs.remove(job);
  reportDeath(shell, job);
  if (shell.interactive && typeof state === 'object' && job.members.some((each) => endedBy(each, 'SIGINT'))) shell.interrupted = true;
  const statuses = shell.pipeStatus;
  if (shell.options.has('pipefail')) return statuses.findLast((each) => each !== 0) ?? 0;
  return statuses.at(-1) ?? 0;
}

function endedBy({ state }: JobMember, signal: string): boolean {
  return typeof state === 'object' && state.kind === 'signaled' && state.signal === signal;
}

/** `$?` of one process. */
export function memberStatus(member: JobMember): number {
  if (typeof member.state === 'string') return member.state === 'stopped' ? signalStatus('SIGTSTP') : 0;
  return member.state.kind === 'exited' ? member.state.code : signalStatus(member.state.signal);
}

/** What a shell says when a signal has ended a foreground command. */
function reportDeath(shell: Shell, job: Job): void {
  const last = job.members.at(-1)?.state;
  if (typeof last !== 'object' || last.kind !== 'signaled' || last.signal === 'SIGPIPE') return;
  const { context } = shell;
  if (last.signal === 'SIGINT') {
    if (shell.interactive) context.err('\n');
    return;
  }
  if (shell.dialect.name !== 'bash' || shell.interactive || last.signal === 'SIGTERM') {
    context.err(`${signalWords(last.signal, shell.dialect.name)}\n`);
    return;
  }
  const pid = job.members.at(-1)?.pid ?? 0;
  shell.complain(`${String(pid).padStart(5)} ${signalWords(last.signal, 'bash').padEnd(23)} ${job.command}`);
}
