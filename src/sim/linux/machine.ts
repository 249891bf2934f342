/**
 * One machine as it is after booting: initial namespaces, mounted file systems, and init as its first process. Knows
 * nothing of clusters; what else runs on it is started by others.
 */
import type { Simulation } from '../engine/simulation.ts';
import { errno, isErrno, type Errno } from './errno.ts';
import { deviceTemplate } from './fs/device-template.ts';
import { fileTemplate, type DirectoryTemplate } from './fs/file-template.ts';
import { FileTree } from './fs/file-tree.ts';
import { mountedVfs } from './fs/mounted-vfs.ts';
import { MountNamespace, type Mount } from './fs/mount-namespace.ts';
import { MessageQueueFileSystem } from './fs/mqueue.ts';
import type { FileSystem } from './fs/node.ts';
import { NullFile } from './fs/null-file.ts';
import type { OpenFile } from './fs/open-file.ts';
import { findPath, type Place } from './fs/path-walk.ts';
import { createPipe } from './fs/pipe.ts';
import { ProcFileSystem } from './fs/proc/proc-file-system.ts';
import { PseudoTerminals } from './fs/pseudo-terminals.ts';
import { CGROUP_CONTROLLERS, cgroupFileSystem } from './fs/sys/cgroup-file-system.ts';
import { SysFileSystem } from './fs/sys/sys-file-system.ts';
import { IpcNamespace } from './ipc/ipc-namespace.ts';
import { INITIAL_TIME_INODE, INITIAL_USER_INODE, type NamespaceInodes } from './namespace/inode.ts';
import type { CgroupNamespace, IdMapping, NamespaceSet, TimeNamespace, UserNamespace, UtsNamespace } from './namespace/namespaces.ts';
import { NetworkNamespace } from './net/network-namespace.ts';
import type { TraceLog } from './net/packet-trace.ts';
import { ALL_CAPABILITIES, type Credentials } from './process/credentials.ts';
import { Kernel, type ProgramTable } from './process/kernel.ts';
import { PidNamespace } from './process/pid-namespace.ts';
import { ProcessContext } from './process/process-context.ts';
import type { Process } from './process/process.ts';
import type { Tty } from './tty/pty.ts';

export interface MachineOptions {
  readonly simulation: Simulation;
  /** One for all machines of a world. */
  readonly inodes: NamespaceInodes;
  readonly programs: ProgramTable;
  readonly hostname: string;
  /** Its root file system. */
  readonly root: DirectoryTemplate;
  /** Where packet traces are kept; one list for a whole world. */
  readonly traces?: TraceLog;
  /** Path and words of the first process. */
  readonly init?: { readonly path: string; readonly argv: readonly string[] };
}

/** Kernel release of the recorded machines. */
const RELEASE = '6.18.44';
/** What /run holds after booting. */
const RUN = fileTemplate({ '/lock': { directory: true, mode: 0o1777 }, '/sshd': { directory: true } });
const ALL_IDS: readonly IdMapping[] = [{ inside: 0, outside: 0, count: 4_294_967_295 }];
/** Half of the memory, as tmpfs takes by default. */
const HALF_OF_MEMORY = (24_684_084 * 1024) / 2;

/** containerd opens these to everybody in Pods with a network of their own (internal/cri/server/podsandbox/sandbox_run_linux.go). */
const SANDBOX_SYSCTLS: Readonly<Record<string, string>> = {
  'net.ipv4.ip_unprivileged_port_start': '0',
  'net.ipv4.ping_group_range': '0\t2147483647',
};

export class Machine {
  readonly name: string;
  readonly kernel: Kernel;
  readonly init: Process;
  /** The machine's /dev/shm. */
  readonly shm: FileTree;
  /** The machine's /dev/pts. */
  readonly terminals: PseudoTerminals;
  readonly #traces: TraceLog | undefined;

  constructor(parts: {
    readonly name: string;
    readonly kernel: Kernel;
    readonly init: Process;
    readonly shm: FileTree;
    readonly terminals: PseudoTerminals;
    readonly traces: TraceLog | undefined;
  }) {
    this.name = parts.name;
    this.kernel = parts.kernel;
    this.init = parts.init;
    this.shm = parts.shm;
    this.terminals = parts.terminals;
    this.#traces = parts.traces;
  }

  /** A new network namespace on this machine, with a loopback interface that is down. */
  newNetworkNamespace(owner: UserNamespace = this.kernel.initial.user): NetworkNamespace {
    const { simulation, inodes } = this.kernel;
    return new NetworkNamespace({ inode: inodes.next(), owner, simulation, host: this.name, traces: this.#traces });
  }

  /** Applies what containerd sets in every Pod's own network, and the Pod's own `net.` settings. */
  setSandboxSysctls(net: NetworkNamespace, sysctls: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries({ ...SANDBOX_SYSCTLS, ...sysctls })) {
      if (!name.startsWith('net.')) continue;
      const failed = net.sysctls.set(name, value);
      if (failed?.code === 'ENOENT') net.sysctls.define(name, value);
    }
  }

  /** A pipe, as pipe(2) makes it. */
  pipe(): ReturnType<typeof createPipe> {
    return createPipe(this.kernel.nextFileInode());
  }

  /** Where `path` leads for root of the machine; undefined when it does not exist. */
  placeOf(path: string): Place | undefined {
    const found = findPath(this.init, path);
    return isErrno(found) ? undefined : found.place;
  }
}

/** Everything on a machine starts from these rights. */
export function rootCredentials(user: UserNamespace): Credentials {
  return {
    uid: 0,
    gid: 0,
    groups: [0],
    user,
    effective: ALL_CAPABILITIES,
    permitted: ALL_CAPABILITIES,
    bounding: ALL_CAPABILITIES,
    noNewPrivileges: false,
  };
}

/** The order in which namespaces get their inodes is that of the recorded nodes: net, mnt, uts, ipc, pid, cgroup. */
function initialNamespaces(options: MachineOptions): NamespaceSet {
  const { inodes, simulation, hostname } = options;
  const user: UserNamespace = { kind: 'user', inode: INITIAL_USER_INODE, parent: undefined, uidMap: ALL_IDS, gidMap: ALL_IDS };
  const time: TimeNamespace = { kind: 'time', inode: INITIAL_TIME_INODE, owner: user };
  const net = new NetworkNamespace({ inode: inodes.next(), owner: user, simulation, host: hostname, traces: options.traces });
  net.interfaces.setUp(net.interfaces.loopback, true);
  const mnt = new MountNamespace({ inode: inodes.next(), owner: user });
  const uts: UtsNamespace = { kind: 'uts', inode: inodes.next(), owner: user, hostname, domainname: '(none)' };
  const ipc = new IpcNamespace({ inode: inodes.next(), owner: user });
  const pid = new PidNamespace({ inode: inodes.next(), parent: undefined, owner: user });
  const cgroup: CgroupNamespace = { kind: 'cgroup', inode: inodes.next(), owner: user, root: '/' };
  return { cgroup, ipc, mnt, net, pid, time, user, uts };
}

interface MountStep {
  readonly target: string;
  readonly fileSystem: FileSystem;
  readonly source: string;
  readonly options: readonly string[];
}

/** Mounts `step` on a directory of the machine's own tree, making it when it is missing. */
function attach(namespace: MountNamespace, step: MountStep, init: Process): void {
  let mount: Mount | undefined = namespace.root;
  let node = mount?.root;
  for (const name of step.target.split('/').filter((each) => each !== '')) {
    if (!mount || node?.kind !== 'directory') throw new Error(`nothing to mount ${step.target} on`);
    const found = node.lookup(name, init) ?? node.entries?.create(name, { kind: 'directory', mode: 0o755, uid: 0, gid: 0 });
    if (!found || isErrno(found)) throw new Error(`cannot make ${step.target}`);
    node = found;
    for (let over: Mount | undefined = mount.children.get(node); over; over = mount.children.get(node)) {
      mount = over;
      node = over.root;
    }
  }
  namespace.attach({ parent: mount, mountpoint: node, target: step.target, fileSystem: step.fileSystem, source: step.source, options: step.options });
}

/** @throws when the root file system has no init */
export function createMachine(options: MachineOptions): Machine {
  const { simulation, inodes, programs, hostname, traces } = options;
  const initial = initialNamespaces(options);
  const kernel = new Kernel({ simulation, inodes, programs, vfs: mountedVfs, initial, release: RELEASE });
  const clock = (): number => simulation.wallClock;
  const shm = new FileTree({ type: 'tmpfs', clock, capacity: HALF_OF_MEMORY });
  const terminals = new PseudoTerminals(clock, ['mode=600', 'ptmxmode=000']);
  const root = new FileTree({ type: 'ext4', clock, template: options.root });
  const { mnt } = initial;
  mnt.attach({ parent: undefined, mountpoint: undefined, target: '/', fileSystem: root, source: '/dev/vda', options: ['rw', 'relatime'] });
  const init = startInit(kernel, options.init ?? { path: '/sbin/init', argv: ['init'] });
  if (isErrno(init)) throw new Error(`${hostname} has no init: ${init.text}`);
  const plain = ['rw', 'relatime'];
  const steps: MountStep[] = [
    {
      target: '/dev',
      fileSystem: new FileTree({
        type: 'tmpfs',
        clock,
        template: deviceTemplate({ container: false, privileged: true }),
        fresh: true,
        mode: 0o755,
        options: ['size=12334460k', 'nr_inodes=3083615', 'mode=755'],
      }),
      source: 'devtmpfs',
      options: plain,
    },
    { target: '/dev/pts', fileSystem: terminals, source: 'devpts', options: plain },
    { target: '/proc', fileSystem: new ProcFileSystem(kernel, initial.pid), source: 'proc', options: plain },
    { target: '/sys', fileSystem: new SysFileSystem(kernel, initial.net), source: 'sysfs', options: plain },
    {
      target: '/sys/fs/cgroup',
      fileSystem: new FileTree({ type: 'tmpfs', clock, mode: 0o755, options: ['mode=755'] }),
      source: 'tmpfs',
      options: plain,
    },
    ...CGROUP_CONTROLLERS.map((name) => ({ target: `/sys/fs/cgroup/${name}`, fileSystem: cgroupFileSystem(name), source: 'cgroup', options: plain })),
    {
      target: '/run',
      fileSystem: new FileTree({ type: 'tmpfs', clock, template: RUN, fresh: true, capacity: HALF_OF_MEMORY, mode: 0o755 }),
      source: 'tmpfs',
      options: plain,
    },
    { target: '/dev/shm', fileSystem: shm, source: 'tmpfs', options: ['rw', 'nosuid', 'nodev', 'relatime'] },
    { target: '/dev/mqueue', fileSystem: new MessageQueueFileSystem(initial.ipc, clock), source: 'mqueue', options: plain },
  ];
  for (const step of steps) attach(mnt, step, init);
  return new Machine({ name: hostname, kernel, init, shm, terminals, traces });
}

function startInit(kernel: Kernel, init: { readonly path: string; readonly argv: readonly string[] }): Process | Errno {
  return kernel.spawn({
    parent: undefined,
    run: { path: init.path },
    argv: init.argv,
    env: new Map([
      ['HOME', '/'],
      ['TERM', 'linux'],
    ]),
    files: standardFiles(),
    credentials: rootCredentials(kernel.initial.user),
    namespaces: kernel.initial,
    fs: { root: '/', cwd: '/' },
    newSession: true,
  });
}

function standardFiles(): ReadonlyMap<number, OpenFile> {
  return new Map<number, OpenFile>([
    [0, new NullFile()],
    [1, new NullFile()],
    [2, new NullFile()],
  ]);
}

export interface EnterRequest {
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<number, OpenFile>;
  readonly cwd?: string;
  /** Becomes the controlling terminal. */
  readonly tty?: Tty;
  /** The leader of its session stayed outside and has no number here: what nsenter runs is that one's child. */
  readonly sessionOutside?: boolean;
}

/** Starts a process on the machine as somebody who came in from outside (its parent has no number there, PPID 0), as root. */
export function enterMachine(machine: Machine, request: EnterRequest): Process | Errno {
  const { kernel } = machine;
  if (!request.path.startsWith('/')) return errno('ENOENT');
  const process = kernel.spawn({
    parent: undefined,
    run: { path: request.path },
    argv: request.argv,
    env: request.env,
    files: request.files,
    credentials: rootCredentials(kernel.initial.user),
    namespaces: kernel.initial,
    fs: { root: '/', cwd: request.cwd ?? '/' },
    newSession: true,
  });
  if (!isErrno(process) && request.tty) new ProcessContext(kernel, process).takeTerminal(request.tty);
  if (!isErrno(process) && request.sessionOutside) process.session = { ...process, pids: [] };
  return process;
}
