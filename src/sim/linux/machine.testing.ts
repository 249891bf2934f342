/** A small machine for tests: the real assembly over a few files, and processes that stand still so that calls can be made in their name. */
import { Simulation } from '../engine/simulation.ts';
import { isErrno, type Errno } from './errno.ts';
import { fileTemplate, type FileList } from './fs/file-template.ts';
import { createMachine, type Machine } from './machine.ts';
import { NamespaceInodes } from './namespace/inode.ts';
import type { NamespaceSet } from './namespace/namespaces.ts';
import type { Credentials } from './process/credentials.ts';
import type { ProgramTable } from './process/kernel.ts';
import type { Process } from './process/process.ts';
import { reapForever } from './process/reaper.ts';
import type { Program } from './process/wait.ts';

export interface TestMachine {
  readonly machine: Machine;
  readonly simulation: Simulation;
  /** A process that does nothing, with other rights or namespaces than init's. */
  readonly process: (changes?: {
    readonly credentials?: Partial<Credentials>;
    readonly namespaces?: Partial<NamespaceSet>;
    readonly argv?: readonly string[];
    readonly umask?: number;
  }) => Process;
  /** Reads a whole file in the name of a process (init's by default). */
  readonly read: (path: string, caller?: Process) => string;
  readonly write: (path: string, text: string, caller?: Process) => Errno | undefined;
}

export function must<T>(value: T): Exclude<T, Errno> {
  if (isErrno(value)) throw new Error(value.code);
  return value as Exclude<T, Errno>;
}

/** The code of a failed call, for comparison; `ok` when it did not fail. */
export function code(value: unknown): string {
  return isErrno(value) ? value.code : 'ok';
}

const LAYOUT: FileList = {
  '/dev': { directory: true },
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
  '/proc': { directory: true },
  '/root': { directory: true, mode: 0o700 },
  '/run': { directory: true },
  '/sbin/init': { program: 'init/system' },
  '/sys': { directory: true },
  '/tmp': { directory: true, mode: 0o1777 },
};

export function testMachine(files: FileList = {}, programs: Readonly<Record<string, Program>> = {}): TestMachine {
  const simulation = new Simulation({ seed: 'machine', epoch: 1_795_427_000_000 });
  const table: ProgramTable = { find: (id) => (id === 'init/system' ? reapForever : programs[id]) };
  const machine = createMachine({
    simulation,
    inodes: new NamespaceInodes(),
    programs: table,
    hostname: 'node',
    root: fileTemplate({ ...LAYOUT, ...files }),
  });
  simulation.advance(1);
  const { kernel, init } = machine;
  return {
    machine,
    simulation,
    process(changes = {}) {
      const namespaces = { ...kernel.initial, ...changes.namespaces };
      const made = kernel.spawn({
        parent: init,
        run: { program: reapForever, exe: '/sbin/init' },
        argv: changes.argv ?? ['idle'],
        env: new Map([['A', '1']]),
        files: new Map(),
        credentials: { ...init.credentials, ...changes.credentials },
        namespaces,
        fs: { root: '/', cwd: '/' },
        ...(changes.umask === undefined ? {} : { umask: changes.umask }),
      });
      return must(made);
    },
    read(path, caller = init) {
      const file = must(kernel.vfs.open(caller, path, { read: true }));
      const text = file.read({ max: 1_000_000 });
      if (typeof text !== 'string') throw new Error(isErrno(text) ? text.code : 'blocked');
      return text;
    },
    write(path, text, caller = init) {
      const file = kernel.vfs.open(caller, path, { write: true, create: true, truncate: true });
      return isErrno(file) ? file : file.write(text);
    },
  };
}
