/** PID namespaces: a tree in which every process has one number per level (pid_namespaces(7)). */
import type { NamespaceInode } from '../namespace/inode.ts';
import type { UserNamespace } from '../namespace/namespaces.ts';
import type { Process } from './process.ts';

declare const pidTag: unique symbol;
/** A process number, valid in one PID namespace only. */
export type Pid = number & { readonly [pidTag]: true };

export class PidNamespace {
  readonly kind = 'pid';
  readonly inode: NamespaceInode;
  readonly parent: PidNamespace | undefined;
  readonly owner: UserNamespace;
  readonly level: number;
  readonly #processByPid = new Map<Pid, Process>();
  #last = 0;

  constructor(options: { readonly inode: NamespaceInode; readonly parent: PidNamespace | undefined; readonly owner: UserNamespace }) {
    this.inode = options.inode;
    this.parent = options.parent;
    this.owner = options.owner;
    this.level = options.parent ? options.parent.level + 1 : 0;
  }

  /** The process that reaps orphans here, while it lives. */
  get init(): Process | undefined {
    return this.#processByPid.get(1 as Pid);
  }

  /** Members (those of child namespaces included), in the order of their numbers. */
  processes(): Process[] {
    return [...this.#processByPid.entries()].sort(([a], [b]) => a - b).map(([, process]) => process);
  }

  get size(): number {
    return this.#processByPid.size;
  }

  find(pid: number): Process | undefined {
    return this.#processByPid.get(pid as Pid);
  }

  /** Takes the next number for `process`. */
  allocate(process: Process): Pid {
    const pid = ++this.#last as Pid;
    this.#processByPid.set(pid, process);
    return pid;
  }

  /** Lets numbers pass unused: short-lived helpers and threads (which share the number space) took them. */
  skip(count: number): void {
    this.#last += count;
  }

  /** Undoes `allocate` for a process that never started (alloc_pid's error path): the number is used again. */
  giveBack(pid: Pid): void {
    this.#processByPid.delete(pid);
    if (pid === this.#last) this.#last--;
  }

  free(pid: Pid): void {
    this.#processByPid.delete(pid);
  }
}
