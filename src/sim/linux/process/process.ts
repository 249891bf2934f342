/** One process: what the kernel's task_struct would know. State only; the kernel moves it, programs see it through ProcessContext. */
import type { WaitQueue } from '../../engine/wait-queue.ts';
import type { OpenFile } from '../fs/open-file.ts';
import type { Kernel } from './kernel.ts';
import type { NamespaceSet } from '../namespace/namespaces.ts';
import type { Credentials } from './credentials.ts';
import type { Pid, PidNamespace } from './pid-namespace.ts';
import type { SignalName } from './signals.ts';
import type { ExitStatus, Running } from './wait.ts';
import type { Tty } from '../tty/pty.ts';

export type SignalAction = 'default' | 'ignore' | ((signal: SignalName) => void);

/** Where a path walk starts: `root` is `/` for the process, an absolute canonical path in its mount namespace. */
export interface FsContext {
  readonly root: string;
  readonly cwd: string;
}

export interface Process {
  readonly kernel: Kernel;
  /** One number per PID namespace, from its own (first) up to the machine's (last). */
  readonly pids: readonly { readonly namespace: PidNamespace; readonly pid: Pid }[];
  namespaces: NamespaceSet;
  /** The PID namespace of its future children (unshare(2) and setns(2) change only this). */
  pidForChildren: PidNamespace;
  parent: Process | undefined;
  readonly children: Set<Process>;
  credentials: Credentials;
  /** Name, at most 15 characters (/proc/PID/comm). */
  comm: string;
  argv: readonly string[];
  env: ReadonlyMap<string, string>;
  /** Path of the executable, in its own mount namespace. */
  exe: string;
  fs: FsContext;
  umask: number;
  readonly files: Map<number, OpenFile>;
  /** Session, as the leader. */
  session: Process;
  /** Process group, as the leader's process (it may be dead). */
  group: Process;
  tty: Tty | undefined;
  cgroup: string;
  /** Threads (the `l` of `ps`); programs that are multi-threaded in life say so. */
  threads: number;
  nice: number;
  /** -1000 to 1000: how soon it is to go when memory runs out (/proc/PID/oom_score_adj). */
  oomScoreAdjust: number;
  /** Virtual milliseconds at which it started. */
  readonly startedAt: number;
  /** Virtual CPU milliseconds used. */
  cpuTime: number;
  /** Virtual and resident size in KiB, as far as a program declares them. */
  memory: { virtual: number; resident: number };
  state: 'running' | 'sleeping' | 'stopped' | 'zombie' | 'dead';
  exit: ExitStatus | undefined;
  readonly actions: Map<SignalName, SignalAction>;
  /** Notified whenever a child of it stops, continues or ends. */
  readonly childChanged: WaitQueue;
  /** Notified when it has ended. */
  readonly ended: WaitQueue;
  /** The running program; undefined for kernel-made members such as a machine's init before it runs. */
  running: Running | undefined;
  /** A label of the object that started it, such as `default/web/main`, for drawings. */
  readonly origin: string | undefined;
}

/** The number of `process` as seen from `namespace`; undefined when it is not visible there. */
export function pidIn(process: Process, namespace: PidNamespace): Pid | undefined {
  for (const entry of process.pids) if (entry.namespace === namespace) return entry.pid;
  return undefined;
}

/** The number of `process` in its own PID namespace. */
export function ownPid(process: Process): Pid {
  const own = process.pids[0];
  if (!own) throw new Error('a process has at least one number');
  return own.pid;
}
