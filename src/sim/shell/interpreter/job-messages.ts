/** The lines in which shells tell of jobs: `[1]+  Running   sleep 300 &`. bash 5.2 (jobs.c), BusyBox 1.37 ash and dash agree on the columns. */
import type { SignalName } from '../../linux/process/signals.ts';
import { jobState, type Job, type JobState } from './job-table.ts';
import type { DialectName } from './parse-script.ts';
import type { Shell } from './shell.ts';

const WORDS: Partial<Record<SignalName, string>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
  SIGSTKFLT: 'Stack fault',
  SIGXCPU: 'CPU time limit exceeded',
  SIGXFSZ: 'File size limit exceeded',
  SIGVTALRM: 'Virtual timer expired',
  SIGPROF: 'Profiling timer expired',
  SIGIO: 'I/O possible',
  SIGPWR: 'Power failure',
  SIGSYS: 'Bad system call',
};

/** As strsignal(3) words a deadly signal. */
export function signalWords(signal: SignalName, dialect: DialectName): string {
  if (dialect === 'ash' && signal === 'SIGSTKFLT') return 'Stack fault';
  return WORDS[signal] ?? signal;
}

export function stateWords(state: JobState, dialect: DialectName): string {
  if (state === 'running') return 'Running';
  if (state === 'stopped') return 'Stopped';
  if (state.kind === 'signaled') return signalWords(state.signal, dialect);
  if (state.code === 0) return 'Done';
  return dialect === 'bash' ? `Exit ${state.code}` : `Done(${state.code})`;
}

/**
 * @param options.detail `l` adds the process number, `p` shows it alone
 * @param options.marks of the current and the previous job, where they are known
 */
export function jobMessage(
  shell: Shell,
  job: Job,
  { detail, marks = shell.jobs.marks() }: { readonly detail?: 'l' | 'p' | undefined; readonly marks?: ReadonlyMap<Job, '+' | '-'> } = {},
): string {
  const first = job.members[0]?.pid ?? 0;
  if (detail === 'p') return `${first}\n`;
  const state = jobState(job);
  const dialect = shell.dialect.name;
  const command = dialect === 'ash' && !shell.jobControl ? '' : job.command;
  const head = `[${job.number}]${marks.get(job) ?? ' '}  ${detail === 'l' ? `${dialect === 'bash' ? String(first).padStart(5) : first} ` : ''}`;
  const ampersand = dialect === 'bash' && state === 'running' ? ' &' : '';
  return `${head}${stateWords(state, dialect).padEnd(dialect === 'bash' ? 23 : 26)} ${command}${ampersand}\n`;
}
