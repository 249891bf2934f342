/**
 * IPC namespaces: System V objects, their limits, and the POSIX message queues of one namespace (ipc_namespaces(7)).
 * Which file system shows the queues is not known here.
 */
import type { NamespaceInode } from '../namespace/inode.ts';
import type { UserNamespace } from '../namespace/namespaces.ts';
import { MessageQueues } from './message-queues.ts';
import { PosixQueues } from './posix-queues.ts';
import { Semaphores } from './semaphores.ts';
import { SharedMemory } from './shared-memory.ts';

export class IpcNamespace {
  readonly kind = 'ipc';
  readonly inode: NamespaceInode;
  readonly owner: UserNamespace;
  readonly shared = new SharedMemory();
  readonly semaphores = new Semaphores();
  readonly messages = new MessageQueues();
  readonly posix = new PosixQueues();

  constructor(options: { readonly inode: NamespaceInode; readonly owner: UserNamespace }) {
    this.inode = options.inode;
    this.owner = options.owner;
  }
}
