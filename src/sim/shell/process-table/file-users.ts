/** Who uses a file or a port: what fuser and lsof look for in /proc/PID. */
import type { ProcessContext } from '../../linux/process/process-context.ts';
import { isErrno } from '../../linux/errno.ts';
import { findPath } from '../../linux/fs/path-walk.ts';
import { mayInspect } from '../../linux/fs/permission.ts';
import { DatagramSocket } from '../../linux/net/socket/datagram-socket.ts';
import { TcpSocket } from '../../linux/net/socket/tcp-socket.ts';
import { visibleProcesses, type VisibleProcess } from './visible-processes.ts';

export interface FileUser {
  readonly process: VisibleProcess;
  /** How, in fuser's letters: c working directory, e executable, F open for writing or a socket, f open, r root. */
  readonly access: string;
}

/** Sockets of this protocol and local port in the caller's own network namespace (that is what its /proc/net shows). */
export function usersOfPort(context: ProcessContext, protocol: 'tcp' | 'udp', port: number): readonly FileUser[] {
  return visibleProcesses(context).flatMap((process) => {
    if (process.process.namespaces.net !== context.process.namespaces.net || !mayInspect(context.process, process.process)) return [];
    const uses = [...process.process.files.values()].some(
      (file) =>
        (protocol === 'tcp' ? file instanceof TcpSocket : file instanceof DatagramSocket && file.protocol === 'udp') &&
        (file as TcpSocket | DatagramSocket).localPort === port,
    );
    return uses ? [{ process, access: 'F' }] : [];
  });
}

/** @returns undefined when there is no such file */
export function usersOfFile(context: ProcessContext, path: string): readonly FileUser[] | undefined {
  const found = findPath(context.process, path);
  if (isErrno(found)) return undefined;
  const { node } = found.place;
  const leadsHere = (process: VisibleProcess, place: string): boolean => {
    const there = findPath(process.process, place);
    return !isErrno(there) && there.place.node === node;
  };
  return visibleProcesses(context).flatMap((process) => {
    if (!mayInspect(context.process, process.process) || process.process === context.process || process.state === 'Z') return [];
    const { fs, exe } = process.process;
    const cwd = fs.root === '/' ? fs.cwd : fs.cwd.slice(fs.root.length) || '/';
    const access = `${[...process.process.files.values()].some((file) => file.node === node) ? 'f' : ''}${leadsHere(process, '/') ? 'r' : ''}${leadsHere(process, cwd) ? 'c' : ''}${leadsHere(process, exe) ? 'e' : ''}`;
    return access === '' ? [] : [{ process, access }];
  });
}
