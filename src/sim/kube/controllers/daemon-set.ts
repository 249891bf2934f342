/** Keeps one Pod of a DaemonSet on every node that should have one. Modelled on pkg/controller/daemon/{daemon_controller,update}.go (v1.37). */
import { matchesLabelSelector } from '../api/label-selector.ts';
import type { DaemonSet, DaemonSetStatus } from '../api/types-apps.ts';
import type { Pod } from '../api/types-pod.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { EventRecorder } from '../apiserver/event-recorder.ts';
import { isStatus, keyOf } from '../apiserver/object.ts';
import { namedNodes } from '../scheduler/node-affinity.ts';
import { currentRevision } from './controller-revisions.ts';
import { daemonTemplate, daemonWants, forNode } from './daemon-pod.ts';
import { controllerOf } from './owner.ts';
import { PodClaim } from './pod-claim.ts';
import { PodControl } from './pod-control.ts';
import { isActive, isAvailable, isReady } from './pod-readiness.ts';
import { scaledValue } from './rollout-size.ts';
import { WorkQueue } from './work-queue.ts';

const KEY = 'daemonsets.apps';
const LATENCY = 12;
const HASH_LABEL = 'controller-revision-hash';

export class DaemonSetController {
  readonly #server: ApiServer;
  readonly #queue: WorkQueue;
  readonly #events: EventRecorder;
  readonly #pods: PodControl;
  readonly #claims: PodClaim;

  constructor(server: ApiServer) {
    this.#server = server;
    this.#queue = new WorkQueue(server.simulation, LATENCY, (key) => this.#sync(key));
    this.#events = new EventRecorder({ server, component: 'daemonset-controller' });
    this.#pods = new PodControl(server, this.#events);
    this.#claims = new PodClaim(server);
  }

  start(): void {
    const { storage } = this.#server;
    const all = (): void => {
      for (const set of storage.objects(KEY)) this.#queue.add(keyOf(set.metadata));
    };
    all();
    storage.watch(KEY, ({ object, type, previous }) => {
      if (type !== 'DELETED' && previous?.spec !== object.spec) this.#queue.add(keyOf(object.metadata));
    });
    storage.watch('nodes', ({ object, previous }) => {
      if (previous?.spec !== object.spec || previous.metadata.labels !== object.metadata.labels) all();
    });
    storage.watch('pods', ({ object }) => {
      const owner = controllerOf(object.metadata);
      if (owner !== undefined) {
        if (owner.kind === 'DaemonSet') this.#queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
        return;
      }
      if (object.metadata.labels === undefined) return;
      for (const set of storage.objects(KEY, object.metadata.namespace)) {
        if (matchesLabelSelector(set.spec.selector, object.metadata.labels)) this.#queue.add(keyOf(set.metadata));
      }
    });
  }

  #sync(key: string): void {
    const slash = key.indexOf('/');
    const set = this.#server.storage.get(KEY, key.slice(0, slash), key.slice(slash + 1));
    if (set === undefined || set.metadata.deletionTimestamp !== undefined) return;
    const { hash } = currentRevision(this.#server, set);
    const failed = this.#manage(set, hash);
    if (failed) this.#queue.retry(key);
    else {
      this.#queue.forget(key);
      if (set.spec.updateStrategy?.type !== 'OnDelete') this.#roll(set, hash);
    }
    this.#updateStatus(set, hash);
  }

  /** Pods by the node they are on or meant for. */
  #podsByNode(set: DaemonSet): Map<string, Pod[]> {
    const byNode = new Map<string, Pod[]>();
    for (const pod of this.#claims.claim(set, set.spec.selector)) {
      const [named] = namedNodes(pod.spec) ?? [];
      const node = pod.spec.nodeName ?? named ?? '';
      byNode.set(node, [...(byNode.get(node) ?? []), pod]);
    }
    return byNode;
  }

  /** Creates what is missing and deletes what should not be. @returns whether something was refused */
  #manage(set: DaemonSet, hash: string): boolean {
    const byNode = this.#podsByNode(set);
    const missing: string[] = [];
    for (const node of this.#server.storage.sorted('nodes')) {
      const { name } = node.metadata;
      const pods = byNode.get(name) ?? [];
      const { run, keep } = daemonWants(set, node);
      const alive: Pod[] = [];
      for (const pod of pods) {
        if (pod.metadata.deletionTimestamp !== undefined) continue;
        if (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') this.#replaceEnded(set, pod, name);
        else alive.push(pod);
      }
      if (run && pods.length === 0) missing.push(name);
      else if (!keep) for (const pod of alive) this.#pods.delete(set, pod);
      else if (run && alive.length > 1) {
        const byAge = [...alive].sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1));
        for (const pod of byAge.slice(1)) this.#pods.delete(set, pod);
      }
    }
    const template = daemonTemplate(set, hash);
    let next = 0;
    const failure = this.#pods.slowStart(missing.length, () => {
      const node = missing[next++] ?? '';
      const answer = this.#pods.create(set, { ...template, spec: forNode(template.spec, node) });
      return isStatus(answer) ? answer : undefined;
    });
    return failure !== undefined;
  }

  #replaceEnded(set: DaemonSet, pod: Pod, node: string): void {
    const failed = pod.status.phase === 'Failed';
    const message = failed
      ? `Found failed daemon pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name} on node ${node}, will try to kill it`
      : `Found succeeded daemon pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name} on node ${node}, will try to delete it`;
    this.#events.record({ object: set, type: failed ? 'Warning' : 'Normal', reason: failed ? 'FailedDaemonPod' : 'SucceededDaemonPod', message });
    this.#pods.delete(set, pod);
  }

  /** Deletes old Pods as far as maxUnavailable allows (rollingUpdate; surge is not modelled). */
  #roll(set: DaemonSet, hash: string): void {
    const { wallClock } = this.#server.simulation;
    const byNode = this.#podsByNode(set);
    const desired = this.#server.storage.sorted('nodes').filter((node) => daemonWants(set, node).run);
    const maximum = Math.max(1, scaledValue(set.spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, desired.length, 'up'));
    let unavailable = 0;
    const freely: Pod[] = [];
    const candidates: Pod[] = [];
    for (const node of desired) {
      const pods = (byNode.get(node.metadata.name) ?? []).filter((pod) => pod.metadata.deletionTimestamp === undefined);
      const fresh = pods.find((pod) => pod.metadata.labels?.[HASH_LABEL] === hash);
      const old = pods.find((pod) => pod !== fresh);
      if (fresh === undefined && old === undefined) {
        unavailable++;
        continue;
      }
      if (fresh !== undefined) {
        if (!isAvailable(fresh, set.spec.minReadySeconds ?? 0, wallClock)) unavailable++;
        continue;
      }
      if (old === undefined) continue;
      if (isAvailable(old, set.spec.minReadySeconds ?? 0, wallClock)) candidates.push(old);
      else {
        unavailable++;
        freely.push(old);
      }
    }
    for (const pod of [...freely, ...candidates.slice(0, Math.max(0, maximum - unavailable))]) this.#pods.delete(set, pod);
  }

  #updateStatus(set: DaemonSet, hash: string): void {
    const { namespace = '', name } = set.metadata;
    const { wallClock } = this.#server.simulation;
    const byNode = this.#podsByNode(set);
    const counts = { desired: 0, current: 0, misscheduled: 0, ready: 0, available: 0, updated: 0 };
    for (const node of this.#server.storage.objects('nodes')) {
      const pods = (byNode.get(node.metadata.name) ?? []).filter(isActiveOrGoing);
      const { run } = daemonWants(set, node);
      if (!run) {
        if (pods.length > 0) counts.misscheduled++;
        continue;
      }
      counts.desired++;
      const [pod] = [...pods].sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1));
      if (pod === undefined) continue;
      counts.current++;
      if (pod.metadata.labels?.[HASH_LABEL] === hash) counts.updated++;
      if (!isReady(pod)) continue;
      counts.ready++;
      if (isAvailable(pod, set.spec.minReadySeconds ?? 0, wallClock)) counts.available++;
      else this.#queue.addAfter(keyOf(set.metadata), (set.spec.minReadySeconds ?? 0) * 1000);
    }
    const unavailable = counts.desired - counts.available;
    const status: DaemonSetStatus = {
      ...(set.status.collisionCount === undefined ? {} : { collisionCount: set.status.collisionCount }),
      currentNumberScheduled: counts.current,
      desiredNumberScheduled: counts.desired,
      ...(counts.available === 0 ? {} : { numberAvailable: counts.available }),
      numberMisscheduled: counts.misscheduled,
      numberReady: counts.ready,
      ...(unavailable === 0 ? {} : { numberUnavailable: unavailable }),
      observedGeneration: set.metadata.generation ?? 1,
      ...(counts.updated === 0 ? {} : { updatedNumberScheduled: counts.updated }),
    };
    this.#server.setStatus(KEY, namespace, name, status);
  }
}

function isActiveOrGoing(pod: Pod): boolean {
  return isActive(pod) || pod.metadata.deletionTimestamp !== undefined;
}
