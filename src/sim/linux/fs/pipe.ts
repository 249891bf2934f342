/** Pipes (pipe(7)): a bounded buffer with a reading and a writing end. */
import { WaitQueue } from '../../engine/wait-queue.ts';
import { errno, type Errno } from '../errno.ts';
import { AGAIN, CountedFile, type OpenFile, type ReadRequest, type ReadResult } from './open-file.ts';

/** Capacity in characters; Linux has 65,536 bytes. */
const CAPACITY = 65_536;

class PipeBuffer {
  text = '';
  readers = true;
  writers = true;
  readonly readable = new WaitQueue();
  readonly writable = new WaitQueue();
  readonly inode: number;
  constructor(inode: number) {
    this.inode = inode;
  }
}

/** Takes what `request` asks for from the front of `text`. @returns [taken, rest], or undefined when `until` is wanted and neither it nor `max` is reached */
export function takeFrom(text: string, request: ReadRequest, ended: boolean): readonly [string, string] | undefined {
  if (text === '') return undefined;
  let length = Math.min(text.length, request.max);
  if (request.until !== undefined) {
    const found = text.indexOf(request.until);
    if (found >= 0) length = Math.min(length, found + 1);
    else if (!ended && text.length < request.max) return undefined;
  }
  return [text.slice(0, length), text.slice(length)];
}

class ReadEnd extends CountedFile implements OpenFile {
  readonly access = 'read';
  readonly #pipe: PipeBuffer;
  readonly full = false;
  constructor(pipe: PipeBuffer) {
    super();
    this.#pipe = pipe;
  }
  get description(): string {
    return `pipe:[${this.#pipe.inode}]`;
  }
  get readable(): WaitQueue {
    return this.#pipe.readable;
  }
  get writable(): WaitQueue {
    return this.#pipe.writable;
  }
  read(request: ReadRequest): ReadResult {
    const taken = takeFrom(this.#pipe.text, request, !this.#pipe.writers);
    if (!taken) return this.#pipe.writers ? AGAIN : '';
    this.#pipe.text = taken[1];
    this.#pipe.writable.notify();
    return taken[0];
  }
  write(): Errno {
    return errno('EBADF');
  }
  protected closed(): void {
    this.#pipe.readers = false;
    this.#pipe.writable.notify();
  }
}

class WriteEnd extends CountedFile implements OpenFile {
  readonly access = 'write';
  readonly #pipe: PipeBuffer;
  constructor(pipe: PipeBuffer) {
    super();
    this.#pipe = pipe;
  }
  get description(): string {
    return `pipe:[${this.#pipe.inode}]`;
  }
  get readable(): WaitQueue {
    return this.#pipe.readable;
  }
  get writable(): WaitQueue {
    return this.#pipe.writable;
  }
  get full(): boolean {
    return this.#pipe.readers && this.#pipe.text.length >= CAPACITY;
  }
  read(): ReadResult {
    return errno('EBADF');
  }
  write(text: string): Errno | undefined {
    if (!this.#pipe.readers) return errno('EPIPE');
    this.#pipe.text += text;
    this.#pipe.readable.notify();
    return undefined;
  }
  protected closed(): void {
    this.#pipe.writers = false;
    this.#pipe.readable.notify();
  }
}

/** @returns the reading and the writing end of a new pipe; `inode` is the number that /proc shows */
export function createPipe(inode: number): { readonly reader: OpenFile; readonly writer: OpenFile } {
  const pipe = new PipeBuffer(inode);
  return { reader: new ReadEnd(pipe), writer: new WriteEnd(pipe) };
}
