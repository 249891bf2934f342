/**
 * Opens a PodSandbox: its namespaces, its network, its shim and its pause process
 * (containerd: internal/cri/server/sandbox_run.go, podsandbox/sandbox_run_linux.go).
 */
import { isErrno } from '../../linux/errno.ts';
import { IpcNamespace } from '../../linux/ipc/ipc-namespace.ts';
import type { Machine } from '../../linux/machine.ts';
import type { NetworkNamespace } from '../../linux/net/network-namespace.ts';
import { bindNetworkName } from '../../linux/namespace/network-names.ts';
import type { NamespaceSet, UserNamespace, UtsNamespace } from '../../linux/namespace/namespaces.ts';
import { PidNamespace } from '../../linux/process/pid-namespace.ts';
import type { Process } from '../../linux/process/process.ts';
import { reapForever } from '../../linux/process/reaper.ts';
import type { NetworkPlugin } from '../cni/network-plugin.ts';
import type { Sandbox } from './container.ts';
import { criError } from './cri-error.ts';
import { containerCredentials } from './process-credentials.ts';
import { podShm, sandboxMounts } from './container-root.ts';
import { NullFile } from '../../linux/fs/null-file.ts';
import type { CriError, PodSandboxConfig } from './runtime.ts';

/** Numbers that runc's short-lived processes and the shim's threads take from the node's PID namespace. */
const PIDS_OF_SHIM = 11;
const PIDS_OF_RUNC = 9;

export interface SandboxRequest {
  readonly machine: Machine;
  readonly network: NetworkPlugin;
  readonly config: PodSandboxConfig;
  readonly id: string;
}

/** Threads of a shim, as `pstree -p` shows them. */
const SHIM_THREADS = 11;

/** A sandbox on its way, one step after the other: network namespace, network plugin, shim, pause. */
export interface SandboxDraft extends SandboxRequest {
  readonly user: UserNamespace;
  readonly net: NetworkNamespace;
  readonly onNode: boolean;
}

/** First step: the namespaces that the network plugin needs. */
export function draftSandbox(request: SandboxRequest): SandboxDraft {
  const { machine, config } = request;
  const user = userNamespace(machine, config);
  const onNode = config.namespaces.network === 'node';
  return { ...request, user, onNode, net: onNode ? machine.kernel.initial.net : machine.newNetworkNamespace(user) };
}

/** Second step: the network plugin. @returns the Pod's addresses; none on the node's network */
export function connectSandbox({ machine, config, id, network, net, onNode }: SandboxDraft): readonly string[] | CriError {
  if (onNode) return [];
  const added = network.add({
    sandboxId: id,
    namespace: net,
    portMappings: config.portMappings,
    podName: config.name,
    podNamespace: config.namespace,
  });
  if ('error' in added) return criError('Unknown', `failed to setup network for sandbox "${id}": ${added.error}`);
  if (net.boundName !== undefined) bindNetworkName(machine.init, net.boundName, net);
  machine.setSandboxSysctls(net, config.sysctls);
  return added.addresses;
}

/** Last step: the pause process below its shim, in its own namespaces. */
export function startSandbox(draft: SandboxDraft, shim: Process, ips: readonly string[]): Sandbox | CriError {
  const { machine, config, id, user, net, onNode } = draft;
  const initial = machine.kernel.initial;
  const shm = podShm(machine, config);
  const mnt = sandboxMounts(machine, user);
  const uts: UtsNamespace = onNode
    ? initial.uts
    : { kind: 'uts', inode: machine.kernel.inodes.next(), owner: user, hostname: config.hostname, domainname: '(none)' };
  const ipc = config.namespaces.ipc === 'node' ? initial.ipc : new IpcNamespace({ inode: machine.kernel.inodes.next(), owner: user });
  const pid =
    config.namespaces.pid === 'node' ? initial.pid : new PidNamespace({ inode: machine.kernel.inodes.next(), parent: initial.pid, owner: user });
  const namespaces: NamespaceSet = { ...initial, net, uts, ipc, pid, user, mnt };
  const pause = startPause({ machine, shim, namespaces, config, id });
  if ('code' in pause) return pause;
  return { id, config, shim, pause, user, namespaces, shm, ips, containers: new Set(), ready: true };
}

function userNamespace(machine: Machine, config: PodSandboxConfig): UserNamespace {
  const initial = machine.kernel.initial.user;
  if (config.namespaces.user === 'node' || !config.idMapping) return initial;
  const map = [{ inside: 0, outside: config.idMapping.hostId, count: config.idMapping.length }];
  return { kind: 'user', inode: machine.kernel.inodes.next(), parent: initial, uidMap: map, gidMap: map };
}

/** Third step. Every sandbox has one shim; it is a child of init and adopts what its containers orphan into the node's PID namespace. */
export function startShim(machine: Machine, id: string): Process | CriError {
  const { kernel } = machine;
  const shim = kernel.spawn({
    parent: machine.init,
    run: { program: reapForever, exe: '/usr/bin/containerd-shim-runc-v2' },
    argv: ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'k8s.io', '-id', id, '-address', '/run/containerd/containerd.sock'],
    env: new Map(),
    files: standardFiles(),
    credentials: machine.init.credentials,
    namespaces: kernel.initial,
    fs: { root: '/', cwd: '/run/containerd/io.containerd.runtime.v2.task/k8s.io/' },
    subreaper: true,
    threads: SHIM_THREADS,
  });
  if (isErrno(shim)) return criError('Unknown', `failed to start shim: ${shim.text}`);
  shim.memory = { virtual: 1_274_328, resident: 17_200 };
  kernel.initial.pid.skip(PIDS_OF_SHIM);
  return shim;
}

interface PauseRequest {
  readonly machine: Machine;
  readonly shim: Process;
  readonly namespaces: NamespaceSet;
  readonly config: PodSandboxConfig;
  readonly id: string;
}

function startPause({ machine, shim, namespaces, config, id }: PauseRequest): Process | CriError {
  const uid = config.runAsUser ?? 65_535;
  const credentials = containerCredentials(
    {
      privileged: false,
      addCapabilities: [],
      dropCapabilities: [],
      runAsUser: uid,
      runAsGroup: undefined,
      supplementalGroups: [],
      readonlyRootFilesystem: true,
      noNewPrivileges: true,
      pid: 'pod',
    },
    { uid, gid: config.runAsUser === undefined ? 65_535 : 0, groups: [] },
    namespaces.user,
  );
  const pause = machine.kernel.spawn({
    parent: shim,
    run: { path: '/pause' },
    argv: ['/pause'],
    env: new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']]),
    files: standardFiles(),
    credentials,
    namespaces,
    fs: { root: '/', cwd: '/' },
    cgroup: `${config.cgroupParent}/${id}`,
    newSession: true,
    origin: `${config.namespace}/${config.name}`,
  });
  if (isErrno(pause)) return criError('Unknown', `failed to start sandbox "${id}": ${pause.text}`);
  pause.memory = { virtual: 996, resident: 692 };
  machine.kernel.initial.pid.skip(PIDS_OF_RUNC);
  return pause;
}

function standardFiles(): Map<number, NullFile> {
  return new Map([
    [0, new NullFile()],
    [1, new NullFile()],
    [2, new NullFile()],
  ]);
}
