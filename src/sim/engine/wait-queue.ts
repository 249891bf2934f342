/** Something that can be waited for. Knows nothing of processes: waiters are callbacks. */
export class WaitQueue {
  readonly #waiters = new Set<() => void>();

  /** Registers a one-shot waiter; the returned function withdraws it. */
  add(waiter: () => void): () => void {
    this.#waiters.add(waiter);
    return () => this.#waiters.delete(waiter);
  }

  /** Calls and removes every waiter that was registered before this call. */
  notify(): void {
    if (this.#waiters.size === 0) return;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter();
  }
}
