/** Nodes whose content is computed from the machine's state when somebody looks (kernfs and procfs). Knows no paths. */
import { errno, isErrno, type Errno } from '../errno.ts';
import type { AnyNamespace } from '../namespace/namespaces.ts';
import type { Process } from '../process/process.ts';
import type { DirectoryNode, FileNode, Jump, Node, SymlinkNode } from './node.ts';
import type { OpenFile } from './open-file.ts';
import { TextFile } from './regular-file.ts';
import type { OpenFlags } from './vfs.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export const ROOT: Owner = { uid: 0, gid: 0 };

let lastNumber = 4_026_531_000;

abstract class Synthetic {
  readonly number = ++lastNumber;
  mode: number;
  uid: number;
  gid: number;
  modified: number;
  links = 1;

  constructor(mode: number, modified: number, owner: Owner) {
    this.mode = mode;
    this.modified = modified;
    this.uid = owner.uid;
    this.gid = owner.gid;
  }
}

export interface DirectoryOptions {
  readonly modified: number;
  readonly mode?: number;
  readonly owner?: Owner;
  readonly lookup: (name: string, caller: Process) => Node | Errno | undefined;
  readonly names: (caller: Process) => readonly string[] | Errno;
}

export class SyntheticDirectory extends Synthetic implements DirectoryNode {
  readonly kind = 'directory';
  readonly #options: DirectoryOptions;

  constructor(options: DirectoryOptions) {
    super(options.mode ?? 0o555, options.modified, options.owner ?? ROOT);
    this.#options = options;
    this.links = 2;
  }

  lookup(name: string, caller: Process): Node | Errno | undefined {
    return this.#options.lookup(name, caller);
  }

  names(caller: Process): readonly string[] | Errno {
    return this.#options.names(caller);
  }
}

/** A directory with a fixed set of entries, each made when it is first looked at and kept then (so that it can be mounted on). */
export function fixedDirectory(
  entries: Readonly<Record<string, () => Node>>,
  options: { readonly modified: number; readonly mode?: number; readonly owner?: Owner },
): SyntheticDirectory {
  const made = new Map<string, Node>();
  return new SyntheticDirectory({
    ...options,
    names: () => Object.keys(entries),
    lookup(name) {
      const known = made.get(name);
      if (known) return known;
      const make = Object.hasOwn(entries, name) ? entries[name] : undefined;
      if (!make) return undefined;
      const node = make();
      made.set(name, node);
      return node;
    },
  });
}

export interface FileOptions {
  readonly modified: number;
  readonly mode?: number;
  readonly owner?: Owner;
  /** Content for `caller` at the moment of opening. */
  readonly read: (caller: Process) => string | Errno;
  readonly write?: (caller: Process, text: string) => Errno | undefined;
}

export class SyntheticFile extends Synthetic implements FileNode {
  readonly kind = 'file';
  readonly size = 0;
  readonly #options: FileOptions;

  constructor(options: FileOptions) {
    super(options.mode ?? (options.write ? 0o644 : 0o444), options.modified, options.owner ?? ROOT);
    this.#options = options;
  }

  open(caller: Process, flags: OpenFlags, path: string): OpenFile | Errno {
    const { read, write } = this.#options;
    const text = flags.read ? read(caller) : '';
    if (isErrno(text)) return text;
    return new TextFile({ path, node: this, text, onWrite: write && ((written) => write(caller, written)) });
  }
}

export class SyntheticLink extends Synthetic implements SymlinkNode {
  readonly kind = 'symlink';
  readonly size: number;
  readonly jump?: (caller: Process) => Jump | Errno;
  readonly #target: (caller: Process) => string | Errno;

  constructor(options: {
    readonly modified: number;
    readonly owner?: Owner;
    readonly mode?: number;
    readonly size?: number;
    readonly target: (caller: Process) => string | Errno;
    readonly jump?: (caller: Process) => Jump | Errno;
  }) {
    super(options.mode ?? 0o777, options.modified, options.owner ?? ROOT);
    this.size = options.size ?? 0;
    this.#target = options.target;
    if (options.jump) this.jump = options.jump;
  }

  target(caller: Process): string | Errno {
    return this.#target(caller);
  }
}

/** The file that stands for a namespace (nsfs): what /proc/PID/ns links lead to and what can be bound to /run/netns. */
export class NamespaceNode implements FileNode {
  readonly kind = 'file';
  readonly number: number;
  readonly namespace: AnyNamespace;
  readonly size = 0;
  mode = 0o444;
  uid = 0;
  gid = 0;
  modified: number;
  links = 1;

  constructor(namespace: AnyNamespace, modified: number) {
    this.namespace = namespace;
    this.number = namespace.inode;
    this.modified = modified;
  }

  open(): OpenFile | Errno {
    const { namespace } = this;
    return new NamespaceFile(this, namespace);
  }
}

class NamespaceFile extends TextFile {
  readonly namespace: AnyNamespace;

  constructor(node: NamespaceNode, namespace: AnyNamespace) {
    super({ path: `${namespace.kind}:[${namespace.inode}]`, node, text: '' });
    this.namespace = namespace;
  }
}

/**
 * Where a link of /proc/PID/fd leads: the file itself when a path led to it, else something that opens to the same
 * description again (pipes and terminals are what they are).
 */
export function handleNode(file: OpenFile, owner: Owner, modified: number): Node {
  if (file.node) return file.node;
  const number = Number(/\[(\d+)\]$/.exec(file.description)?.[1] ?? 0);
  const common = { number, mode: 0o600, uid: owner.uid, gid: owner.gid, modified, links: 1 };
  if (file.tty)
    return { ...common, kind: 'character-device', device: { major: 136, minor: Number(file.tty.name.split('/')[1] ?? 0) }, open: () => file };
  if (file.description.startsWith('socket:')) return { ...common, kind: 'socket', open: () => errno('ENXIO') };
  if (file.description.startsWith('/dev/'))
    return { ...common, kind: 'character-device', mode: 0o666, device: { major: 1, minor: 3 }, open: () => file };
  return { ...common, kind: 'fifo', open: () => file };
}
