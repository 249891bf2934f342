/** System V message queues (ipc/msg.c). */
import { errno, isErrno, type Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import { WaitQueue } from '../../engine/wait-queue.ts';
import { IpcTable, permits, type GetFlags, type IpcObject } from './ipc-object.ts';

export interface Message {
  readonly type: number;
  readonly text: string;
}

export interface MessageQueue extends IpcObject {
  readonly messages: Message[];
  /** Most bytes it may hold (msg_qbytes). */
  capacity: number;
  /** Unix milliseconds; 0 for never. */
  sentAt: number;
  receivedAt: number;
  lastSender: Process | undefined;
  lastReceiver: Process | undefined;
  readonly moved: WaitQueue;
}

export class MessageQueues {
  readonly table = new IpcTable<MessageQueue>();
  /** kernel.msgmni, kernel.msgmax, kernel.msgmnb. */
  readonly limits = { queues: 32_000, message: 8192, queue: 16_384 };

  /** msgget(2). */
  get(caller: Process, key: number, flags: GetFlags): MessageQueue | Errno {
    return this.table.get(caller, key, {
      flags,
      accepts: () => undefined,
      create: (object) => {
        if (this.table.size >= this.limits.queues) return errno('ENOSPC');
        return {
          ...object,
          messages: [],
          capacity: this.limits.queue,
          sentAt: 0,
          receivedAt: 0,
          lastSender: undefined,
          lastReceiver: undefined,
          moved: new WaitQueue(),
        };
      },
    });
  }

  /** msgsnd(2) with IPC_NOWAIT. @returns EAGAIN when it is full, EINVAL, EACCES */
  send(caller: Process, id: number, message: Message): Errno | undefined {
    const queue = this.table.find(id);
    if (!queue || message.type < 1 || message.text.length > this.limits.message) return errno('EINVAL');
    if (!permits(caller, queue, 0o222)) return errno('EACCES');
    if (usedBytes(queue) + message.text.length > queue.capacity) return errno('EAGAIN');
    queue.messages.push(message);
    queue.sentAt = caller.kernel.simulation.wallClock;
    queue.lastSender = caller;
    queue.moved.notify();
    return undefined;
  }

  /** msgrcv(2) with IPC_NOWAIT: the first message, or the first of `type` when it is positive. */
  receive(caller: Process, id: number, type = 0): Message | Errno {
    const queue = this.table.find(id);
    if (!queue) return errno('EINVAL');
    if (!permits(caller, queue, 0o444)) return errno('EACCES');
    const index = queue.messages.findIndex((message) => type === 0 || message.type === type);
    const [message] = index < 0 ? [] : queue.messages.splice(index, 1);
    if (!message) return errno('EAGAIN');
    queue.receivedAt = caller.kernel.simulation.wallClock;
    queue.lastReceiver = caller;
    queue.moved.notify();
    return message;
  }

  remove(caller: Process, id: number): Errno | undefined {
    const queue = this.table.own(caller, id);
    if (isErrno(queue)) return queue;
    this.table.delete(id);
    queue.moved.notify();
    return undefined;
  }
}

/** Bytes of all messages in `queue`. */
export function usedBytes(queue: MessageQueue): number {
  return queue.messages.reduce((sum, message) => sum + message.text.length, 0);
}
