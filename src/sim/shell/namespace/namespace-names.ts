/** The kinds of namespace with the letters, flags and names that nsenter, unshare and lsns use for them. */
import { isErrno, type Errno } from '../../linux/errno.ts';
import type { NamespaceKind } from '../../linux/namespace/inode.ts';
import type { AnyNamespace } from '../../linux/namespace/namespaces.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';

export interface KindName {
  readonly kind: NamespaceKind;
  readonly letter: string;
  readonly long: string;
  /** CLONE_NEW*, as error messages of BusyBox show it. */
  readonly flag: number;
}

/** In the order in which nsenter joins them: user first (it gives the rights for the rest), mount last (paths change). */
export const KIND_NAMES: readonly KindName[] = [
  { kind: 'user', letter: 'U', long: 'user', flag: 0x1000_0000 },
  { kind: 'cgroup', letter: 'C', long: 'cgroup', flag: 0x0200_0000 },
  { kind: 'ipc', letter: 'i', long: 'ipc', flag: 0x0800_0000 },
  { kind: 'uts', letter: 'u', long: 'uts', flag: 0x0400_0000 },
  { kind: 'net', letter: 'n', long: 'net', flag: 0x4000_0000 },
  { kind: 'pid', letter: 'p', long: 'pid', flag: 0x2000_0000 },
  { kind: 'mnt', letter: 'm', long: 'mount', flag: 0x0002_0000 },
  { kind: 'time', letter: 'T', long: 'time', flag: 0x80 },
];

/** Opens the file of a namespace (/proc/PID/ns/… or one that is bound there). @returns undefined when it is no such file */
export function openNamespace(context: ProcessContext, path: string): AnyNamespace | Errno | undefined {
  const file = context.kernel.vfs.open(context.process, path, { read: true });
  return isErrno(file) ? file : file.namespace;
}
