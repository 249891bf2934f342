/** Open descriptions of files with content: regular ones with an offset, and texts that were made at opening (as in /proc). */
import { WaitQueue } from '../../engine/wait-queue.ts';
import { errno, type Errno } from '../errno.ts';
import { CountedFile, type OpenFile, type ReadRequest, type ReadResult } from './open-file.ts';
import type { FileNode, Node } from './node.ts';
import type { OpenFlags } from './vfs.ts';

/** Never notified: files of this kind are always ready. */
const NEVER = new WaitQueue();

/** A file's content as its file system keeps it. */
export interface Content {
  text: string;
  /** Changes the text, if there is room. */
  replace(text: string): Errno | undefined;
  append(text: string): Errno | undefined;
}

/** The end of a read that starts at `offset`. */
function readEnd(text: string, offset: number, request: ReadRequest): number {
  const end = Math.min(text.length, offset + request.max);
  if (request.until === undefined) return end;
  const found = text.indexOf(request.until, offset);
  return found >= 0 && found < end ? found + 1 : end;
}

/** Shared by all descriptions that stand for a file of some file system. */
export interface NodeFile extends OpenFile {
  readonly node: Node;
}

export class RegularFile extends CountedFile implements NodeFile {
  readonly description: string;
  readonly access?: 'read' | 'write';
  readonly node: FileNode;
  readonly readable = NEVER;
  readonly writable = NEVER;
  readonly full = false;
  readonly #content: Content;
  readonly #flags: OpenFlags;
  #offset = 0;

  constructor(options: { readonly path: string; readonly node: FileNode; readonly content: Content; readonly flags: OpenFlags }) {
    super();
    this.description = options.path;
    this.node = options.node;
    this.#content = options.content;
    this.#flags = options.flags;
    if (!options.flags.write) this.access = 'read';
    else if (!options.flags.read) this.access = 'write';
  }

  read(request: ReadRequest): ReadResult {
    if (!this.#flags.read) return errno('EBADF');
    const { text } = this.#content;
    const end = readEnd(text, this.#offset, request);
    const piece = text.slice(this.#offset, end);
    this.#offset = Math.max(this.#offset, end);
    return piece;
  }

  write(text: string): Errno | undefined {
    if (!this.#flags.write) return errno('EBADF');
    const { text: old } = this.#content;
    if (this.#flags.append || this.#offset === old.length) {
      const failed = this.#content.append(text);
      if (!failed) this.#offset = old.length + text.length;
      return failed;
    }
    const head = this.#offset > old.length ? old + '\0'.repeat(this.#offset - old.length) : old.slice(0, this.#offset);
    const failed = this.#content.replace(head + text + old.slice(this.#offset + text.length));
    if (!failed) this.#offset += text.length;
    return failed;
  }

  seek(offset: number): number {
    this.#offset = Math.max(0, offset);
    return this.#offset;
  }

  protected closed(): void {
    // Content outlives its readers.
  }
}

/** A text that was made when it was opened; `onWrite` takes what is written, if anything may be. */
export class TextFile extends CountedFile implements NodeFile {
  readonly description: string;
  readonly node: Node;
  readonly readable = NEVER;
  readonly writable = NEVER;
  readonly full = false;
  readonly #text: string;
  readonly #onWrite: ((text: string) => Errno | undefined) | undefined;
  #offset = 0;

  constructor(options: {
    readonly path: string;
    readonly node: Node;
    readonly text: string;
    readonly onWrite?: ((text: string) => Errno | undefined) | undefined;
  }) {
    super();
    this.description = options.path;
    this.node = options.node;
    this.#text = options.text;
    this.#onWrite = options.onWrite;
  }

  read(request: ReadRequest): ReadResult {
    const end = readEnd(this.#text, this.#offset, request);
    const piece = this.#text.slice(this.#offset, end);
    this.#offset = end;
    return piece;
  }

  write(text: string): Errno | undefined {
    return this.#onWrite ? this.#onWrite(text) : errno('EINVAL');
  }

  seek(offset: number): number {
    this.#offset = Math.max(0, offset);
    return this.#offset;
  }

  protected closed(): void {
    // Nothing to give back.
  }
}

/** Directories can be opened, not read (EISDIR). */
export class DirectoryFile extends CountedFile implements NodeFile {
  readonly description: string;
  readonly node: Node;
  readonly readable = NEVER;
  readonly writable = NEVER;
  readonly full = false;

  constructor(path: string, node: Node) {
    super();
    this.description = path;
    this.node = node;
  }

  read(): ReadResult {
    return errno('EISDIR');
  }

  write(): Errno {
    return errno('EBADF');
  }

  protected closed(): void {
    // Nothing to give back.
  }
}
