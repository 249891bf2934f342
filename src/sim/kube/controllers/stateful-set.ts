/** Keeps a StatefulSet's Pods, one after the other by their numbers. Modelled on pkg/controller/statefulset (v1.37); claims are not made. */
import type { StatefulSet, StatefulSetStatus } from '../api/types-apps.ts';
import type { Pod, PodTemplateSpec } from '../api/types-pod.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { EventRecorder } from '../apiserver/event-recorder.ts';
import { isStatus, keyOf } from '../apiserver/object.ts';
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiObject } from '../apiserver/object.ts';
import { currentRevision } from './controller-revisions.ts';
import { controllerOf, controllerReference } from './owner.ts';
import { isAvailable, isReady } from './pod-readiness.ts';
import { WorkQueue } from './work-queue.ts';

const KEY = 'statefulsets.apps';
const LATENCY = 15;
const HASH_LABEL = 'controller-revision-hash';

export class StatefulSetController {
  readonly #server: ApiServer;
  readonly #queue: WorkQueue;
  readonly #events: EventRecorder;

  constructor(server: ApiServer) {
    this.#server = server;
    this.#queue = new WorkQueue(server.simulation, LATENCY, (key) => this.#sync(key));
    this.#events = new EventRecorder({ server, component: 'statefulset-controller' });
  }

  start(): void {
    const { storage } = this.#server;
    for (const set of storage.objects(KEY)) this.#queue.add(keyOf(set.metadata));
    storage.watch(KEY, ({ object, type, previous }) => {
      if (type !== 'DELETED' && previous?.spec !== object.spec) this.#queue.add(keyOf(object.metadata));
    });
    storage.watch('pods', ({ object }) => {
      const owner = controllerOf(object.metadata);
      if (owner?.kind === 'StatefulSet') this.#queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
    });
  }

  #sync(key: string): void {
    const slash = key.indexOf('/');
    const set = this.#server.storage.get(KEY, key.slice(0, slash), key.slice(slash + 1));
    if (set === undefined || set.metadata.deletionTimestamp !== undefined) return;
    const { name } = currentRevision(this.#server, set);
    const failed = this.#manage(set, name);
    this.#updateStatus(set, name);
    if (failed) this.#queue.retry(key);
    else this.#queue.forget(key);
  }

  #podsOf(set: StatefulSet): Map<number, Pod> {
    const pods = new Map<number, Pod>();
    for (const pod of this.#server.storage.owned('pods', set.metadata.uid ?? '')) {
      const match = /-(\d+)$/.exec(pod.metadata.name);
      if (match !== null) pods.set(Number(match[1]), pod);
    }
    return pods;
  }

  /** One step: create the next, delete the last, or replace an old one. @returns whether something was refused */
  #manage(set: StatefulSet, revision: string): boolean {
    const pods = this.#podsOf(set);
    const first = set.spec.ordinals?.start ?? 0;
    const wanted = set.spec.replicas ?? 1;
    const parallel = set.spec.podManagementPolicy === 'Parallel';
    const { wallClock } = this.#server.simulation;
    for (let ordinal = first; ordinal < first + wanted; ordinal++) {
      const pod = pods.get(ordinal);
      if (pod === undefined) {
        if (this.#create(set, ordinal, revision)) return true;
        if (!parallel) return false;
        continue;
      }
      if (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') {
        this.#delete(set, pod);
        if (!parallel) return false;
        continue;
      }
      if (!parallel && (pod.metadata.deletionTimestamp !== undefined || !isAvailable(pod, set.spec.minReadySeconds ?? 0, wallClock))) return false;
    }
    const surplus = [...pods].filter(([ordinal]) => ordinal < first || ordinal >= first + wanted).sort(([a], [b]) => b - a);
    for (const [, pod] of surplus) {
      if (pod.metadata.deletionTimestamp === undefined) this.#delete(set, pod);
      if (!parallel) return false;
    }
    if (set.spec.updateStrategy?.type === 'OnDelete') return false;
    const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
    for (let ordinal = first + wanted - 1; ordinal >= first + partition; ordinal--) {
      const pod = pods.get(ordinal);
      if (pod === undefined) return false;
      if (pod.metadata.deletionTimestamp === undefined && pod.metadata.labels?.[HASH_LABEL] !== revision) {
        this.#delete(set, pod);
        return false;
      }
      if (!isReady(pod)) return false;
    }
    return false;
  }

  #create(set: StatefulSet, ordinal: number, revision: string): boolean {
    const name = `${set.metadata.name}-${String(ordinal)}`;
    const { template } = set.spec;
    const labels = {
      ...template.metadata?.labels,
      'apps.kubernetes.io/pod-index': String(ordinal),
      [HASH_LABEL]: revision,
      'statefulset.kubernetes.io/pod-name': name,
    };
    const spec: PodTemplateSpec['spec'] = {
      ...template.spec,
      hostname: name,
      ...(set.spec.serviceName === undefined || set.spec.serviceName === '' ? {} : { subdomain: set.spec.serviceName }),
    };
    const body = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, generateName: `${set.metadata.name}-`, labels, name, ownerReferences: [controllerReference(set)] },
      spec,
    };
    const answer = this.#server.create('pods', set.metadata.namespace ?? '', body as unknown as ApiObject, { user: SYSTEM });
    if (isStatus(answer)) {
      if (answer.reason === 'AlreadyExists') return true;
      const message = `Create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${answer.message}`;
      this.#events.record({ object: set, type: 'Warning', reason: 'FailedCreate', message });
      return true;
    }
    this.#events.record({
      object: set,
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Create Pod ${name} in StatefulSet ${set.metadata.name} successful`,
    });
    return false;
  }

  #delete(set: StatefulSet, pod: Pod): void {
    const { namespace = '', name } = pod.metadata;
    if (isStatus(this.#server.delete('pods', namespace, name, { user: SYSTEM }))) return;
    this.#events.record({
      object: set,
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Delete Pod ${name} in StatefulSet ${set.metadata.name} successful`,
    });
  }

  #updateStatus(set: StatefulSet, revision: string): void {
    const { namespace = '', name } = set.metadata;
    const { wallClock } = this.#server.simulation;
    const pods = [...this.#podsOf(set).values()];
    const ready = pods.filter(isReady).length;
    const updated = pods.filter((pod) => pod.metadata.labels?.[HASH_LABEL] === revision).length;
    const wanted = set.spec.replicas ?? 1;
    const done = updated === wanted && ready === wanted;
    const before = set.status.currentRevision ?? revision;
    const current = done ? revision : before;
    const inCurrent = pods.filter((pod) => pod.metadata.labels?.[HASH_LABEL] === current).length;
    const status: StatefulSetStatus = {
      availableReplicas: pods.filter((pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, wallClock)).length,
      collisionCount: 0,
      ...(inCurrent === 0 ? {} : { currentReplicas: inCurrent }),
      currentRevision: current,
      observedGeneration: set.metadata.generation ?? 1,
      ...(ready === 0 ? {} : { readyReplicas: ready }),
      replicas: pods.length,
      updateRevision: revision,
      ...(updated === 0 ? {} : { updatedReplicas: updated }),
    };
    this.#server.setStatus(KEY, namespace, name, status);
  }
}
