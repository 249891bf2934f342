/** From a path to a place: mounts, symbolic links, `..`, search permission (fs/namei.c). Knows no other system call. */
import { remembered } from '../../engine/remembered.ts';
import { errno, isErrno, type Errno } from '../errno.ts';
import type { FsContext, Process } from '../process/process.ts';
import type { Mount } from './mount-namespace.ts';
import type { DirectoryNode, Node } from './node.ts';
import { isPermitted } from './permission.ts';
import { heldDirectory, holdDirectory } from './working-directory.ts';

/** One step of a walk: a node, the mount it was reached on, and its canonical path. */
export interface Place {
  readonly mount: Mount;
  readonly node: Node;
  /** Absolute in the caller's mount namespace; places of other namespaces go through /proc/PID/root. */
  readonly path: string;
}

export interface Found {
  readonly place: Place;
  /** The directory that holds it, and its name there; undefined for `/`, `.` and `..`. */
  readonly entry: { readonly directory: Place; readonly name: string } | undefined;
}

export interface Missing {
  readonly kind: 'missing';
  /** Everything but the last name exists. */
  readonly directory: Place;
  readonly name: string;
  /** The path ended in `/`. */
  readonly wantsDirectory: boolean;
}

export interface WalkOptions {
  /** Follows a symbolic link at the end (default). */
  readonly follow?: boolean;
}

const PATH_MAX = 4096;
const NAME_MAX = 255;
/** MAXSYMLINKS of include/linux/namei.h. */
const LINK_LIMIT = 40;

export function join(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}

/** What is mounted on `node`, topmost. */
function across(mount: Mount, node: Node, path: string): Place {
  let place: Place = { mount, node, path };
  for (let over = place.mount.children.get(place.node); over; over = place.mount.children.get(place.node))
    place = { mount: over, node: over.root, path };
  return place;
}

interface Walk {
  readonly caller: Process;
  /** Places from the root (first) to the present one. */
  stack: Place[];
  /** How many of them `..` must not leave. */
  floor: number;
  links: number;
  /** Without permission checks: the kernel holds these places already. */
  trusted: boolean;
  entry: Found['entry'];
}

function top(walk: Walk): Place {
  const place = walk.stack.at(-1);
  if (!place) throw new Error('a walk stands somewhere');
  return place;
}

/** The root of the caller's mount namespace. */
function begin(caller: Process, trusted: boolean): Walk | Errno {
  const root = caller.namespaces.mnt.root;
  if (!root) return errno('ENOENT');
  return { caller, stack: [across(root, root.root, '/')], floor: 1, links: 0, trusted, entry: undefined };
}

function enterRoot(walk: Walk): Errno | undefined {
  const { root } = walk.caller.fs;
  if (root === '/') return undefined;
  const before = walk.trusted;
  walk.trusted = true;
  const failed = steps(walk, root, true);
  walk.trusted = before;
  if (failed) return isErrno(failed) ? failed : errno('ENOENT');
  walk.floor = walk.stack.length;
  return undefined;
}

/** The same few paths are walked again and again. */
const namesOf = remembered((path): readonly string[] => path.split('/').filter((name) => name !== ''));

/** @returns undefined when the whole path was walked, Missing when only its last name does not exist */
function steps(walk: Walk, path: string, follow: boolean): Errno | Missing | undefined {
  const names = namesOf(path);
  const wantsDirectory = path.endsWith('/');
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? '';
    const isLast = index === names.length - 1;
    const result = step(walk, name, !isLast || follow || wantsDirectory);
    if (!result) continue;
    if (!isErrno(result) && isLast) return { ...result, wantsDirectory };
    return isErrno(result) ? result : errno('ENOENT');
  }
  if (wantsDirectory && names.length > 0 && top(walk).node.kind !== 'directory') return errno('ENOTDIR');
  return undefined;
}

function step(walk: Walk, name: string, follow: boolean): Errno | Missing | undefined {
  const here = top(walk);
  if (here.node.kind !== 'directory') return errno('ENOTDIR');
  if (!walk.trusted && !isPermitted(walk.caller.credentials, here, { execute: true })) return errno('EACCES');
  if (name === '.') {
    walk.entry = undefined;
    return undefined;
  }
  if (name === '..') {
    if (walk.stack.length > walk.floor) walk.stack.pop();
    walk.entry = undefined;
    return undefined;
  }
  if (name.length > NAME_MAX) return errno('ENAMETOOLONG');
  const node = here.node.lookup(name, walk.caller);
  if (isErrno(node)) return node;
  if (!node) return { kind: 'missing', directory: here, name, wantsDirectory: false };
  const entry = { directory: here, name };
  if (node.kind === 'symlink' && follow) {
    const failed = followLink(walk, { ...entry, node });
    if (failed) return failed;
    return undefined;
  }
  walk.stack.push(across(here.mount, node, join(here.path, name)));
  walk.entry = entry;
  return undefined;
}

function followLink(
  walk: Walk,
  link: { readonly directory: Place; readonly name: string; readonly node: Extract<Node, { kind: 'symlink' }> },
): Errno | Missing | undefined {
  if (++walk.links > LINK_LIMIT) return errno('ELOOP');
  if (link.node.jump) return followJump(walk, link, link.node.jump);
  const target = link.node.target(walk.caller);
  if (isErrno(target)) return target;
  if (target === '') return errno('ENOENT');
  if (target.startsWith('/')) walk.stack = walk.stack.slice(0, walk.floor);
  return steps(walk, target, true);
}

/** Magic links: they lead to a place as another process sees it, with or without a path for the caller. */
function followJump(
  walk: Walk,
  link: { readonly directory: Place; readonly name: string },
  jump: NonNullable<Extract<Node, { kind: 'symlink' }>['jump']>,
): Errno | undefined {
  const target = jump(walk.caller);
  if (isErrno(target)) return target;
  const shown = join(link.directory.path, link.name);
  if (target.kind === 'file') {
    walk.stack.push({ mount: link.directory.mount, node: target.node, path: target.path ?? shown });
    walk.entry = undefined;
    return undefined;
  }
  const other = begin(target.process, true);
  if (isErrno(other)) return other;
  const failed = steps(other, target.path, true);
  if (failed) return isErrno(failed) ? failed : errno('ENOENT');
  const foreign = target.process.namespaces.mnt !== walk.caller.namespaces.mnt || walk.caller.fs.root !== '/';
  if (!foreign) {
    walk.stack = other.stack;
    walk.entry = undefined;
    return undefined;
  }
  // Paths of another namespace have no name here; /proc/PID/root gives them one that leads there again.
  const root = join(link.directory.path, 'root');
  walk.stack = other.stack.map((place) => ({ ...place, path: place.path === '/' ? root : `${root}${place.path}` }));
  walk.floor = 1;
  walk.entry = undefined;
  return undefined;
}

/**
 * Walks `path` as `caller` sees it.
 * @returns the place; Missing when only the last name does not exist; else ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG
 */
export function walkPath(caller: Process, path: string, options: WalkOptions = {}): Found | Missing | Errno {
  const walk = walkFor(caller, path, options);
  if (isErrno(walk) || 'kind' in walk) return walk;
  return { place: top(walk), entry: walk.entry };
}

/** chdir(2): what the working directory is from then on. @returns ENOTDIR, EACCES and those of every path */
export function enterPath(caller: Process, path: string): FsContext | Errno {
  const walk = walkFor(caller, path, {});
  if (isErrno(walk)) return walk;
  if ('kind' in walk) return errno('ENOENT');
  const place = top(walk);
  if (place.node.kind !== 'directory') return errno('ENOTDIR');
  if (!isPermitted(caller.credentials, place, { execute: true })) return errno('EACCES');
  const entered: FsContext = { ...caller.fs, cwd: place.path };
  holdDirectory(caller, entered, walk.stack);
  return entered;
}

function walkFor(caller: Process, path: string, options: WalkOptions): Walk | Missing | Errno {
  if (path === '') return errno('ENOENT');
  if (path.length >= PATH_MAX) return errno('ENAMETOOLONG');
  const walk = begin(caller, false);
  if (isErrno(walk)) return walk;
  const rooted = enterRoot(walk);
  if (rooted) return rooted;
  if (!path.startsWith('/')) {
    const entered = enterDirectory(walk);
    if (entered) return entered;
  }
  return steps(walk, path, options.follow !== false) ?? walk;
}

/** The last part of a path, for calls that make or remove it (LAST_NORM and its siblings in fs/namei.c). */
export interface Parent {
  readonly directory: Place & { readonly node: DirectoryNode };
  readonly last: { readonly kind: 'name'; readonly name: string } | { readonly kind: 'dot' | 'dotdot' | 'root' };
  /** The path ends in `/`. */
  readonly trailing: boolean;
}

/** Walks everything but the last part of `path` (filename_parentat). @returns ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG */
export function walkParent(caller: Process, path: string): Parent | Errno {
  const names = path.split('/').filter((name) => name !== '');
  const name = names.at(-1);
  const before = `${path.startsWith('/') ? '/' : ''}${names.slice(0, -1).join('/')}`;
  if (path === '') return errno('ENOENT');
  const found = walkPath(caller, before === '' ? '.' : before);
  if (isErrno(found)) return found;
  if ('kind' in found) return errno('ENOENT');
  const { place } = found;
  const { node } = place;
  if (node.kind !== 'directory') return errno('ENOTDIR');
  if (!isPermitted(caller.credentials, place, { execute: true })) return errno('EACCES');
  if (name !== undefined && name.length > NAME_MAX) return errno('ENAMETOOLONG');
  const last: Parent['last'] =
    name === undefined ? { kind: 'root' } : name === '.' ? { kind: 'dot' } : name === '..' ? { kind: 'dotdot' } : { kind: 'name', name };
  return { directory: { ...place, node }, last, trailing: path.endsWith('/') };
}

/** The entry `name` of a directory with what is mounted on it; undefined when there is none. */
export function entryOf(caller: Process, directory: Parent['directory'], name: string): Place | Errno | undefined {
  const node = directory.node.lookup(name, caller);
  if (!node || isErrno(node)) return node;
  return across(directory.mount, node, join(directory.path, name));
}

/** Goes to the caller's working directory, whose path counts from the root of the mount namespace. */
function enterDirectory(walk: Walk): Errno | undefined {
  const { root, cwd } = walk.caller.fs;
  if (cwd === '/') return undefined;
  const held = heldDirectory(walk.caller);
  if (held) {
    walk.stack = held;
    return undefined;
  }
  const inside = root === '/' || cwd === root || cwd.startsWith(`${root}/`);
  const rest = root === '/' ? cwd : inside ? cwd.slice(root.length) : cwd;
  if (!inside) walk.stack = walk.stack.slice(0, 1);
  walk.trusted = true;
  const failed = steps(walk, rest === '' ? '/' : rest, true);
  walk.trusted = false;
  walk.entry = undefined;
  if (failed) return isErrno(failed) ? failed : errno('ENOENT');
  holdDirectory(walk.caller, walk.caller.fs, walk.stack.slice());
  return undefined;
}

/** @returns what `path` leads to, or the error; a missing last name is ENOENT */
export function findPath(caller: Process, path: string, options: WalkOptions = {}): Found | Errno {
  const found = walkPath(caller, path, options);
  if (isErrno(found)) return found;
  return 'kind' in found ? errno('ENOENT') : found;
}

/** A directory node of a place, for callers that have checked its kind. */
export function directoryAt(place: Place): DirectoryNode | Errno {
  return place.node.kind === 'directory' ? place.node : errno('ENOTDIR');
}
