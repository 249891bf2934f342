/** Fills a new mount namespace step by step, before any process lives in it (runc: libcontainer/rootfs_linux.go). */
import { remembered } from '../../engine/remembered.ts';
import { isErrno } from '../../linux/errno.ts';
import type { Mount, MountNamespace } from '../../linux/fs/mount-namespace.ts';
import type { FileSystem, Node } from '../../linux/fs/node.ts';
import type { UserNamespace } from '../../linux/namespace/namespaces.ts';
import type { Process } from '../../linux/process/process.ts';

/** Containers are mounted at the same few paths. */
const namesOf = remembered((path): readonly string[] => path.split('/').filter((name) => name !== ''));

export interface MountStep {
  /** Absolute path inside of the container; made when it is missing. */
  readonly target: string;
  readonly fileSystem: FileSystem;
  readonly source: string;
  readonly options: readonly string[];
  /** Another node than the file system's root, for bind mounts. */
  readonly root?: Node;
  readonly rootPath?: string;
}

export class MountBuilder {
  readonly namespace: MountNamespace;
  readonly #caller: Process;
  readonly #idMapping: UserNamespace | undefined;

  /** @param caller any process of the machine; directories of containers do not look at it */
  constructor(namespace: MountNamespace, caller: Process, idMapping: UserNamespace | undefined) {
    this.namespace = namespace;
    this.#caller = caller;
    this.#idMapping = idMapping;
  }

  root(fileSystem: FileSystem, source: string, options: readonly string[]): void {
    this.namespace.attach({ parent: undefined, mountpoint: undefined, target: '/', fileSystem, source, options, idMapping: this.#idMapping });
  }

  add(step: MountStep): Mount {
    const node = step.root ?? step.fileSystem.root;
    const place = this.#place(step.target, node.kind === 'directory' ? 'directory' : 'file');
    return this.namespace.attach({
      parent: place.mount,
      mountpoint: place.node,
      target: step.target,
      fileSystem: step.fileSystem,
      root: node,
      ...(step.rootPath === undefined ? {} : { rootPath: step.rootPath }),
      source: step.source,
      options: step.options,
      idMapping: this.#idMapping,
    });
  }

  /** Puts a path of the same namespace over itself, such as a read-only /proc/sys. Does nothing when it is not there. */
  remount(path: string, options: readonly string[]): void {
    const place = this.#find(path);
    if (place)
      this.namespace.attach({
        parent: place.mount,
        mountpoint: place.node,
        target: path,
        fileSystem: place.mount.fileSystem,
        root: place.node,
        rootPath: below(place.mount, path),
        source: place.mount.source,
        options,
      });
  }

  /** Covers a file or directory with an empty one. Does nothing when it is not there. */
  mask(path: string, empty: { readonly file: Node; readonly fileSystem: FileSystem; readonly directory: FileSystem }): void {
    const place = this.#find(path);
    if (!place) return;
    if (place.node.kind === 'directory')
      this.namespace.attach({
        parent: place.mount,
        mountpoint: place.node,
        target: path,
        fileSystem: empty.directory,
        source: 'tmpfs',
        options: ['ro', 'relatime'],
      });
    else
      this.namespace.attach({
        parent: place.mount,
        mountpoint: place.node,
        target: path,
        fileSystem: empty.fileSystem,
        root: empty.file,
        rootPath: '/null',
        source: 'tmpfs',
        options: ['rw', 'nosuid'],
      });
  }

  #place(path: string, kind: 'directory' | 'file'): { readonly mount: Mount; readonly node: Node } {
    const names = namesOf(path);
    let at = this.#top();
    let left = names.length;
    for (const name of names) {
      left--;
      if (at.node.kind !== 'directory') throw new Error(`${path} leads through a file`);
      let next = this.#lookup(at.node, name);
      if (!next) {
        const last = left === 0;
        const made = at.node.entries?.create(name, {
          kind: last ? kind : 'directory',
          mode: last && kind === 'file' ? 0o644 : 0o755,
          uid: 0,
          gid: 0,
        });
        if (!made || isErrno(made)) throw new Error(`cannot make ${path}`);
        next = made;
      }
      at = across(at.mount, next);
    }
    return at;
  }

  #find(path: string): { readonly mount: Mount; readonly node: Node } | undefined {
    let at = this.#top();
    for (const name of namesOf(path)) {
      const next = at.node.kind === 'directory' ? this.#lookup(at.node, name) : undefined;
      if (!next) return undefined;
      at = across(at.mount, next);
    }
    return at;
  }

  /** Links on the way are followed as far as images have them: one name in the same or the root directory. */
  #lookup(directory: Extract<Node, { kind: 'directory' }>, name: string): Node | undefined {
    const found = directory.lookup(name, this.#caller);
    if (!found || isErrno(found)) return undefined;
    if (found.kind !== 'symlink') return found;
    const target = found.target(this.#caller);
    if (isErrno(target)) return undefined;
    let at: Node | undefined = target.startsWith('/') ? this.namespace.root?.root : directory;
    for (const each of target.split('/').filter((part) => part !== '' && part !== '.')) {
      const next: Node | undefined = at?.kind === 'directory' ? this.#lookup(at, each) : undefined;
      at = next;
    }
    return at;
  }

  #top(): { readonly mount: Mount; readonly node: Node } {
    const { root } = this.namespace;
    if (!root) throw new Error('a mount namespace begins with its root');
    return across(root, root.root);
  }
}

function across(mount: Mount, node: Node): { readonly mount: Mount; readonly node: Node } {
  let at = { mount, node };
  for (let over = mount.children.get(node); over; over = at.mount.children.get(at.node)) at = { mount: over, node: over.root };
  return at;
}

function below(mount: Mount, path: string): string {
  return mount.target === '/' ? path : path.slice(mount.target.length) || '/';
}
