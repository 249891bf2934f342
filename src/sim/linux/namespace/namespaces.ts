/** The small namespaces (UTS, user, cgroup, time) and the set that a process belongs to (the kernel's nsproxy). */
import type { IpcNamespace } from '../ipc/ipc-namespace.ts';
import type { MountNamespace } from '../fs/mount-namespace.ts';
import type { NetworkNamespace } from '../net/network-namespace.ts';
import type { PidNamespace } from '../process/pid-namespace.ts';
import type { NamespaceInode, NamespaceKind } from './inode.ts';

export interface UtsNamespace {
  readonly kind: 'uts';
  readonly inode: NamespaceInode;
  readonly owner: UserNamespace;
  hostname: string;
  domainname: string;
}

/** One line of /proc/PID/uid_map or gid_map. */
export interface IdMapping {
  readonly inside: number;
  readonly outside: number;
  readonly count: number;
}

export interface UserNamespace {
  readonly kind: 'user';
  readonly inode: NamespaceInode;
  readonly parent: UserNamespace | undefined;
  /** Maps from this namespace's ids to those of the initial namespace. */
  uidMap: readonly IdMapping[];
  gidMap: readonly IdMapping[];
}

export interface CgroupNamespace {
  readonly kind: 'cgroup';
  readonly inode: NamespaceInode;
  readonly owner: UserNamespace;
  /** The cgroup path that members see as `/`. */
  readonly root: string;
}

export interface TimeNamespace {
  readonly kind: 'time';
  readonly inode: NamespaceInode;
  readonly owner: UserNamespace;
}

/** The namespaces of one process. */
export interface NamespaceSet {
  readonly cgroup: CgroupNamespace;
  readonly ipc: IpcNamespace;
  readonly mnt: MountNamespace;
  readonly net: NetworkNamespace;
  readonly pid: PidNamespace;
  readonly time: TimeNamespace;
  readonly user: UserNamespace;
  readonly uts: UtsNamespace;
}

export type AnyNamespace = NamespaceSet[NamespaceKind];

/** In the order in which `ls /proc/PID/ns` lists them. */
export const NAMESPACE_KINDS: readonly NamespaceKind[] = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'];

/** Whether `ancestor` is `namespace` or one of its parents. */
export function isUserAncestor(ancestor: UserNamespace, namespace: UserNamespace): boolean {
  for (let at: UserNamespace | undefined = namespace; at; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** The id that `namespace` shows for an id of the initial namespace; 65534 (nobody) where none is mapped. */
export function idInside(map: readonly IdMapping[], outside: number): number {
  for (const range of map) {
    if (outside >= range.outside && outside < range.outside + range.count) return range.inside + outside - range.outside;
  }
  return 65534;
}

/** The id of the initial namespace for an id inside; undefined where none is mapped. */
export function idOutside(map: readonly IdMapping[], inside: number): number | undefined {
  for (const range of map) {
    if (inside >= range.inside && inside < range.inside + range.count) return range.outside + inside - range.inside;
  }
  return undefined;
}
