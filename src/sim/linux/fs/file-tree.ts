/**
 * A file system kept in memory: tmpfs, and, when it starts from a template, the root of a container (overlayfs) or of a
 * machine (ext4). Template entries become nodes of their own only when somebody looks at them, so that hundreds of
 * containers of one image cost almost nothing. Knows nothing of mounts and paths.
 */
import { errno, isErrno, type Errno } from '../errno.ts';
import { openDevice } from './device.ts';
import type { DirectoryTemplate, FileTemplate } from './file-template.ts';
import { nextDevice, type DeviceNode, type DirectoryEntries, type DirectoryNode, type FileNode, type FileSystem, type NewNode, type Node, type SpecialNode, type SymlinkNode } from './node.ts';
import type { OpenFile } from './open-file.ts';
import { createPipe } from './pipe.ts';
import { RegularFile, type Content } from './regular-file.ts';
import type { OpenFlags } from './vfs.ts';
import type { Process } from '../process/process.ts';

export interface FileTreeOptions {
  readonly type: 'tmpfs' | 'overlay' | 'ext4';
  /** The world's wall clock in Unix milliseconds, for modification times. */
  readonly clock: () => number;
  /** What it holds at first; an empty directory with mode 0755 (tmpfs: 01777) otherwise. */
  readonly template?: DirectoryTemplate;
  /** Of the root directory. */
  readonly mode?: number;
  /** Capacity in bytes; writing beyond it answers ENOSPC. */
  readonly capacity?: number;
  readonly options?: readonly string[];
}

/** Upper bound of what may be written into one tree when it has no capacity of its own: keeps a page's memory in hand. */
const DEFAULT_CAPACITY = 256 * 1024 * 1024;
/** Upper bound of directory entries made at run time in one tree. */
const NODE_LIMIT = 200_000;
const PAGE = 4096;

const ASCII = /^[\0-\u007f]*$/;

/** UTF-8 length of `text`. */
export function byteLength(text: string): number {
  if (ASCII.test(text)) return text.length;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

export class FileTree implements FileSystem {
  readonly type: string;
  readonly options: readonly string[];
  readonly device = nextDevice();
  readonly root: DirectoryNode;
  readonly clock: () => number;
  readonly capacity: number | undefined;
  #used = 0;
  #nodes = 0;
  #nextNumber = 2;

  constructor(options: FileTreeOptions) {
    this.type = options.type;
    this.options = options.options ?? [];
    this.clock = options.clock;
    this.capacity = options.capacity;
    const mode = options.mode ?? options.template?.mode ?? (options.type === 'tmpfs' ? 0o1777 : 0o755);
    const modified = options.template?.modified ?? options.clock();
    this.root = new TreeDirectory(this, { mode, uid: options.template?.uid ?? 0, gid: options.template?.gid ?? 0, modified }, options.template);
  }

  nextNumber(): number {
    return this.#nextNumber++;
  }

  /** Takes (or with a negative number gives back) room. @returns ENOSPC */
  reserve(bytes: number, nodes = 0): Errno | undefined {
    if ((bytes > 0 && this.#used + bytes > (this.capacity ?? DEFAULT_CAPACITY)) || (nodes > 0 && this.#nodes + nodes > NODE_LIMIT)) return errno('ENOSPC');
    this.#used += bytes;
    this.#nodes += nodes;
    return undefined;
  }

  usage(): { size: number; used: number; files: number } {
    // A disk is shown as one of 100 GiB; only tmpfs has a capacity that a learner can meet.
    const size = (this.capacity ?? 100 * 1024 ** 3) / 1024;
    return { size, used: Math.ceil(this.#used / PAGE) * (PAGE / 1024), files: this.#nodes };
  }

  /** The node that stands for a template entry. */
  fromTemplate(template: FileTemplate): Node {
    switch (template.kind) {
      case 'directory':
        return new TreeDirectory(this, template, template);
      case 'file':
        return new TreeFile(this, template, template.text, template.size);
      case 'symlink':
        return new TreeSymlink(this, template, template.target);
      case 'character-device':
      case 'block-device':
        return new TreeDevice(this, template, template.kind, template.device);
    }
  }

  fromNew(node: NewNode): Node {
    const attributes = { mode: node.mode, uid: node.uid, gid: node.gid, modified: this.clock() };
    switch (node.kind) {
      case 'directory':
        return new TreeDirectory(this, attributes);
      case 'file':
        return new TreeFile(this, attributes, '', undefined);
      case 'symlink':
        return new TreeSymlink(this, attributes, node.target ?? '');
      case 'fifo':
      case 'socket':
        return new TreeSpecial(this, attributes, node.kind);
      case 'character-device':
      case 'block-device':
        return new TreeDevice(this, attributes, node.kind, node.device ?? { major: 0, minor: 0 });
    }
  }
}

interface Attributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modified: number;
}

abstract class TreeNode {
  readonly number: number;
  readonly tree: FileTree;
  mode: number;
  uid: number;
  gid: number;
  modified: number;
  links = 1;

  constructor(tree: FileTree, attributes: Attributes) {
    this.tree = tree;
    this.number = tree.nextNumber();
    this.mode = attributes.mode;
    this.uid = attributes.uid;
    this.gid = attributes.gid;
    this.modified = attributes.modified;
  }
}

export class TreeDirectory extends TreeNode implements DirectoryNode {
  readonly kind = 'directory';
  /** What the template still provides, by name. */
  readonly #template: ReadonlyMap<string, FileTemplate> | undefined;
  /** Nodes made so far; undefined marks a template entry that was removed. */
  readonly #nodeByName = new Map<string, Node | undefined>();
  readonly entries: DirectoryEntries;

  constructor(tree: FileTree, attributes: Attributes, template?: DirectoryTemplate) {
    super(tree, attributes);
    this.#template = template && template.children.size > 0 ? template.children : undefined;
    this.links = 2;
    for (const child of this.#template?.values() ?? []) if (child.kind === 'directory') this.links++;
    this.entries = {
      create: (name, node) => this.#create(name, node),
      insert: (name, node) => this.#insert(name, node),
      remove: (name) => { this.#remove(name); },
      isEmpty: () => this.names().length === 0,
    };
  }

  lookup(name: string): Node | undefined {
    if (this.#nodeByName.has(name)) return this.#nodeByName.get(name);
    const template = this.#template?.get(name);
    if (!template) return undefined;
    const node = this.tree.fromTemplate(template);
    this.#nodeByName.set(name, node);
    return node;
  }

  names(): readonly string[] {
    const names: string[] = [];
    for (const name of this.#template?.keys() ?? []) if (!this.#nodeByName.has(name)) names.push(name);
    for (const [name, node] of this.#nodeByName) if (node) names.push(name);
    return names;
  }

  #create(name: string, request: NewNode): Node | Errno {
    const failed = this.tree.reserve(0, 1);
    if (failed) return failed;
    const node = this.tree.fromNew(request);
    node.links--;
    const inserted = this.#insert(name, node);
    return isErrno(inserted) ? inserted : node;
  }

  #insert(name: string, node: Node): Errno | undefined {
    if (!(node instanceof TreeNode) || node.tree !== this.tree) return errno('EXDEV');
    this.#nodeByName.set(name, node);
    if (node.kind === 'directory') this.links++;
    node.links++;
    this.modified = this.tree.clock();
    return undefined;
  }

  #remove(name: string): void {
    const node = this.lookup(name);
    if (!node) return;
    if (this.#template?.has(name)) this.#nodeByName.set(name, undefined);
    else this.#nodeByName.delete(name);
    if (node.kind === 'directory') this.links--;
    node.links--;
    if (node.links === 0 && node instanceof TreeFile) node.release();
    this.modified = this.tree.clock();
  }
}

export class TreeFile extends TreeNode implements FileNode, Content {
  readonly kind = 'file';
  text: string;
  #shownSize: number | undefined;
  /** Bytes reserved in the tree; what came from a template is not counted. */
  #reserved = 0;
  #bytes: number | undefined;

  constructor(tree: FileTree, attributes: Attributes, text: string, shownSize: number | undefined) {
    super(tree, attributes);
    this.text = text;
    this.#shownSize = shownSize;
  }

  get size(): number {
    return this.#shownSize ?? (this.#bytes ??= byteLength(this.text));
  }

  get image(): string {
    return this.text;
  }

  replace(text: string): Errno | undefined {
    return this.#set(text, byteLength(text));
  }

  append(text: string): Errno | undefined {
    return this.#set(this.text + text, (this.#bytes ??= byteLength(this.text)) + byteLength(text));
  }

  truncate(length: number): Errno | undefined {
    return this.replace(length <= this.text.length ? this.text.slice(0, length) : this.text + '\0'.repeat(length - this.text.length));
  }

  open(_caller: Process, flags: OpenFlags, path: string): OpenFile | Errno {
    if (flags.truncate && flags.write) this.replace('');
    return new RegularFile({ path, node: this, content: this, flags });
  }

  /** The last name is gone. */
  release(): void {
    this.tree.reserve(-this.#reserved, -1);
    this.#reserved = 0;
  }

  #set(text: string, bytes: number): Errno | undefined {
    const failed = this.tree.reserve(bytes - this.#reserved);
    if (failed) return failed;
    this.#reserved = bytes;
    this.#bytes = bytes;
    this.#shownSize = undefined;
    this.text = text;
    this.modified = this.tree.clock();
    return undefined;
  }
}

class TreeSymlink extends TreeNode implements SymlinkNode {
  readonly kind = 'symlink';
  readonly #target: string;

  constructor(tree: FileTree, attributes: Attributes, target: string) {
    super(tree, attributes);
    this.#target = target;
  }

  get size(): number {
    return byteLength(this.#target);
  }

  target(): string {
    return this.#target;
  }
}

class TreeDevice extends TreeNode implements DeviceNode {
  readonly kind: 'character-device' | 'block-device';
  readonly device: DeviceNode['device'];

  constructor(tree: FileTree, attributes: Attributes, kind: DeviceNode['kind'], device: DeviceNode['device']) {
    super(tree, attributes);
    this.kind = kind;
    this.device = device;
  }

  open(caller: Process, _flags: OpenFlags, path: string): OpenFile | Errno {
    return this.kind === 'block-device' ? errno('ENXIO') : openDevice(caller, this, path);
  }
}

/** Fifos and the names of sockets. A fifo is one pipe that opens without waiting for the other side. */
class TreeSpecial extends TreeNode implements SpecialNode {
  readonly kind: 'fifo' | 'socket';
  #pipe: ReturnType<typeof createPipe> | undefined;

  constructor(tree: FileTree, attributes: Attributes, kind: SpecialNode['kind']) {
    super(tree, attributes);
    this.kind = kind;
  }

  open(_caller: Process, flags: OpenFlags): OpenFile | Errno {
    if (this.kind === 'socket') return errno('ENXIO');
    this.#pipe ??= createPipe(this.number);
    return flags.write ? this.#pipe.writer : this.#pipe.reader;
  }
}
