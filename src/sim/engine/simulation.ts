/**
 * Virtual time: a clock, a queue of timed actions, a seed and a log. Whoever drives it (a page, a test, the replay
 * command) decides how much virtual time passes; nothing here looks at a real clock. Knows nothing of Linux or Kubernetes.
 */
import { EventLog } from './event-log.ts';
import { Random } from './random.ts';

export interface Timer {
  readonly cancel: () => void;
}

interface Entry {
  at: number;
  readonly order: number;
  action: (() => void) | undefined;
}

export interface SimulationOptions {
  readonly seed: string;
  /** Unix milliseconds at virtual time 0. */
  readonly epoch: number;
}

/** How others get their turn while a world is worked on; whoever drives it knows, it does not. */
export interface Turns {
  /** Others have waited long enough. */
  readonly due: () => boolean;
  /** Lets them have their turn. Rejects when nobody wants the work any more. */
  readonly give: () => Promise<void>;
}

export interface SettleLimits {
  /** Virtual milliseconds. */
  readonly limit: number;
  /** Actions in all. */
  readonly budget?: number;
  readonly turns?: Turns;
}

export class Simulation {
  readonly random: Random;
  readonly log = new EventLog();
  readonly epoch: number;
  #now = 0;
  #order = 0;
  #steps = 0;
  readonly #heap: Entry[] = [];
  readonly #external = new Set<Promise<unknown>>();

  constructor(options: SimulationOptions) {
    this.random = new Random(options.seed);
    this.epoch = options.epoch;
  }

  /** Virtual milliseconds since the world began. */
  get now(): number {
    return this.#now;
  }

  /** Actions run so far: together with `now` the exact place in this world's course, equal in every run from the same seed. */
  get steps(): number {
    return this.#steps;
  }

  /** The world's own wall clock, as Unix milliseconds. */
  get wallClock(): number {
    return this.epoch + this.#now;
  }

  /** Runs `action` after `delay` virtual milliseconds; equal times run in the order of the calls. */
  after(delay: number, action: () => void): Timer {
    const entry: Entry = { at: this.#now + Math.max(0, delay), order: this.#order++, action };
    this.#push(entry);
    return {
      cancel: () => {
        entry.action = undefined;
      },
    };
  }

  /**
   * Lets `duration` pass in which nothing happens: the clock moves and everything that is planned moves along. For worlds
   * that are to be a while old when somebody enters them.
   */
  leap(duration: number): void {
    this.#now += duration;
    for (const entry of this.#heap) entry.at += duration;
  }

  /** Writes a fact into the log at the present time. */
  record(kind: string, facts: Readonly<Record<string, string | number | boolean>>): void {
    this.log.append(this.#now, kind, facts);
  }

  /** Virtual time of the next action, if there is one. */
  get nextAt(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.at;
  }

  /** Runs the next action. @returns false when nothing is left to do. */
  step(): boolean {
    this.#dropCancelled();
    const entry = this.#pop();
    if (!entry) return false;
    this.#now = Math.max(this.#now, entry.at);
    this.#steps++;
    const action = entry.action;
    entry.action = undefined;
    action?.();
    return true;
  }

  /**
   * Lets `duration` virtual milliseconds pass, at most `budget` actions.
   * @returns the actions run, and whether the time really passed (false: the budget ran out first)
   */
  advance(duration: number, budget = Number.POSITIVE_INFINITY): { steps: number; complete: boolean } {
    const end = this.#now + duration;
    let steps = 0;
    for (;;) {
      const next = this.nextAt;
      if (next === undefined || next > end) break;
      if (steps >= budget) return { steps, complete: false };
      this.step();
      steps++;
    }
    this.#now = end;
    return { steps, complete: true };
  }

  /**
   * Like `runUntil`, but lets outside work (chunks being loaded) arrive first whenever there is any; virtual time stands still
   * meanwhile. With `turns` it gives way to others whenever that is due.
   */
  async runUntilSettled(done: () => boolean, limits: SettleLimits): Promise<boolean> {
    const { turns } = limits;
    const end = this.#now + limits.limit;
    const last = this.#steps + (limits.budget ?? 5_000_000);
    while (this.#steps < last) {
      await this.settled();
      // At least one action between two turns, so that whoever is always told to give way still gets on.
      const before = this.#steps;
      const due = (): boolean => this.#steps > before && turns?.due() === true;
      const stopped = this.runUntil(() => done() || this.waitsForOutside || this.#steps >= last || due(), { limit: end - this.#now });
      if (done()) return true;
      if (!stopped) return false;
      if (turns?.due() === true) await turns.give();
    }
    return false;
  }

  /**
   * Runs until `done()` holds. Stops early when virtual `limit` milliseconds have passed, `budget` actions ran, or nothing is left.
   * @returns whether `done()` holds
   */
  runUntil(done: () => boolean, limits: { readonly limit: number; readonly budget?: number }): boolean {
    const end = this.#now + limits.limit;
    let left = limits.budget ?? 5_000_000;
    while (!done()) {
      const next = this.nextAt;
      if (next === undefined || next > end || left-- <= 0) return done();
      this.step();
    }
    return true;
  }

  /** Announces work outside of virtual time, such as loading a chunk; drivers wait for `settled()` before they let time pass. */
  external<T>(promise: Promise<T>): Promise<T> {
    this.#external.add(promise);
    const forget = (): void => {
      this.#external.delete(promise);
    };
    promise.then(forget, forget);
    return promise;
  }

  /** Whether such work is under way. */
  get waitsForOutside(): boolean {
    return this.#external.size > 0;
  }

  /** Resolves when no outside work is under way (and its continuations had their turn). */
  async settled(): Promise<void> {
    while (this.#external.size > 0) {
      await Promise.allSettled([...this.#external]);
      await Promise.resolve();
    }
  }

  #before(a: Entry, b: Entry): boolean {
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = heap[up];
      if (!parent || !this.#before(entry, parent)) break;
      heap[i] = parent;
      i = up;
    }
    heap[i] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      const left = heap[child];
      if (!left) break;
      const right = heap[child + 1];
      let smaller = left;
      if (right && this.#before(right, left)) {
        smaller = right;
        child++;
      }
      if (!this.#before(smaller, last)) break;
      heap[i] = smaller;
      i = child;
    }
    heap[i] = last;
    return top;
  }

  #dropCancelled(): void {
    while (this.#heap.length > 0 && this.#heap[0]?.action === undefined) this.#pop();
  }
}
