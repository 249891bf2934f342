/** The world's diary: an append-only list of facts with their virtual time, for timelines and drawings. Bounded; knows no kinds itself. */
export interface LogEntry {
  /** Running number from 0. */
  readonly index: number;
  /** Virtual milliseconds since the world began. */
  readonly at: number;
  /** What happened, such as `pod.scheduled` or `process.exited`. */
  readonly kind: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

const LIMIT = 20_000;

export class EventLog {
  #entries: LogEntry[] = [];
  #next = 0;
  readonly #listeners = new Set<(entry: LogEntry) => void>();

  append(at: number, kind: string, facts: LogEntry['facts']): void {
    const entry: LogEntry = { index: this.#next++, at, kind, facts };
    this.#entries.push(entry);
    if (this.#entries.length > LIMIT) this.#entries = this.#entries.slice(LIMIT / 2);
    for (const listener of this.#listeners) listener(entry);
  }

  /** The remembered entries, oldest first. */
  entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Calls `listener` for each new entry; the returned function ends that. Listeners must not change the world. */
  subscribe(listener: (entry: LogEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
