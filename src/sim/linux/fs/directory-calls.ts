/** System calls that change directories: creating, removing, renaming and linking entries (fs/namei.c). */
import { errno, isErrno, type Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import { capable } from '../process/credentials.ts';
import type { DirectoryEntries, DirectoryNode, NewNode, Node } from './node.ts';
import { findPath, walkPath, type Found, type Missing, type Place } from './path-walk.ts';
import { idsOnDisk, isPermitted, isStickyFor } from './permission.ts';

type Creation = Omit<NewNode, 'uid' | 'gid'>;

/** Whether the mount or its file system is read-only. */
export function isReadOnly(place: Place): boolean {
  return place.mount.options.includes('ro') || place.mount.fileSystem.options.includes('ro');
}

/** What lets entries of `directory` be changed by `caller`. */
function changeable(caller: Process, directory: Place, removes = false): { readonly node: DirectoryNode; readonly entries: DirectoryEntries } | Errno {
  if (directory.node.kind !== 'directory') return errno('ENOTDIR');
  if (isReadOnly(directory)) return errno('EROFS');
  if (!isPermitted(caller.credentials, directory, { write: true, execute: true })) return errno('EACCES');
  const { entries } = directory.node;
  if (entries) return { node: directory.node, entries };
  // proc answers ENOENT where there is no such entry; for the others createAt turns EPERM into EACCES for files.
  return errno(directory.mount.fileSystem.type === 'proc' && !removes ? 'ENOENT' : 'EPERM');
}

/** Makes `creation` where `missing` says, with the caller's ids and umask. */
export function createAt(caller: Process, missing: Missing, creation: Creation): Node | Errno {
  const directory = changeable(caller, missing.directory);
  if (isErrno(directory)) return directory.code === 'EPERM' && creation.kind === 'file' ? errno('EACCES') : directory;
  const ids = idsOnDisk(missing.directory.mount, caller.credentials);
  const inherits = (directory.node.mode & 0o2000) !== 0;
  const mode = creation.kind === 'symlink' ? 0o777 : (creation.mode & ~caller.umask) | (inherits && creation.kind === 'directory' ? 0o2000 : 0);
  return directory.entries.create(missing.name, { ...creation, mode, uid: ids.uid, gid: inherits ? directory.node.gid : ids.gid });
}

/** mkdir, symlink, mknod: `path` must not exist. */
export function make(caller: Process, path: string, creation: Creation): Errno | undefined {
  const found = walkPath(caller, path, { follow: false });
  if (isErrno(found)) return found;
  if (!('kind' in found)) return errno('EEXIST');
  if (found.wantsDirectory && creation.kind !== 'directory') return errno('ENOENT');
  const made = createAt(caller, found, creation);
  return isErrno(made) ? made : undefined;
}

/** Checks and removes the entry of `found`. */
function detach(caller: Process, found: Found): { readonly entries: DirectoryEntries; readonly name: string; readonly node: DirectoryNode } | Errno {
  if (!found.entry) return errno('EBUSY');
  const directory = changeable(caller, found.entry.directory, true);
  if (isErrno(directory)) return directory;
  if (found.place.mount !== found.entry.directory.mount) return errno('EBUSY');
  const pair = { directory: directory.node, node: found.place.node };
  if (isStickyFor(caller.credentials, found.entry.directory.mount, pair)) return errno('EPERM');
  return { entries: directory.entries, name: found.entry.name, node: directory.node };
}

/** unlink(2), or rmdir(2) with `directory`. */
export function remove(caller: Process, path: string, directory: boolean): Errno | undefined {
  const last = path.replace(/\/+$/, '').split('/').at(-1);
  if (directory && last === '.') return errno('EINVAL');
  if (directory && last === '..') return errno('ENOTEMPTY');
  const found = findPath(caller, path, { follow: false });
  if (isErrno(found)) return found;
  const { node } = found.place;
  if (directory && node.kind !== 'directory') return errno('ENOTDIR');
  const target = detach(caller, found);
  if (isErrno(target)) return !directory && node.kind === 'directory' ? errno('EISDIR') : target;
  if (!directory && node.kind === 'directory') return errno('EISDIR');
  if (node.kind === 'directory' && !node.entries?.isEmpty()) return errno('ENOTEMPTY');
  target.entries.remove(target.name);
  return undefined;
}

/** rename(2). */
export function rename(caller: Process, from: string, to: string): Errno | undefined {
  const source = findPath(caller, from, { follow: false });
  if (isErrno(source)) return source;
  const old = detach(caller, source);
  if (isErrno(old)) return old;
  const target = walkPath(caller, to, { follow: false });
  if (isErrno(target)) return target;
  const { node } = source.place;
  const place = 'kind' in target ? target.directory : target.entry?.directory;
  if (!place) return errno('EBUSY');
  if (place.mount !== source.place.mount) return errno('EXDEV');
  if (node.kind === 'directory' && `${place.path}/`.startsWith(`${source.place.path}/`)) return errno('EINVAL');
  const directory = changeable(caller, place);
  if (isErrno(directory)) return directory;
  if (!('kind' in target)) {
    const existing = target.place.node;
    if (existing === node) return undefined;
    if (existing.kind === 'directory' && node.kind !== 'directory') return errno('EISDIR');
    if (existing.kind !== 'directory' && node.kind === 'directory') return errno('ENOTDIR');
    if (existing.kind === 'directory' && !existing.entries?.isEmpty()) return errno('ENOTEMPTY');
    const replaced = detach(caller, target);
    if (isErrno(replaced)) return replaced;
    replaced.entries.remove(replaced.name);
  }
  const name = 'kind' in target ? target.name : target.entry?.name ?? '';
  old.entries.remove(old.name);
  return directory.entries.insert(name, node);
}

/** link(2): another name for a file. */
export function link(caller: Process, from: string, to: string): Errno | undefined {
  const source = findPath(caller, from, { follow: false });
  if (isErrno(source)) return source;
  if (source.place.node.kind === 'directory') return errno('EPERM');
  const target = walkPath(caller, to, { follow: false });
  if (isErrno(target)) return target;
  if (!('kind' in target)) return errno('EEXIST');
  if (target.directory.mount !== source.place.mount) return errno('EXDEV');
  const directory = changeable(caller, target.directory);
  return isErrno(directory) ? directory : directory.entries.insert(target.name, source.place.node);
}

/** Whether `caller` may administer mounts of its mount namespace. */
export function mayMount(caller: Process): boolean {
  return capable(caller.credentials, 'CAP_SYS_ADMIN', caller.namespaces.mnt.owner);
}
