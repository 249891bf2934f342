/** What a directory entry leads to (the kernel's inodes), for every file system. Knows nothing of mounts and paths. */
import type { Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import type { OpenFile } from './open-file.ts';
import type { FileKind, OpenFlags } from './vfs.ts';

export interface NodeBase {
  readonly kind: FileKind;
  readonly number: number;
  mode: number;
  /** Owner, as an id of the initial user namespace (or of the mount's id mapping). */
  uid: number;
  gid: number;
  /** Unix milliseconds. */
  modified: number;
  links: number;
}

export interface DirectoryNode extends NodeBase {
  readonly kind: 'directory';
  /** The entry of that name, undefined when there is none. */
  lookup(name: string, caller: Process): Node | Errno | undefined;
  /** It has a lower layer and was changed, or something below it was: overlayfs counts no links of such a one (ovl_getattr). */
  readonly merged?: boolean;
  /** Its attributes were changed, which brings it to the upper layer. */
  copyUp?(): void;
  /** Names in no special order. */
  names(caller: Process): readonly string[] | Errno;
  /** Changes of the directory; file systems that allow none leave it out. */
  readonly entries?: DirectoryEntries;
}

export interface NewNode {
  readonly kind: 'file' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'character-device' | 'block-device';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Of a symbolic link. */
  readonly target?: string;
  /** Of a device. */
  readonly device?: DeviceNumber;
}

export interface DirectoryEntries {
  create(name: string, node: NewNode): Node | Errno;
  insert(name: string, node: Node): Errno | undefined;
  remove(name: string): void;
  isEmpty(): boolean;
}

export interface DeviceNumber {
  readonly major: number;
  readonly minor: number;
}

/** What can be opened for reading and writing. `path` is the canonical one, for descriptions. */
interface Openable extends NodeBase {
  open(caller: Process, flags: OpenFlags, path: string): OpenFile | Errno;
}

export interface FileNode extends Openable {
  readonly kind: 'file';
  /** In bytes. */
  readonly size: number;
  /** Content for execve(2); undefined where nothing can be executed. */
  readonly image?: string;
  /** truncate(2). */
  truncate?(length: number): Errno | undefined;
}

export interface DeviceNode extends Openable {
  readonly kind: 'character-device' | 'block-device';
  readonly device: DeviceNumber;
}

export interface SpecialNode extends Openable {
  readonly kind: 'fifo' | 'socket';
}

export interface SymlinkNode extends NodeBase {
  readonly kind: 'symlink';
  readonly size: number;
  target(caller: Process): string | Errno;
  /** Links of /proc that lead to a place whatever their text says (nd_jump_link). */
  readonly jump?: (caller: Process) => Jump | Errno;
}

/** Where a magic link leads: an open file, or a path in the eyes of another process. */
export type Jump =
  | { readonly kind: 'file'; readonly node: Node; /** Where it was opened, when a path led to it. */ readonly path?: string }
  | { readonly kind: 'path'; readonly process: Process; readonly path: string };

export type Node = DirectoryNode | FileNode | DeviceNode | SpecialNode | SymlinkNode;

/** One mounted instance (the kernel's super block). */
export interface FileSystem {
  /** As the third field of /proc/mounts. */
  readonly type: string;
  readonly root: Node;
  /** Options of the super block, as /proc/mounts shows them after the mount's own. */
  readonly options: readonly string[];
  /** Minor number of its anonymous device. */
  readonly device: number;
  /** How often an entry was taken away or replaced; undefined where entries come and go by themselves, as in proc. */
  readonly removals?: number;
  /** Sizes in KiB; undefined where statfs(2) reports zeros. */
  usage(): { readonly size: number; readonly used: number; readonly files: number } | undefined;
}

let lastDevice = 20;

/** @returns the next anonymous device number; it only tells file systems apart */
export function nextDevice(): number {
  return ++lastDevice;
}
