/**
 * A cluster with places to type: every observer (a node, the outside client, a container) can run a command line or
 * open a terminal. Knows nothing of lessons or pages.
 */
import type { Cluster, ContainerRef } from '../kube/cluster.ts';
import { LogFile } from '../kube/cri/container-log.ts';
import { NullFile } from '../linux/fs/null-file.ts';
import { isErrno } from '../linux/errno.ts';
import type { OpenFile } from '../linux/fs/open-file.ts';
import type { Machine } from '../linux/machine.ts';
import { enterMachine, type EnterRequest } from '../linux/machine.ts';
import { ProcessContext } from '../linux/process/process-context.ts';
import type { Process } from '../linux/process/process.ts';
import { deliver } from '../linux/process/signal-delivery.ts';
import { SIGNAL_NUMBERS, type SignalName } from '../linux/process/signals.ts';
import type { ExitStatus } from '../linux/process/wait.ts';
import { OutputPace } from '../linux/tty/output-pace.ts';
import { Tty, TtyFile } from '../linux/tty/pty.ts';

export interface CommandRun {
  /** As `$?` would show it; undefined while it runs. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Ends it with SIGKILL, for time limits. */
  readonly kill: () => void;
}

/** Where a command runs, by the tools that are there: a machine's, or a container's of BusyBox or of Debian. */
export type Place = 'node' | 'outside' | 'busybox' | 'debian';

/** A line that was sent off at a terminal, at a shell of a container perhaps that was entered there. */
export interface SentLine {
  readonly line: string;
  readonly place: Place;
  /** `undefined`: it begins to run. */
  readonly exitCode: number | undefined;
}

export interface TerminalSession {
  readonly tty: Tty;
  readonly input: (text: string) => void;
  readonly resize: (rows: number, columns: number) => void;
  readonly close: () => void;
}

export interface TerminalOptions {
  readonly rows: number;
  readonly columns: number;
  readonly onOutput: (text: string) => void;
  /** The session's first process has ended. */
  readonly onEnd: (exitCode: number) => void;
}

/** Characters of output kept of one command; a flood beyond it is dropped. */
const OUTPUT_LIMIT = 4_000_000;

/** The environment of root on a machine, as the recordings were taken. */
const ROOT_ENVIRONMENT: ReadonlyMap<string, string> = new Map([
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['HOME', '/root'],
  ['TERM', 'dumb'],
  ['LANG', 'C.UTF-8'],
]);

export class World {
  readonly cluster: Cluster;
  #terminals = 0;

  /** Bugs of programs: the process ended as if by SIGSEGV, the world goes on. Tests want none. */
  readonly faults: { readonly command: string; readonly error: unknown }[] = [];

  constructor(cluster: Cluster) {
    this.cluster = cluster;
    for (const machine of cluster.machines.values()) {
      machine.kernel.onFault = (error, process) => {
        this.faults.push({ command: process.argv.join(' '), error });
        cluster.simulation.record('program.fault', {
          command: process.argv.join(' '),
          message: error instanceof Error ? error.message : String(error),
        });
      };
    }
  }

  /** `server4-master` …, `client`, then `pod/container` of every running container outside of kube-system. */
  observers(): readonly string[] {
    const machines = [...this.cluster.machines.values()].filter((machine) => machine.name !== 'gateway').map((machine) => machine.name);
    return [...machines, ...this.cluster.runningContainers().map((each) => containerName(each))];
  }

  /** Tells each line that is sent off at a terminal of this world, when it begins and when it has ended. */
  watchLines(listener: (sent: SentLine) => void): void {
    for (const { kernel, name } of this.cluster.machines.values()) {
      const machine: Place = this.cluster.nodes.includes(name) ? 'node' : 'outside';
      kernel.onLine = (process, { line, shell, exitCode }) => {
        // In a container the shell tells whose tools are at hand: BusyBox brings its own, Debian has bash and dash.
        const container = shell === 'ash' ? 'busybox' : 'debian';
        listener({ line, exitCode, place: process.namespaces.mnt === kernel.initial.mnt ? machine : container });
      };
    }
  }

  /**
   * Runs `line` as a person at `observer` would: through bash on machines, through sh in containers, without a terminal.
   * @returns undefined when there is no such observer
   */
  run(observer: string, line: string): CommandRun | undefined {
    const collected = collector(this.cluster);
    const files = new Map<number, OpenFile>([
      [0, new NullFile()],
      [1, collected.stdout],
      [2, collected.stderr],
    ]);
    const machine = this.cluster.machines.get(observer);
    if (machine) {
      const process = enterMachine(machine, {
        path: '/bin/bash',
        argv: ['bash', '-c', line],
        env: this.#environmentOn(machine),
        files,
        cwd: '/root',
      });
      if (isErrno(process)) return undefined;
      whenEnded(process, (status) => {
        collected.end(shellCode(status));
      });
      return collected.run(process);
    }
    const container = this.cluster.findContainer(observer);
    if (!container) return undefined;
    container.runtime.exec({
      containerId: container.id,
      argv: ['sh', '-c', line],
      stdin: undefined,
      stdout: collected.stdout,
      stderr: collected.stderr,
      tty: undefined,
      done: (result) => {
        collected.end('exitCode' in result ? result.exitCode : 126);
      },
    });
    return collected.run(undefined);
  }

  /** Puts a text into a file of a machine, as root. @returns false when it cannot be written */
  writeFile(machine: string, path: string, text: string): boolean {
    const place = this.cluster.machines.get(machine);
    return place !== undefined && !isErrno(new ProcessContext(place.kernel, place.init).writeFile(path, text));
  }

  /** The text of a file of a machine, as root reads it; undefined when there is none. */
  readFile(machine: string, path: string): string | undefined {
    const place = this.cluster.machines.get(machine);
    const file = place?.kernel.vfs.open(place.init, path, { read: true });
    if (!file || isErrno(file)) return undefined;
    const text = file.read({ max: 10_000_000 });
    return typeof text === 'string' ? text : undefined;
  }

  /** Names in a directory of a machine; empty when there is none. */
  listFiles(machine: string, directory: string): readonly string[] {
    const place = this.cluster.machines.get(machine);
    const names = place?.kernel.vfs.readdir(place.init, directory);
    return names === undefined || isErrno(names) ? [] : names;
  }

  /** kubectl on a node finds the administrator's file; elsewhere there is none. */
  #environmentOn(machine: Machine): ReadonlyMap<string, string> {
    const isNode = this.cluster.nodes.some((name) => this.cluster.machines.get(name) === machine);
    return isNode ? new Map([...ROOT_ENVIRONMENT, ['KUBECONFIG', '/etc/kubernetes/admin.conf']]) : ROOT_ENVIRONMENT;
  }

  /** Starts `line` at a terminal of a machine and leaves it running (a person's `top`). */
  start(observer: string, line: string): Process | undefined {
    const machine = this.cluster.machines.get(observer);
    if (!machine) return undefined;
    const tty = new Tty({ name: `pts/${this.#terminals++}`, onOutput: () => undefined });
    const process = this.#atTerminal(machine, tty, { argv: ['bash', '-c', `exec ${line}`], sessionOutside: true });
    return isErrno(process) ? undefined : process;
  }

  /** Opens an interactive shell. @returns undefined when there is no such observer or nothing to run there */
  openTerminal(observer: string, options: TerminalOptions): TerminalSession | undefined {
    const pace = new OutputPace(this.cluster.simulation);
    const tty = new Tty({
      name: `pts/${this.#terminals++}`,
      rows: options.rows,
      columns: options.columns,
      outlet: () => pace,
      onOutput: (text) => {
        pace.take(text.length);
        options.onOutput(text);
      },
    });
    const session: TerminalSession = {
      tty,
      input: (text) => {
        tty.input(text);
      },
      resize: (rows, columns) => {
        tty.resize(rows, columns);
      },
      close: () => {
        tty.hangup();
      },
    };
    const machine = this.cluster.machines.get(observer);
    if (machine) {
      const process = this.#atTerminal(machine, tty, { argv: ['bash'] });
      if (isErrno(process)) return undefined;
      whenEnded(process, (status) => {
        options.onEnd(shellCode(status));
      });
      return session;
    }
    const container = this.cluster.findContainer(observer);
    if (!container) return undefined;
    const file = new TtyFile(tty);
    container.runtime.exec({
      containerId: container.id,
      argv: ['sh'],
      stdin: file,
      stdout: file,
      stderr: file,
      tty,
      done: (result) => {
        if (!('exitCode' in result)) options.onOutput(`${result.message}\r\n`);
        options.onEnd('exitCode' in result ? result.exitCode : 126);
      },
    });
    return session;
  }

  #atTerminal(machine: Machine, tty: Tty, what: Pick<EnterRequest, 'argv' | 'sessionOutside'>): ReturnType<typeof enterMachine> {
    const file = new TtyFile(tty);
    const files = new Map<number, OpenFile>([
      [0, file],
      [1, file],
      [2, file],
    ]);
    return enterMachine(machine, {
      path: '/bin/bash',
      env: new Map([...this.#environmentOn(machine), ['TERM', 'xterm']]),
      files,
      cwd: '/root',
      tty,
      ...what,
    });
  }
}

/** The name under which a container is an observer: the API namespace only where it is not `default`. */
export function containerName(container: ContainerRef): string {
  const pod = container.namespace === 'default' ? container.pod : `${container.namespace}/${container.pod}`;
  return `${pod}/${container.name}`;
}

function shellCode(status: ExitStatus): number {
  return status.kind === 'exited' ? status.code : 128 + SIGNAL_NUMBERS[status.signal satisfies SignalName];
}

function whenEnded(process: Process, listener: (status: ExitStatus) => void): void {
  const check = (): void => {
    if (process.exit) listener(process.exit);
    else process.ended.add(check);
  };
  check();
}

interface Collected {
  readonly stdout: OpenFile;
  readonly stderr: OpenFile;
  readonly end: (exitCode: number) => void;
  readonly run: (process: Process | undefined) => CommandRun;
}

function collector(cluster: Cluster): Collected {
  const text = { stdout: '', stderr: '' };
  let exitCode: number | undefined;
  const keep =
    (stream: 'stdout' | 'stderr') =>
    (piece: string): void => {
      if (text[stream].length < OUTPUT_LIMIT) text[stream] += piece;
    };
  const inode = cluster.simulation.random.integer(30_000, 60_000);
  return {
    stdout: new LogFile(inode, keep('stdout')),
    stderr: new LogFile(inode + 1, keep('stderr')),
    end: (code) => {
      exitCode = code;
    },
    run: (process) => ({
      get exitCode() {
        return exitCode;
      },
      get stdout() {
        return text.stdout;
      },
      get stderr() {
        return text.stderr;
      },
      kill: () => {
        if (process) deliver(process, 'SIGKILL', { force: true });
        exitCode ??= 137;
      },
    }),
  };
}
