/** System calls that change directories: creating, removing, renaming and linking entries, with the order of errors of fs/namei.c. */
import { errno, isErrno, type Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import { capable } from '../process/credentials.ts';
import type { DirectoryEntries, DirectoryNode, NewNode, Node } from './node.ts';
import { entryOf, findPath, walkParent, type Missing, type Parent, type Place } from './path-walk.ts';
import { capableOver, idsOnDisk, isPermitted, isStickyFor, ownerOf } from './permission.ts';

type Creation = Omit<NewNode, 'uid' | 'gid'>;

/** Whether the mount or its file system is read-only. */
export function isReadOnly(place: Place): boolean {
  return place.mount.options.includes('ro') || place.mount.fileSystem.options.includes('ro');
}

/** may_create: what lets entries be added to `directory`. */
function addable(caller: Process, directory: Place): { readonly node: DirectoryNode; readonly entries: DirectoryEntries } | Errno {
  if (directory.node.kind !== 'directory') return errno('ENOTDIR');
  if (isReadOnly(directory)) return errno('EROFS');
  // proc answers ENOENT for a name that it does not have, whoever asks (proc_lookup).
  if (!directory.node.entries && directory.mount.fileSystem.type === 'proc') return errno('ENOENT');
  if (!isPermitted(caller.credentials, directory, { write: true, execute: true })) return errno('EACCES');
  const { entries } = directory.node;
  if (entries) return { node: directory.node, entries };
  // createAt turns EPERM into EACCES for files.
  return errno('EPERM');
}

/** Makes `creation` where `missing` says, with the caller's ids and umask. */
export function createAt(caller: Process, missing: Pick<Missing, 'directory' | 'name'>, creation: Creation): Node | Errno {
  const directory = addable(caller, missing.directory);
  if (isErrno(directory)) return directory.code === 'EPERM' && creation.kind === 'file' ? errno('EACCES') : directory;
  const ids = idsOnDisk(missing.directory.mount, caller.credentials);
  const inherits = (directory.node.mode & 0o2000) !== 0;
  const mode = creation.kind === 'symlink' ? 0o777 : (creation.mode & ~caller.umask) | (inherits && creation.kind === 'directory' ? 0o2000 : 0);
  return directory.entries.create(missing.name, { ...creation, mode, uid: ids.uid, gid: inherits ? directory.node.gid : ids.gid });
}

/** filename_create: where a new entry would go. @returns EEXIST when there is one */
function newEntry(caller: Process, path: string, isDirectory: boolean): Pick<Missing, 'directory' | 'name'> | Errno {
  const parent = walkParent(caller, path);
  if (isErrno(parent)) return parent;
  if (parent.last.kind !== 'name') return errno('EEXIST');
  const existing = entryOf(caller, parent.directory, parent.last.name);
  if (existing) return isErrno(existing) ? existing : errno('EEXIST');
  if (parent.trailing && !isDirectory) return errno('ENOENT');
  return { directory: parent.directory, name: parent.last.name };
}

/** mkdir, symlink, mknod: `path` must not exist. */
export function make(caller: Process, path: string, creation: Creation): Errno | undefined {
  const place = newEntry(caller, path, creation.kind === 'directory');
  if (isErrno(place)) return place;
  const made = createAt(caller, place, creation);
  return isErrno(made) ? made : undefined;
}

interface Victim {
  readonly directory: Parent['directory'];
  readonly name: string;
  readonly place: Place;
}

/** may_delete: rights on the directory, the sticky bit, and the right kind of entry. */
function refuseRemoval(caller: Process, { directory, place }: Victim, wantsDirectory: boolean): Errno | undefined {
  if (!isPermitted(caller.credentials, directory, { write: true, execute: true })) return errno('EACCES');
  if (isStickyFor(caller.credentials, directory.mount, { directory: directory.node, node: place.node })) return errno('EPERM');
  if (wantsDirectory && place.node.kind !== 'directory') return errno('ENOTDIR');
  if (!wantsDirectory && place.node.kind === 'directory') return errno('EISDIR');
  if (!directory.node.entries) return errno('EPERM');
  return place.mount === directory.mount ? undefined : errno('EBUSY');
}

/** unlink(2), or rmdir(2) with `directory`. */
export function remove(caller: Process, path: string, directory: boolean): Errno | undefined {
  const parent = walkParent(caller, path);
  if (isErrno(parent)) return parent;
  const { last } = parent;
  if (last.kind !== 'name') {
    if (!directory) return errno('EISDIR');
    return errno(last.kind === 'dot' ? 'EINVAL' : last.kind === 'dotdot' ? 'ENOTEMPTY' : 'EBUSY');
  }
  if (isReadOnly(parent.directory)) return errno('EROFS');
  const place = entryOf(caller, parent.directory, last.name);
  if (!place || isErrno(place)) return place ?? errno('ENOENT');
  if (!directory && parent.trailing) return errno(place.node.kind === 'directory' ? 'EISDIR' : 'ENOTDIR');
  const refused = refuseRemoval(caller, { directory: parent.directory, name: last.name, place }, directory);
  if (refused) return refused;
  if (place.node.kind === 'directory' && !place.node.entries?.isEmpty()) return errno('ENOTEMPTY');
  parent.directory.node.entries?.remove(last.name);
  return undefined;
}

/** Whether `place` is `of` or lies below it. */
function isWithin(place: Place, of: Place): boolean {
  return place.node === of.node || `${place.path}/`.startsWith(of.path === '/' ? '/' : `${of.path}/`);
}

/** rename(2). */
export function rename(caller: Process, from: string, to: string): Errno | undefined {
  const source = walkParent(caller, from);
  if (isErrno(source)) return source;
  const target = walkParent(caller, to);
  if (isErrno(target)) return target;
  if (source.directory.mount !== target.directory.mount) return errno('EXDEV');
  if (source.last.kind !== 'name' || target.last.kind !== 'name') return errno('EBUSY');
  if (isReadOnly(source.directory)) return errno('EROFS');
  const old = entryOf(caller, source.directory, source.last.name);
  if (!old || isErrno(old)) return old ?? errno('ENOENT');
  const existing = entryOf(caller, target.directory, target.last.name);
  if (isErrno(existing)) return existing;
  const isDirectory = old.node.kind === 'directory';
  if (!isDirectory && (source.trailing || target.trailing)) return errno('ENOTDIR');
  if (isDirectory && isWithin(target.directory, old)) return errno('EINVAL');
  if (existing?.node.kind === 'directory' && isWithin(source.directory, existing)) return errno('ENOTEMPTY');
  if (existing?.node === old.node) return undefined;
  return move(
    caller,
    { directory: source.directory, name: source.last.name, place: old },
    { directory: target.directory, name: target.last.name, existing },
  );
}

/** vfs_rename: the checks of both directories, then the change. */
function move(
  caller: Process,
  old: Victim,
  target: { readonly directory: Parent['directory']; readonly name: string; readonly existing: Place | undefined },
): Errno | undefined {
  const { node } = old.place;
  const isDirectory = node.kind === 'directory';
  const { existing } = target;
  const refused = refuseRemoval(caller, old, isDirectory) ?? (existing && refuseRemoval(caller, { ...target, place: existing }, isDirectory));
  if (refused) return refused;
  const destination = addable(caller, target.directory);
  if (isErrno(destination)) return destination;
  const changesParent = target.directory.node !== old.directory.node;
  if (isDirectory && changesParent && !isPermitted(caller.credentials, old.place, { write: true })) return errno('EACCES');
  if (existing?.node.kind === 'directory' && !existing.node.entries?.isEmpty()) return errno('ENOTEMPTY');
  if (existing) destination.entries.remove(target.name);
  // In this order the node is never without a name, and keeps the room it takes.
  const failed = destination.entries.insert(target.name, node);
  if (!failed) old.directory.node.entries?.remove(old.name);
  return failed;
}

/** link(2): another name for a file. */
export function link(caller: Process, from: string, to: string): Errno | undefined {
  const source = findPath(caller, from, { follow: false });
  if (isErrno(source)) return source;
  const target = newEntry(caller, to, false);
  if (isErrno(target)) return target;
  const { place } = source;
  if (target.directory.mount !== place.mount) return errno('EXDEV');
  if (!mayLink(caller, place)) return errno('EPERM');
  const directory = addable(caller, target.directory);
  if (isErrno(directory)) return directory;
  return place.node.kind === 'directory' ? errno('EPERM') : directory.entries.insert(target.name, place.node);
}

/** fs.protected_hardlinks: others' files can be linked only when they are plain and can be read and written. */
function mayLink(caller: Process, place: Place): boolean {
  const owner = ownerOf(place.mount, place.node);
  if (caller.credentials.uid === owner.uid || capableOver(caller.credentials, 'CAP_FOWNER', owner)) return true;
  const { node } = place;
  const isSafe = node.kind === 'file' && (node.mode & 0o4000) === 0 && (node.mode & 0o2010) !== 0o2010;
  return isSafe && isPermitted(caller.credentials, place, { read: true, write: true });
}

/** Whether `caller` may administer mounts of its mount namespace. */
export function mayMount(caller: Process): boolean {
  return capable(caller.credentials, 'CAP_SYS_ADMIN', caller.namespaces.mnt.owner);
}
