/** Inode numbers of namespaces (nsfs) and of everything else that the kernel numbers. Knows nothing of what they number. */
declare const namespaceInodeTag: unique symbol;
export type NamespaceInode = number & { readonly [namespaceInodeTag]: true };

/** The kinds of Linux namespace, as /proc/PID/ns names them. */
export type NamespaceKind = 'cgroup' | 'ipc' | 'mnt' | 'net' | 'pid' | 'time' | 'user' | 'uts';

/**
 * Hands out namespace inodes. One for all machines of a world, so that two nodes never show the same number for
 * different namespaces. The fixed initial ones follow include/linux/proc_ns.h (Linux 6.18).
 */
export class NamespaceInodes {
  #next = 4026532200;

  next(): NamespaceInode {
    return this.#next++ as NamespaceInode;
  }
}

export const INITIAL_TIME_INODE = 4026531834 as NamespaceInode;
export const INITIAL_USER_INODE = 4026531837 as NamespaceInode;
