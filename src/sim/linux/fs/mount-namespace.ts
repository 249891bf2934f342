/** Mount namespaces: which file systems one set of processes sees where (mount_namespaces(7)). */
import type { NamespaceInode } from '../namespace/inode.ts';
import type { UserNamespace } from '../namespace/namespaces.ts';

export class MountNamespace {
  readonly kind = 'mnt';
  readonly inode: NamespaceInode;
  readonly owner: UserNamespace;

  constructor(options: { readonly inode: NamespaceInode; readonly owner: UserNamespace }) {
    this.inode = options.inode;
    this.owner = options.owner;
  }
}
