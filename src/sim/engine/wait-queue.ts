/** Something that can be waited for. Knows nothing of processes: waiters are callbacks. */
export class WaitQueue {
  /** Made for the first waiter: most queues never have one. */
  #waiters: Set<() => void> | undefined;

  /** Registers a one-shot waiter; the returned function withdraws it. */
  add(waiter: () => void): () => void {
    (this.#waiters ??= new Set()).add(waiter);
    return () => this.#waiters?.delete(waiter);
  }

  /** Calls and removes every waiter that was registered before this call. */
  notify(): void {
    const waiters = this.#waiters;
    if (waiters === undefined || waiters.size === 0) return;
    this.#waiters = undefined;
    for (const waiter of waiters) waiter();
  }
}
