/** procfs: one instance shows one PID namespace, and for the rest of the machine what its reader belongs to (fs/proc/root.c). */
import { errno, type Errno } from '../../errno.ts';
import type { Kernel } from '../../process/kernel.ts';
import type { PidNamespace } from '../../process/pid-namespace.ts';
import { pidIn, type Process } from '../../process/process.ts';
import { nextDevice, type DirectoryNode, type FileSystem, type Node } from '../node.ts';
import { fixedDirectory, SyntheticDirectory, SyntheticLink } from '../synthetic.ts';
import { machineFiles } from './machine-files.ts';
import { processDirectory } from './process-directory.ts';

export class ProcFileSystem implements FileSystem {
  readonly type = 'proc';
  readonly options: readonly string[] = [];
  readonly device = nextDevice();
  readonly root: DirectoryNode;
  readonly #namespace: PidNamespace;

  /** @param namespace whose processes it shows, under their numbers there */
  constructor(kernel: Kernel, namespace: PidNamespace) {
    this.#namespace = namespace;
    const now = kernel.simulation.wallClock;
    const self =
      (suffix: (pid: number) => string) =>
      (caller: Process): string | Errno => {
        // A reader that this instance does not show has no number here.
        const pid = pidIn(caller, namespace);
        return pid === undefined ? errno('ENOENT') : suffix(pid);
      };
    const fixed = sharedFiles(kernel);
    const links = new Map<string, Node>([
      ['self', new SyntheticLink({ modified: now, target: self((pid) => String(pid)) })],
      ['thread-self', new SyntheticLink({ modified: now, target: self((pid) => `${pid}/task/${pid}`) })],
    ]);
    this.root = new SyntheticDirectory({
      modified: now,
      names: (caller) => [...this.#processes().map(([pid]) => String(pid)), ...links.keys(), ...namesOf(fixed, caller)],
      lookup: (name, caller) => (/^[1-9]\d*$/.test(name) ? this.#process(Number(name)) : (links.get(name) ?? fixed.lookup(name, caller))),
    });
  }

  /** Whose processes it shows. */
  get namespace(): PidNamespace | undefined {
    return this.#namespace;
  }

  usage(): undefined {
    return undefined;
  }

  #processes(): readonly (readonly [number, Process])[] {
    const namespace = this.#namespace;
    return namespace.processes().map((process) => [pidIn(process, namespace) ?? 0, process] as const);
  }

  #process(pid: number): Node | undefined {
    const namespace = this.#namespace;
    const process = namespace.find(pid);
    return process ? processDirectory(process, namespace) : undefined;
  }
}

const sharedByKernel = new WeakMap<Kernel, DirectoryNode>();

/** What every instance on a machine shows alike; made once, since hundreds of containers have one each. */
function sharedFiles(kernel: Kernel): DirectoryNode {
  let shared = sharedByKernel.get(kernel);
  if (!shared) {
    const now = kernel.simulation.wallClock;
    shared = fixedDirectory(
      {
        ...machineFiles(kernel, now),
        mounts: () => new SyntheticLink({ modified: now, target: () => 'self/mounts' }),
        net: () => new SyntheticLink({ modified: now, target: () => 'self/net' }),
      },
      { modified: now },
    );
    sharedByKernel.set(kernel, shared);
  }
  return shared;
}

function namesOf(directory: DirectoryNode, caller: Process): readonly string[] {
  const names = directory.names(caller);
  return Array.isArray(names) ? names : [];
}
