/**
 * How fast a window shows what is written to its terminal, in virtual time: whoever writes faster waits, as behind a real
 * terminal. So a flood neither piles up in the page nor depends on how fast the page draws. Knows nothing of drawing.
 */
import type { Simulation } from '../../engine/simulation.ts';
import { WaitQueue } from '../../engine/wait-queue.ts';

/** What stands behind a terminal or a log: while it is `full`, writers wait for `writable`. */
export interface Outlet {
  readonly full: boolean;
  readonly writable: WaitQueue;
}

/** Characters taken at once, and shown per virtual millisecond from then on. */
const BUFFER = 65_536;
const RATE = 1000;

export class OutputPace implements Outlet {
  readonly writable = new WaitQueue();
  readonly #simulation: Simulation;
  #level = 0;
  #since = 0;
  #waking = false;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** Something was written. */
  take(characters: number): void {
    this.#drain();
    this.#level += characters;
  }

  get full(): boolean {
    this.#drain();
    if (this.#level <= BUFFER) return false;
    if (!this.#waking) {
      this.#waking = true;
      this.#simulation.after((this.#level - BUFFER / 2) / RATE, () => {
        this.#waking = false;
        this.writable.notify();
      });
    }
    return true;
  }

  #drain(): void {
    const { now } = this.#simulation;
    this.#level = Math.max(0, this.#level - (now - this.#since) * RATE);
    this.#since = now;
  }
}
