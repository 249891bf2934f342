/** Counts what a program moves without waiting for anything, so that files which are always ready cannot keep everybody else from running. */
import type { Simulation } from '../../engine/simulation.ts';

/** Characters that a program may move before others get a turn. */
const TURN = 262_144;
/** What one call counts for, in characters: reading byte by byte takes time, too. */
const CALL = 64;

export class WorkMeter {
  readonly #simulation: Simulation;
  #moved = 0;
  #step = -1;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** One call that moved so many characters. */
  count(characters: number): void {
    const { steps } = this.#simulation;
    if (this.#step !== steps) this.#moved = 0;
    this.#step = steps;
    this.#moved += characters + CALL;
  }

  /** Whether this turn has been long enough. */
  get isOver(): boolean {
    return this.#step === this.#simulation.steps && this.#moved > TURN;
  }
}
