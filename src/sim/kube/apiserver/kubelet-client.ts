/**
 * What the API server asks of a node's kubelet: logs and streams of its containers. The kubelet implements it; the
 * API server finds the right one by the Pod's node. Types only.
 */
import type { Status } from '../api/status.ts';
import type { ContainerLog, CriError, ExecRequest } from '../cri/runtime.ts';

/** The streams and the answer of an exec or attach, as CRI has them. */
export type Streams = Omit<ExecRequest, 'containerId' | 'argv'>;

export interface ContainerTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** A container's log and whether more may come. */
export interface OpenLog {
  readonly log: ContainerLog;
  /** The container has ended, so following it ends too. */
  readonly ended: () => boolean;
}

export interface KubeletClient {
  /** The log of the current container, or of the one before it. Errors: BadRequest with the kubelet's words. */
  logs(target: ContainerTarget, previous: boolean): OpenLog | Status;
  /** Starts a process in the container; `streams.done` tells how it ended. Errors: `container not found ("x")`. */
  exec(target: ContainerTarget, argv: readonly string[], streams: Streams): Status | undefined;
  /** Joins the streams of the container's first process. */
  attach(target: ContainerTarget, streams: Streams): Status | undefined;
}

export type StreamResult = { readonly exitCode: number } | CriError;
