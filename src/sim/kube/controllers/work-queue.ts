/**
 * Keys that wait to be reconciled, each at most once; failures wait longer and longer.
 * Modelled on client-go util/workqueue with the default controller rate limiter (5 ms doubling up to 1000 s, v0.37).
 */
import type { Simulation } from '../../engine/simulation.ts';

const FIRST_DELAY = 5;
const MAX_DELAY = 1_000_000;

export class WorkQueue {
  readonly #simulation: Simulation;
  readonly #latency: number;
  readonly #reconcile: (key: string) => void;
  #delays = { first: FIRST_DELAY, most: MAX_DELAY };
  readonly #queued = new Set<string>();
  readonly #failures = new Map<string, number>();

  /** @param latency virtual milliseconds from `add` to the work */
  constructor(simulation: Simulation, latency: number, reconcile: (key: string) => void) {
    this.#simulation = simulation;
    this.#latency = latency;
    this.#reconcile = reconcile;
  }

  /** Other waits than usual after failures. @param delays virtual milliseconds */
  retryingAfter(delays: { readonly first: number; readonly most: number }): this {
    this.#delays = delays;
    return this;
  }

  /** Lets a key be worked on soon. */
  add(key: string): void {
    if (this.#queued.has(key)) return;
    this.#queued.add(key);
    this.#simulation.after(this.#latency, () => {
      this.#queued.delete(key);
      this.#reconcile(key);
    });
  }

  /** The same, after some virtual milliseconds. */
  addAfter(key: string, delay: number): void {
    this.#simulation.after(delay, () => this.add(key));
  }

  /** Lets a key that failed be worked on after its backoff. */
  retry(key: string): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.addAfter(key, Math.min(this.#delays.most, this.#delays.first * 2 ** failures));
  }

  /** Forgets the failures of a key. */
  forget(key: string): void {
    this.#failures.delete(key);
  }
}
