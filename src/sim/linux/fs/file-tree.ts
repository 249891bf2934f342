/**
 * A file system kept in memory: tmpfs, and, when it starts from a template, the root of a container (overlayfs) or of a
 * machine (ext4). Template entries become nodes of their own only when somebody looks at them, so that hundreds of
 * containers of one image cost almost nothing. Knows nothing of mounts and paths.
 */
import { errno, type Errno } from '../errno.ts';
import type { DirectoryTemplate, FileTemplate } from './file-template.ts';
import { nextDevice, type DirectoryNode, type FileSystem, type NewNode, type Node } from './node.ts';
import { TreeDevice, TreeDirectory, TreeFile, TreeSpecial, TreeSymlink, type TreeHost } from './tree-nodes.ts';

export interface FileTreeOptions {
  readonly type: 'tmpfs' | 'overlay' | 'ext4';
  /** The world's wall clock in Unix milliseconds, for modification times. */
  readonly clock: () => number;
  /** What it holds at first; an empty directory with mode 0755 (tmpfs: 01777) otherwise. */
  readonly template?: DirectoryTemplate;
  /** Shows the time of its own making instead of the template's. */
  readonly fresh?: boolean;
  /** Of the root directory. */
  readonly mode?: number;
  /** Group of the root directory. */
  readonly gid?: number;
  /** Capacity in bytes; writing beyond it answers ENOSPC. */
  readonly capacity?: number;
  readonly options?: readonly string[];
}

/** Upper bound of what may be written into one tree, however big it says it is: keeps a page's memory in hand. */
const MOST_WRITTEN = 64 * 1024 * 1024;
/** Upper bound of directory entries made at run time in one tree. */
const NODE_LIMIT = 200_000;
const PAGE = 4096;
/** KiB that a machine's disk has taken up before anybody writes. */
const DISK_USED = 30_208_164;
const TMPFS_SIZE = 12_342_040;

export class FileTree implements FileSystem, TreeHost {
  readonly type: string;
  readonly options: readonly string[];
  readonly device = nextDevice();
  readonly root: DirectoryNode;
  readonly clock: () => number;
  readonly capacity: number | undefined;
  /** Time of all entries that come from a template, when it is not the template's own. */
  readonly #born: number | undefined;
  #used = 0;
  #nodes = 0;
  #nextNumber = 2;
  #removals = 0;

  constructor(options: FileTreeOptions) {
    this.type = options.type;
    this.options = options.options ?? [];
    this.clock = options.clock;
    this.capacity = options.capacity;
    if (options.fresh) this.#born = options.clock();
    const mode = options.mode ?? options.template?.mode ?? (options.type === 'tmpfs' ? 0o1777 : 0o755);
    // The root of an overlay is its upper layer's, which is new.
    const modified = this.#born ?? (options.type === 'overlay' ? undefined : options.template?.modified) ?? options.clock();
    this.root = new TreeDirectory(
      this,
      { mode, uid: options.template?.uid ?? 0, gid: options.gid ?? options.template?.gid ?? 0, modified },
      options.template,
    );
  }

  nextNumber(): number {
    return this.#nextNumber++;
  }

  /** Takes (or with a negative number gives back) room. @returns ENOSPC */
  reserve(bytes: number, nodes = 0): Errno | undefined {
    if ((bytes > 0 && this.#used + bytes > Math.min(this.capacity ?? MOST_WRITTEN, MOST_WRITTEN)) || (nodes > 0 && this.#nodes + nodes > NODE_LIMIT))
      return errno('ENOSPC');
    this.#used += bytes;
    this.#nodes += nodes;
    return undefined;
  }

  get removals(): number {
    return this.#removals;
  }

  entryChanged(): void {
    this.#removals++;
  }

  usage(): { size: number; used: number; files: number } {
    // A disk is shown as one of 100 GiB that is partly used; a tmpfs without a size may take half of the memory.
    const own = Math.ceil(this.#used / PAGE) * (PAGE / 1024);
    const files = this.#nodes;
    if (this.capacity !== undefined) return { size: this.capacity / 1024, used: own, files };
    return this.type === 'tmpfs' ? { size: TMPFS_SIZE, used: own, files } : { size: 100 * 1024 ** 2, used: DISK_USED + own, files };
  }

  /** The node that stands for a template entry. */
  fromTemplate(template: FileTemplate): Node {
    const attributes = this.#born === undefined ? template : { ...template, modified: this.#born };
    switch (template.kind) {
      case 'directory':
        return new TreeDirectory(this, attributes, template);
      case 'file':
        return new TreeFile(this, attributes, template);
      case 'symlink':
        return new TreeSymlink(this, attributes, template.target);
      case 'character-device':
      case 'block-device':
        return new TreeDevice(this, attributes, template);
    }
  }

  fromNew(node: NewNode): Node {
    const attributes = { mode: node.mode, uid: node.uid, gid: node.gid, modified: this.clock() };
    switch (node.kind) {
      case 'directory':
        return new TreeDirectory(this, attributes);
      case 'file':
        return new TreeFile(this, attributes, { text: '' });
      case 'symlink':
        return new TreeSymlink(this, attributes, node.target ?? '');
      case 'fifo':
      case 'socket':
        return new TreeSpecial(this, attributes, node.kind);
      case 'character-device':
      case 'block-device':
        return new TreeDevice(this, attributes, { kind: node.kind, device: node.device ?? { major: 0, minor: 0 } });
    }
  }
}
