/** POSIX message queues (mq_overview(7), ipc/mqueue.c): named queues of one IPC namespace. */
export interface PosixQueue {
  readonly name: string;
  mode: number;
  uid: number;
  gid: number;
  readonly created: number;
  /** Highest priority first. */
  readonly messages: { readonly priority: number; readonly text: string }[];
}

export class PosixQueues {
  readonly #queueByName = new Map<string, PosixQueue>();
  /** fs.mqueue.queues_max. */
  readonly limit = 256;

  list(): readonly PosixQueue[] {
    return [...this.#queueByName.values()];
  }

  find(name: string): PosixQueue | undefined {
    return this.#queueByName.get(name);
  }

  /** @returns undefined when there are too many */
  create(queue: Omit<PosixQueue, 'messages'>): PosixQueue | undefined {
    if (this.#queueByName.size >= this.limit) return undefined;
    const made: PosixQueue = { ...queue, messages: [] };
    this.#queueByName.set(queue.name, made);
    return made;
  }

  remove(name: string): boolean {
    return this.#queueByName.delete(name);
  }
}
