/** Which processes hold a socket, as tools find out through the `/proc/PID/fd` that they may read. */
import { mayInspect } from '../../linux/fs/permission.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';
import { visibleProcesses } from '../process-table/visible-processes.ts';

export interface SocketHolderView {
  readonly pid: number;
  readonly fd: number;
  readonly comm: string;
  readonly argv: readonly string[];
}

/** @returns holders by socket inode, in the order of PIDs and descriptors */
export function socketHolders(context: ProcessContext): ReadonlyMap<number, readonly SocketHolderView[]> {
  const holders = new Map<number, SocketHolderView[]>();
  for (const { process, pid, comm, argv } of visibleProcesses(context)) {
    if (!mayInspect(context.process, process)) continue;
    for (const [fd, file] of [...process.files].sort(([a], [b]) => a - b)) {
      const inode = /^socket:\[(\d+)\]$/.exec(file.description)?.[1];
      if (inode === undefined) continue;
      const list = holders.get(Number(inode));
      if (list) list.push({ pid, fd, comm, argv });
      else holders.set(Number(inode), [{ pid, fd, comm, argv }]);
    }
  }
  return holders;
}

/** Whether BusyBox's -p has to say that it saw nothing: not as the machine's root, and no process with a socket (networking/netstat.c prg_cache_load). */
export function scanFails(context: ProcessContext): boolean {
  return context.process.credentials.uid !== 0 && socketHolders(context).size === 0;
}
