/** Character devices without hardware (drivers/char/mem.c, random.c, tty_io.c), by their device number. */
import { WaitQueue } from '../../engine/wait-queue.ts';
import { errno, type Errno } from '../errno.ts';
import type { Process } from '../process/process.ts';
import { TtyFile } from '../tty/pty.ts';
import type { DeviceNode } from './node.ts';
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

  constructor(options: {
    readonly path: string;
    readonly node: DeviceNode;
    readonly read: (request: ReadRequest) => string;
    readonly accepts: boolean;
  }) {
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

/** One text per length, so that a file full of zeros costs almost nothing. */
const zerosByLength = new Map<number, string>();

function zeros(request: ReadRequest): string {
  let text = zerosByLength.get(request.max);
  if (text === undefined) zerosByLength.set(request.max, (text = '\0'.repeat(request.max)));
  return text;
}

/** @returns ENXIO when nothing drives that number, or when there is no controlling terminal */
export function openDevice(caller: Process, node: DeviceNode, path: string): OpenFile | Errno {
  const { random } = caller.kernel.simulation;
  const noise = (request: ReadRequest): string => {
    const codes: number[] = [];
    const until = request.until?.charCodeAt(0);
    while (codes.length < Math.min(request.max, 4096)) {
      const code = random.integer(0, 255);
      codes.push(code);
      if (code === until) break;
    }
    return String.fromCharCode(...codes);
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
