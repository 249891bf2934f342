/** Builtins about jobs: jobs, fg, bg, wait, disown. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { deliverToGroup } from '../../../linux/process/signal-delivery.ts';
import { SIGNAL_NUMBERS } from '../../../linux/process/signals.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { jobMessage, signalWords } from '../job-messages.ts';
import { jobState, type Job } from '../job-table.ts';
import { collectEnded } from '../collect-ended.ts';
import { bookChange, memberStatus, waitForeground } from '../run-job.ts';
import type { Shell } from '../shell.ts';
import { badOption, readOptions, type Builtin, type BuiltinCall } from './builtin.ts';

export const jobs: Builtin = function* (call) {
  const { shell } = call;
  const options = readOptions(call.args, shell.dialect.name === 'bash' ? 'lnprsx' : 'lp');
  if ('bad' in options) return badOption(call, options.bad);
  yield* collectEnded(shell);
  const detail = options.letters.includes('p') ? 'p' : options.letters.includes('l') ? 'l' : undefined;
  let status = 0;
  const chosen: Job[] = [];
  for (const each of options.rest) {
    const job = shell.jobs.find(each);
    if (job) chosen.push(job);
    else status = noSuchJob(call, each);
  }
  const everyone = shell.dialect.name === 'bash' ? shell.jobs.all() : shell.jobs.ranked();
  for (const job of options.rest.length > 0 ? chosen : [...everyone]) {
    const state = jobState(job);
    const over = typeof state === 'object';
    // A bash that is not interactive forgets what has ended without a word.
    if (
      !(over && shell.dialect.name === 'bash' && !shell.interactive) &&
      !(options.letters.includes('r') && state !== 'running') &&
      !(options.letters.includes('s') && state !== 'stopped')
    ) {
      shell.context.out(jobMessage(shell, job, { detail }));
    }
    job.notified = true;
    if (over) shell.jobs.remove(job);
  }
  return status;
};

export function noSuchJob({ shell, name }: BuiltinCall, word: string): number {
  const message = shell.dialect.name === 'dash' ? `No such job: ${word}` : `${word}: no such job`;
  if (shell.dialect.name === 'bash') {
    shell.complain(message, name);
    return 1;
  }
  return shell.fail(message, { builtin: name });
}

/** The job that `fg` and `bg` mean. */
function chosenJob(call: BuiltinCall, word: string | undefined): Job | undefined {
  const { shell, name } = call;
  if (shell.dialect.name === 'bash' && !shell.jobControl) {
    shell.complain('no job control', name);
    return undefined;
  }
  const job = word === undefined ? shell.jobs.current : shell.jobs.find(word);
  if (job) return job;
  if (word === undefined) {
    if (shell.dialect.name !== 'bash') shell.fail('No current job', { builtin: name });
    shell.complain('current: no such job', name);
  } else noSuchJob(call, word);
  return undefined;
}

export const fg: Builtin = function* (call) {
  const { shell, args } = call;
  yield* collectEnded(shell);
  const job = chosenJob(call, args[0]);
  if (!job) return 1;
  const state = jobState(job);
  if (typeof state === 'object') {
    shell.complain('job has terminated', 'fg');
    shell.jobs.remove(job);
    return 1;
  }
  shell.context.out(`${job.command}\n`);
  resume(shell, job, false);
  return yield* waitForeground(shell, job);
};

export const bg: Builtin = function* (call) {
  const { shell, args } = call;
  yield* collectEnded(shell);
  const job = chosenJob(call, args[0]);
  if (!job) return 1;
  if (jobState(job) === 'running') {
    if (shell.dialect.name === 'bash') shell.complain(`job ${job.number} already in background`, 'bg');
    return 0;
  }
  const mark = shell.jobs.mark(job);
  resume(shell, job, true);
  shell.context.out(shell.dialect.name === 'bash' ? `[${job.number}]${mark} ${job.command} &\n` : `[${job.number}] ${job.command}\n`);
  return 0;
};

function resume(shell: Shell, job: Job, background: boolean): void {
  const { context } = shell;
  job.background = background;
  shell.jobs.touch(job);
  for (const member of job.members) if (member.state === 'stopped') member.state = 'running';
  if (!background && job.group && context.process.tty) context.setForeground(context.process.tty, job.group);
  if (job.group) deliverToGroup(job.group, 'SIGCONT');
  else for (const member of job.members) context.kill(member.pid, 'SIGCONT');
}

export const wait: Builtin = function* (call) {
  const { shell } = call;
  const options = readOptions(call.args, shell.dialect.name === 'bash' ? 'fnp' : '');
  if ('bad' in options) return badOption(call, options.bad);
  if (options.rest.length === 0) {
    const any = options.letters.includes('n');
    const before = shell.jobs.all().length;
    if (any && before === 0) return 127;
    for (;;) {
      const pending = shell.jobs.all().filter((each) => jobState(each) === 'running');
      if (any ? shell.jobs.all().some((each) => typeof jobState(each) === 'object') : pending.length === 0) break;
      const status = yield* waitOnce(shell);
      if (status !== undefined) return status;
    }
    for (const job of [...shell.jobs.all()]) {
      if (typeof jobState(job) !== 'object') continue;
      const last = memberStatus(job.members.at(-1) ?? { pid: 0, process: shell.context.process, command: '', state: 'running' });
      if (shell.dialect.name === 'bash' && !shell.interactive) shell.jobs.remove(job);
      if (any) return last;
    }
    return 0;
  }
  let status = 0;
  for (const word of options.rest) status = yield* waitFor(call, word);
  return status;
};

/** @returns a status when a signal cut the waiting short */
function* waitOnce(shell: Shell): Blocking<number | undefined> {
  const change = yield* shell.context.wait(0, { stops: shell.jobControl });
  if (!isErrno(change)) {
    bookChange(shell, change);
    return undefined;
  }
  if (change.code === 'ECHILD') {
    for (const job of shell.jobs.all()) for (const member of job.members) if (member.state === 'running') member.state = { kind: 'exited', code: 0 };
    return undefined;
  }
  const signal = shell.pendingTraps[0];
  if (signal) return 128 + SIGNAL_NUMBERS[signal];
  return shell.interrupted ? 130 : undefined;
}

function* waitFor(call: BuiltinCall, word: string): Running {
  const { shell } = call;
  let job: Job | undefined;
  if (word.startsWith('%')) {
    job = shell.jobs.find(word);
    if (!job) {
      noSuchJob(call, word);
      return 127;
    }
  } else {
    if (!/^\d+$/.test(word)) {
      if (shell.dialect.name !== 'bash') shell.fail(`Illegal number: ${word}`, { builtin: 'wait' });
      shell.complain(`\`${word}': not a pid or valid job spec`, 'wait');
      return 1;
    }
    job = shell.jobs.all().find((each) => each.members.some((member) => member.pid === Number(word)));
    if (!job) {
      if (shell.dialect.name === 'bash') shell.complain(`pid ${word} is not a child of this shell`, 'wait');
      return 127;
    }
  }
  while (jobState(job) === 'running') {
    const status = yield* waitOnce(shell);
    if (status !== undefined) return status;
  }
  const member = job.members.find((each) => String(each.pid) === word) ?? job.members.at(-1);
  const state = member?.state;
  if (typeof state === 'object' && state.kind === 'signaled' && state.signal !== 'SIGINT' && state.signal !== 'SIGPIPE') {
    if (shell.dialect.name !== 'bash') shell.context.err(`${signalWords(state.signal, shell.dialect.name)}\n`);
    else if (!shell.interactive && state.signal !== 'SIGTERM')
      shell.complain(`${String(member?.pid ?? 0).padStart(5)} ${signalWords(state.signal, 'bash').padEnd(23)} ${job.command}`);
  }
  if (typeof jobState(job) === 'object' && !shell.interactive) shell.jobs.remove(job);
  return member ? memberStatus(member) : 0;
}

export const disown: Builtin = function* (call) {
  yield* [];
  const { shell, args } = call;
  const words = args.filter((each) => !each.startsWith('-'));
  if (args.includes('-a')) shell.jobs.clear();
  for (const word of words.length > 0 ? words : ['%+']) {
    const job = shell.jobs.find(word);
    if (job) shell.jobs.remove(job);
    else if (!args.includes('-a')) {
      shell.complain(`${words.length > 0 ? word : 'current'}: no such job`, 'disown');
      return 1;
    }
  }
  return 0;
};
