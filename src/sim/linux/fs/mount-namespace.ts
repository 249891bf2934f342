/** Mount namespaces: which file systems one set of processes sees where (mount_namespaces(7)). */
import type { NamespaceInode } from '../namespace/inode.ts';
import type { UserNamespace } from '../namespace/namespaces.ts';
import type { FileSystem, Node } from './node.ts';

const NO_CHILDREN: ReadonlyMap<Node, Mount> = new Map();

/** One mount (the kernel's struct mount). */
export class Mount {
  readonly id: number;
  readonly parent: Mount | undefined;
  /** The node of the parent mount that it covers. */
  readonly mountpoint: Node | undefined;
  readonly fileSystem: FileSystem;
  /** What is seen at the mount point: the file system's root, or another node for bind mounts. */
  readonly root: Node;
  /** Path of `root` in its file system (fourth field of mountinfo). */
  readonly rootPath: string;
  readonly source: string;
  /** Canonical path of the mount point in its namespace. */
  readonly target: string;
  /** Per-mount options such as `ro`, `nosuid`, `relatime`. */
  options: readonly string[];
  /** Ids on disk are those of this user namespace (idmapped mounts). */
  readonly idMapping: UserNamespace | undefined;
  #children: Map<Node, Mount> | undefined;

  constructor(id: number, request: AttachRequest) {
    this.id = id;
    this.parent = request.parent;
    this.mountpoint = request.mountpoint;
    this.fileSystem = request.fileSystem;
    this.root = request.root ?? request.fileSystem.root;
    this.rootPath = request.rootPath ?? '/';
    this.source = request.source;
    this.target = request.target;
    this.options = request.options ?? PLAIN;
    this.idMapping = request.idMapping;
  }

  /** Mounts on top of nodes of this one. */
  get children(): ReadonlyMap<Node, Mount> {
    return this.#children ?? NO_CHILDREN;
  }

  /** Remembers what covers `node` from now on; undefined when nothing does any more. */
  cover(node: Node, mount: Mount | undefined): void {
    if (mount) (this.#children ??= new Map()).set(node, mount);
    else this.#children?.delete(node);
  }
}

const PLAIN: readonly string[] = ['rw', 'relatime'];

export interface AttachRequest {
  readonly parent: Mount | undefined;
  readonly mountpoint: Node | undefined;
  readonly target: string;
  readonly fileSystem: FileSystem;
  readonly root?: Node;
  readonly rootPath?: string;
  readonly source: string;
  readonly options?: readonly string[];
  readonly idMapping?: UserNamespace | undefined;
}

/** Mounts one namespace may have (fs.mount-max is 100,000). */
const MOUNT_LIMIT = 10_000;

let lastMountId = 20;

export class MountNamespace {
  readonly kind = 'mnt';
  readonly inode: NamespaceInode;
  readonly owner: UserNamespace;
  #mounts: Mount[] = [];
  #changes = 0;

  constructor(options: { readonly inode: NamespaceInode; readonly owner: UserNamespace }) {
    this.inode = options.inode;
    this.owner = options.owner;
  }

  /** In the order in which they were mounted. */
  get mounts(): readonly Mount[] {
    return this.#mounts;
  }

  /** The mount at `/`; undefined until something was attached there. */
  get root(): Mount | undefined {
    return this.#mounts[0];
  }

  /** How often something was mounted or taken away. */
  get changes(): number {
    return this.#changes;
  }

  get isFull(): boolean {
    return this.#mounts.length >= MOUNT_LIMIT;
  }

  attach(request: AttachRequest): Mount {
    const mount = new Mount(++lastMountId, request);
    this.#mounts.push(mount);
    this.#changes++;
    if (request.parent && request.mountpoint) request.parent.cover(request.mountpoint, mount);
    return mount;
  }

  /** Takes `mount`, and with `lazy` everything on top of it, away. @returns false when something is mounted on it */
  detach(mount: Mount, lazy = false): boolean {
    if (mount.children.size > 0) {
      if (!lazy) return false;
      for (const child of [...mount.children.values()]) this.detach(child, true);
    }
    if (mount.parent && mount.mountpoint) mount.parent.cover(mount.mountpoint, undefined);
    this.#mounts = this.#mounts.filter((each) => each !== mount);
    this.#changes++;
    return true;
  }

  /** A copy with the same mounts: unshare(CLONE_NEWNS). */
  clone(options: { readonly inode: NamespaceInode; readonly owner: UserNamespace }): MountNamespace {
    const copy = new MountNamespace(options);
    const copyOf = new Map<Mount, Mount>();
    for (const mount of this.#mounts) copyOf.set(mount, copy.attach({ ...requestOf(mount), parent: mount.parent && copyOf.get(mount.parent) }));
    return copy;
  }

  /**
   * Attaches copies of everything that is mounted below `source`, as MS_REC does for a bind mount.
   * @param paths.from canonical path that was bound, in the namespace of `source`
   * @param paths.to where it is bound to
   */
  copyBelow(source: Mount, copy: Mount, paths: { readonly from: string; readonly to: string }): void {
    const from = paths.from === '/' ? '' : paths.from;
    for (const child of [...source.children.values()]) {
      if (this.isFull || !child.target.startsWith(`${from}/`)) continue;
      const below = this.attach({
        ...requestOf(child),
        parent: copy,
        target: `${paths.to === '/' ? '' : paths.to}${child.target.slice(from.length)}`,
      });
      this.copyBelow(child, below, { from: child.target, to: below.target });
    }
  }
}

/** What a copy of `mount` is attached with. */
function requestOf(mount: Mount): AttachRequest {
  const { parent, mountpoint, target, fileSystem, root, rootPath, source, options, idMapping } = mount;
  return { parent, mountpoint, target, fileSystem, root, rootPath, source, options, idMapping };
}
