/**
 * Keeps the number of a ReplicaSet's Pods. Modelled on pkg/controller/replicaset/{replica_set,replica_set_utils}.go (v1.37).
 */
import { matchesLabelSelector } from '../api/label-selector.ts';
import type { ReplicaSet, ReplicaSetCondition, ReplicaSetStatus } from '../api/types-apps.ts';
import type { Pod } from '../api/types-pod.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { EventRecorder } from '../apiserver/event-recorder.ts';
import { isStatus, keyOf } from '../apiserver/object.ts';
import { millisecondsOf } from '../apiserver/time-text.ts';
import { controllerOf } from './owner.ts';
import { PodClaim } from './pod-claim.ts';
import { PodControl } from './pod-control.ts';
import { conditionOf, isActive, isAvailable, isReady, isTerminating } from './pod-readiness.ts';
import { WorkQueue } from './work-queue.ts';

const KEY = 'replicasets.apps';
const LATENCY = 10;
/** Pods made or deleted in one go; upstream's 500 would block a page, so the rest follows a moment later. */
const BURST = 12;

export class ReplicaSetController {
  readonly #server: ApiServer;
  readonly #queue: WorkQueue;
  readonly #pods: PodControl;
  readonly #claims: PodClaim;

  constructor(server: ApiServer) {
    this.#server = server;
    this.#queue = new WorkQueue(server.simulation, LATENCY, (key) => this.#sync(key));
    this.#pods = new PodControl(server, new EventRecorder({ server, component: 'replicaset-controller' }));
    this.#claims = new PodClaim(server);
  }

  start(): void {
    const { storage } = this.#server;
    for (const set of storage.objects(KEY)) this.#queue.add(keyOf(set.metadata));
    storage.watch(KEY, ({ object, type, previous }) => {
      if (
        type === 'DELETED' ||
        (previous !== undefined && previous.spec === object.spec && previous.metadata.deletionTimestamp === object.metadata.deletionTimestamp)
      )
        return;
      this.#queue.add(keyOf(object.metadata));
    });
    storage.watch('pods', ({ object, previous }) => {
      const owner = controllerOf(object.metadata) ?? (previous === undefined ? undefined : controllerOf(previous.metadata));
      if (owner !== undefined) {
        if (owner.kind === 'ReplicaSet') this.#queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
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
    if (set === undefined) return;
    const all = this.#claims.claim(set, set.spec.selector);
    const active = all.filter(isActive);
    const failure = set.metadata.deletionTimestamp === undefined ? this.#manage(set, active) : undefined;
    if (failure === undefined && Math.abs((set.spec.replicas ?? 1) - active.length) > BURST) this.#queue.add(key);
    const after = this.#server.storage.owned('pods', set.metadata.uid ?? '');
    this.#updateStatus(set, after, failure);
    if (failure === undefined) this.#queue.forget(key);
    else this.#queue.retry(key);
    this.#resyncWhenAvailable(key, set, after);
  }

  #manage(set: ReplicaSet, active: readonly Pod[]): { readonly reason: string; readonly message: string } | undefined {
    const wanted = set.spec.replicas ?? 1;
    const difference = wanted - active.length;
    if (difference > 0) {
      const template = set.spec.template;
      if (template === undefined) return undefined;
      const failure = this.#pods.slowStart(Math.min(difference, BURST), () => {
        const answer = this.#pods.create(set, template);
        return isStatus(answer) ? answer : undefined;
      });
      return failure === undefined ? undefined : { reason: 'FailedCreate', message: failure.message };
    }
    for (const pod of podsToDelete(active, Math.min(BURST, -difference))) this.#pods.delete(set, pod);
    return undefined;
  }

  #updateStatus(set: ReplicaSet, pods: readonly Pod[], failure: { readonly reason: string; readonly message: string } | undefined): void {
    const { namespace = '', name } = set.metadata;
    const current = this.#server.storage.get(KEY, namespace, name);
    if (current === undefined) return;
    const active = pods.filter(isActive);
    const { wallClock } = this.#server.simulation;
    const minReady = set.spec.minReadySeconds ?? 0;
    const templateLabels = set.spec.template?.metadata?.labels;
    const labeled = active.filter((pod) => matchesLabelSelector({ matchLabels: templateLabels ?? {} }, pod.metadata.labels)).length;
    const ready = active.filter(isReady).length;
    const available = active.filter((pod) => isAvailable(pod, minReady, wallClock)).length;
    const conditions = failureConditions(current.status.conditions ?? [], failure, this.#server.now());
    const status: ReplicaSetStatus = {
      ...(available === 0 ? {} : { availableReplicas: available }),
      ...(conditions.length === 0 ? {} : { conditions }),
      ...(labeled === 0 ? {} : { fullyLabeledReplicas: labeled }),
      observedGeneration: current.metadata.generation ?? 1,
      ...(ready === 0 ? {} : { readyReplicas: ready }),
      replicas: active.length,
      terminatingReplicas: pods.filter(isTerminating).length,
    };
    this.#server.setStatus(KEY, namespace, name, status);
  }

  #resyncWhenAvailable(key: string, set: ReplicaSet, pods: readonly Pod[]): void {
    const minReady = set.spec.minReadySeconds ?? 0;
    if (minReady === 0) return;
    const { wallClock } = this.#server.simulation;
    for (const pod of pods) {
      const since = isReady(pod) ? millisecondsOf(conditionOf(pod, 'Ready')?.lastTransitionTime) : undefined;
      if (since !== undefined && since + minReady * 1000 > wallClock) this.#queue.addAfter(key, since + minReady * 1000 - wallClock);
    }
  }
}

function failureConditions(
  conditions: readonly ReplicaSetCondition[],
  failure: { readonly reason: string; readonly message: string } | undefined,
  now: string,
): readonly ReplicaSetCondition[] {
  const known = conditions.find((condition) => condition.type === 'ReplicaFailure');
  const others = conditions.filter((condition) => condition.type !== 'ReplicaFailure');
  if (failure === undefined) return others;
  if (known !== undefined) return conditions;
  return [...others, { lastTransitionTime: now, message: failure.message, reason: failure.reason, status: 'True', type: 'ReplicaFailure' }];
}

const PHASE_RANK: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** The Pods a smaller ReplicaSet gives up first (controller_utils.go ActivePodsWithRanks). */
export function podsToDelete(pods: readonly Pod[], count: number): readonly Pod[] {
  if (count <= 0) return [];
  if (count >= pods.length) return pods;
  const perNode = new Map<string, number>();
  for (const pod of pods) perNode.set(pod.spec.nodeName ?? '', (perNode.get(pod.spec.nodeName ?? '') ?? 0) + 1);
  const ranks = (pod: Pod): readonly number[] => [
    (pod.spec.nodeName ?? '') === '' ? 0 : 1,
    PHASE_RANK[pod.status.phase ?? 'Pending'] ?? 0,
    isReady(pod) ? 1 : 0,
    Number(pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? 0),
    -(perNode.get(pod.spec.nodeName ?? '') ?? 0),
    -(isReady(pod) ? (millisecondsOf(conditionOf(pod, 'Ready')?.lastTransitionTime) ?? 0) : 0),
    -(pod.status.containerStatuses ?? []).reduce((most, container) => Math.max(most, container.restartCount), 0),
    -(millisecondsOf(pod.metadata.creationTimestamp) ?? 0),
  ];
  const ranked = pods.map((pod) => ({ pod, ranks: ranks(pod) }));
  ranked.sort((a, b) => {
    const at = a.ranks.findIndex((rank, index) => rank !== b.ranks[index]);
    return at < 0 ? ((a.pod.metadata.uid ?? '') < (b.pod.metadata.uid ?? '') ? -1 : 1) : (a.ranks[at] ?? 0) - (b.ranks[at] ?? 0);
  });
  return ranked.slice(0, count).map((entry) => entry.pod);
}
