/** The file system calls of a machine, as one Vfs: every call sees what the caller's mount namespace shows, with the caller's rights. */
import { capable } from '../process/credentials.ts';
import { errno, isErrno, type Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import { chmod, chown, truncate, utime } from './attribute-calls.ts';
import { createAt, isReadOnly, link, make, remove, rename } from './directory-calls.ts';
import { statusOf } from './file-status.ts';
import { readImage } from './file-template.ts';
import type { Mount } from './mount-namespace.ts';
import { mount, unmount } from './mount-calls.ts';
import type { OpenFile } from './open-file.ts';
import { directoryAt, enterPath, findPath, walkParent, walkPath, type Found, type Place } from './path-walk.ts';
import { isPermitted, type Wanted } from './permission.ts';
import { DirectoryFile } from './regular-file.ts';
import type { Executable, OpenFlags, Vfs } from './vfs.ts';

/** Longest `#!` line (BINPRM_BUF_SIZE). */
const INTERPRETER_LINE = 255;

function open(caller: Process, path: string, flags: OpenFlags): OpenFile | Errno {
  if (flags.create && path.endsWith('/')) {
    const parent = walkParent(caller, path);
    if (isErrno(parent)) return parent;
    if (parent.last.kind === 'name') return errno('EISDIR');
  }
  const found = walkPath(caller, path, { follow: !(flags.create && flags.exclusive) });
  if (isErrno(found)) return found;
  if ('kind' in found) {
    if (!flags.create) return errno('ENOENT');
    if (found.wantsDirectory) return errno('EISDIR');
    const node = createAt(caller, found, { kind: 'file', mode: flags.mode ?? 0o666 });
    if (isErrno(node)) return node;
    return openNode(
      caller,
      { mount: found.directory.mount, node, path: `${found.directory.path === '/' ? '' : found.directory.path}/${found.name}` },
      flags,
    );
  }
  if (flags.create && flags.exclusive) return errno('EEXIST');
  const { place } = found;
  const writes = flags.write === true || flags.truncate === true;
  if (place.node.kind === 'directory' && (writes || flags.create)) return errno('EISDIR');
  if (writes && isReadOnly(place) && (place.node.kind === 'file' || place.node.kind === 'directory')) return errno('EROFS');
  if (!isPermitted(caller.credentials, place, { read: flags.read, write: writes })) return errno('EACCES');
  return openNode(caller, place, flags);
}

function openNode(caller: Process, place: Place, flags: OpenFlags): OpenFile | Errno {
  const { node, path } = place;
  if (node.kind === 'directory') return new DirectoryFile(path, node);
  if (node.kind === 'symlink') return errno('ELOOP');
  return node.open(caller, flags, path);
}

/** Canonical path inside the caller's root. */
function visible(caller: Process, path: string): string {
  const { root } = caller.fs;
  if (root === '/' || !(path === root || path.startsWith(`${root}/`))) return path;
  return path.slice(root.length) || '/';
}

function access(caller: Process, place: Place, wanted: Wanted): Errno | undefined {
  if (wanted.write && isReadOnly(place) && place.node.kind !== 'character-device') return errno('EROFS');
  return isPermitted(caller.credentials, place, wanted) ? undefined : errno('EACCES');
}

function executable(caller: Process, path: string): Executable | Errno {
  const found = findPath(caller, path);
  if (isErrno(found)) return found;
  const { place } = found;
  if (place.node.kind !== 'file' || place.mount.options.includes('noexec')) return errno('EACCES');
  if (!isPermitted(caller.credentials, place, { execute: true })) return errno('EACCES');
  const text = place.node.image ?? '';
  const image = readImage(text);
  if (image) return { program: programOf(caller, { image, path, found }), path: visible(caller, place.path) };
  return script(caller, { path, found, text });
}

/** Says for executables of real systems that this world does not have them. */
const UNMODELLED = 'unmodelled/system';

/** The program of an executable. A multi-call one chooses by the name it is called with; names that nobody linked to it are its own to complain about. */
function programOf(
  caller: Process,
  { image, path, found }: { readonly image: NonNullable<ReturnType<typeof readImage>>; readonly path: string; readonly found: Found },
): string {
  const { programs } = caller.kernel;
  const isKnown = (id: string): boolean => programs.has?.(id) ?? programs.find(id) !== undefined;
  const wanted = image.kind === 'program' ? image.id : `${path.split('/').at(-1) ?? ''}/${image.suite}`;
  if (isKnown(wanted)) return wanted;
  const isLink = image.kind === 'program' || !found.place.path.endsWith(`/${path.split('/').at(-1) ?? ''}`);
  if (isLink && isKnown(UNMODELLED)) return UNMODELLED;
  return image.kind === 'program' ? image.id : `${image.suite}/${image.suite}`;
}

function script(caller: Process, file: { readonly path: string; readonly found: Found; readonly text: string }): Executable | Errno {
  const match = /^#![ \t]*([^ \t\n]+)(?:[ \t]+([^\n]*?))?[ \t]*(?:\n|$)/.exec(file.text.slice(0, INTERPRETER_LINE));
  if (match?.[1] === undefined) return errno('ENOEXEC');
  const interpreter = findPath(caller, match[1]);
  if (isErrno(interpreter)) return interpreter;
  if (interpreter.place.node === file.found.place.node) return errno('ELOOP');
  const target = executable(caller, match[1]);
  if (isErrno(target)) return target;
  return {
    program: target.program,
    path: target.path,
    script: { interpreter: match[2] === undefined || match[2] === '' ? [match[1]] : [match[1], match[2]], path: file.path },
  };
}

export const mountedVfs: Vfs = {
  open,

  fileStatus(caller, file) {
    const root = caller.namespaces.mnt.root;
    return file.node && root ? statusOf(caller, mountHolding(caller, file) ?? root, file.node) : undefined;
  },

  stat(caller, path, follow = true) {
    const found = findPath(caller, path, { follow });
    return isErrno(found) ? found : statusOf(caller, found.place.mount, found.place.node);
  },

  readlink(caller, path) {
    const found = findPath(caller, path, { follow: false });
    if (isErrno(found)) return found;
    return found.place.node.kind === 'symlink' ? found.place.node.target(caller) : errno('EINVAL');
  },

  readdir(caller, path) {
    const found = findPath(caller, path);
    if (isErrno(found)) return found;
    const directory = directoryAt(found.place);
    if (isErrno(directory)) return directory;
    if (!isPermitted(caller.credentials, found.place, { read: true })) return errno('EACCES');
    const names = directory.names(caller);
    return isErrno(names) ? names : [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  },

  mkdir: (caller, path, mode = 0o777) => make(caller, path, { kind: 'directory', mode }),
  makeNode(caller, path, node) {
    const isDevice = node.kind === 'character-device' || node.kind === 'block-device';
    if (isDevice && !capable(caller.credentials, 'CAP_MKNOD', caller.kernel.initial.user)) return errno('EPERM');
    return make(caller, path, node);
  },
  symlink: (caller, target, path) => make(caller, path, { kind: 'symlink', mode: 0o777, target }),
  remove: (caller, path, directory = false) => remove(caller, path, directory),
  rename,
  link,

  truncate,
  chmod,
  chown,
  utime,

  realpath(caller, path) {
    const found = findPath(caller, path);
    return isErrno(found) ? found : visible(caller, found.place.path);
  },

  access(caller, path, mode) {
    const found = findPath(caller, path);
    return isErrno(found) ? found : access(caller, found.place, mode);
  },

  executable,
  mount,
  unmount,

  changeDirectory(caller, path) {
    const entered = enterPath(caller, path);
    if (isErrno(entered)) return entered;
    caller.fs = entered;
    return undefined;
  },

  changeRoot(caller, path) {
    const found = findPath(caller, path);
    if (isErrno(found)) return found;
    if (found.place.node.kind !== 'directory') return errno('ENOTDIR');
    if (!capable(caller.credentials, 'CAP_SYS_CHROOT', caller.credentials.user)) return errno('EPERM');
    caller.fs = { ...caller.fs, root: found.place.path };
    return undefined;
  },

  statfs(caller, path) {
    const found = findPath(caller, path);
    if (isErrno(found)) return found;
    const { mount: at } = found.place;
    const usage = at.fileSystem.usage() ?? { size: 0, used: 0, files: 0 };
    return { type: at.fileSystem.type, source: at.source, target: visible(caller, at.target), ...usage };
  },
};

/** The mount that an open file was reached through, as far as its description still leads there. */
function mountHolding(caller: Process, file: OpenFile): Mount | undefined {
  const found = findPath(caller, file.description);
  return isErrno(found) || found.place.node !== file.node ? undefined : found.place.mount;
}
