/**
 * The part of one machine's kernel that makes, runs and ends processes: fork, exec, scheduling on virtual time, waiting,
 * orphans and reaping. Signals are in signal-delivery.ts; files, network and IPC have folders of their own.
 */
import type { Simulation } from '../../engine/simulation.ts';
import type { NamespaceInodes } from '../namespace/inode.ts';
import type { NamespaceSet } from '../namespace/namespaces.ts';
import type { OpenFile } from '../fs/open-file.ts';
import type { Vfs } from '../fs/vfs.ts';
import { errno, isErrno, type Errno } from '../errno.ts';
import { WaitQueue } from '../../engine/wait-queue.ts';
import { isTooLong } from './argument-limits.ts';
import type { Credentials } from './credentials.ts';
import type { PidNamespace, Pid } from './pid-namespace.ts';
import { CALM, PROCESS_LIMIT } from './process-limits.ts';
import { ProcessContext } from './process-context.ts';
import { pidIn, type FsContext, type Process } from './process.ts';
import { RunQueue } from './run-queue.ts';
import { deliver } from './signal-delivery.ts';
import type { ExitStatus, Program, Running } from './wait.ts';

/** What the executables of a world do, by id. Loading may take a while (a chunk over the network). */
export interface ProgramTable {
  find(id: string): Program | Promise<Program> | undefined;
  /** Whether there is such a program, without loading it; tables that load nothing leave it out. */
  has?(id: string): boolean;
  /** What an interactive shell asks for Tab; undefined while the program has not been loaded. */
  completer?(id: string): Completer | undefined;
}

/** What could take the place of the last of `words`, a command line from its command on. */
export type Completer = (context: ProcessContext, words: readonly string[]) => readonly string[];

export interface KernelOptions {
  readonly simulation: Simulation;
  readonly inodes: NamespaceInodes;
  readonly programs: ProgramTable;
  readonly vfs: Vfs;
  readonly initial: NamespaceSet;
  /** Kernel release as `uname -r` prints it. */
  readonly release: string;
}

export interface SpawnRequest {
  /** The real parent; undefined only for a machine's first process. */
  readonly parent: Process | undefined;
  /** What runs: a program itself, or the path of an executable in the new process's mount namespace. */
  readonly run: { readonly program: Program; readonly exe: string } | { readonly path: string };
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<number, OpenFile>;
  readonly credentials: Credentials;
  readonly namespaces: NamespaceSet;
  readonly fs: FsContext;
  readonly umask?: number;
  readonly cgroup?: string;
  /** Starts a session of its own (setsid). */
  readonly newSession?: boolean;
  readonly origin?: string | undefined;
  /** Orphans among its descendants come to it (PR_SET_CHILD_SUBREAPER). */
  readonly subreaper?: boolean;
  readonly threads?: number;
  /** Otherwise the parent's. */
  readonly oomScoreAdjust?: number | undefined;
}

/** What execve(2) is given. */
export interface ExecImage {
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
}

/** A file that a full-screen editor wants edited somewhere else: by the window around a terminal. */
export interface EditorRequest {
  /** Absolute path on the machine. */
  readonly path: string;
  readonly text: string;
  readonly save: (text: string) => void;
  /** The editing is over; the program that asked goes on. */
  readonly close: () => void;
}

/** A line at a shell with a prompt. */
export interface SentToShell {
  readonly line: string;
  /** Which shell: `bash`, `ash`, `dash`. */
  readonly shell: string;
  /** `undefined`: it begins. */
  readonly exitCode: number | undefined;
}

export class Kernel {
  readonly simulation: Simulation;
  readonly inodes: NamespaceInodes;
  readonly programs: ProgramTable;
  readonly vfs: Vfs;
  readonly initial: NamespaceSet;
  readonly release: string;
  /** Notified whenever a process starts or ends; for views that redraw. */
  readonly processesChanged = new WaitQueue();
  /** Receives a program's own bug; without a handler it is thrown. */
  onFault: ((error: unknown, process: Process) => void) | undefined;
  /** Told of every line that is sent off at a shell with a prompt, and again when it has ended, with its exit code. For views. */
  onLine: ((process: Process, sent: SentToShell) => void) | undefined;
  /** Takes over the editing of a file; false when it cannot. Installed by a front end. */
  editor: ((request: EditorRequest) => boolean) | undefined;
  /** What the processes of a control group may hold together (memory.limit_in_bytes), where that is limited. */
  readonly memoryLimits = new Map<string, number>();
  /** Control groups in which a process was ended for want of memory. */
  readonly outOfMemory = new Set<string>();
  #count = 0;
  /** Virtual time at which a process was refused last, while that matters. */
  #refusedAt: number | undefined;
  #nextFileInode = 20_000;
  readonly #queue: RunQueue;
  readonly #subreapers = new WeakSet<Process>();
  readonly #groupStop = new WeakMap<Process, 'stopped' | 'continued'>();

  constructor(options: KernelOptions) {
    this.simulation = options.simulation;
    this.inodes = options.inodes;
    this.programs = options.programs;
    this.vfs = options.vfs;
    this.initial = options.initial;
    this.release = options.release;
    this.#queue = new RunQueue(options.simulation, {
      returned: (process, code) => {
        this.exit(process, { kind: 'exited', code: code & 0xff });
      },
      faulted: (process, error) => {
        this.exit(process, { kind: 'signaled', signal: 'SIGSEGV' });
        // Recursion without end runs out of stack, as in life: nobody's fault but the program's text.
        if (isOutOfStack(error)) return;
        if (!this.onFault) throw error;
        this.onFault(error, process);
      },
    });
  }

  /** Inode numbers of pipes, sockets and files. */
  nextFileInode(): number {
    return this.#nextFileInode++;
  }

  /** All processes of the machine, in the order of their numbers. */
  processes(): Process[] {
    return this.initial.pid.processes();
  }

  /**
   * Makes a process and lets it run from the next moment on.
   * @returns the process, or EAGAIN (too many), ENOMEM (its PID namespace has lost its init) or what the path lookup says
   */
  spawn(request: SpawnRequest): Process | Errno {
    // Who comes from outside, as at a console, always finds room.
    if (request.parent && this.#isCrowded()) return errno('EAGAIN');
    const home = request.namespaces.pid;
    if (home.size > 0 && !home.init && home.parent) return errno('ENOMEM');
    const process = this.#create(request);
    const started = this.#image(process, request);
    if (isErrno(started)) {
      for (const entry of process.pids) entry.namespace.giveBack(entry.pid);
      this.#forget(process);
      return started;
    }
    process.running = started;
    this.#queue.schedule(process, 'ready');
    this.simulation.record('process.started', { pid: this.#machinePid(process), command: process.argv.join(' '), host: this.initial.uts.hostname });
    this.processesChanged.notify();
    return process;
  }

  /** Once the limit was met, half of the processes must have gone and nobody may have asked for a while: so a fork bomb dies out. */
  #isCrowded(): boolean {
    const { now } = this.simulation;
    const crowded =
      this.#count >= PROCESS_LIMIT || (this.#refusedAt !== undefined && (this.#count >= PROCESS_LIMIT / 2 || now - this.#refusedAt < CALM));
    this.#refusedAt = crowded ? now : undefined;
    return crowded;
  }

  /** Replaces the image of `process`: execve(2). @returns the new program, or why not */
  replace(process: Process, { path, argv, env }: ExecImage): Program | Errno {
    const found = this.vfs.executable(process, path);
    if (isErrno(found)) return found;
    if (isTooLong(argv, env)) return errno('E2BIG');
    const program = this.#program(found.program);
    if (!program) return errno('ENOEXEC');
    process.exe = found.path;
    process.argv = found.script ? [...found.script.interpreter, found.script.path, ...argv.slice(1)] : argv;
    process.comm = baseName(found.path.endsWith('/busybox') || found.script ? path : found.path).slice(0, 15);
    process.env = env;
    for (const [signal, action] of process.actions) if (typeof action === 'function') process.actions.delete(signal);
    return program;
  }

  /** Ends `process`: closes its files, hands its children on, tells its parent. */
  exit(process: Process, status: ExitStatus): void {
    if (process.state === 'zombie' || process.state === 'dead') return;
    this.#queue.forget(process);
    process.state = 'zombie';
    process.exit = status;
    const running = process.running;
    process.running = undefined;
    for (const file of process.files.values()) file.release();
    process.files.clear();
    this.simulation.record('process.exited', { pid: this.#machinePid(process), command: process.argv.join(' '), host: this.initial.uts.hostname });
    const own = process.pids[0];
    if (own?.pid === 1) this.#endNamespace(own.namespace, process);
    this.#handOnChildren(process);
    process.ended.notify();
    this.#tellParent(process);
    if (process.session === process && process.tty) process.tty.onHangup = undefined;
    this.processesChanged.notify();
    try {
      running?.return(0);
    } catch {
      // A generator that is executing right now (a program that ended itself by a signal) finishes on its own.
    }
  }

  /** Takes a dead child out of the table: wait(2). */
  reap(process: Process): void {
    if (process.state !== 'zombie') return;
    process.state = 'dead';
    process.parent?.children.delete(process);
    this.#forget(process);
    this.processesChanged.notify();
  }

  /** Stops (SIGSTOP and its like) or continues a process. */
  setStopped(process: Process, stopped: boolean): void {
    if (process.state === 'zombie' || process.state === 'dead') return;
    if (stopped) {
      if (process.state === 'stopped') return;
      process.state = 'stopped';
      this.#groupStop.set(process, 'stopped');
      process.parent?.childChanged.notify();
      return;
    }
    if (process.state !== 'stopped') return;
    process.state = 'sleeping';
    this.#groupStop.set(process, 'continued');
    process.parent?.childChanged.notify();
    this.#queue.release(process);
  }

  /** A stop or continuation that the parent has not seen yet; asking takes it. */
  takeStopChange(process: Process): 'stopped' | 'continued' | undefined {
    const change = this.#groupStop.get(process);
    this.#groupStop.delete(process);
    return change;
  }

  /** Cuts a blocking call of `process` short, as an arriving signal with a handler does. */
  interrupt(process: Process): void {
    this.#queue.interrupt(process);
  }

  setSubreaper(process: Process): void {
    this.#subreapers.add(process);
  }

  #machinePid(process: Process): number {
    return pidIn(process, this.initial.pid) ?? 0;
  }

  #create(request: SpawnRequest): Process {
    const pids: { namespace: PidNamespace; pid: Pid }[] = [];
    const actions = new Map(request.parent?.actions);
    for (const [signal, action] of actions) if (typeof action === 'function') actions.delete(signal);
    const partial: Omit<Process, 'session' | 'group'> & { session?: Process; group?: Process } = {
      kernel: this,
      pids,
      namespaces: request.namespaces,
      pidForChildren: request.namespaces.pid,
      parent: request.parent,
      children: new Set(),
      credentials: request.credentials,
      comm: request.parent?.comm ?? '',
      argv: request.argv,
      env: request.env,
      exe: '',
      fs: request.fs,
      umask: request.umask ?? request.parent?.umask ?? 0o022,
      files: new Map(request.files),
      tty: request.newSession ? undefined : request.parent?.tty,
      cgroup: request.cgroup ?? request.parent?.cgroup ?? '/',
      threads: request.threads ?? 1,
      nice: request.parent?.nice ?? 0,
      oomScoreAdjust: request.oomScoreAdjust ?? request.parent?.oomScoreAdjust ?? 0,
      startedAt: this.simulation.now,
      cpuTime: 0,
      memory: { virtual: 2580, resident: 1024 },
      state: 'sleeping',
      exit: undefined,
      actions,
      childChanged: new WaitQueue(),
      ended: new WaitQueue(),
      running: undefined,
      origin: request.origin ?? request.parent?.origin,
    };
    const process = partial as Process;
    process.session = request.newSession || !request.parent ? process : request.parent.session;
    process.group = request.newSession || !request.parent ? process : request.parent.group;
    for (let at: PidNamespace | undefined = request.namespaces.pid; at; at = at.parent) pids.push({ namespace: at, pid: at.allocate(process) });
    for (const file of process.files.values()) file.retain();
    request.parent?.children.add(process);
    if (request.subreaper) this.#subreapers.add(process);
    this.#count++;
    return process;
  }

  #image(process: Process, request: SpawnRequest): Running | Errno {
    if ('program' in request.run) {
      process.exe = request.run.exe;
      if (process.comm === '' || request.run.exe !== request.parent?.exe) process.comm = baseName(request.argv[0] ?? request.run.exe).slice(0, 15);
      return request.run.program(new ProcessContext(this, process));
    }
    const program = this.replace(process, { path: request.run.path, argv: request.argv, env: request.env });
    return isErrno(program) ? program : program(new ProcessContext(this, process));
  }

  /** The program of an id; one that is still being loaded starts when it has arrived. */
  #program(id: string): Program | undefined {
    const found = this.programs.find(id);
    if (!(found instanceof Promise)) return found;
    const loading = this.simulation.external(found);
    return function* (context): Running {
      const program = yield* context.outside(loading);
      return yield* program(context);
    };
  }

  /** Without its init a PID namespace ends: everybody else in it is killed (kernel: zap_pid_ns_processes). */
  #endNamespace(namespace: PidNamespace, init: Process): void {
    for (const member of namespace.processes()) {
      if (member === init) continue;
      deliver(member, 'SIGKILL', { force: true });
    }
  }

  /** kernel/exit.c find_new_reaper: the nearest living subreaper on the same level, else the namespace's init. */
  #handOnChildren(process: Process): void {
    if (process.children.size === 0) return;
    const level = process.pids.length;
    let heir: Process | undefined;
    for (let at = process.parent; at?.pids.length === level; at = at.parent) {
      if (this.#subreapers.has(at) && at.state !== 'zombie' && at.state !== 'dead') {
        heir = at;
        break;
      }
    }
    heir ??= process.pids[0]?.namespace.init;
    if (heir === process || heir?.state === 'zombie') heir = undefined;
    for (const child of process.children) {
      child.parent = heir;
      heir?.children.add(child);
      if (!heir) {
        if (child.state === 'zombie') this.reap(child);
      } else if (child.state === 'zombie') this.#tellParent(child);
    }
    process.children.clear();
  }

  #tellParent(process: Process): void {
    const parent = process.parent;
    if (!parent) {
      process.state = 'dead';
      this.#forget(process);
      return;
    }
    if (parent.actions.get('SIGCHLD') === 'ignore') {
      this.reap(process);
      return;
    }
    parent.childChanged.notify();
    deliver(parent, 'SIGCHLD', { force: true });
  }

  #forget(process: Process): void {
    for (const entry of process.pids) entry.namespace.free(entry.pid);
    process.parent?.children.delete(process);
    for (const file of process.files.values()) file.release();
    process.files.clear();
    this.#count--;
  }
}

/** V8 and JavaScriptCore throw a RangeError, SpiderMonkey an InternalError. */
function isOutOfStack(error: unknown): boolean {
  return error instanceof Error && /call stack|too much recursion/i.test(error.message);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
