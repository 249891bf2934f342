/**
 * The file systems of sandboxes and containers: image, /proc, /dev, /sys, what the kubelet mounts
 * (containerd: internal/cri/server/container_create_linux.go, pkg/oci/mounts.go; runc: masked and read-only paths).
 */
import { deviceTemplate } from '../../linux/fs/device-template.ts';
import { FileTree } from '../../linux/fs/file-tree.ts';
import { fileTemplate, type FileEntry } from '../../linux/fs/file-template.ts';
import type { NamespaceInode } from '../../linux/namespace/inode.ts';
import { MountNamespace } from '../../linux/fs/mount-namespace.ts';
import { MessageQueueFileSystem } from '../../linux/fs/mqueue.ts';
import type { FileSystem, Node } from '../../linux/fs/node.ts';
import { pathInFileSystem } from '../../linux/fs/mount-calls.ts';
import type { Place } from '../../linux/fs/path-walk.ts';
import { PseudoTerminals } from '../../linux/fs/pseudo-terminals.ts';
import { ProcFileSystem } from '../../linux/fs/proc/proc-file-system.ts';
import { CGROUP_CONTROLLERS, cgroupFileSystem } from '../../linux/fs/sys/cgroup-file-system.ts';
import { SysFileSystem } from '../../linux/fs/sys/sys-file-system.ts';
import type { Machine } from '../../linux/machine.ts';
import type { UserNamespace } from '../../linux/namespace/namespaces.ts';
import type { PidNamespace } from '../../linux/process/pid-namespace.ts';
import type { Container, Sandbox } from './container.ts';
import { criError } from './cri-error.ts';
import type { Image } from './images/image.ts';
import { resolveImage } from './images/registry.ts';
import { MountBuilder } from './mount-builder.ts';
import { lookUpUser, type ImageUser } from './process-credentials.ts';
import type { ContainerConfig, ContainerMount, CriError, PodSandboxConfig } from './runtime.ts';

/** Size of a Pod's own /dev/shm (containerd: defaultShmSize). */
const SHM_BYTES = 64 * 1024 * 1024;

/** What a tmpfs of the kubelet may hold: the machine's memory. */
const SECRET_BYTES = 24_581_684 * 1024;
const SECRET_OPTIONS = ['size=24581684k', 'noswap'];

/** Covered or read-only in unprivileged containers (containerd: pkg/oci/spec.go). */
const MASKED = [
  '/proc/asound',
  '/proc/acpi',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
  '/sys/devices/virtual/powercap',
];
const READ_ONLY = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

/** The Pod's /dev/shm: its own, or the node's with hostIPC. */
export function podShm(machine: Machine, config: PodSandboxConfig): FileTree {
  if (config.namespaces.ipc === 'node') return machine.shm;
  return new FileTree({ type: 'tmpfs', clock: clockOf(machine), capacity: SHM_BYTES, mode: 0o1777, options: ['size=65536k'] });
}

/** The mounts of the pause process. */
export function sandboxMounts(machine: Machine, user: UserNamespace): MountNamespace {
  const namespace = new MountNamespace({ inode: machine.kernel.inodes.next(), owner: user });
  const pause = resolveImage('registry.k8s.io/pause:3.10.2');
  if (!('image' in pause)) throw new Error('every node has the pause image');
  const builder = new MountBuilder(namespace, machine.init, user === machine.kernel.initial.user ? undefined : user);
  builder.root(new FileTree({ type: 'overlay', clock: clockOf(machine), template: pause.image.template }), 'overlay', ['ro', 'relatime']);
  return namespace;
}

/** @returns the writable tree over the image, and the user of its first process; or why containerd refuses */
export function containerRoot(request: {
  readonly machine: Machine;
  readonly sandbox: Sandbox;
  readonly config: ContainerConfig;
  readonly image: Image;
}): { readonly root: FileTree; readonly user: ImageUser } | CriError {
  const { config, image, machine } = request;
  const root = new FileTree({ type: 'overlay', clock: clockOf(machine), template: image.template });
  const { runAsUser, runAsGroup, supplementalGroups } = config.security;
  const user = lookUpUser(
    { user: runAsUser === undefined ? image.user || '0' : String(runAsUser), group: runAsGroup, supplemental: supplementalGroups },
    image.textOf('/etc/passwd') ?? '',
    image.textOf('/etc/group') ?? '',
  );
  if (!user)
    return criError('Unknown', `failed to create containerd container: unable to find user ${image.user}: no matching entries in passwd file`);
  return { root, user };
}

/** The mount namespace of a container's processes, numbered `inode`; /proc is that of `pid`. */
export function containerMounts(
  machine: Machine,
  container: Container,
  { inode, pid }: { readonly inode: NamespaceInode; readonly pid: PidNamespace },
): MountNamespace {
  const { sandbox, config } = container;
  const { kernel } = machine;
  const clock = clockOf(machine);
  const privileged = config.security.privileged;
  const idMapping = sandbox.user === kernel.initial.user ? undefined : sandbox.user;
  const namespace = new MountNamespace({ inode, owner: sandbox.user });
  const builder = new MountBuilder(namespace, machine.init, idMapping);
  builder.root(container.root, 'overlay', [config.security.readonlyRootFilesystem ? 'ro' : 'rw', 'relatime']);
  // eslint-disable-next-line max-params -- one line per mount reads best as a table
  const add = (target: string, fileSystem: FileSystem, source: string, options: readonly string[]): void => {
    builder.add({ target, fileSystem, source, options });
  };
  add('/proc', new ProcFileSystem(kernel, pid), 'proc', ['rw', 'nosuid', 'nodev', 'noexec', 'relatime']);
  const devices = new FileTree({
    type: 'tmpfs',
    clock,
    template: deviceTemplate({ container: true, privileged }),
    fresh: true,
    capacity: SHM_BYTES,
    mode: 0o755,
    options: ['size=65536k', 'mode=755'],
  });
  add('/dev', devices, 'tmpfs', ['rw', 'nosuid']);
  add('/dev/pts', new PseudoTerminals(clock), 'devpts', ['rw', 'nosuid', 'noexec', 'relatime']);
  add('/dev/mqueue', new MessageQueueFileSystem(sandbox.namespaces.ipc, clock), 'mqueue', ['rw', 'nosuid', 'nodev', 'noexec', 'relatime']);
  add('/sys', new SysFileSystem(kernel, sandbox.namespaces.net), 'sysfs', [privileged ? 'rw' : 'ro', 'nosuid', 'nodev', 'noexec', 'relatime']);
  add('/sys/fs/cgroup', new FileTree({ type: 'tmpfs', clock, mode: 0o755, options: ['mode=755'] }), 'tmpfs', [
    'rw',
    'nosuid',
    'nodev',
    'noexec',
    'relatime',
  ]);
  for (const controller of CGROUP_CONTROLLERS)
    add(`/sys/fs/cgroup/${controller}`, cgroupFileSystem(controller), 'cgroup', [privileged ? 'rw' : 'ro', 'nosuid', 'nodev', 'noexec', 'relatime']);
  const steps: MountOrder[] = config.mounts.map((mount) => ({
    target: mount.containerPath,
    make: () => {
      kubeletMount(builder, { machine, container, mount });
    },
  }));
  const fileUnlessGiven = (target: string, text: string): void => {
    const make = (): void => {
      hostFile(builder, machine, { target, text });
    };
    if (!config.mounts.some((mount) => mount.containerPath === target)) steps.push({ target, make });
  };
  fileUnlessGiven('/etc/hostname', `${sandbox.namespaces.uts.hostname}\n`);
  fileUnlessGiven('/etc/resolv.conf', resolvConf(sandbox.config.dns));
  const hostIpc = sandbox.config.namespaces.ipc === 'node';
  // A volume at that place stands for it (containerd: internal/cri/server container mounts).
  if (!config.mounts.some((mount) => mount.containerPath === '/dev/shm'))
    steps.push({
      target: '/dev/shm',
      make: () => {
        const flags = idMapping === undefined || hostIpc ? [] : ['nosuid', 'nodev', 'noexec'];
        add('/dev/shm', sandbox.shm, hostIpc ? 'tmpfs' : 'shm', ['rw', ...flags, 'relatime']);
      },
    });
  // Short paths first, so that nothing is covered (containerd: internal/cri/util orderedMounts).
  for (const { make } of steps.sort((a, b) => a.target.split('/').length - b.target.split('/').length)) make();
  if (!privileged && config.security.unmaskedProc !== true) {
    const nothing = new FileTree({ type: 'tmpfs', clock, mode: 0o755, capacity: 4096, options: ['size=4k', 'nr_inodes=1'] });
    for (const path of READ_ONLY) builder.remount(path, ['ro', 'nosuid', 'nodev', 'noexec', 'relatime']);
    const found = devices.root.lookup('null', machine.init);
    for (const path of MASKED)
      if (found && 'kind' in found && found.kind === 'character-device') builder.mask(path, { file: found, fileSystem: devices, directory: nothing });
  }
  return namespace;
}

interface MountOrder {
  readonly target: string;
  readonly make: () => void;
}

/** /etc/resolv.conf as containerd writes it (parseDNSOptions). */
function resolvConf(dns: PodSandboxConfig['dns']): string {
  const search = dns.searches.length > 0 ? `search ${dns.searches.join(' ')}\n` : '';
  const servers = dns.servers.map((server) => `nameserver ${server}\n`).join('');
  const options = dns.options.length > 0 ? `options ${dns.options.join(' ')}\n` : '';
  return `${search}${servers}${options}`;
}

/** A single file that lives on the node's disk and is bound into the container. */
function hostFile(
  builder: MountBuilder,
  machine: Machine,
  { target, text, mode }: { readonly target: string; readonly text: string; readonly mode?: number | undefined },
): void {
  const tree = new FileTree({
    type: 'ext4',
    clock: clockOf(machine),
    template: fileTemplate({ '/file': mode === undefined ? text : { text, mode } }, machine.kernel.simulation.wallClock),
  });
  const node = tree.root.lookup('file', machine.init);
  if (node && 'kind' in node && node.kind === 'file')
    builder.add({ target, fileSystem: tree, root: node, rootPath: `/var/lib/kubelet${target}`, source: '/dev/vda', options: ['rw', 'relatime'] });
}

function kubeletMount(
  builder: MountBuilder,
  { machine, container, mount }: { readonly machine: Machine; readonly container: Container; readonly mount: ContainerMount },
): void {
  const options = [mount.readonly ? 'ro' : 'rw', 'relatime'];
  const { source, containerPath: target } = mount;
  switch (source.kind) {
    case 'file':
      hostFile(builder, machine, { target, text: source.text, mode: source.mode });
      return;
    case 'files': {
      const now = machine.kernel.simulation.wallClock;
      const list = mount.subPath === undefined ? projectedFiles(source, now) : plainFiles('', source);
      const tree = new FileTree({
        type: 'tmpfs',
        clock: clockOf(machine),
        template: fileTemplate(list, now),
        mode: 0o1777,
        capacity: SECRET_BYTES,
        options: SECRET_OPTIONS,
      });
      addPart(builder, { machine, tree, mount, source: 'tmpfs', options });
      return;
    }
    case 'empty-dir': {
      const tree = emptyDirectory(machine, container.sandbox, source);
      addPart(builder, { machine, tree, mount, source: source.medium === 'Memory' ? 'tmpfs' : '/dev/vda', options });
      return;
    }
    case 'host-path': {
      const place = machine.placeOf(source.path) ?? madeDirectory(machine, source.path);
      if (!place) return;
      const copy = builder.add({
        target,
        fileSystem: place.mount.fileSystem,
        root: place.node,
        rootPath: pathInFileSystem(place),
        source: place.mount.source,
        options,
      });
      // rbind: whatever is mounted below comes along.
      builder.namespace.copyBelow(place.mount, copy, { from: place.path, to: target });
    }
  }
}

/** containerd makes a missing source of a bind mount (internal/cri/opts/spec_linux_opts.go WithMounts). */
function madeDirectory(machine: Machine, path: string): Place | undefined {
  const { vfs } = machine.kernel;
  let made = '';
  for (const name of path.split('/').filter((each) => each !== '')) vfs.mkdir(machine.init, (made += `/${name}`), 0o755);
  return machine.placeOf(path);
}

type Files = Extract<ContainerMount['source'], { readonly kind: 'files' }>;

function plainFiles(prefix: string, source: Files): Record<string, FileEntry> {
  return Object.fromEntries(Object.entries(source.files).map(([name, text]) => [`${prefix}/${name}`, { text, mode: source.mode }]));
}

/** The layout that lets the kubelet replace all files at once (pkg/volume/util/atomic_writer.go): links through ..data to a dated directory. */
function projectedFiles(source: Files, now: number): Record<string, FileEntry> {
  const stamp = new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-T:]/g, '_');
  const directory = `..${stamp}.${String((now * 7919) % 4_294_967_296)}`;
  const links: Record<string, FileEntry> = { '/..data': { link: directory } };
  for (const name of Object.keys(source.files)) {
    const [top = name] = name.split('/');
    links[`/${top}`] = { link: `..data/${top}` };
  }
  return { [`/${directory}`]: { directory: true }, ...plainFiles(`/${directory}`, source), ...links };
}

interface PartRequest {
  readonly machine: Machine;
  readonly tree: FileTree;
  readonly mount: ContainerMount;
  readonly source: string;
  readonly options: readonly string[];
}

/** Mounts a volume, or with subPath one file or directory of it. */
function addPart(builder: MountBuilder, { machine, tree, mount, source, options }: PartRequest): void {
  let root: Node = tree.root;
  for (const name of (mount.subPath ?? '').split('/').filter((each) => each !== '')) {
    const next: unknown =
      root.kind === 'directory'
        ? (root.lookup(name, machine.init) ?? root.entries?.create(name, { kind: 'directory', mode: 0o750, uid: 0, gid: 0 }))
        : undefined;
    if (!isNode(next)) return;
    root = next;
  }
  builder.add({ target: mount.containerPath, fileSystem: tree, root, source, options });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'number' in value;
}

/** One tree per volume of a Pod, shared by its containers and kept while the sandbox lives. */
const emptyDirectories = new WeakMap<Sandbox, Map<string, FileTree>>();

function emptyDirectory(machine: Machine, sandbox: Sandbox, source: Extract<ContainerMount['source'], { readonly kind: 'empty-dir' }>): FileTree {
  let trees = emptyDirectories.get(sandbox);
  if (!trees) emptyDirectories.set(sandbox, (trees = new Map()));
  let tree = trees.get(source.key);
  if (!tree) {
    tree = new FileTree({
      type: source.medium === 'Memory' ? 'tmpfs' : 'ext4',
      clock: clockOf(machine),
      // With an fsGroup all that is made there belongs to the group (pkg/volume/volume_linux.go SetVolumeOwnership).
      mode: source.group === undefined ? 0o777 : 0o2777,
      ...(source.group === undefined ? {} : { gid: source.group }),
      ...(source.sizeBytes === undefined ? {} : { capacity: source.sizeBytes }),
      ...(source.sizeBytes === undefined || source.medium === ''
        ? {}
        : { options: [`size=${String(Math.floor(source.sizeBytes / 1024))}k`, 'noswap'] }),
    });
    trees.set(source.key, tree);
  }
  return tree;
}

function clockOf(machine: Machine): () => number {
  return () => machine.kernel.simulation.wallClock;
}
