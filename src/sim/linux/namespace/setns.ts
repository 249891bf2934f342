/** setns(2): joins a process to a namespace that exists (kernel/nsproxy.c, kernel/user_namespace.c and the `install` of each kind). */
import { errno, type Errno } from '../errno.ts';
import { ALL_CAPABILITIES, capable } from '../process/credentials.ts';
import type { PidNamespace } from '../process/pid-namespace.ts';
import type { Process } from '../process/process.ts';
import type { AnyNamespace, UserNamespace } from './namespaces.ts';

function isDescendant(namespace: PidNamespace, ancestor: PidNamespace): boolean {
  for (let at: PidNamespace | undefined = namespace; at; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** CAP_SYS_ADMIN over the namespace's owner and over the caller's own user namespace. */
function mayJoin(process: Process, owner: UserNamespace): boolean {
  const { credentials } = process;
  return capable(credentials, 'CAP_SYS_ADMIN', owner) && capable(credentials, 'CAP_SYS_ADMIN', credentials.user);
}

/**
 * Joins `process` to `namespace`. A PID namespace counts for its future children only; a mount namespace takes its root
 * and working directory along.
 * @returns EPERM without the capabilities, EINVAL for the own user namespace or a PID namespace that is no descendant
 */
export function setns(process: Process, namespace: AnyNamespace): Errno | undefined {
  switch (namespace.kind) {
    case 'user': {
      const { credentials } = process;
      if (namespace === credentials.user || process.threads > 1) return errno('EINVAL');
      if (!capable(credentials, 'CAP_SYS_ADMIN', namespace)) return errno('EPERM');
      process.credentials = { ...credentials, user: namespace, effective: ALL_CAPABILITIES, permitted: ALL_CAPABILITIES, bounding: ALL_CAPABILITIES };
      process.namespaces = { ...process.namespaces, user: namespace };
      return undefined;
    }
    case 'pid':
      if (!mayJoin(process, namespace.owner)) return errno('EPERM');
      if (!isDescendant(namespace, process.namespaces.pid)) return errno('EINVAL');
      process.pidForChildren = namespace;
      return undefined;
    case 'mnt':
      if (!mayJoin(process, namespace.owner) || !capable(process.credentials, 'CAP_SYS_CHROOT', process.credentials.user)) return errno('EPERM');
      process.namespaces = { ...process.namespaces, mnt: namespace };
      process.fs = { root: '/', cwd: '/' };
      return undefined;
    default:
      if (!mayJoin(process, namespace.owner)) return errno('EPERM');
      process.namespaces = { ...process.namespaces, [namespace.kind]: namespace };
      return undefined;
  }
}
