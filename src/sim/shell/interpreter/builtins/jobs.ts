/** Builtins about jobs and signals: jobs, fg, bg, wait, kill, disown. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { deliverToGroup } from '../../../linux/process/signal-delivery.ts';
import { SIGNAL_NUMBERS, signalName, type SignalName } from '../../../linux/process/signals.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { jobMessage, signalWords } from '../job-messages.ts';
import { jobState, type Job } from '../job-table.ts';
import { collectEnded } from '../collect-ended.ts';
import { bookChange, memberStatus, waitForeground } from '../run-job.ts';
import type { Shell } from '../shell.ts';
import { badOption, readOptions, usage, type Builtin, type BuiltinCall } from './builtin.ts';
import { signalOfWord } from './control.ts';

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
  for (const job of options.rest.length > 0 ? chosen : [...shell.jobs.all()]) {
    const state = jobState(job);
    const over = typeof state === 'object';
    // A bash that is not interactive forgets what has ended without a word.
    if (!(over && shell.dialect.name === 'bash' && !shell.interactive) && !(options.letters.includes('r') && state !== 'running') && !(options.letters.includes('s') && state !== 'stopped')) {
      shell.context.out(jobMessage(shell, job, detail));
    }
    job.notified = true;
    if (over) shell.jobs.remove(job);
  }
  return status;
};

function noSuchJob({ shell, name }: BuiltinCall, word: string): number {
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
  resume(shell, job, true);
  shell.context.out(shell.dialect.name === 'bash' ? `[${job.number}]${shell.jobs.mark(job)} ${job.command} &\n` : `[${job.number}] ${job.command}\n`);
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
    let last = 0;
    for (const job of [...shell.jobs.all()]) {
      if (typeof jobState(job) !== 'object') continue;
      last = memberStatus(job.members.at(-1) ?? { pid: 0, process: shell.context.process, command: '', state: 'running' });
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
    else if (!shell.interactive && state.signal !== 'SIGTERM') shell.complain(`${String(member?.pid ?? 0).padStart(5)} ${signalWords(state.signal, 'bash').padEnd(23)} ${job.command}`);
  }
  if (typeof jobState(job) === 'object' && !shell.interactive) shell.jobs.remove(job);
  return member ? memberStatus(member) : 0;
}

// ── kill ──

/** The signals of `kill -l` in BusyBox's spelling. */
const BUSYBOX_NAMES: readonly (readonly [number, string])[] = [
  ...(Object.entries(SIGNAL_NUMBERS) as [SignalName, number][]).sort(([, a], [, b]) => a - b).map(([name, number]) => [number, name === 'SIGIO' ? 'POLL' : name.slice(3)] as const),
  [34, 'RTMIN'],
  [64, 'RTMAX'],
];

export const kill: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  let args = call.args;
  const bash = shell.dialect.name === 'bash';
  const plain = (message: string, status = 1): number => {
    if (shell.dialect.name === 'ash') shell.context.err(`${shell.arg0}: ${message}\n`);
    else shell.complain(message, 'kill');
    return status;
  };
  const first = args[0];
  if (first === '-l' || first === '-L') return listSignals(shell, args.slice(1), plain);
  let signal: SignalName | undefined = 'SIGTERM';
  if (first !== undefined && /^-./.test(first) && first !== '--') {
    const separate = first === '-s' || first === '-n';
    const word = separate ? (args[1] ?? '') : first.slice(first.startsWith('-s') && bash ? 2 : 1);
    const found = signalOfWord(word);
    if (!found) return plain(bash ? `${word}: invalid signal specification` : shell.dialect.name === 'ash' ? `bad signal name '${word}'` : `Illegal option -${word.charAt(0)}`, shell.dialect.name === 'dash' ? 2 : 1);
    signal = isSignal(found) ? found : undefined;
    args = args.slice(separate ? 2 : 1);
  }
  if (args[0] === '--') args = args.slice(1);
  if (args.length === 0) {
    if (bash) return usage(call);
    return plain(shell.dialect.name === 'ash' ? 'you need to specify whom to kill' : 'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]', shell.dialect.name === 'ash' ? 1 : 2);
  }
  let failures = 0;
  for (const word of args) {
    if (!killOne(call, word, signal, plain)) failures++;
  }
  return failures === 0 ? 0 : 1;
};

function isSignal(name: string): name is SignalName {
  return name.startsWith('SIG');
}

function killOne(call: BuiltinCall, word: string, signal: SignalName | undefined, plain: (message: string) => number): boolean {
  const { shell } = call;
  const dialect = shell.dialect.name;
  if (word.startsWith('%')) {
    const job = shell.jobs.find(word);
    if (!job) {
      noSuchJob(call, word);
      return false;
    }
    const stopped = jobState(job) === 'stopped';
    for (const member of job.members) {
      const failure = job.group && member === job.members[0] ? shell.context.kill(-shell.pidOf(job.group), signal) : job.group ? undefined : shell.context.kill(member.pid, signal);
      if (failure) {
        plain(dialect === 'bash' ? `(${member.pid}) - ${failure.text}` : `can't kill pid ${member.pid}: ${failure.text}`);
        return false;
      }
    }
    if (stopped && (signal === 'SIGTERM' || signal === 'SIGHUP') && job.group) deliverToGroup(job.group, 'SIGCONT');
    return true;
  }
  if (!/^-?\d+$/.test(word)) {
    plain(dialect === 'bash' ? `${word}: arguments must be process or job IDs` : dialect === 'ash' ? `invalid number '${word}'` : `Illegal number: ${word}`);
    return false;
  }
  const failure = shell.context.kill(Number(word), signal);
  if (!failure) return true;
  plain(dialect === 'bash' ? `(${word}) - ${failure.text}` : dialect === 'ash' ? `can't kill pid ${word}: ${failure.text}` : failure.text);
  return false;
}

function listSignals(shell: Shell, words: readonly string[], plain: (message: string) => number): number {
  if (words.length === 0) {
    if (shell.dialect.name === 'bash') shell.context.out(bashSignalTable());
    else if (shell.dialect.name === 'ash') for (const [number, name] of BUSYBOX_NAMES) shell.context.out(`${String(number).padStart(2)}) ${name}\n`);
    else for (const [, name] of BUSYBOX_NAMES) shell.context.out(`${name}\n`);
    return 0;
  }
  let status = 0;
  for (const word of words) {
    if (/^\d+$/.test(word)) {
      const number = Number(word) > 128 ? Number(word) - 128 : Number(word);
      const name = signalName(number);
      if (name) shell.context.out(`${name.slice(3)}\n`);
      else status = plain(shell.dialect.name === 'bash' ? `${word}: invalid signal specification` : `unknown signal '${word}'`);
      continue;
    }
    const name = signalOfWord(word);
    if (name && isSignal(name)) shell.context.out(`${SIGNAL_NUMBERS[name]}\n`);
    else status = plain(shell.dialect.name === 'bash' ? `${word}: invalid signal specification` : `unknown signal '${word}'`);
  }
  return status;
}

function bashSignalTable(): string {
  const entries: string[] = [];
  for (let number = 1; number <= 64; number++) {
    const name = signalName(number);
    if (name) entries.push(`${String(number).padStart(2)}) ${name}`);
    else if (number >= 34) entries.push(`${number}) ${number === 34 ? 'SIGRTMIN' : number === 64 ? 'SIGRTMAX' : number <= 49 ? `SIGRTMIN+${number - 34}` : `SIGRTMAX-${64 - number}`}`);
  }
  return entries.map((each, index) => each + (index % 5 === 4 || index === entries.length - 1 ? '\n' : '\t')).join('');
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
