/** What a running program can ask of its kernel: the system calls, in the shape that is pleasant for programs written as generators. */
import { WaitQueue } from '../../engine/wait-queue.ts';
import { errno, isErrno, type Errno } from '../errno.ts';
import { isAgain, type OpenFile } from '../fs/open-file.ts';
import { createPipe } from '../fs/pipe.ts';
import type { OpenFlags } from '../fs/vfs.ts';
import type { Tty } from '../tty/pty.ts';
import type { Kernel } from './kernel.ts';
import { ownPid, pidIn, type Process, type SignalAction } from './process.ts';
import { deliver, deliverToGroup, hasMembers, send, sendToAll } from './signal-delivery.ts';
import type { SignalName } from './signals.ts';
import type { ExecRequest, ExitStatus, Program, Wait, WakeReason } from './wait.ts';
import { WorkMeter } from './work-meter.ts';

/** A call that may block. */
export type Blocking<T> = Generator<Wait, T, WakeReason>;

export interface SpawnOptions {
  readonly argv: readonly string[];
  readonly env?: ReadonlyMap<string, string>;
  /** Replaces single descriptors of the child; the rest is inherited. `undefined` closes. */
  readonly files?: ReadonlyMap<number, OpenFile | undefined>;
  /** A process group of its own, or that of an existing group. */
  readonly group?: 'new' | Process;
  readonly newSession?: boolean;
}

export interface ChildChange {
  readonly process: Process;
  readonly pid: number;
  readonly change: ExitStatus | { readonly kind: 'stopped' } | { readonly kind: 'continued' };
}

const READ_MAX = 65_536;

/** Bytes that one program may hold: no more than a page of a browser should. */
const MACHINE_MEMORY = 48 * 1024 * 1024;

export class ProcessContext {
  readonly kernel: Kernel;
  readonly process: Process;
  readonly #work: WorkMeter;

  constructor(kernel: Kernel, process: Process) {
    this.kernel = kernel;
    this.process = process;
    this.#work = new WorkMeter(kernel.simulation);
  }

  get simulation(): Kernel['simulation'] {
    return this.kernel.simulation;
  }

  /** The words of the command line, its name first. */
  get argv(): readonly string[] {
    return this.process.argv;
  }

  /** The words after the name. */
  get args(): readonly string[] {
    return this.process.argv.slice(1);
  }

  get env(): ReadonlyMap<string, string> {
    return this.process.env;
  }

  /** Own number in the own PID namespace. */
  get pid(): number {
    return ownPid(this.process);
  }

  // ── output and input ──

  /** Writes to standard output. Blocks nobody; loops that print much call `flush` between. */
  out(text: string): void {
    this.write(1, text);
  }

  /** Writes to standard error. */
  err(text: string): void {
    this.write(2, text);
  }

  /** @returns EBADF or EPIPE (after SIGPIPE was delivered) */
  write(fd: number, text: string): Errno | undefined {
    const file = this.process.files.get(fd);
    if (!file) return errno('EBADF');
    if (text === '') return undefined;
    this.#work.count(text.length);
    const result = file.write(text);
    if (isErrno(result) && result.code === 'EPIPE') send(this.process, this.process, 'SIGPIPE');
    return result;
  }

  /** Waits until a reader has made room behind `fd` (back-pressure of a full pipe). */
  *flush(fd = 1): Blocking<void> {
    for (;;) {
      const file = this.process.files.get(fd);
      if (!file?.full) return yield* this.giveWay();
      yield { kind: 'wait', queues: [file.writable] };
    }
  }

  /** Lets others run when this program has done much without waiting; counts `characters` that it worked on by itself. */
  *giveWay(characters = 0): Blocking<void> {
    if (characters > 0) this.#work.count(characters);
    if (this.#work.isOver) yield* this.checkpoint();
  }

  /** Reads at least one character and 65,536 at most, `''` at end of file. @returns EINTR when a handled signal came first */
  *read(fd: number, options: { readonly max?: number; readonly until?: string; readonly deadline?: number } = {}): Blocking<string | Errno> {
    yield* this.giveWay();
    const max = Math.min(options.max ?? READ_MAX, READ_MAX);
    for (;;) {
      const file = this.process.files.get(fd);
      if (!file) return errno('EBADF');
      const result = file.read(options.until === undefined ? { max } : { max, until: options.until });
      if (!isAgain(result)) {
        this.#work.count(typeof result === 'string' ? result.length : 0);
        return result;
      }
      const reason = yield { kind: 'wait', queues: [file.readable], deadline: options.deadline };
      if (reason === 'signal') return errno('EINTR');
      if (reason === 'timeout') return errno('EAGAIN');
    }
  }

  /** One line without its newline; undefined at end of file or on an error. */
  *readLine(fd = 0): Blocking<string | undefined> {
    let line = '';
    for (;;) {
      const part = yield* this.read(fd, { until: '\n' });
      if (isErrno(part)) {
        if (part.code === 'EINTR') continue;
        return undefined;
      }
      if (part === '') return line === '' ? undefined : line;
      line += part;
      if (part.endsWith('\n')) return line.slice(0, -1);
      yield* this.hold(line.length);
    }
  }

  /** Everything up to end of file. @returns the first error, such as EISDIR */
  *readAll(fd = 0): Blocking<string | Errno> {
    const parts: string[] = [];
    let length = 0;
    for (;;) {
      const part = yield* this.read(fd);
      if (isErrno(part)) {
        if (part.code === 'EINTR') continue;
        return part;
      }
      if (part === '') return parts.join('');
      parts.push(part);
      length += part.length;
      yield* this.hold(length);
    }
  }

  /**
   * Says how much the program holds in memory. Past what its control group (or the machine) has, the kernel ends it
   * (mm/oom_kill.c, mm/memcontrol.c); others get a turn in between.
   */
  *hold(bytes: number): Blocking<void> {
    if (bytes <= READ_MAX) return;
    const { cgroup } = this.process;
    if (bytes > (this.kernel.memoryLimits.get(cgroup) ?? MACHINE_MEMORY)) {
      this.kernel.outOfMemory.add(cgroup);
      deliver(this.process, 'SIGKILL', { force: true });
    }
    yield* this.checkpoint();
  }

  // ── time ──

  /** Sleeps for virtual milliseconds. @returns 'signal' when a handled signal cut it short */
  *sleep(milliseconds: number): Blocking<WakeReason> {
    return yield { kind: 'wait', queues: [], deadline: this.simulation.now + milliseconds };
  }

  /** Waits for any of `queues`. */
  *waitFor(queues: readonly WaitQueue[], deadline?: number): Blocking<WakeReason> {
    return yield { kind: 'wait', queues, deadline };
  }

  /** Lets others run: every loop without another blocking call has one. */
  *checkpoint(): Blocking<void> {
    yield { kind: 'wait', queues: [], deadline: this.simulation.now, interruptible: false };
  }

  /** Waits for something outside of virtual time, such as a chunk being loaded. Rejections are thrown. */
  *outside<T>(promise: Promise<T>): Blocking<T> {
    const arrived = new WaitQueue();
    let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
    this.simulation.external(promise).then(
      (value) => {
        outcome = { value };
        arrived.notify();
      },
      (error: unknown) => {
        outcome = { error };
        arrived.notify();
      },
    );
    while (!outcome) yield { kind: 'wait', queues: [arrived], interruptible: false };
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  // ── files ──

  /** Opens `path` on the lowest free descriptor. */
  open(path: string, flags: OpenFlags): number | Errno {
    const file = this.kernel.vfs.open(this.process, path, flags);
    return isErrno(file) ? file : this.install(file);
  }

  /** Puts `file` on the lowest free descriptor from `least` on. */
  install(file: OpenFile, least = 0): number {
    let fd = least;
    while (this.process.files.has(fd)) fd++;
    file.retain();
    this.process.files.set(fd, file);
    return fd;
  }

  close(fd: number): Errno | undefined {
    const file = this.process.files.get(fd);
    if (!file) return errno('EBADF');
    this.process.files.delete(fd);
    file.release();
    return undefined;
  }

  /** dup2(2): `to` becomes another name for `from`. */
  duplicate(from: number, to: number): Errno | undefined {
    const file = this.process.files.get(from);
    if (!file) return errno('EBADF');
    if (from === to) return undefined;
    this.close(to);
    file.retain();
    this.process.files.set(to, file);
    return undefined;
  }

  /** pipe(2), as files that can be handed to children. */
  pipe(): { readonly reader: OpenFile; readonly writer: OpenFile } {
    return createPipe(this.kernel.nextFileInode());
  }

  /** Whole content of a file. */
  *readFile(path: string): Blocking<string | Errno> {
    const fd = this.open(path, { read: true });
    if (isErrno(fd)) return fd;
    const text = yield* this.readAll(fd);
    this.close(fd);
    return text;
  }

  /** Replaces (or appends to) a file. */
  writeFile(path: string, text: string, options: { readonly append?: boolean; readonly mode?: number } = {}): Errno | undefined {
    const fd = this.open(path, {
      write: true,
      create: true,
      ...(options.append ? { append: true } : { truncate: true }),
      mode: options.mode ?? 0o666,
    });
    if (isErrno(fd)) return fd;
    const result = this.write(fd, text);
    this.close(fd);
    return result;
  }

  chdir(path: string): Errno | undefined {
    return this.kernel.vfs.changeDirectory(this.process, path);
  }

  /** The working directory as the process names it. */
  get cwd(): string {
    const { root, cwd } = this.process.fs;
    return root === '/' ? cwd : cwd.slice(root.length) || '/';
  }

  // ── processes ──

  /** fork + exec of a file. */
  spawn(path: string, options: SpawnOptions): Process | Errno {
    return this.#start({ path }, options);
  }

  /** fork: a child that runs `program` under the same executable, such as a subshell. */
  fork(program: Program, options?: SpawnOptions): Process | Errno {
    return this.#start({ program, exe: this.process.exe }, options ?? { argv: this.process.argv, env: this.process.env });
  }

  /** execve(2): returns only when it fails. */
  *exec(path: string, argv: readonly string[], env: ReadonlyMap<string, string> = this.env): Generator<Wait | ExecRequest, Errno, WakeReason> {
    const program = this.kernel.replace(this.process, { path, argv, env });
    if (isErrno(program)) return program;
    yield { kind: 'exec', program };
    throw new Error('a replaced program does not go on');
  }

  /** Waits for a child to end (with `stops` also to stop), `pid` 0 for any. @returns ECHILD, EINTR, EAGAIN (with `hang: false`) */
  *wait(pid = 0, options: { readonly hang?: boolean; readonly stops?: boolean } = {}): Blocking<ChildChange | Errno> {
    for (;;) {
      const own = this.process.namespaces.pid;
      let any = false;
      for (const child of this.process.children) {
        const number = pidIn(child, own) ?? 0;
        if (pid !== 0 && number !== pid) continue;
        any = true;
        if (child.state === 'zombie' && child.exit) {
          this.kernel.reap(child);
          return { process: child, pid: number, change: child.exit };
        }
        if (options.stops) {
          const change = this.kernel.takeStopChange(child);
          if (change) return { process: child, pid: number, change: { kind: change } };
        }
      }
      if (!any) return errno('ECHILD');
      if (options.hang === false) return errno('EAGAIN');
      const reason = yield { kind: 'wait', queues: [this.process.childChanged] };
      if (reason === 'signal') return errno('EINTR');
    }
  }

  /** kill(2): `pid` > 0 one process, 0 the own group, -1 all, < -1 a group. `signal` undefined only checks. */
  kill(pid: number, signal: SignalName | undefined): Errno | undefined {
    const own = this.process.namespaces.pid;
    if (pid > 0) {
      const target = own.find(pid);
      return target ? send(this.process, target, signal) : errno('ESRCH');
    }
    const leader = pid === 0 ? this.process.group : pid < -1 ? own.find(-pid) : undefined;
    const targets = own
      .processes()
      .filter((each) => (pid === -1 ? each !== this.process && pidIn(each, own) !== 1 : leader !== undefined && each.group === leader));
    return sendToAll(this.process, targets, signal);
  }

  /** sigaction(2). A function runs when the signal arrives, then the blocking call returns with 'signal'. */
  handle(signal: SignalName, action: SignalAction): void {
    if (action === 'default') this.process.actions.delete(signal);
    else this.process.actions.set(signal, action);
  }

  /** Makes `group` the one that the terminal's keys signal. */
  setForeground(tty: Tty, group: Process): void {
    tty.foreground = group;
    const { process } = this;
    tty.onSignal = (signal) => {
      // A shell takes the terminal back as soon as its command has ended; here that is a slice later, and no key is lost in between.
      deliverToGroup(hasMembers(group) ? group : process.group, signal);
    };
  }

  /** setsid(2) with the terminal as controlling terminal. */
  takeTerminal(tty: Tty): void {
    this.process.session = this.process;
    this.process.group = this.process;
    this.process.tty = tty;
    this.setForeground(tty, this.process);
    tty.onHangup = () => {
      for (const each of this.kernel.processes()) if (each.session === this.process) send(this.process, each, 'SIGHUP');
    };
  }

  #start(run: { readonly path: string } | { readonly program: Program; readonly exe: string }, options: SpawnOptions): Process | Errno {
    const files = new Map(this.process.files);
    for (const [fd, file] of options.files ?? []) {
      if (file) files.set(fd, file);
      else files.delete(fd);
    }
    const child = this.kernel.spawn({
      parent: this.process,
      run,
      argv: options.argv,
      env: options.env ?? this.process.env,
      files,
      credentials: this.process.credentials,
      namespaces: { ...this.process.namespaces, pid: this.process.pidForChildren },
      fs: this.process.fs,
      umask: this.process.umask,
      ...(options.newSession ? { newSession: true } : {}),
    });
    if (!isErrno(child) && options.group) child.group = options.group === 'new' ? child : options.group;
    return child;
  }
}
