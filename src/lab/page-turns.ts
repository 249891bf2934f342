/**
 * How long work on a world may hold a page up, and how the page gets its turn: everything that boots, plays or repeats a
 * world here asks this. Knows nothing of the work.
 */
import type { Turns } from '../sim/engine/simulation.ts';

/** Real milliseconds of work between two turns of the page. */
export const TURN = 8;

export class PageTurns implements Turns {
  readonly #signal: AbortSignal | undefined;
  /** The present task may have done much already, so the page comes first. */
  #begun = Number.NEGATIVE_INFINITY;

  /** @param signal says that nobody wants the work any more: `give` then throws its reason */
  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  readonly due = (): boolean => performance.now() - this.#begun >= TURN;

  readonly give = async (): Promise<void> => {
    await nextTurn();
    this.#signal?.throwIfAborted();
    this.#begun = performance.now();
  };
}

/** Whatever waits, keys and pictures among it, comes first; timers alone would wait another 4 ms each time. */
async function nextTurn(): Promise<void> {
  const { scheduler } = globalThis as { readonly scheduler?: { readonly yield?: () => Promise<void> } };
  if (scheduler?.yield) await scheduler.yield();
  else await new Promise((resolve) => setTimeout(resolve));
}
