/** System V semaphore arrays (ipc/sem.c). */
import { errno, isErrno, type Errno } from '../errno.ts';
import { pidIn, type Process } from '../process/process.ts';
import { WaitQueue } from '../../engine/wait-queue.ts';
import { IpcTable, permits, type GetFlags, type IpcObject } from './ipc-object.ts';

export interface SemaphoreArray extends IpcObject {
  readonly values: number[];
  /** Unix milliseconds of the last operation; 0 for none. */
  operatedAt: number;
  lastOperator: Process | undefined;
  readonly moved: WaitQueue;
}

export class Semaphores {
  readonly table = new IpcTable<SemaphoreArray>();
  /** kernel.sem and SEMVMX: per array, in all, per semop(2), arrays, highest value. */
  readonly limits = { perArray: 32_000, all: 1_024_000_000, operations: 500, arrays: 32_000, max: 32_767 };

  /** semget(2). @returns EINVAL (number), ENOSPC, ENOENT, EEXIST, EACCES */
  get(caller: Process, key: number, request: { readonly count: number; readonly flags: GetFlags }): SemaphoreArray | Errno {
    if (request.count < 0 || request.count > this.limits.perArray) return errno('EINVAL');
    return this.table.get(caller, key, {
      flags: request.flags,
      accepts: (array) => (array.values.length < request.count ? errno('EINVAL') : undefined),
      create: (object) => {
        if (request.count === 0) return errno('EINVAL');
        if (this.table.size >= this.limits.arrays || this.used + request.count > this.limits.all) return errno('ENOSPC');
        return { ...object, values: Array.from({ length: request.count }, () => 0), operatedAt: 0, lastOperator: undefined, moved: new WaitQueue() };
      },
    });
  }

  /** One operation of semop(2) on one semaphore. @returns EAGAIN when it would block, ERANGE, EFBIG, EACCES, EINVAL */
  operate(caller: Process, id: number, operation: { readonly index: number; readonly by: number }): Errno | undefined {
    const array = this.table.find(id);
    if (!array) return errno('EINVAL');
    const value = array.values[operation.index];
    if (value === undefined) return errno('EFBIG');
    if (!permits(caller, array, operation.by === 0 ? 0o444 : 0o222)) return errno('EACCES');
    const next = value + operation.by;
    if (next > this.limits.max) return errno('ERANGE');
    if (operation.by === 0 ? value !== 0 : next < 0) return errno('EAGAIN');
    array.values[operation.index] = next;
    array.operatedAt = caller.kernel.simulation.wallClock;
    array.lastOperator = pidIn(caller, caller.namespaces.pid) === undefined ? undefined : caller;
    array.moved.notify();
    return undefined;
  }

  remove(caller: Process, id: number): Errno | undefined {
    const array = this.table.own(caller, id);
    if (isErrno(array)) return array;
    this.table.delete(id);
    array.moved.notify();
    return undefined;
  }

  /** Semaphores of all arrays. */
  get used(): number {
    return this.table.list().reduce((sum, array) => sum + array.values.length, 0);
  }
}
