/** A machine of its own for tests of shells and tools: bash and Debian's tools below /, BusyBox below /busybox. Runs lines without and with a terminal. */
import { readdirSync } from 'node:fs';
import { Simulation } from '../engine/simulation.ts';
import { busyboxFiles } from '../kube/cri/images/busybox-files.ts';
import { machineRoot } from '../linux/distribution/machine-root.ts';
import { isErrno } from '../linux/errno.ts';
import { NullFile } from '../linux/fs/null-file.ts';
import type { OpenFile } from '../linux/fs/open-file.ts';
import { createPipe } from '../linux/fs/pipe.ts';
import { createMachine, enterMachine, type Machine } from '../linux/machine.ts';
import { NamespaceInodes } from '../linux/namespace/inode.ts';
import type { ProgramTable } from '../linux/process/kernel.ts';
import type { Process } from '../linux/process/process.ts';
import { shellStatus } from '../linux/process/wait.ts';
import { SIGNAL_NUMBERS, type SignalName } from '../linux/process/signals.ts';
import { Tty, TtyFile } from '../linux/tty/pty.ts';
import type { Command } from './command.ts';
import { lazyProgramTable, programIdOfFile, type CommandLoader } from './program-table.ts';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Family = 'debian' | 'busybox';

const ENVIRONMENT = new Map([
  ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ['HOME', '/root'],
]);

/** Loads every command from the folder, on first use. */
export function commandsFromDisk(): ProgramTable {
  const folder = new URL('commands/', import.meta.url);
  const loaders = new Map<string, CommandLoader>();
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const id = programIdOfFile(path);
    if (id !== undefined && !path.endsWith('.test.ts'))
      loaders.set(id, () => import(new URL(path, folder).href) as Promise<{ readonly command: Command }>);
  }
  return lazyProgramTable(loaders);
}

export class ShellMachine {
  readonly simulation = new Simulation({ seed: 'shell', epoch: Date.UTC(2026, 10, 23, 10, 0, 0) });
  readonly machine: Machine;
  readonly family: Family;

  constructor(family: Family = 'debian', hostname = family === 'debian' ? 'server5-node1' : 'web') {
    this.family = family;
    const root = family === 'debian' ? machineRoot({ hostname, hosts: '127.0.0.1\tlocalhost\n', nameservers: ['192.168.2.1'] }) : busyboxFiles();
    const programs = commandsFromDisk();
    this.machine = createMachine({
      simulation: this.simulation,
      inodes: new NamespaceInodes(),
      programs: { find: (id) => (id === 'init/busybox' ? programs.find('init/system') : programs.find(id)) },
      hostname,
      root,
    });
  }

  /** Runs one line as `bash -c` or `sh -c` and waits for its end, at most `limit` virtual seconds. */
  async run(line: string, options: { readonly stdin?: string; readonly limit?: number; readonly cwd?: string } = {}): Promise<Ran> {
    const out = createPipe(1);
    const err = createPipe(2);
    for (const file of [out.reader, err.reader]) file.retain();
    let input: OpenFile = new NullFile();
    if (options.stdin !== undefined) {
      const pipe = createPipe(3);
      pipe.writer.retain();
      pipe.writer.write(options.stdin);
      pipe.writer.release();
      input = pipe.reader;
    }
    const shell = this.family === 'debian' ? { path: '/bin/bash', argv: ['bash', '-c', line] } : { path: '/bin/sh', argv: ['sh', '-c', line] };
    const process = enterMachine(this.machine, {
      ...shell,
      env: ENVIRONMENT,
      files: new Map([
        [0, input],
        [1, out.writer],
        [2, err.writer],
      ]),
      cwd: options.cwd ?? (this.family === 'debian' ? '/root' : '/'),
    });
    if (isErrno(process)) throw new Error(process.code);
    let stdout = '';
    let stderr = '';
    const drain = (): void => {
      for (let piece = out.reader.read({ max: 1_000_000 }); typeof piece === 'string' && piece !== ''; piece = out.reader.read({ max: 1_000_000 }))
        stdout += piece;
      for (let piece = err.reader.read({ max: 1_000_000 }); typeof piece === 'string' && piece !== ''; piece = err.reader.read({ max: 1_000_000 }))
        stderr += piece;
    };
    await this.pass(
      () => {
        drain();
        return process.exit !== undefined;
      },
      (options.limit ?? 60) * 1000,
    );
    await this.pass(() => false, 5);
    drain();
    return { exitCode: codeOf(process), stdout, stderr };
  }

  /** Lets virtual time pass until `done` or for `milliseconds`, loading programs as they are needed. */
  async pass(done: () => boolean, milliseconds: number): Promise<void> {
    const end = this.simulation.now + milliseconds;
    while (!done() && this.simulation.now < end) {
      if (this.simulation.waitsForOutside) {
        await this.simulation.settled();
        continue;
      }
      const next = this.simulation.nextAt;
      if (next === undefined || next > end) {
        this.simulation.advance(end - this.simulation.now);
        return;
      }
      this.simulation.step();
    }
  }

  /** An interactive shell at a terminal. */
  terminal(options: { readonly rows?: number; readonly columns?: number; readonly argv?: readonly string[] } = {}): TerminalAt {
    return new TerminalAt(this, options);
  }
}

export class TerminalAt {
  readonly tty: Tty;
  readonly process: Process;
  readonly #machine: ShellMachine;
  #output = '';

  constructor(machine: ShellMachine, options: { readonly rows?: number; readonly columns?: number; readonly argv?: readonly string[] }) {
    this.#machine = machine;
    this.tty = new Tty({
      name: 'pts/0',
      rows: options.rows ?? 24,
      columns: options.columns ?? 80,
      onOutput: (text) => {
        this.#output += text;
      },
    });
    const file = new TtyFile(this.tty);
    const debian = machine.family === 'debian';
    const process = enterMachine(machine.machine, {
      path: debian ? '/bin/bash' : '/bin/sh',
      argv: options.argv ?? [debian ? 'bash' : 'sh'],
      env: new Map([...ENVIRONMENT, ['TERM', 'xterm']]),
      files: new Map([
        [0, file],
        [1, file],
        [2, file],
      ]),
      cwd: debian ? '/root' : '/',
      tty: this.tty,
    });
    if (isErrno(process)) throw new Error(process.code);
    this.process = process;
  }

  /** Types `keys`, lets `seconds` pass and gives what came back. */
  async type(keys: string, seconds = 0.4): Promise<string> {
    this.tty.input(keys);
    await this.#machine.pass(() => false, seconds * 1000);
    const output = this.#output;
    this.#output = '';
    return output;
  }
}

function codeOf(process: Process): number {
  if (!process.exit) return -1;
  return shellStatus(process.exit, (signal) => SIGNAL_NUMBERS[signal as SignalName]);
}
