/**
 * The places above a process's working directory, kept from one call to the next as the kernel keeps `fs->pwd`: otherwise every
 * relative path would cost as much as the directory is deep. Knows no system call.
 */
import type { FsContext, Process } from '../process/process.ts';
import type { MountNamespace } from './mount-namespace.ts';
import type { FileSystem } from './node.ts';
import type { Place } from './path-walk.ts';

interface Held {
  readonly stack: readonly Place[];
  readonly namespace: MountNamespace;
  /** What the namespace and the file systems had seen when it was kept; another number means that the path may lead elsewhere. */
  readonly changes: number;
  readonly removals: ReadonlyMap<FileSystem, number>;
}

const heldByContext = new WeakMap<FsContext, Held>();

/** Keeps the places from the root to the working directory of `context`, unless entries come and go there by themselves. */
export function holdDirectory(caller: Process, context: FsContext, stack: readonly Place[]): void {
  if (context.root !== '/') return;
  const removals = new Map<FileSystem, number>();
  let last: FileSystem | undefined;
  for (const { mount } of stack) {
    const { fileSystem } = mount;
    if (fileSystem === last) continue;
    last = fileSystem;
    if (fileSystem.removals === undefined) return;
    removals.set(fileSystem, fileSystem.removals);
  }
  const namespace = caller.namespaces.mnt;
  heldByContext.set(context, { stack, namespace, changes: namespace.changes, removals });
}

/** @returns a copy of what was kept for the caller's working directory; undefined when it has to be walked to */
export function heldDirectory(caller: Process): Place[] | undefined {
  const held = heldByContext.get(caller.fs);
  if (held?.namespace !== caller.namespaces.mnt || held.changes !== held.namespace.changes) return undefined;
  for (const [fileSystem, removals] of held.removals) if (fileSystem.removals !== removals) return undefined;
  return held.stack.slice();
}
