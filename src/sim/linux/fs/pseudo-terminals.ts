/** The devpts file system: the terminals of one instance (fs/devpts/inode.c). Who draws a terminal is not known here. */
import { Tty, TtyFile, type TtyOptions } from '../tty/pty.ts';
import { errno, type Errno } from '../errno.ts';
import { nextDevice, type DeviceNode, type DirectoryNode, type FileSystem } from './node.ts';
import type { OpenFile } from './open-file.ts';
import { SyntheticDirectory } from './synthetic.ts';

interface Slave {
  readonly tty: Tty;
  readonly node: DeviceNode;
}

export class PseudoTerminals implements FileSystem {
  readonly type = 'devpts';
  readonly options: readonly string[];
  readonly device = nextDevice();
  readonly root: DirectoryNode;
  readonly #slaveByName = new Map<string, Slave>();
  readonly #clock: () => number;

  constructor(clock: () => number, options: readonly string[] = ['gid=5', 'mode=620', 'ptmxmode=666']) {
    this.options = options;
    this.#clock = clock;
    const master = new TerminalNode({ number: 2, minor: 2, major: 5, mode: 0o666, uid: 0, gid: 0, modified: clock() });
    this.root = new SyntheticDirectory({
      modified: clock(),
      mode: 0o755,
      names: () => [...this.#slaveByName.keys(), 'ptmx'],
      lookup: (name) => (name === 'ptmx' ? master : this.#slaveByName.get(name)?.node),
    });
  }

  /** A new terminal on the lowest free number; `owner` is an id of the initial user namespace. It goes when it is hung up. */
  allocate(options: Omit<TtyOptions, 'name'>, owner = 0): Tty {
    for (const [name, slave] of this.#slaveByName) if (slave.tty.closed) this.#slaveByName.delete(name);
    let number = 0;
    while (this.#slaveByName.has(String(number))) number++;
    const tty = new Tty({ ...options, name: `pts/${number}` });
    const node = new TerminalNode({ number: number + 3, major: 136, minor: number, mode: 0o620, uid: owner, gid: 5, modified: this.#clock(), tty });
    this.#slaveByName.set(String(number), { tty, node });
    return tty;
  }

  usage(): undefined {
    return undefined;
  }
}

class TerminalNode implements DeviceNode {
  readonly kind = 'character-device';
  readonly number: number;
  readonly device: { readonly major: number; readonly minor: number };
  mode: number;
  uid: number;
  gid: number;
  modified: number;
  links = 1;
  readonly #tty: Tty | undefined;

  constructor(options: {
    readonly number: number;
    readonly major: number;
    readonly minor: number;
    readonly mode: number;
    readonly uid: number;
    readonly gid: number;
    readonly modified: number;
    readonly tty?: Tty;
  }) {
    this.number = options.number;
    this.device = { major: options.major, minor: options.minor };
    this.mode = options.mode;
    this.uid = options.uid;
    this.gid = options.gid;
    this.modified = options.modified;
    this.#tty = options.tty;
  }

  open(): OpenFile | Errno {
    if (!this.#tty) return errno('ENOSPC');
    return this.#tty.closed ? errno('EIO') : new TtyFile(this.#tty);
  }
}
