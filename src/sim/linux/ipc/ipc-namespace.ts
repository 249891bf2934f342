/** IPC namespaces: System V objects and POSIX message queues of one namespace (ipc_namespaces(7)). */
import type { NamespaceInode } from '../namespace/inode.ts';
import type { UserNamespace } from '../namespace/namespaces.ts';

export class IpcNamespace {
  readonly kind = 'ipc';
  readonly inode: NamespaceInode;
  readonly owner: UserNamespace;

  constructor(options: { readonly inode: NamespaceInode; readonly owner: UserNamespace }) {
    this.inode = options.inode;
    this.owner = options.owner;
  }
}
