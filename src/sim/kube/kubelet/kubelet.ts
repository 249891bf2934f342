/**
 * The kubelet of one node: makes the node match the Pods that were given to it, by API or by file, and serves logs and streams.
 * Modelled on pkg/kubelet/kubelet.go (v1.37). Knows the runtime only through CRI and the node only through node-host.ts.
 */
import type { Pieces } from '../../engine/pieces.ts';
import type { Simulation } from '../../engine/simulation.ts';
import { badRequest, failure } from '../api/status.ts';
import type { Status } from '../api/status.ts';
import type { Pod } from '../api/types-pod.ts';
import type { PodStatus } from '../api/types-pod-status.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { SYSTEM } from '../apiserver/authorization.ts';
import { EventRecorder } from '../apiserver/event-recorder.ts';
import type { ContainerTarget, KubeletClient, OpenLog, Streams } from '../apiserver/kubelet-client.ts';
import { keyOf } from '../apiserver/object.ts';
import { qosClassOf } from '../apiserver/qos-class.ts';
import type { WatchEvent } from '../apiserver/storage.ts';
import type { ContainerRuntime, PodSandboxConfig } from '../cri/runtime.ts';
import { Backoff } from './backoff.ts';
import { HandlerRunner } from './handler-runner.ts';
import { ImagePuller } from './image-puller.ts';
import { logTarget } from './log-target.ts';
import { nodeRejection } from './node-admission.ts';
import { keepLease, keepReporting } from './node-lease.ts';
import type { NodeFiles, ProbeNetwork } from './node-host.ts';
import type { NodeServices } from './node-services.ts';
import { PodEvents } from './pod-events.ts';
import { PodWorker } from './pod-worker.ts';
import { ProbeManager } from './probe-manager.ts';
import { runtimeStatus } from './runtime-status.ts';
import { StaticPods } from './static-pods.ts';

/** Virtual milliseconds from a change in the API to the kubelet's notice of it. */
const WATCH_LATENCY = 8;
/** Period of the generic PLEG. */
const RELIST_PERIOD = 1_000;
/** Ids of a Pod with its own user namespace, and how many there are (userns manager). */
const IDS_PER_POD = 65_536;

export interface KubeletOptions {
  readonly simulation: Simulation;
  readonly server: ApiServer;
  readonly runtime: ContainerRuntime;
  readonly files: NodeFiles;
  readonly network: ProbeNetwork;
  readonly nodeName: string;
  readonly hostIp: string;
  /** Addresses of the cluster's DNS service. */
  readonly clusterDns?: readonly string[];
  /** Directory of static Pods; default /etc/kubernetes/manifests. */
  readonly manifests?: string;
  /** Reads one manifest, defaulted as the API would; undefined when it is none. */
  readonly readManifest: (text: string) => Pod | undefined;
}

export class Kubelet implements KubeletClient {
  readonly #options: KubeletOptions;
  readonly #services: NodeServices;
  readonly #events: PodEvents;
  readonly #workers = new Map<string, PodWorker>();
  /** Uids of Pods that the API no longer has: they hold nothing against newcomers while they end (kubelet.go HandlePodRemoves). */
  readonly #removed = new Set<string>();
  readonly #static: StaticPods;
  readonly #ids = new Map<string, number>();
  readonly #noticed = new Set<string>();
  /** Containers and sandboxes → their Pod. */
  readonly #uidById = new Map<string, string>();
  #ticking = false;

  constructor(options: KubeletOptions) {
    this.#options = options;
    const { simulation, server, runtime, files, network, nodeName, hostIp } = options;
    this.#events = new PodEvents(new EventRecorder({ server, component: 'kubelet', host: nodeName }));
    const runner = new HandlerRunner({ simulation, runtime, network });
    const events = this.#events;
    this.#services = {
      simulation,
      server,
      runtime,
      files,
      events,
      runner,
      puller: new ImagePuller({ simulation, runtime, events }),
      probes: new ProbeManager({ simulation, runner, events, changed: (uid) => this.#workers.get(uid)?.notice() }),
      crashBackoff: new Backoff(10_000, 300_000),
      nodeName,
      hostIp,
      clusterDns: options.clusterDns ?? ['10.96.0.10'],
      allocatable: () => server.storage.get('nodes', '', nodeName)?.status.allocatable ?? {},
      allocateIds: (uid) => this.#idsFor(uid),
      tokenFor: (namespace, account) => `${namespace}.${account}.${nodeName}`,
      noticeLater: (uid) => this.#noticeLater(uid),
      belongs: (id, uid) => void this.#uidById.set(id, uid),
      gone: (id) => void this.#uidById.delete(id),
      seen: (uid) => void this.#noticed.delete(uid),
    };
    this.#static = new StaticPods({
      server,
      files,
      nodeName,
      directory: options.manifests ?? '/etc/kubernetes/manifests',
      read: options.readManifest,
      added: (pod) => this.#admit(pod, true),
      removed: (uid) => this.#workers.get(uid)?.terminate(30),
    });
  }

  /** Begins to look after the node's Pods. */
  *start(): Pieces {
    const { server, runtime, nodeName } = this.#options;
    keepLease(server, nodeName);
    keepReporting(server, nodeName);
    yield* this.#static.start();
    for (const pod of server.storage.podsOnNode(nodeName)) this.#podChanged({ type: 'ADDED', object: pod, previous: undefined });
    server.storage.watch('pods', (event) => {
      if (event.object.spec.nodeName === nodeName) this.#podChanged(event);
    });
    runtime.onExit((id) => this.#exited(id));
  }

  logs(target: ContainerTarget, previous: boolean): OpenLog | Status {
    const worker = this.#workerNamed(target);
    if (worker === undefined) {
      const refused = this.#options.server.storage.get('pods', target.namespace, target.pod)?.status.phase === 'Failed';
      if (refused) return badRequest(`container "${target.container}" in pod "${target.pod}" is not available`);
      return failure('InternalError', `pod "${target.pod}" cannot be found - no logs available`);
    }
    const id = logTarget(worker.status, { ...target, previous });
    if (typeof id !== 'string') return badRequest(id.problem);
    const { runtime } = this.#options;
    const log = runtime.log(id);
    if (log === undefined) return failure('Unknown', `unable to retrieve container logs for containerd://${id}`);
    return { log, ended: () => runtime.containerStatus(id)?.state !== 'running' };
  }

  exec(target: ContainerTarget, argv: readonly string[], streams: Streams): Status | undefined {
    const id = this.#runningContainer(target);
    if (typeof id !== 'string') return id;
    this.#options.runtime.exec({ ...streams, containerId: id, argv });
    return undefined;
  }

  attach(target: ContainerTarget, streams: Streams): Status | undefined {
    const id = this.#runningContainer(target);
    if (typeof id !== 'string') return id;
    this.#options.runtime.attach({ ...streams, containerId: id });
    return undefined;
  }

  #runningContainer(target: ContainerTarget): string | Status {
    const worker = this.#workerNamed(target);
    if (worker === undefined) return failure('NotFound', 'pod does not exist');
    const status = runtimeStatus(this.#options.runtime, worker.sandboxId);
    const container = status.containers.find((each) => each.name === target.container && each.state === 'running');
    return container?.id ?? failure('InternalError', `container not found ("${target.container}")`);
  }

  #workerNamed(target: ContainerTarget): PodWorker | undefined {
    const stored = this.#options.server.storage.get('pods', target.namespace, target.pod);
    const uid = stored === undefined ? undefined : (this.#static.uidOfMirror(stored) ?? stored.metadata.uid);
    return uid === undefined ? undefined : this.#workers.get(uid);
  }

  #podChanged({ object: pod, type }: WatchEvent<Pod>): void {
    const uid = pod.metadata.uid ?? '';
    if (this.#static.uidOfMirror(pod) !== undefined) {
      if (type === 'DELETED') this.#static.mirrorDeleted(pod);
      else if (pod.metadata.deletionTimestamp !== undefined)
        this.#options.simulation.after(WATCH_LATENCY, () => this.#removePod(pod.metadata.namespace ?? '', pod.metadata.name));
      return;
    }
    const worker = this.#workers.get(uid);
    if (type === 'DELETED') {
      if (worker !== undefined) {
        this.#options.simulation.after(WATCH_LATENCY, () => {
          this.#removed.add(uid);
          worker.terminate(Math.max(1, pod.metadata.deletionGracePeriodSeconds ?? 1));
        });
      }
      return;
    }
    if (worker === undefined && type === 'ADDED' && (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded')) return;
    this.#options.simulation.after(WATCH_LATENCY, () => {
      const current = this.#options.server.storage.get('pods', pod.metadata.namespace ?? '', pod.metadata.name);
      if (current === undefined || current.metadata.uid !== uid) return;
      const existing = this.#workers.get(uid);
      if (existing === undefined) this.#admit(current, false);
      else existing.update(current);
    });
  }

  #admit(pod: Pod, isStatic: boolean): void {
    const uid = pod.metadata.uid ?? '';
    if (this.#workers.has(uid)) return;
    if (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') {
      if (pod.metadata.deletionTimestamp !== undefined) this.#removePod(pod.metadata.namespace ?? '', pod.metadata.name);
      return;
    }
    const node = this.#options.server.storage.get('nodes', '', this.#options.nodeName);
    const others = (): readonly Pod[] =>
      [...this.#workers]
        .filter(
          ([id, worker]) => !this.#removed.has(id) && !worker.isTerminated && worker.status.phase !== 'Failed' && worker.status.phase !== 'Succeeded',
        )
        .map(([, worker]) => worker.pod);
    const rejection =
      node === undefined || pod.metadata.deletionTimestamp !== undefined
        ? undefined
        : nodeRejection(pod, { node, others, atMost: this.#workers.size, isStatic });
    if (rejection !== undefined) {
      this.#events.pod(pod, { type: 'Warning', reason: rejection.reason, message: rejection.message });
      this.#publish(pod, {
        message: `Pod was rejected: ${rejection.message}`,
        observedGeneration: pod.metadata.generation ?? 1,
        phase: 'Failed',
        qosClass: qosClassOf(pod.spec),
        reason: rejection.reason,
        startTime: this.#options.server.now(),
      });
      return;
    }
    const worker = new PodWorker(pod, this.#services, {
      isStatic,
      publish: (status) => this.#publish(pod, status),
      finished: () => this.#finished(pod),
    });
    this.#workers.set(uid, worker);
    if (pod.metadata.deletionTimestamp === undefined) worker.start();
    else worker.update(pod);
  }

  #publish(pod: Pod, status: PodStatus): void {
    const { namespace = '', name, uid } = pod.metadata;
    const stored = this.#options.server.storage.get('pods', namespace, name);
    if (stored === undefined || (stored.metadata.uid !== uid && this.#static.uidOfMirror(stored) !== uid)) return;
    const before = stored.status.phase;
    this.#options.server.setStatus('pods', namespace, name, status);
    if (before !== status.phase) this.#options.simulation.record('pod.phase', { namespace, name, phase: status.phase ?? '' });
  }

  /** Nothing of the Pod is left here; finalizers may keep its object. */
  #removePod(namespace: string, name: string): void {
    this.#options.server.delete('pods', namespace, name, { gracePeriodSeconds: 0, user: SYSTEM });
  }

  #finished(pod: Pod): void {
    const { namespace = '', name, uid = '' } = pod.metadata;
    const stored = this.#options.server.storage.get('pods', namespace, name);
    if (stored !== undefined && stored.metadata.uid === uid && stored.metadata.deletionTimestamp !== undefined) this.#removePod(namespace, name);
    this.#workers.delete(uid);
    this.#removed.delete(uid);
    this.#ids.delete(uid);
    this.#static.finished(uid);
  }

  #exited(id: string): void {
    const uid = this.#uidById.get(id);
    if (uid !== undefined) this.#noticeLater(uid);
  }

  /** The relist of the PLEG, at full seconds of this node, and only when there is something to see. */
  #noticeLater(uid: string): void {
    this.#noticed.add(uid);
    if (this.#ticking) return;
    this.#ticking = true;
    const { simulation } = this.#options;
    simulation.after(RELIST_PERIOD - (simulation.now % RELIST_PERIOD), () => {
      this.#ticking = false;
      const uids = [...this.#noticed];
      this.#noticed.clear();
      for (const each of uids) this.#workers.get(each)?.notice();
    });
  }

  #idsFor(uid: string): PodSandboxConfig['idMapping'] {
    const known = this.#ids.get(uid);
    const taken = new Set(this.#ids.values());
    let hostId = known;
    while (hostId === undefined || (known === undefined && taken.has(hostId)))
      hostId = IDS_PER_POD * this.#options.simulation.random.integer(1, 65_534);
    this.#ids.set(uid, hostId);
    return { hostId, length: IDS_PER_POD };
  }

  /** `namespace/name` of the Pods this node looks after, for drawings and tests. */
  podKeys(): readonly string[] {
    return [...this.#workers.values()].map((worker) => keyOf(worker.pod.metadata));
  }
}
