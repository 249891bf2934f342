/** What a container wrote, as files for its process and as lines for `kubectl logs` (containerd: internal/cri/io/logger.go). */
import { WaitQueue } from '../../engine/wait-queue.ts';
import { errno, type Errno } from '../../linux/errno.ts';
import { CountedFile, type OpenFile, type ReadResult } from '../../linux/fs/open-file.ts';
import type { Outlet } from '../../linux/tty/output-pace.ts';
import type { ContainerLog } from './runtime.ts';

interface LogEntry {
  readonly at: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Characters kept per container; older ones are rotated away, as the kubelet does past containerLogMaxSize. */
const LIMIT = 1_000_000;

export class LogBuffer implements ContainerLog {
  #entries: LogEntry[] = [];
  #size = 0;
  readonly #listeners = new Set<() => void>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  append(stream: LogEntry['stream'], text: string): void {
    if (text === '') return;
    this.#entries.push({ at: this.#now(), stream, text });
    this.#size += text.length;
    while (this.#size > LIMIT && this.#entries.length > 1) this.#size -= this.#entries.shift()?.text.length ?? 0;
    this.changed();
  }

  /** Tells the followers, also when the container has ended. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Standard output or error of a container without a terminal. */
export class LogFile extends CountedFile implements OpenFile {
  readonly readable = new WaitQueue();
  readonly #writable = new WaitQueue();
  readonly description: string;
  readonly access = 'write';
  readonly #write: (text: string) => void;
  readonly #outlet: () => Outlet | undefined;

  /** @param outlet what takes the text further, where that may be too slow for it */
  constructor(inode: number, write: (text: string) => void, outlet: () => Outlet | undefined = () => undefined) {
    super();
    this.description = `pipe:[${inode}]`;
    this.#write = write;
    this.#outlet = outlet;
  }

  get full(): boolean {
    return this.#outlet()?.full === true;
  }

  get writable(): WaitQueue {
    return this.#outlet()?.writable ?? this.#writable;
  }

  read(): ReadResult {
    return errno('EBADF');
  }

  write(text: string): Errno | undefined {
    this.#write(text);
    return undefined;
  }

  protected closed(): void {
    // The log outlives its writers.
  }
}
