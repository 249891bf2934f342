/**
 * pods/log, pods/exec, pods/attach: checks the request, finds the Pod's node and hands on to its kubelet.
 * Modelled on pkg/registry/core/pod/strategy.go LogLocation, streamLocation and validateContainer (v1.37).
 */
import { badRequest, notFoundStatus } from '../api/status.ts';
import type { Status } from '../api/status.ts';
import type { Pod } from '../api/types-pod.ts';
import type { ApiServer } from './api-server.ts';
import type { ContainerTarget, KubeletClient, OpenLog, Streams } from './kubelet-client.ts';

export interface PodRequest {
  readonly namespace: string;
  readonly pod: string;
  /** Empty: the only container. */
  readonly container: string;
}

interface Located {
  readonly kubelet: KubeletClient;
  readonly target: ContainerTarget;
}

const EMPTY_LOG: OpenLog = { log: { entries: [], subscribe: () => () => undefined }, ended: () => true };

export class PodStreams {
  readonly #server: ApiServer;
  readonly #kubelets: ReadonlyMap<string, KubeletClient>;

  /** @param kubelets by node name */
  constructor(server: ApiServer, kubelets: ReadonlyMap<string, KubeletClient>) {
    this.#server = server;
    this.#kubelets = kubelets;
  }

  /** The log of a container; a Pod without a node has an empty one. Errors: NotFound, BadRequest. */
  logs(request: PodRequest, previous: boolean): OpenLog | Status {
    const pod = this.#pod(request);
    if (pod.kind === 'Status') return pod;
    const container = containerOf(pod, request);
    if (typeof container !== 'string') return container;
    if ((pod.spec.nodeName ?? '') === '') return EMPTY_LOG;
    const found = this.#located(pod, container);
    return 'kind' in found ? found : found.kubelet.logs(found.target, previous);
  }

  /** Runs a command in a container. Errors: NotFound, BadRequest, `container not found`; later ones come through `streams.done`. */
  exec(request: PodRequest, argv: readonly string[], streams: Streams): Status | undefined {
    const found = this.#stream(request);
    return 'kind' in found ? found : found.kubelet.exec(found.target, argv, streams);
  }

  /** Joins a container's first process. Errors: as exec. */
  attach(request: PodRequest, streams: Streams): Status | undefined {
    const found = this.#stream(request);
    return 'kind' in found ? found : found.kubelet.attach(found.target, streams);
  }

  #pod(request: PodRequest): Pod | Status {
    return this.#server.storage.get('pods', request.namespace, request.pod) ?? notFoundStatus({ group: '', resource: 'pods' }, request.pod);
  }

  #stream(request: PodRequest): Located | Status {
    const pod = this.#pod(request);
    if (pod.kind === 'Status') return pod;
    const container = containerOf(pod, request);
    if (typeof container !== 'string') return container;
    if ((pod.spec.nodeName ?? '') === '') return badRequest(`pod ${request.pod} does not have a host assigned`);
    return this.#located(pod, container);
  }

  #located(pod: Pod, container: string): Located | Status {
    const node = pod.spec.nodeName ?? '';
    const kubelet = this.#kubelets.get(node);
    if (kubelet === undefined) return notFoundStatus({ group: '', resource: 'nodes' }, node);
    return { kubelet, target: { namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container } };
  }
}

function containerOf(pod: Pod, request: PodRequest): string | Status {
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  const all = [...initContainers, ...containers, ...ephemeralContainers].map((container) => container.name);
  if (request.container !== '') {
    return all.includes(request.container) ? request.container : badRequest(`container ${request.container} is not valid for pod ${request.pod}`);
  }
  const [only, ...others] = containers;
  if (only !== undefined && others.length === 0) return only.name;
  return badRequest(`a container name must be specified for pod ${request.pod}, choose one of: [${all.join(' ')}]`);
}
