/** The writing end of a command that the kubelet runs for itself: keeps the first part of what was written. */
import { WaitQueue } from '../../engine/wait-queue.ts';
import type { ExecRequest } from '../cri/runtime.ts';

type Stream = ExecRequest['stdout'];

/** pkg/probe/exec: maxReadLength. */
const LIMIT = 10 * 1024;

export class OutputSink implements Stream {
  readonly description = 'pipe:[0]';
  readonly access = 'write';
  readonly readable = new WaitQueue();
  readonly writable = new WaitQueue();
  readonly full = false;
  #text = '';

  /** What was written so far. */
  text(): string {
    return this.#text;
  }

  read(): ReturnType<Stream['read']> {
    return '';
  }

  write(text: string): undefined {
    if (this.#text.length < LIMIT) this.#text = (this.#text + text).slice(0, LIMIT);
    return undefined;
  }

  retain(): void {
    // One reader for its whole life; nothing to count.
  }

  release(): void {
    // As above.
  }
}
