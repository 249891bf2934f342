/** Waiting times that double with each failure. Modelled on client-go util/flowcontrol/backoff.go (v0.37). Times are virtual milliseconds. */
interface Entry {
  backoff: number;
  updated: number;
}

export class Backoff {
  readonly #initial: number;
  readonly #max: number;
  readonly #entries = new Map<string, Entry>();

  constructor(initial: number, max: number) {
    this.#initial = initial;
    this.#max = max;
  }

  /** The present waiting time of a key; 0 when nothing failed yet. */
  get(key: string): number {
    return this.#entries.get(key)?.backoff ?? 0;
  }

  /** Notes a failure at `now`: the first waits the initial time, each further one twice as long. */
  next(key: string, now: number): void {
    const entry = this.#entries.get(key);
    const expired = entry === undefined || now - entry.updated > 2 * this.#max;
    this.#entries.set(key, { backoff: expired ? this.#initial : Math.min(2 * entry.backoff, this.#max), updated: now });
  }

  /** Whether something that happened at `since` still has to wait at `now`. */
  isWaitingSince(key: string, since: number, now: number): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined || since - entry.updated > 2 * this.#max) return false;
    return now - since < entry.backoff;
  }

  /** Whether the last failure is still to be waited for. */
  isWaiting(key: string, now: number): boolean {
    const entry = this.#entries.get(key);
    return entry !== undefined && now - entry.updated < entry.backoff;
  }

  /** Forgets keys that begin so, such as all of one Pod. */
  forget(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.#entries.delete(key);
  }
}
