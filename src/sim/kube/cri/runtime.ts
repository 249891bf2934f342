/**
 * The container runtime interface, as the kubelet sees it (k8s.io/cri-api runtime.v1). The kubelet knows only this;
 * containerd.ts implements it on a simulated machine. Calls that take time answer through `done`, in virtual time.
 */
import type { OpenFile } from '../../linux/fs/open-file.ts';
import type { Tty } from '../../linux/tty/pty.ts';

export type NamespaceMode = 'pod' | 'container' | 'node' | { readonly target: string };

export interface PortMapping {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly containerPort: number;
  readonly hostPort: number;
  readonly hostIP: string;
}

export interface PodSandboxConfig {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly attempt: number;
  /** UTS host name; ignored on the node's network. */
  readonly hostname: string;
  readonly cgroupParent: string;
  readonly dns: { readonly servers: readonly string[]; readonly searches: readonly string[]; readonly options: readonly string[] };
  readonly portMappings: readonly PortMapping[];
  readonly sysctls: Readonly<Record<string, string>>;
  /** The user of the pause process: the Pod's runAsUser, else pause's own 65535. */
  readonly runAsUser: number | undefined;
  /** Ids of the node for the Pod's own user namespace (`user: 'pod'`). */
  readonly idMapping?: { readonly hostId: number; readonly length: number };
  readonly privileged: boolean;
  readonly namespaces: { readonly network: NamespaceMode; readonly pid: NamespaceMode; readonly ipc: NamespaceMode; readonly user: 'node' | 'pod' };
}

export interface PodSandbox {
  readonly id: string;
  readonly state: 'ready' | 'notready';
  /** Pod addresses; empty on the node's network. */
  readonly ips: readonly string[];
}

/** Content of a volume, decided by the kubelet; the runtime mounts it. */
export type MountSource =
  | { readonly kind: 'files'; readonly files: Readonly<Record<string, string>>; readonly mode: number }
  | { readonly kind: 'file'; readonly text: string; /** Otherwise 0o644. */ readonly mode?: number }
  | {
      readonly kind: 'empty-dir';
      readonly key: string;
      readonly medium: '' | 'Memory';
      readonly sizeBytes?: number;
      /** Who owns it; otherwise nobody in particular. */
      readonly group?: number;
    }
  | { readonly kind: 'host-path'; readonly path: string };

export interface ContainerMount {
  readonly containerPath: string;
  readonly source: MountSource;
  readonly readonly: boolean;
  readonly subPath?: string;
}

export interface ContainerConfig {
  readonly name: string;
  readonly attempt: number;
  readonly image: string;
  /** undefined: the image's entrypoint / command. */
  readonly command: readonly string[] | undefined;
  readonly args: readonly string[] | undefined;
  readonly workingDir: string | undefined;
  readonly env: readonly (readonly [string, string])[];
  readonly mounts: readonly ContainerMount[];
  readonly stdin: boolean;
  /** Its standard input ends with that of the first who attaches. */
  readonly stdinOnce?: boolean;
  readonly tty: boolean;
  /** How soon the kernel may kill it when memory runs out. */
  readonly oomScoreAdjust?: number;
  /** Bytes, where it is limited. */
  readonly memoryLimit?: number;
  readonly security: {
    readonly privileged: boolean;
    readonly addCapabilities: readonly string[];
    readonly dropCapabilities: readonly string[];
    readonly runAsUser: number | undefined;
    readonly runAsGroup: number | undefined;
    readonly supplementalGroups: readonly number[];
    readonly readonlyRootFilesystem: boolean;
    readonly noNewPrivileges: boolean;
    /** Nothing of /proc is hidden or read-only (procMount: Unmasked). */
    readonly unmaskedProc?: boolean;
    /** The runtime's default filter of system calls. */
    readonly filtered?: boolean;
    readonly pid: NamespaceMode;
  };
}

export interface ContainerStatus {
  readonly id: string;
  readonly name: string;
  readonly attempt: number;
  readonly state: 'created' | 'running' | 'exited';
  readonly image: string;
  readonly imageId: string;
  /** Virtual milliseconds. */
  readonly createdAt: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** `Completed`, `Error`, `OOMKilled` or `StartError` with its message. */
  readonly reason: string | undefined;
  readonly message: string | undefined;
  /** Who the first process runs as, ids as inside of the container. */
  readonly user?: { readonly uid: number; readonly gid: number; readonly groups: readonly number[] };
}

export interface CriError {
  readonly kind: 'cri-error';
  /** gRPC code name such as `NotFound`, `Unknown`. */
  readonly code: string;
  readonly message: string;
}

export interface PulledImage {
  readonly kind: 'image';
  readonly reference: string;
  /** With digest, as pod status shows it. */
  readonly id: string;
  readonly size: number;
}

export interface ExecRequest {
  readonly containerId: string;
  readonly argv: readonly string[];
  /** Standard streams of the new process; with `tty` all three are the terminal. */
  readonly stdin: OpenFile | undefined;
  readonly stdout: OpenFile;
  readonly stderr: OpenFile;
  readonly tty: Tty | undefined;
  /** Receives the exit code, or the runtime's error when nothing was started. */
  readonly done: (result: { readonly exitCode: number } | CriError) => void;
}

/** What a container wrote: lines as in /var/log/pods. */
export interface ContainerLog {
  readonly entries: readonly { readonly at: number; readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
  /** Calls `listener` after each new piece and when the container has ended; the result ends that. */
  subscribe(listener: () => void): () => void;
}

export interface ContainerRuntime {
  readonly version: string;
  imageStatus(reference: string): PulledImage | undefined;
  pullImage(reference: string, done: (result: PulledImage | CriError) => void): void;
  runPodSandbox(config: PodSandboxConfig, done: (result: PodSandbox | CriError) => void): void;
  /** Kills what is left in it and takes its network away. */
  stopPodSandbox(id: string, done: () => void): void;
  removePodSandbox(id: string): void;
  podSandbox(id: string): PodSandbox | undefined;
  createContainer(sandboxId: string, config: ContainerConfig, done: (result: { readonly id: string } | CriError) => void): void;
  startContainer(id: string, done: (result: CriError | undefined) => void): void;
  /** SIGTERM, then SIGKILL after the grace period. */
  stopContainer(id: string, graceSeconds: number, done: () => void): void;
  removeContainer(id: string): void;
  containerStatus(id: string): ContainerStatus | undefined;
  containers(sandboxId: string): readonly ContainerStatus[];
  log(id: string): ContainerLog | undefined;
  exec(request: ExecRequest): void;
  /** kubectl attach: connects streams to the container's first process. */
  attach(request: Omit<ExecRequest, 'argv'>): void;
  /** Calls `listener` after a container has ended (containerd's TaskExit). */
  onExit(listener: (id: string) => void): void;
}
