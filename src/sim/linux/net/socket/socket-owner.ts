/** Which processes hold which sockets, found as tools find it: through the open files of the processes that one may look at. */
import type { Process } from '../../process/process.ts';

export interface SocketHolder {
  readonly process: Process;
  readonly fd: number;
}

/** @returns holders by socket inode, in the order of `processes` and their descriptors */
export function holdersByInode(processes: Iterable<Process>): ReadonlyMap<number, readonly SocketHolder[]> {
  const holders = new Map<number, SocketHolder[]>();
  for (const process of processes) {
    for (const [fd, file] of process.files) {
      const inode = /^socket:\[(\d+)\]$/.exec(file.description)?.[1];
      if (inode === undefined) continue;
      const list = holders.get(Number(inode));
      if (list) list.push({ process, fd });
      else holders.set(Number(inode), [{ process, fd }]);
    }
  }
  return holders;
}
