/** The processes that a program sees in /proc: those of the PID namespace of the proc mounted there, with that namespace's numbers. */
import { isErrno } from '../../linux/errno.ts';
import { findPath } from '../../linux/fs/path-walk.ts';
import { ProcFileSystem } from '../../linux/fs/proc/proc-file-system.ts';
import { idInside } from '../../linux/namespace/namespaces.ts';
import type { PidNamespace } from '../../linux/process/pid-namespace.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';
import { pidIn, type Process } from '../../linux/process/process.ts';

export interface VisibleProcess {
  readonly process: Process;
  readonly pid: number;
  /** 0 when the parent is elsewhere. */
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Ids as the reader's user namespace shows them. */
  readonly uid: number;
  readonly gid: number;
  readonly comm: string;
  /** Empty for zombies. */
  readonly argv: readonly string[];
  readonly state: 'R' | 'S' | 'T' | 'Z' | 'X';
  /** Such as `pts/0`. */
  readonly tty: string | undefined;
  /** The process group that owns the terminal is its own. */
  readonly foreground: boolean;
  readonly threads: number;
  readonly nice: number;
  /** KiB. */
  readonly virtual: number;
  readonly resident: number;
  /** Unix milliseconds. */
  readonly started: number;
  /** Milliseconds. */
  readonly cpuTime: number;
}

const LETTERS = { running: 'R', sleeping: 'S', stopped: 'T', zombie: 'Z', dead: 'X' } as const;

/** The PID namespace that /proc shows; undefined when no proc is mounted there. */
export function procNamespace(context: ProcessContext): PidNamespace | undefined {
  const found = findPath(context.process, '/proc');
  if (isErrno(found)) return undefined;
  const { fileSystem } = found.place.mount;
  return fileSystem instanceof ProcFileSystem ? fileSystem.namespace : undefined;
}

/** In the order of their numbers; empty without a proc. */
export function visibleProcesses(context: ProcessContext): readonly VisibleProcess[] {
  const namespace = procNamespace(context);
  return namespace ? namespace.processes().map((process) => describe(context, process, namespace)) : [];
}

/** One of them. */
export function visibleProcess(context: ProcessContext, pid: number): VisibleProcess | undefined {
  const namespace = procNamespace(context);
  const process = namespace?.find(pid);
  return namespace && process ? describe(context, process, namespace) : undefined;
}

function describe(context: ProcessContext, process: Process, namespace: PidNamespace): VisibleProcess {
  const number = (other: Process | undefined): number => (other && other.state !== 'dead' ? (pidIn(other, namespace) ?? 0) : 0);
  const { user } = context.process.credentials;
  const isZombie = process.state === 'zombie';
  return {
    process,
    pid: pidIn(process, namespace) ?? 0,
    parent: number(process.parent),
    group: pidIn(process.group, namespace) ?? 0,
    session: pidIn(process.session, namespace) ?? 0,
    uid: idInside(user.uidMap, process.credentials.uid),
    gid: idInside(user.gidMap, process.credentials.gid),
    comm: process.comm,
    argv: isZombie ? [] : process.argv,
    state: process === context.process ? 'R' : LETTERS[process.state],
    tty: process.tty?.name,
    foreground: process.tty !== undefined && process.tty.foreground === process.group,
    threads: isZombie ? 1 : process.threads,
    nice: process.nice,
    virtual: isZombie ? 0 : process.memory.virtual,
    resident: isZombie ? 0 : process.memory.resident,
    started: context.simulation.epoch + process.startedAt,
    cpuTime: process.cpuTime,
  };
}
