/** What checks may see of a running world: plain facts, read at one moment. Implemented by the lab; knows no simulator object. */
/** Why a Pod does not run, as far as its status tells. */
export interface PodTrouble {
  /**
   * `unscheduled`: no node takes it. `image`: its image cannot be had. `start`: a container cannot be made or begun.
   * `ended`: a container's program has ended with an error.
   */
  readonly kind: 'unscheduled' | 'image' | 'start' | 'ended';
  /** The scheduler's, the kubelet's or the runtime's own words. */
  readonly message: string;
  /** Position of the container in `spec.containers`; absent where the whole Pod is meant. */
  readonly container?: number;
  /** The image that the cluster's Pod names, which may differ from the text by now. */
  readonly image?: string;
  readonly exitCode?: number;
}

export interface PodFacts {
  readonly namespace: string;
  readonly name: string;
  /** Node on which it runs, if it has one. */
  readonly node: string | undefined;
  readonly ready: boolean;
  /** As `kubectl get` prints it in STATUS. */
  readonly status: string;
  readonly ip: string | undefined;
  readonly trouble?: PodTrouble;
  /** Inode numbers of its first container's namespaces, while it runs. */
  readonly namespaces: Readonly<Record<'net' | 'pid' | 'ipc', number>> | undefined;
}

export interface WorldView {
  readonly pods: readonly PodFacts[];
  /** Inode numbers of the nodes' own namespaces. */
  readonly nodes: Readonly<Record<string, Readonly<Record<'net' | 'pid' | 'ipc', number>>>>;
  /** Programs that a scene started, and whether they still run. */
  readonly started: readonly { readonly at: string; readonly program: string; readonly running: boolean }[];
  /** Command lines that the learner ran, with the place and the exit code. */
  readonly history: readonly { readonly at: string; readonly line: string }[];
  /** Requests that were answered: from where, to which address, and by which Pod (or process) if known. */
  readonly answered: readonly { readonly from: string; readonly address: string; readonly port: number }[];
}
