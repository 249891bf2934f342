/**
 * Lets a world's time pass while somebody looks: about as fast as real time, in small slices, so that neither an endless
 * loop nor a big cluster can hold the page up. Knows nothing of what happens in the world.
 */
import { driveTo } from './drive.ts';
import type { Simulation } from '../sim/engine/simulation.ts';

/** Real milliseconds between two slices, and how long one may take. */
const PERIOD = 16;
const SLICE = 6;
/** Real time that is made up for at once; after a sleeping tab the world goes on where it was. */
const MOST = 120;

export class Clock {
  readonly #simulation: Simulation;
  readonly #onTick: () => void;
  #last = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onTick called after each slice in which something happened */
  constructor(simulation: Simulation, onTick: () => void) {
    this.#simulation = simulation;
    this.#onTick = onTick;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#last = performance.now();
    this.#timer = setTimeout(this.#tick, PERIOD);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #tick = (): void => {
    const now = performance.now();
    const passed = Math.min(now - this.#last, MOST);
    this.#last = now;
    let steps = 0;
    if (!this.#simulation.waitsForOutside) {
      steps = driveTo(this.#simulation, this.#simulation.now + passed, { due: () => performance.now() - now >= SLICE }).steps;
    }
    this.#timer = setTimeout(this.#tick, document.hidden ? PERIOD * 15 : PERIOD);
    if (steps > 0) this.#onTick();
  };
}
