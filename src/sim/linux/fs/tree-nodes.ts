/** The nodes of a tree kept in memory (file-tree.ts): directories that unfold their template when looked at, files, links, devices. */
import { errno, isErrno, type Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import { openDevice } from './device.ts';
import type { DirectoryTemplate, FileTemplate } from './file-template.ts';
import type { DeviceNode, DirectoryEntries, DirectoryNode, FileNode, NewNode, Node, SpecialNode, SymlinkNode } from './node.ts';
import type { OpenFile } from './open-file.ts';
import { createPipe } from './pipe.ts';
import { RegularFile, type Content } from './regular-file.ts';
import type { OpenFlags } from './vfs.ts';

/** What nodes need of the tree they are in. */
export interface TreeHost {
  readonly clock: () => number;
  nextNumber(): number;
  reserve(bytes: number, nodes?: number): Errno | undefined;
  /** An entry leads elsewhere than before. */
  entryChanged(): void;
  fromTemplate(template: FileTemplate): Node;
  fromNew(node: NewNode): Node;
}

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

interface Attributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modified: number;
}

abstract class TreeNode {
  readonly number: number;
  readonly tree: TreeHost;
  mode: number;
  uid: number;
  gid: number;
  modified: number;
  links = 1;
  /** Made at run time, so that the tree counts it. */
  counted = false;

  constructor(tree: TreeHost, attributes: Attributes) {
    this.tree = tree;
    this.number = tree.nextNumber();
    this.mode = attributes.mode;
    this.uid = attributes.uid;
    this.gid = attributes.gid;
    this.modified = attributes.modified;
  }

  abstract get kind(): Node['kind'];

  /** The last name is gone. */
  release(): void {
    if (this.counted) this.tree.reserve(0, -1);
    this.counted = false;
  }
}

const DIRECTORIES = new WeakMap<ReadonlyMap<string, FileTemplate>, number>();

/** How many directories a template's directory holds; many trees begin with the same template. */
function directoriesIn(children: ReadonlyMap<string, FileTemplate>): number {
  const known = DIRECTORIES.get(children);
  if (known !== undefined) return known;
  let count = 0;
  for (const child of children.values()) if (child.kind === 'directory') count++;
  DIRECTORIES.set(children, count);
  return count;
}

export class TreeDirectory extends TreeNode implements DirectoryNode, DirectoryEntries {
  readonly kind = 'directory';
  /** What the template still provides, by name. */
  readonly #template: ReadonlyMap<string, FileTemplate> | undefined;
  /** Nodes made so far; undefined marks a template entry that was removed. */
  #nodeByName: Map<string, Node | undefined> | undefined;
  readonly #lower: boolean;
  #changed = false;

  constructor(tree: TreeHost, attributes: Attributes, template?: DirectoryTemplate) {
    super(tree, attributes);
    this.#lower = template !== undefined;
    this.#template = template && template.children.size > 0 ? template.children : undefined;
    this.links = 2;
    if (this.#template) this.links += directoriesIn(this.#template);
  }

  get merged(): boolean {
    if (!this.#lower) return false;
    if (this.#changed) return true;
    for (const node of this.#nodeByName?.values() ?? []) if (node?.kind === 'directory' && node.merged === true) return true;
    return false;
  }

  copyUp(): void {
    this.#changed = true;
  }

  get entries(): DirectoryEntries {
    return this;
  }

  isEmpty(): boolean {
    return this.names().length === 0;
  }

  lookup(name: string): Node | undefined {
    if (this.#nodeByName?.has(name)) return this.#nodeByName?.get(name);
    const template = this.#template?.get(name);
    if (!template) return undefined;
    const node = this.tree.fromTemplate(template);
    (this.#nodeByName ??= new Map()).set(name, node);
    return node;
  }

  names(): readonly string[] {
    const names: string[] = [];
    for (const name of this.#template?.keys() ?? []) if (!this.#nodeByName?.has(name)) names.push(name);
    for (const [name, node] of this.#nodeByName ?? []) if (node) names.push(name);
    return names;
  }

  create(name: string, request: NewNode): Node | Errno {
    const failed = this.tree.reserve(0, 1);
    if (failed) return failed;
    const node = this.tree.fromNew(request);
    node.links--;
    if (node instanceof TreeNode) node.counted = true;
    const inserted = this.insert(name, node);
    return isErrno(inserted) ? inserted : node;
  }

  insert(name: string, node: Node): Errno | undefined {
    if (!(node instanceof TreeNode) || node.tree !== this.tree) return errno('EXDEV');
    (this.#nodeByName ??= new Map()).set(name, node);
    if (node.kind === 'directory') this.links++;
    node.links++;
    this.modified = this.tree.clock();
    this.#changed = true;
    return undefined;
  }

  /** Shows a node of another file system under `name`, as a bind mount over an empty file does. */
  pin(name: string, node: Node): void {
    this.tree.entryChanged();
    (this.#nodeByName ??= new Map()).set(name, node);
  }

  remove(name: string): void {
    const node = this.lookup(name);
    if (!node) return;
    this.tree.entryChanged();
    if (this.#template?.has(name)) (this.#nodeByName ??= new Map()).set(name, undefined);
    else this.#nodeByName?.delete(name);
    if (node.kind === 'directory') this.links--;
    node.links--;
    // An empty directory is left with the entry for itself.
    if (node instanceof TreeNode && node.links <= Number(node.kind === 'directory')) node.release();
    this.modified = this.tree.clock();
    this.#changed = true;
  }
}

export class TreeFile extends TreeNode implements FileNode, Content {
  readonly kind = 'file';
  text: string;
  #shownSize: number | undefined;
  /** Bytes reserved in the tree; what came from a template is not counted. */
  #reserved = 0;
  #bytes: number | undefined;

  constructor(tree: TreeHost, attributes: Attributes, content: { readonly text: string; readonly size?: number | undefined }) {
    super(tree, attributes);
    this.text = content.text;
    this.#shownSize = content.size;
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

  override release(): void {
    super.release();
    this.tree.reserve(-this.#reserved);
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

export class TreeSymlink extends TreeNode implements SymlinkNode {
  readonly kind = 'symlink';
  readonly #target: string;

  constructor(tree: TreeHost, attributes: Attributes, target: string) {
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

export class TreeDevice extends TreeNode implements DeviceNode {
  readonly kind: 'character-device' | 'block-device';
  readonly device: DeviceNode['device'];

  constructor(tree: TreeHost, attributes: Attributes, special: Pick<DeviceNode, 'kind' | 'device'>) {
    super(tree, attributes);
    this.kind = special.kind;
    this.device = special.device;
  }

  open(caller: Process, _flags: OpenFlags, path: string): OpenFile | Errno {
    return this.kind === 'block-device' ? errno('ENXIO') : openDevice(caller, this, path);
  }
}

/** Fifos and the names of sockets. A fifo is one pipe that opens without waiting for the other side. */
export class TreeSpecial extends TreeNode implements SpecialNode {
  readonly kind: 'fifo' | 'socket';
  #pipe: ReturnType<typeof createPipe> | undefined;

  constructor(tree: TreeHost, attributes: Attributes, kind: SpecialNode['kind']) {
    super(tree, attributes);
    this.kind = kind;
  }

  open(_caller: Process, flags: OpenFlags): OpenFile | Errno {
    if (this.kind === 'socket') return errno('ENXIO');
    this.#pipe ??= createPipe(this.number);
    return flags.write ? this.#pipe.writer : this.#pipe.reader;
  }
}
