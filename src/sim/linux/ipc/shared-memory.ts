/** System V shared memory (ipc/shm.c): segments, who is attached, limits. */
import { errno, isErrno, type Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import { IpcTable, permits, type GetFlags, type IpcObject } from './ipc-object.ts';

export interface Segment extends IpcObject {
  /** In bytes. */
  readonly size: number;
  attached: number;
  readonly creator: Process;
  lastOperator: Process | undefined;
  /** Unix milliseconds; 0 when it never happened. */
  attachedAt: number;
  detachedAt: number;
  content: string;
}

const PAGE = 4096;

export class SharedMemory {
  readonly table = new IpcTable<Segment>();
  /** kernel.shmmni, kernel.shmmax (bytes), kernel.shmall (pages); the latter two are ULONG_MAX - 2^24. */
  readonly limits = { segments: 4096, max: 18_446_744_073_692_774_399n, all: 18_446_744_073_692_774_399n, min: 1 };

  /** shmget(2). @returns EINVAL (size), ENOSPC (too many), ENOENT, EEXIST, EACCES */
  get(caller: Process, key: number, request: { readonly size: number; readonly flags: GetFlags }): Segment | Errno {
    return this.table.get(caller, key, {
      flags: request.flags,
      accepts: (segment) => (segment.size < request.size ? errno('EINVAL') : undefined),
      create: (object) => {
        if (request.size < this.limits.min || BigInt(Math.trunc(request.size)) > this.limits.max) return errno('EINVAL');
        if (this.table.size >= this.limits.segments) return errno('ENOSPC');
        return { ...object, size: request.size, attached: 0, creator: caller, lastOperator: undefined, attachedAt: 0, detachedAt: 0, content: '' };
      },
    });
  }

  /** shmat(2); `readonly` needs less rights. */
  attach(caller: Process, id: number, options: { readonly readonly?: boolean } = {}): Segment | Errno {
    const segment = this.table.find(id);
    if (!segment) return errno('EINVAL');
    if (!permits(caller, segment, options.readonly ? 0o444 : 0o666)) return errno('EACCES');
    segment.attached++;
    segment.attachedAt = caller.kernel.simulation.wallClock;
    segment.lastOperator = caller;
    return segment;
  }

  /** shmdt(2), and what the end of a process does. */
  detach(caller: Process, segment: Segment): void {
    segment.attached--;
    segment.detachedAt = caller.kernel.simulation.wallClock;
    segment.lastOperator = caller;
    if (segment.destroyed && segment.attached === 0) this.table.delete(segment.id);
  }

  /** IPC_RMID: a segment that is in use goes when its last user goes. */
  remove(caller: Process, id: number): Errno | undefined {
    const segment = this.table.own(caller, id);
    if (isErrno(segment)) return segment;
    if (segment.attached > 0) segment.destroyed = true;
    else this.table.delete(id);
    return undefined;
  }

  /** Pages of all segments, for `ipcs -u`. */
  get pages(): number {
    return this.table.list().reduce((sum, segment) => sum + Math.ceil(segment.size / PAGE), 0);
  }
}
