/** Network namespaces: interfaces, addresses, routes, sockets and NAT rules of one stack (network_namespaces(7)). */
import type { NamespaceInode } from '../namespace/inode.ts';
import type { UserNamespace } from '../namespace/namespaces.ts';

export class NetworkNamespace {
  readonly kind = 'net';
  readonly inode: NamespaceInode;
  readonly owner: UserNamespace;

  constructor(options: { readonly inode: NamespaceInode; readonly owner: UserNamespace }) {
    this.inode = options.inode;
    this.owner = options.owner;
  }
}
