/** Character devices without hardware (drivers/char/mem.c, random.c, tty_io.c), by their device number. */
import { WaitQueue } from '../../engine/wait-queue.ts';
import { errno, type Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import { TtyFile } from '../tty/pty.ts';
import type { FileTemplate } from './file-template.ts';
import type { DeviceNode, DeviceNumber } from './node.ts';
import { CountedFile, type OpenFile, type ReadRequest, type ReadResult } from './open-file.ts';

const NEVER = new WaitQueue();

class MemoryDevice extends CountedFile implements OpenFile {
  readonly description: string;
  readonly node: DeviceNode;
  readonly readable = NEVER;
  readonly writable = NEVER;
  readonly full = false;
  readonly #read: (request: ReadRequest) => string;
  readonly #accepts: boolean;

  constructor(options: { readonly path: string; readonly node: DeviceNode; readonly read: (request: ReadRequest) => string; readonly accepts: boolean }) {
    super();
    this.description = options.path;
    this.node = options.node;
    this.#read = options.read;
    this.#accepts = options.accepts;
  }

  read(request: ReadRequest): ReadResult {
    return this.#read(request);
  }

  write(): Errno | undefined {
    return this.#accepts ? undefined : errno('ENOSPC');
  }

  protected closed(): void {
    // Nothing to give back.
  }
}

const zeros = (request: ReadRequest): string => '\0'.repeat(request.max);

/** @returns ENXIO when nothing drives that number, or when there is no controlling terminal */
export function openDevice(caller: Process, node: DeviceNode, path: string): OpenFile | Errno {
  const { random } = caller.kernel.simulation;
  const noise = (request: ReadRequest): string => {
    let text = '';
    while (text.length < Math.min(request.max, 4096)) {
      const character = String.fromCharCode(random.integer(0, 255));
      text += character;
      if (character === request.until) break;
    }
    return text;
  };
  switch (`${node.device.major}:${node.device.minor}`) {
    case '1:3':
      return new MemoryDevice({ path, node, read: () => '', accepts: true });
    case '1:5':
      return new MemoryDevice({ path, node, read: zeros, accepts: true });
    case '1:7':
      return new MemoryDevice({ path, node, read: zeros, accepts: false });
    case '1:8':
    case '1:9':
      return new MemoryDevice({ path, node, read: noise, accepts: true });
    case '5:0':
      return caller.tty ? new TtyFile(caller.tty) : errno('ENXIO');
    default:
      return errno('ENXIO');
  }
}

const NUMBERS: Readonly<Record<string, DeviceNumber>> = {
  null: { major: 1, minor: 3 },
  zero: { major: 1, minor: 5 },
  full: { major: 1, minor: 7 },
  random: { major: 1, minor: 8 },
  urandom: { major: 1, minor: 9 },
  tty: { major: 5, minor: 0 },
};

/** What runc makes in a container's /dev (libcontainer/specconv AllowedDevices, rootfs_linux.go setupDevSymlinks). */
export function deviceTemplates(now: number): Map<string, FileTemplate> {
  const common = { uid: 0, gid: 0, modified: now };
  const children = new Map<string, FileTemplate>();
  for (const [name, device] of Object.entries(NUMBERS)) children.set(name, { kind: 'character-device', mode: 0o666, ...common, device });
  const link = (name: string, target: string): void => {
    children.set(name, { kind: 'symlink', mode: 0o777, ...common, target });
  };
  link('fd', '/proc/self/fd');
  link('stdin', '/proc/self/fd/0');
  link('stdout', '/proc/self/fd/1');
  link('stderr', '/proc/self/fd/2');
  link('ptmx', 'pts/ptmx');
  link('core', '/proc/kcore');
  return children;
}
