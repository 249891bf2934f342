/**
 * What the kubelet needs of its node besides the runtime: a few files and the node's network for probes.
 * Types only; the node's assembly implements it on a simulated machine.
 */
export type FileType = 'file' | 'directory' | 'socket' | 'char-device' | 'block-device';

export interface NodeFiles {
  /** Text of a file; undefined when there is none. */
  readText(path: string): string | undefined;
  /** Names in a directory, sorted; empty when there is none. */
  list(path: string): readonly string[];
  typeOf(path: string): FileType | undefined;
  makeDirectory(path: string): void;
  createFile(path: string): void;
  /** Calls `listener` after something in a directory has changed; the result ends that. */
  watch(directory: string, listener: () => void): () => void;
}

export interface HttpProbe {
  readonly scheme: 'HTTP' | 'HTTPS';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly timeoutSeconds: number;
}

/** Probing from the node's network namespace. Errors are Go's words, such as `dial tcp 10.244.1.5:80: connect: connection refused`. */
export interface ProbeNetwork {
  httpGet(probe: HttpProbe, done: (result: { readonly status: number; readonly body: string } | { readonly error: string }) => void): void;
  tcpDial(target: { readonly host: string; readonly port: number; readonly timeoutSeconds: number }, done: (error: string | undefined) => void): void;
}
