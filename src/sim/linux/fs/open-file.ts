/** An open file description: what a file descriptor stands for. Concrete kinds: regular files, pipes, terminals, sockets, devices. */
import type { WaitQueue } from '../../engine/wait-queue.ts';
import type { Errno } from '../errno.ts';
import type { AnyNamespace } from '../namespace/namespaces.ts';
import type { Tty } from '../tty/pty.ts';
import type { Node } from './node.ts';

export interface ReadRequest {
  /** At most this many characters. */
  readonly max: number;
  /** Stop after the first of this character, if it comes within `max`. */
  readonly until?: string;
}

/** `''` is end of file; AGAIN means: nothing there yet, wait for `readable`. */
export type ReadResult = string | Errno | typeof AGAIN;

export const AGAIN = { kind: 'again' } as const;

export function isAgain(result: ReadResult): result is typeof AGAIN {
  return result === AGAIN;
}

export interface OpenFile {
  /** What `ls -l /proc/PID/fd/N` shows behind the arrow, such as `/dev/null`, `pipe:[1234]`, `socket:[99]`. */
  readonly description: string;
  /** What it was opened from, for files that a path leads to. */
  readonly node?: Node;
  /** The namespace behind it, for files of /proc/PID/ns and what is mounted from there. */
  readonly namespace?: AnyNamespace;
  /** Mode it was opened with; both ways where it is not told. */
  readonly access?: 'read' | 'write';
  /** lseek(2) from the start, in characters; only files with an offset have it. @returns the new offset */
  seek?(offset: number): number;
  /** The terminal behind it, if it is one. */
  readonly tty?: Tty | undefined;
  readonly readable: WaitQueue;
  readonly writable: WaitQueue;
  read(request: ReadRequest): ReadResult;
  /** Takes all of `text` or none of it; what does not fit makes `full` true until readers make room. */
  write(text: string): Errno | undefined;
  /** Whether a writer should wait for `writable` before it goes on. */
  readonly full: boolean;
  /** Number of descriptors that stand for it; `retain` and `release` keep count, and the last `release` closes. */
  retain(): void;
  release(): void;
}

/** Reference counting for the concrete kinds. */
export abstract class CountedFile {
  #count = 0;

  retain(): void {
    this.#count++;
  }

  release(): void {
    if (--this.#count === 0) this.closed();
  }

  protected abstract closed(): void;
}
