/** mount(2), umount2(2) and the file system types that can be mounted by name. */
import { errno, isErrno, type Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import { mayMount } from './directory-calls.ts';
import { FileTree } from './file-tree.ts';
import type { Mount } from './mount-namespace.ts';
import { MessageQueueFileSystem } from './mqueue.ts';
import type { FileSystem } from './node.ts';
import { findPath, type Place } from './path-walk.ts';
import { ProcFileSystem } from './proc/proc-file-system.ts';
import { SysFileSystem } from './sys/sys-file-system.ts';
import { cgroupFileSystem } from './sys/cgroup-file-system.ts';

export interface MountRequest {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: readonly string[];
}

const PROPAGATION = new Set(['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave', 'unbindable', 'runbindable']);
const FLAGS = ['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime', 'strictatime', 'sync', 'dirsync'];
/** Words of mount(8) that are no flags of the mount. */
const WORDS = new Set([
  'rw',
  'ro',
  'defaults',
  'bind',
  'rbind',
  'remount',
  'move',
  'loop',
  'auto',
  'noauto',
  'user',
  'suid',
  'dev',
  'exec',
  'async',
  'atime',
  ...FLAGS,
  ...PROPAGATION,
]);
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Options of the mount itself, in the order of /proc/mounts (fs/proc_namespace.c show_mnt_opts). */
function mountOptions(options: readonly string[]): readonly string[] {
  const flags = FLAGS.filter((flag) => flag !== 'relatime' && options.includes(flag));
  const plainTime = options.includes('noatime') || options.includes('strictatime');
  return [options.includes('ro') ? 'ro' : 'rw', ...flags, ...(plainTime ? [] : ['relatime'])];
}

/** `64m` → bytes; percentages count from the 23.5 GiB of a machine (mm/shmem.c shmem_parse_one). */
function parseSize(text: string): number | undefined {
  const match = /^(\d+)([kmg%]?)$/i.exec(text);
  if (!match) return undefined;
  const unit = (match[2] ?? '').toLowerCase();
  if (unit === '%') return (24_684_084 * 1024 * Number(match[1])) / 100;
  return Number(match[1]) * (UNITS[unit] ?? 1);
}

function temporary(caller: Process, options: readonly string[]): FileTree | Errno {
  const value = (name: string): string | undefined => options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
  const unknown = options.some((option) => !WORDS.has(option) && !/^(size|mode|uid|gid|nr_inodes|nr_blocks|huge|inode64|inode32)(=|$)/.test(option));
  if (unknown) return errno('EINVAL');
  const sizeText = value('size');
  const size = sizeText === undefined ? undefined : parseSize(sizeText);
  if (sizeText !== undefined && size === undefined) return errno('EINVAL');
  const mode = value('mode');
  const { simulation } = caller.kernel;
  return new FileTree({
    type: 'tmpfs',
    clock: () => simulation.wallClock,
    capacity: size ?? (24_684_084 * 1024) / 2,
    mode: mode === undefined ? 0o1777 : Number.parseInt(mode, 8),
    options: [...(size === undefined ? [] : [`size=${Math.ceil(size / 1024)}k`]), ...(mode === undefined ? [] : [`mode=${mode.replace(/^0+/, '')}`])],
  });
}

/** A file system of a type that needs no device. @returns ENODEV for unknown types */
function byType(caller: Process, request: MountRequest): FileSystem | Errno {
  switch (request.type) {
    case 'tmpfs':
    case 'ramfs':
      return temporary(caller, request.options);
    case 'proc':
      return new ProcFileSystem(caller.kernel, caller.namespaces.pid);
    case 'sysfs':
      return new SysFileSystem(caller.kernel, caller.namespaces.net);
    case 'mqueue':
      return new MessageQueueFileSystem(caller.namespaces.ipc, () => caller.kernel.simulation.wallClock);
    case 'cgroup':
      return cgroupFileSystem(request.options.find((option) => !WORDS.has(option)) ?? 'cpu');
    case 'ext4':
    case 'xfs':
    case 'vfat':
      return errno('ENOENT');
    default:
      return errno('ENODEV');
  }
}

/** mount(2). @returns EPERM without CAP_SYS_ADMIN over the mount namespace */
export function mount(caller: Process, request: MountRequest): Errno | undefined {
  if (!mayMount(caller)) return errno('EPERM');
  const found = findPath(caller, request.target);
  if (isErrno(found)) return found;
  const { place } = found;
  const namespace = caller.namespaces.mnt;
  const { options } = request;
  if (options.includes('remount')) {
    if (place.node !== place.mount.root) return errno('EINVAL');
    place.mount.options = mountOptions(options);
    return undefined;
  }
  if (options.some((option) => PROPAGATION.has(option)) && request.type === '' && !options.includes('bind') && !options.includes('rbind'))
    return undefined;
  if (namespace.isFull) return errno('ENOSPC');
  if (options.includes('bind') || options.includes('rbind')) return bind(caller, request, place);
  const fileSystem = byType(caller, request);
  if (isErrno(fileSystem)) return fileSystem;
  if (place.node.kind !== 'directory') return errno('ENOTDIR');
  namespace.attach({
    parent: place.mount,
    mountpoint: place.node,
    target: place.path,
    fileSystem,
    source: request.source,
    options: mountOptions(options),
  });
  return undefined;
}

function bind(caller: Process, request: MountRequest, place: Place): Errno | undefined {
  const source = findPath(caller, request.source);
  if (isErrno(source)) return source;
  const from = source.place;
  if ((from.node.kind === 'directory') !== (place.node.kind === 'directory')) return errno('ENOTDIR');
  attachBind(caller, {
    from,
    to: place,
    recursive: request.options.includes('rbind'),
    options: request.options.includes('ro') ? ['ro', 'relatime'] : from.mount.options,
  });
  return undefined;
}

/** Binds one place over another in the caller's mount namespace. */
export function attachBind(
  caller: Process,
  request: { readonly from: Place; readonly to: Place; readonly recursive: boolean; readonly options: readonly string[] },
): Mount {
  const { from, to } = request;
  const namespace = caller.namespaces.mnt;
  const copy = namespace.attach({
    parent: to.mount,
    mountpoint: to.node,
    target: to.path,
    fileSystem: from.mount.fileSystem,
    root: from.node,
    rootPath: pathInFileSystem(from),
    source: from.mount.source,
    options: request.options,
    idMapping: from.mount.idMapping,
  });
  if (request.recursive) namespace.copyBelow(from.mount, copy, { from: from.path, to: to.path });
  return copy;
}

/** Path of a place in its file system (fourth field of mountinfo). */
export function pathInFileSystem(place: Place): string {
  const { mount, path } = place;
  const below = mount.target === '/' ? path : path.slice(mount.target.length);
  const full = `${mount.rootPath === '/' ? '' : mount.rootPath}${below === '/' ? '' : below}`;
  return full === '' ? '/' : full;
}

/** umount2(2). */
export function unmount(caller: Process, path: string, lazy = false): Errno | undefined {
  const found = findPath(caller, path);
  if (isErrno(found)) return found;
  if (!mayMount(caller)) return errno('EPERM');
  const { mount: target, node } = found.place;
  if (node !== target.root || !target.parent) return errno('EINVAL');
  // A process that stands in it keeps it busy.
  const inside = (directory: string): boolean => directory === target.target || directory.startsWith(`${target.target}/`);
  const busy = caller.kernel.processes().some((each) => each.namespaces.mnt === caller.namespaces.mnt && inside(each.fs.cwd));
  if (busy && !lazy) return errno('EBUSY');
  return caller.namespaces.mnt.detach(target, lazy) ? undefined : errno('EBUSY');
}
