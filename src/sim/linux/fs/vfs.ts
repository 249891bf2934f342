/**
 * System calls on paths: resolution through mounts and symbolic links, permissions, opening, and the calls that change
 * directories. Every function takes the calling process first and answers with a value or an Errno.
 */
import type { Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import type { DeviceNumber } from './node.ts';
import type { OpenFile } from './open-file.ts';

export interface OpenFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly append?: boolean;
  readonly create?: boolean;
  readonly truncate?: boolean;
  readonly exclusive?: boolean;
  /** Permission bits for a new file, before umask. */
  readonly mode?: number;
}

export type FileKind = 'file' | 'directory' | 'symlink' | 'character-device' | 'block-device' | 'fifo' | 'socket';

export interface FileStatus {
  readonly kind: FileKind;
  /** Permission bits with set-id and sticky, such as 0o755. */
  readonly mode: number;
  /** Owner as the caller's user namespace shows it. */
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Space it takes, in KiB. */
  readonly blocks: number;
  readonly links: number;
  readonly inode: number;
  /** Unix milliseconds. */
  readonly modified: number;
  /** Source of the mount it is on. */
  readonly device: string;
  /** Number of the file system's own device (st_dev). */
  readonly deviceNumber: number;
  /** Of character and block devices. */
  readonly special?: DeviceNumber;
}

/** What execve(2) needs to know of a file. */
export interface Executable {
  /** Id in the machine's ProgramTable. */
  readonly program: string;
  /** Canonical path after links, for /proc/PID/exe. */
  readonly path: string;
  /** For scripts with `#!`: the interpreter's words. */
  readonly script?: { readonly interpreter: readonly string[]; readonly path: string };
}

/** The calls; one implementation, in mounted-vfs.ts. */
export interface Vfs {
  open(caller: Process, path: string, flags: OpenFlags): OpenFile | Errno;
  /** fstat(2): undefined for pipes, sockets and the like, which no path leads to. */
  fileStatus(caller: Process, file: OpenFile): FileStatus | undefined;
  /** Follows a link at the end unless `follow` is false. */
  stat(caller: Process, path: string, follow?: boolean): FileStatus | Errno;
  readlink(caller: Process, path: string): string | Errno;
  /** Names without `.` and `..`, sorted by code unit. */
  readdir(caller: Process, path: string): readonly string[] | Errno;
  mkdir(caller: Process, path: string, mode?: number): Errno | undefined;
  /** mknod(2) for fifos and devices. */
  makeNode(
    caller: Process,
    path: string,
    node: { readonly kind: 'fifo' | 'socket' | 'character-device' | 'block-device'; readonly mode: number; readonly device?: DeviceNumber },
  ): Errno | undefined;
  /** truncate(2), length in characters. */
  truncate(caller: Process, path: string, length: number): Errno | undefined;
  /** Removes a file or (with `directory`) an empty directory. */
  remove(caller: Process, path: string, directory?: boolean): Errno | undefined;
  rename(caller: Process, from: string, to: string): Errno | undefined;
  symlink(caller: Process, target: string, path: string): Errno | undefined;
  link(caller: Process, from: string, to: string): Errno | undefined;
  chmod(caller: Process, path: string, mode: number): Errno | undefined;
  /** Ids of the caller's user namespace; -1 leaves one as it is. */
  chown(caller: Process, path: string, uid: number, gid: number): Errno | undefined;
  utime(caller: Process, path: string, modified: number): Errno | undefined;
  /** Canonical absolute path as the caller sees it (after links, relative to its root). */
  realpath(caller: Process, path: string): string | Errno;
  /** access(2) with the caller's effective ids. */
  access(caller: Process, path: string, mode: { readonly read?: boolean; readonly write?: boolean; readonly execute?: boolean }): Errno | undefined;
  /** Finds what execve(2) would run. */
  executable(caller: Process, path: string): Executable | Errno;
  mount(
    caller: Process,
    request: { readonly source: string; readonly target: string; readonly type: string; readonly options: readonly string[] },
  ): Errno | undefined;
  /** @param lazy also while it is in use (MNT_DETACH) */
  unmount(caller: Process, path: string, lazy?: boolean): Errno | undefined;
  /** chdir(2). */
  changeDirectory(caller: Process, path: string): Errno | undefined;
  /** chroot(2): the new root as a path of the mount namespace. */
  changeRoot(caller: Process, path: string): Errno | undefined;
  /** statfs(2): sizes in KiB. */
  statfs(
    caller: Process,
    path: string,
  ):
    | {
        readonly type: string;
        readonly source: string;
        readonly target: string;
        readonly size: number;
        readonly used: number;
        readonly files: number;
      }
    | Errno;
}
