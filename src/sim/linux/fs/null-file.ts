/** /dev/null as an open file, for processes that are started without anybody at their streams. */
import { WaitQueue } from '../../engine/wait-queue.ts';
import { CountedFile, type OpenFile, type ReadResult } from './open-file.ts';

export class NullFile extends CountedFile implements OpenFile {
  readonly description = '/dev/null';
  readonly access?: 'read' | 'write';
  readonly readable = new WaitQueue();
  readonly writable = new WaitQueue();
  readonly full = false;

  /** @param access mode it was opened with; both ways where it is not told */
  constructor(access?: 'read' | 'write') {
    super();
    if (access !== undefined) this.access = access;
  }

  read(): ReadResult {
    return '';
  }

  write(): undefined {
    return undefined;
  }

  protected closed(): void {
    // Nothing is held.
  }
}
