/** Hands what listeners are told over to a program that waits for it, a small network delay later. */
import { WaitQueue } from '../../../../engine/wait-queue.ts';
import type { Blocking, ProcessContext } from '../../../../linux/process/process-context.ts';

/** Virtual milliseconds until a watcher hears of a change. */
const DELAY = 2;

export class Changes<T> {
  readonly #waiting: T[] = [];
  readonly #arrived = new WaitQueue();

  push(change: T): void {
    this.#waiting.push(change);
    this.#arrived.notify();
  }

  /** The next change. @returns undefined at the deadline (absolute virtual milliseconds) */
  *next(context: ProcessContext, deadline?: number): Blocking<T | undefined> {
    for (;;) {
      if (this.#waiting.length > 0) {
        yield* context.sleep(DELAY);
        return this.#waiting.shift();
      }
      const reason = yield* context.waitFor([this.#arrived], deadline);
      if (reason === 'timeout') return undefined;
    }
  }
}
