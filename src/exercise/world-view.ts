/** What checks may see of a running world: plain facts, read at one moment. Implemented by the lab; knows no simulator object. */
export interface PodFacts {
  readonly namespace: string;
  readonly name: string;
  /** Node on which it runs, if it has one. */
  readonly node: string | undefined;
  readonly ready: boolean;
  /** As `kubectl get` prints it in STATUS. */
  readonly status: string;
  readonly ip: string | undefined;
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
