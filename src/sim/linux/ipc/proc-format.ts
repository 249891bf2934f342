/** The texts of /proc/sysvipc (ipc/shm.c, sem.c, msg.c: sysvipc_*_proc_show). */
import { idInside } from '../namespace/namespaces.ts';
import type { Process } from '../process/process.ts';
import { shownPid, type IpcObject } from './ipc-object.ts';
import { usedBytes } from './message-queues.ts';

const seconds = (time: number): string => String(Math.floor(time / 1000));
const right = (value: number | string, width: number): string => String(value).padStart(width);
const signed = (key: number): number => key | 0;

function ids(reader: Process, object: IpcObject): string {
  const { user } = reader.credentials;
  return [
    idInside(user.uidMap, object.uid),
    idInside(user.gidMap, object.gid),
    idInside(user.uidMap, object.creatorUid),
    idInside(user.gidMap, object.creatorGid),
  ]
    .map((id) => right(id, 5))
    .join(' ');
}

function modeOf(object: IpcObject): string {
  return (object.mode | (object.destroyed ? 0o1000 : 0)).toString(8);
}

/** /proc/sysvipc/shm as `reader` sees it. */
export function formatSharedMemory(reader: Process): string {
  const lines = [
    '       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap',
  ];
  for (const segment of reader.namespaces.ipc.shared.table.list()) {
    lines.push(
      [
        right(signed(segment.key), 10),
        right(segment.id, 10),
        right(modeOf(segment), 5),
        right(segment.size, 21),
        right(shownPid(segment.creator, reader), 5),
        right(shownPid(segment.lastOperator, reader), 5),
        right(segment.attached, 6),
        ids(reader, segment),
        right(seconds(segment.attachedAt), 10),
        right(seconds(segment.detachedAt), 10),
        right(seconds(segment.changed), 10),
        right(Math.ceil(segment.content.length / 4096) * 4096, 21),
        right(0, 21),
      ].join(' '),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** /proc/sysvipc/sem as `reader` sees it. */
export function formatSemaphores(reader: Process): string {
  const lines = ['       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime'];
  for (const array of reader.namespaces.ipc.semaphores.table.list()) {
    lines.push(
      [
        right(signed(array.key), 10),
        right(array.id, 10),
        right(modeOf(array), 5),
        right(array.values.length, 10),
        ids(reader, array),
        right(seconds(array.operatedAt), 10),
        right(seconds(array.changed), 10),
      ].join(' '),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** /proc/sysvipc/msg as `reader` sees it. */
export function formatMessageQueues(reader: Process): string {
  const lines = ['       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime'];
  for (const queue of reader.namespaces.ipc.messages.table.list()) {
    lines.push(
      [
        right(signed(queue.key), 10),
        right(queue.id, 10),
        right(modeOf(queue), 5),
        right(usedBytes(queue), 11),
        right(queue.messages.length, 10),
        right(shownPid(queue.lastSender, reader), 5),
        right(shownPid(queue.lastReceiver, reader), 5),
        ids(reader, queue),
        right(seconds(queue.sentAt), 10),
        right(seconds(queue.receivedAt), 10),
        right(seconds(queue.changed), 10),
      ].join(' '),
    );
  }
  return `${lines.join('\n')}\n`;
}
