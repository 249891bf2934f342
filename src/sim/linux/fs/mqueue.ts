/** The mqueue file system: POSIX message queues of an IPC namespace as files (ipc/mqueue.c). */
import { errno, type Errno } from '../errno.ts';
import type { IpcNamespace } from '../ipc/ipc-namespace.ts';
import { nextDevice, type DirectoryEntries, type DirectoryNode, type FileSystem, type NewNode, type Node } from './node.ts';
import { SyntheticFile } from './synthetic.ts';

export class MessageQueueFileSystem implements FileSystem {
  readonly type = 'mqueue';
  readonly options: readonly string[] = [];
  readonly device = nextDevice();
  readonly root: DirectoryNode;

  /** @param clock the world's wall clock in Unix milliseconds */
  constructor(namespace: IpcNamespace, clock: () => number = () => 0) {
    this.root = new QueueDirectory(namespace, clock);
  }

  usage(): undefined {
    return undefined;
  }
}

class QueueDirectory implements DirectoryNode {
  readonly kind = 'directory';
  readonly number = 1;
  readonly entries: DirectoryEntries;
  readonly #namespace: IpcNamespace;
  mode = 0o1777;
  uid = 0;
  gid = 0;
  modified: number;
  links = 2;
  readonly #clock: () => number;

  constructor(namespace: IpcNamespace, clock: () => number) {
    this.#namespace = namespace;
    this.#clock = clock;
    this.modified = clock();
    const { posix } = namespace;
    this.entries = {
      create: (name, node) => this.#create(name, node),
      insert: () => errno('EPERM'),
      remove: (name) => {
        posix.remove(name);
      },
      isEmpty: () => posix.list().length === 0,
    };
  }

  lookup(name: string): Node | undefined {
    const queue = this.#namespace.posix.find(name);
    if (!queue) return undefined;
    const bytes = queue.messages.reduce((sum, message) => sum + message.text.length, 0);
    return new SyntheticFile({
      modified: queue.created,
      mode: queue.mode,
      owner: queue,
      read: () => `QSIZE:${String(bytes).padEnd(10)} NOTIFY:${'0'.padEnd(5)} SIGNO:${'0'.padEnd(5)} NOTIFY_PID:${'0'.padEnd(6)}\n`,
    });
  }

  names(): readonly string[] {
    return this.#namespace.posix.list().map((queue) => queue.name);
  }

  #create(name: string, node: NewNode): Node | Errno {
    if (node.kind !== 'file') return errno('EPERM');
    const made = this.#namespace.posix.create({ name, mode: node.mode, uid: node.uid, gid: node.gid, created: this.#clock() });
    return (made && this.lookup(name)) ?? errno('ENOSPC');
  }
}
