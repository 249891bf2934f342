/** unshare(2): gives a process namespaces of its own (kernel/fork.c ksys_unshare, kernel/nsproxy.c create_new_namespaces). */
import { errno, type Errno } from '../errno.ts';
import { IpcNamespace } from '../ipc/ipc-namespace.ts';
import { NetworkNamespace } from '../net/network-namespace.ts';
import { ALL_CAPABILITIES, capable, type Credentials } from '../process/credentials.ts';
import { PidNamespace } from '../process/pid-namespace.ts';
import type { Process } from '../process/process.ts';
import type { NamespaceKind } from './inode.ts';
import { idInside, type UserNamespace } from './namespaces.ts';

/** In the order in which the kernel makes them. */
const ORDER: readonly NamespaceKind[] = ['mnt', 'uts', 'ipc', 'pid', 'cgroup', 'net', 'time'];

/**
 * @param kinds what is to be new; a new user namespace comes first and owns the others
 * @returns EPERM without CAP_SYS_ADMIN over the own (or the new) user namespace
 */
export function unshare(process: Process, kinds: ReadonlySet<NamespaceKind>): Errno | undefined {
  const { kernel, credentials } = process;
  // The filter lets unshare(2) through only to whoever administers (containerd: contrib/seccomp DefaultProfile).
  if (credentials.filtered === true && !credentials.effective.has('CAP_SYS_ADMIN')) return errno('EPERM');
  if (kinds.has('user')) {
    const user: UserNamespace = { kind: 'user', inode: kernel.inodes.next(), parent: credentials.user, uidMap: [], gidMap: [] };
    process.credentials = { ...credentials, user, effective: ALL_CAPABILITIES, permitted: ALL_CAPABILITIES, bounding: ALL_CAPABILITIES };
    process.namespaces = { ...process.namespaces, user };
  }
  const owner = process.credentials.user;
  for (const kind of ORDER) {
    if (!kinds.has(kind)) continue;
    if (!capable(process.credentials, 'CAP_SYS_ADMIN', owner)) return errno('EPERM');
    create(process, kind, owner);
  }
  return undefined;
}

function create(process: Process, kind: NamespaceKind, owner: UserNamespace): void {
  const { kernel, namespaces } = process;
  const inode = kernel.inodes.next();
  switch (kind) {
    case 'mnt':
      process.namespaces = { ...namespaces, mnt: namespaces.mnt.clone({ inode, owner }) };
      return;
    case 'uts':
      process.namespaces = { ...namespaces, uts: { ...namespaces.uts, inode, owner } };
      return;
    case 'ipc':
      process.namespaces = { ...namespaces, ipc: new IpcNamespace({ inode, owner }) };
      return;
    case 'pid':
      process.pidForChildren = new PidNamespace({ inode, parent: namespaces.pid, owner });
      return;
    case 'cgroup':
      process.namespaces = { ...namespaces, cgroup: { kind: 'cgroup', inode, owner, root: process.cgroup } };
      return;
    case 'net': {
      const { simulation, initial } = kernel;
      process.namespaces = {
        ...namespaces,
        net: new NetworkNamespace({ inode, owner, simulation, host: initial.uts.hostname, traces: initial.net.traces }),
      };
      return;
    }
    case 'time':
    case 'user':
  }
}

/**
 * Writes /proc/self/uid_map and gid_map of a fresh user namespace: `inside` becomes the caller's own id.
 * @param before the caller's credentials in the parent namespace
 * @returns EPERM where root's id would be mapped without CAP_SETFCAP over the parent (kernel/user_namespace.c verify_root_map)
 */
export function mapSelf(process: Process, before: Credentials, inside: { readonly uid: number; readonly gid: number }): Errno | undefined {
  const { user, uid, gid } = process.credentials;
  if (idInside(before.user.uidMap, uid) === 0 && !capable(before, 'CAP_SETFCAP', before.user)) return errno('EPERM');
  user.uidMap = [{ inside: inside.uid, outside: uid, count: 1 }];
  user.gidMap = [{ inside: inside.gid, outside: gid, count: 1 }];
  return undefined;
}
