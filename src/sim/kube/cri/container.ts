/** What the runtime remembers of one container and one sandbox. State only; containerd.ts moves it. */
import type { Process } from '../../linux/process/process.ts';
import type { NamespaceSet, UserNamespace } from '../../linux/namespace/namespaces.ts';
import type { OpenFile } from '../../linux/fs/open-file.ts';
import type { ImageUser } from './process-credentials.ts';
import type { Tty } from '../../linux/tty/pty.ts';
import { LogBuffer } from './container-log.ts';
import type { ContainerConfig, ContainerStatus, PodSandboxConfig } from './runtime.ts';
import type { Image } from './images/image.ts';
import type { FileTree } from '../../linux/fs/file-tree.ts';

export interface Sandbox {
  readonly id: string;
  readonly config: PodSandboxConfig;
  readonly shim: Process;
  readonly pause: Process;
  readonly user: UserNamespace;
  /** The namespaces of the pause process; containers take from here what the Pod shares. */
  readonly namespaces: NamespaceSet;
  /** The Pod's /dev/shm, shared by its containers. */
  readonly shm: FileTree;
  readonly ips: readonly string[];
  readonly containers: Set<Container>;
  ready: boolean;
}

export interface Container {
  readonly id: string;
  readonly sandbox: Sandbox;
  readonly config: ContainerConfig;
  readonly image: Image;
  readonly user: ImageUser;
  readonly root: FileTree;
  readonly log: LogBuffer;
  readonly createdAt: number;
  state: ContainerStatus['state'];
  process: Process | undefined;
  namespaces: NamespaceSet | undefined;
  /** Writing end of standard input, when the container asked for one. */
  stdin: OpenFile | undefined;
  tty: Tty | undefined;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  exitCode: number | undefined;
  signal: string | undefined;
  reason: string | undefined;
  message: string | undefined;
}

/** A container that was made and has not run yet. */
export function newContainer(
  made: Pick<Container, 'id' | 'sandbox' | 'config' | 'image' | 'user' | 'root'>,
  simulation: { readonly now: number },
): Container {
  return {
    ...made,
    log: new LogBuffer(() => simulation.now),
    createdAt: simulation.now,
    state: 'created',
    process: undefined,
    namespaces: undefined,
    tty: undefined,
    stdin: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    exitCode: undefined,
    signal: undefined,
    reason: undefined,
    message: undefined,
  };
}

/** The CRI's view of `container`. */
export function statusOf(container: Container): ContainerStatus {
  const { id, config, image, user, state, createdAt, startedAt, finishedAt, exitCode, signal, reason, message } = container;
  return {
    id,
    name: config.name,
    attempt: config.attempt,
    state,
    image: config.image,
    imageId: image.id,
    createdAt,
    startedAt,
    finishedAt,
    exitCode,
    signal,
    reason,
    message,
    user,
  };
}
