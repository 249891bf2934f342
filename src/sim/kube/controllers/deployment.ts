/**
 * Rolls a Deployment's template out through ReplicaSets. Modelled on pkg/controller/deployment (v1.37).
 */
import type { Deployment, DeploymentStatus, ReplicaSet } from '../api/types-apps.ts';
import type { PodTemplateSpec } from '../api/types-pod.ts';
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { deepEqual } from '../apiserver/deep-equal.ts';
import { EventRecorder } from '../apiserver/event-recorder.ts';
import { isStatus, keyOf } from '../apiserver/object.ts';
import type { ApiObject } from '../apiserver/object.ts';
import { deadlineIn, hasDeadline, isComplete, newCondition, rolloutConditions, withCondition, deploymentCondition } from './deployment-conditions.ts';
import { controllerOf, controllerReference } from './owner.ts';
import { templateHash } from './pod-template-hash.ts';
import { fenceOf, newSetSize, oldSetSizes, proportionalSizes, sumOf, wantedOf } from './rollout-size.ts';
import { WorkQueue } from './work-queue.ts';

const DEPLOYMENTS = 'deployments.apps';
const SETS = 'replicasets.apps';
const LATENCY = 15;

const REVISION = 'deployment.kubernetes.io/revision';
const HISTORY = 'deployment.kubernetes.io/revision-history';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MAXIMUM = 'deployment.kubernetes.io/max-replicas';
const HASH = 'pod-template-hash';
/** Annotations of the Deployment that are its own business (annotationsToSkip). */
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  HISTORY,
  DESIRED,
  MAXIMUM,
  'deprecated.deployment.rollback.to',
]);

interface Sets {
  /** The ReplicaSet of the present template. */
  current: ReplicaSet | undefined;
  /** The others, oldest first. */
  old: readonly ReplicaSet[];
}

export class DeploymentController {
  readonly #server: ApiServer;
  readonly #queue: WorkQueue;
  readonly #events: EventRecorder;

  constructor(server: ApiServer) {
    this.#server = server;
    this.#queue = new WorkQueue(server.simulation, LATENCY, (key) => this.#sync(key));
    this.#events = new EventRecorder({ server, component: 'deployment-controller' });
  }

  start(): void {
    const { storage } = this.#server;
    for (const deployment of storage.objects(DEPLOYMENTS)) this.#queue.add(keyOf(deployment.metadata));
    storage.watch(DEPLOYMENTS, ({ object, type }) => {
      if (type !== 'DELETED') this.#queue.add(keyOf(object.metadata));
    });
    storage.watch(SETS, ({ object }) => {
      const owner = controllerOf(object.metadata);
      if (owner?.kind === 'Deployment') this.#queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
    });
    storage.watch('pods', ({ object, type }) => {
      // Recreate waits for the last old Pod to be gone.
      if (type !== 'DELETED') return;
      const owner = controllerOf(object.metadata);
      if (owner?.kind !== 'ReplicaSet') return;
      const set = storage.get(SETS, object.metadata.namespace ?? '', owner.name);
      const deployment = set === undefined ? undefined : controllerOf(set.metadata);
      if (deployment !== undefined) this.#queue.add(`${object.metadata.namespace ?? ''}/${deployment.name}`);
    });
  }

  #sync(key: string): void {
    const slash = key.indexOf('/');
    const namespace = key.slice(0, slash);
    let deployment = this.#server.storage.get(DEPLOYMENTS, namespace, key.slice(slash + 1));
    if (deployment === undefined) return;
    let sets = this.#setsOf(deployment);
    if (deployment.metadata.deletionTimestamp !== undefined) {
      this.#syncStatus(deployment, sets);
      return;
    }
    deployment = this.#markPaused(deployment);
    const scaled = [...sets.old, ...(sets.current === undefined ? [] : [sets.current])].some(
      (set) =>
        wantedOf(set) > 0 &&
        set.metadata.annotations?.[DESIRED] !== undefined &&
        Number(set.metadata.annotations[DESIRED]) !== (deployment?.spec.replicas ?? 1),
    );
    if (deployment.spec.paused === true || scaled) {
      this.#scale(deployment, sets);
      this.#syncStatus(deployment, this.#setsOf(deployment));
      return;
    }
    if (deployment.spec.strategy?.type === 'Recreate') deployment = this.#recreate(deployment, sets);
    else deployment = this.#roll(deployment, sets);
    sets = this.#setsOf(deployment);
    if (isComplete(deployment, deployment.status)) this.#cleanUp(deployment, sets.old);
    this.#syncStatus(deployment, sets);
  }

  #setsOf(deployment: Deployment): Sets {
    const owned = this.#server.storage
      .owned(SETS, deployment.metadata.uid ?? '')
      .filter((set) => controllerOf(set.metadata)?.uid === deployment.metadata.uid);
    const byAge = [...owned].sort(
      (a, b) => compare(a.metadata.creationTimestamp, b.metadata.creationTimestamp) || compare(a.metadata.name, b.metadata.name),
    );
    const current = byAge.find((set) => set.spec.template !== undefined && sameTemplate(set.spec.template, deployment.spec.template));
    return { current, old: byAge.filter((set) => set !== current) };
  }

  #markPaused(deployment: Deployment): Deployment {
    if (!hasDeadline(deployment)) return deployment;
    const condition = deploymentCondition(deployment.status.conditions ?? [], 'Progressing');
    if (condition?.reason === 'ProgressDeadlineExceeded') return deployment;
    const marked = condition?.reason === 'DeploymentPaused';
    if ((deployment.spec.paused === true) === marked) return deployment;
    const text = marked
      ? { reason: 'DeploymentResumed', message: 'Deployment is resumed' }
      : { reason: 'DeploymentPaused', message: 'Deployment is paused' };
    return this.#withCondition(deployment, newCondition('Progressing', 'Unknown', { ...text, now: this.#server.now() }));
  }

  #withCondition(deployment: Deployment, condition: ReturnType<typeof newCondition>): Deployment {
    const { namespace = '', name } = deployment.metadata;
    const conditions = withCondition(deployment.status.conditions ?? [], condition);
    return this.#server.setStatus(DEPLOYMENTS, namespace, name, { ...deployment.status, conditions }) ?? deployment;
  }

  #roll(deployment: Deployment, sets: Sets): Deployment {
    const { updated, current } = this.#currentSet(deployment, sets);
    if (current === undefined) return updated;
    const wanted = updated.spec.replicas ?? 1;
    if (wantedOf(current) !== wanted) {
      const size = wantedOf(current) > wanted ? wanted : newSetSize(updated, [...sets.old, current], wantedOf(current));
      if (this.#resize(updated, current, size)) return updated;
    }
    const sizes = oldSetSizes(updated, sets.old, current);
    for (const set of sets.old) {
      const size = sizes.get(set.metadata.name);
      if (size !== undefined) this.#resize(updated, set, size);
    }
    return updated;
  }

  #recreate(deployment: Deployment, sets: Sets): Deployment {
    let scaledDown = false;
    for (const set of sets.old) if (wantedOf(set) > 0) scaledDown = this.#resize(deployment, set, 0) || scaledDown;
    if (scaledDown || this.#oldPodsRun(sets.old)) return deployment;
    const { updated, current } = this.#currentSet(deployment, sets);
    if (current !== undefined) this.#resize(updated, current, updated.spec.replicas ?? 1);
    return updated;
  }

  #oldPodsRun(old: readonly ReplicaSet[]): boolean {
    return old.some(
      (set) =>
        set.status.replicas > 0 ||
        this.#server.storage.owned('pods', set.metadata.uid ?? '').some((pod) => pod.status.phase !== 'Failed' && pod.status.phase !== 'Succeeded'),
    );
  }

  /** The ReplicaSet of the template, created or brought up to date (getNewReplicaSet). */
  #currentSet(deployment: Deployment, sets: Sets): { readonly updated: Deployment; readonly current: ReplicaSet | undefined } {
    const revision = 1 + Math.max(0, ...sets.old.map((set) => Number(set.metadata.annotations?.[REVISION] ?? 0)));
    const { current } = sets;
    if (current === undefined) return this.#createSet(deployment, sets, revision);
    const annotations = setAnnotations(deployment, current, revision);
    let set = current;
    if (!deepEqual(annotations, current.metadata.annotations ?? {})) set = this.#server.setMetadata(SETS, current, { annotations });
    let updated = this.#withRevision(deployment, set.metadata.annotations?.[REVISION] ?? '1');
    if (hasDeadline(updated) && deploymentCondition(updated.status.conditions ?? [], 'Progressing') === undefined) {
      const message = `Found new replica set "${set.metadata.name}"`;
      updated = this.#withCondition(updated, newCondition('Progressing', 'True', { reason: 'FoundNewReplicaSet', message, now: this.#server.now() }));
    }
    return { updated, current: set };
  }

  #createSet(deployment: Deployment, sets: Sets, revision: number): { readonly updated: Deployment; readonly current: ReplicaSet | undefined } {
    const hash = templateHash(deployment.spec.template, deployment.status.collisionCount);
    const labels = { ...deployment.spec.template.metadata?.labels, [HASH]: hash };
    const size = newSetSize(deployment, sets.old, 0);
    const { selector, minReadySeconds } = deployment.spec;
    const namespace = deployment.metadata.namespace ?? '';
    const name = `${deployment.metadata.name}-${hash}`;
    const body = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        annotations: replicaAnnotations(deployment, setAnnotations(deployment, undefined, revision)),
        labels,
        name,
        namespace,
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
        replicas: size,
        selector: { ...selector, matchLabels: { ...selector.matchLabels, [HASH]: hash } },
        template: { ...deployment.spec.template, metadata: { ...deployment.spec.template.metadata, labels } },
      },
    };
    const created = this.#server.create(SETS, namespace, body as unknown as ApiObject, { user: SYSTEM });
    if (isStatus(created)) {
      const message = `Failed to create new replica set "${name}": ${created.message}`;
      this.#events.record({ object: deployment, type: 'Warning', reason: 'ReplicaSetCreateError', message });
      const failed = newCondition('Progressing', 'False', { reason: 'ReplicaSetCreateError', message, now: this.#server.now() });
      return { updated: this.#withCondition(deployment, failed), current: undefined };
    }
    if (size > 0)
      this.#events.record({
        object: deployment,
        type: 'Normal',
        reason: 'ScalingReplicaSet',
        message: `Scaled up replica set ${name} from 0 to ${String(size)}`,
      });
    let updated = this.#withRevision(deployment, String(revision));
    if (hasDeadline(updated)) {
      const message = `Created new replica set "${name}"`;
      updated = this.#withCondition(
        updated,
        newCondition('Progressing', 'True', { reason: 'NewReplicaSetCreated', message, now: this.#server.now() }),
      );
    }
    return { updated, current: created };
  }

  #withRevision(deployment: Deployment, revision: string): Deployment {
    if (deployment.metadata.annotations?.[REVISION] === revision) return deployment;
    return this.#server.setMetadata(DEPLOYMENTS, deployment, { annotations: { ...deployment.metadata.annotations, [REVISION]: revision } });
  }

  /** Scales a ReplicaSet, with the event; @returns whether the number changed. */
  #resize(deployment: Deployment, set: ReplicaSet, size: number): boolean {
    const before = wantedOf(set);
    const annotations = replicaAnnotations(deployment, set.metadata.annotations ?? {});
    if (before === size && deepEqual(annotations, set.metadata.annotations ?? {})) return false;
    const latest = this.#server.storage.get(SETS, set.metadata.namespace ?? '', set.metadata.name) ?? set;
    const generation = (latest.metadata.generation ?? 1) + (before === size ? 0 : 1);
    const resized: ReplicaSet = { ...latest, spec: { ...latest.spec, replicas: size } };
    this.#server.setMetadata(SETS, resized, { annotations, generation });
    if (before === size) return false;
    const direction = before < size ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${set.metadata.name} from ${String(before)} to ${String(size)}`;
    this.#events.record({ object: deployment, type: 'Normal', reason: 'ScalingReplicaSet', message });
    return true;
  }

  /** After a change of `replicas`, or while paused: sizes only, no new template (sync.go scale). */
  #scale(deployment: Deployment, sets: Sets): void {
    const all = [...sets.old, ...(sets.current === undefined ? [] : [sets.current])];
    const active = all.filter((set) => wantedOf(set) > 0);
    const wanted = deployment.spec.replicas ?? 1;
    const single = active.length === 0 ? (sets.current ?? sets.old.at(-1)) : active.length === 1 ? active[0] : undefined;
    if (single !== undefined) {
      this.#resize(deployment, single, wanted);
      return;
    }
    if (active.length === 0) return;
    const { current } = sets;
    if (
      current !== undefined &&
      wantedOf(current) === wanted &&
      Number(current.metadata.annotations?.[DESIRED]) === wanted &&
      (current.status.availableReplicas ?? 0) === wanted
    ) {
      for (const set of sets.old) this.#resize(deployment, set, 0);
      return;
    }
    if (deployment.spec.strategy?.type !== 'RollingUpdate') return;
    const sizes = proportionalSizes(deployment, active);
    for (const set of active) this.#resize(deployment, set, sizes.get(set.metadata.name) ?? wantedOf(set));
  }

  #cleanUp(deployment: Deployment, old: readonly ReplicaSet[]): void {
    const limit = deployment.spec.revisionHistoryLimit ?? 10;
    const byRevision = old
      .filter((set) => set.metadata.deletionTimestamp === undefined)
      .sort((a, b) => Number(a.metadata.annotations?.[REVISION] ?? 0) - Number(b.metadata.annotations?.[REVISION] ?? 0));
    for (const set of byRevision.slice(0, Math.max(0, byRevision.length - limit))) {
      if (wantedOf(set) === 0 && set.status.replicas === 0)
        this.#server.delete(SETS, set.metadata.namespace ?? '', set.metadata.name, { user: SYSTEM });
    }
  }

  #syncStatus(deployment: Deployment, sets: Sets): void {
    const { namespace = '', name } = deployment.metadata;
    const latest = this.#server.storage.get(DEPLOYMENTS, namespace, name);
    if (latest === undefined) return;
    const all = [...sets.old, ...(sets.current === undefined ? [] : [sets.current])];
    const available = sumOf(all, (set) => set.status.availableReplicas ?? 0);
    const enough = available >= (latest.spec.replicas ?? 1) - fenceOf(latest).unavailable;
    const now = this.#server.now();
    const availability = enough
      ? newCondition('Available', 'True', { reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.', now })
      : newCondition('Available', 'False', { reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.', now });
    const counts = {
      availableReplicas: available,
      readyReplicas: sumOf(all, (set) => set.status.readyReplicas ?? 0),
      replicas: sumOf(all, (set) => set.status.replicas),
      unavailableReplicas: Math.max(0, sumOf(all, wantedOf) - available),
      updatedReplicas: sets.current?.status.replicas ?? 0,
    };
    const status: DeploymentStatus = {
      ...(Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)) as Partial<typeof counts>),
      ...(latest.status.collisionCount === undefined ? {} : { collisionCount: latest.status.collisionCount }),
      conditions: withCondition(latest.status.conditions ?? [], availability),
      observedGeneration: latest.metadata.generation ?? 1,
      terminatingReplicas: sumOf(all, (set) => set.status.terminatingReplicas ?? 0),
    };
    const { wallClock } = this.#server.simulation;
    const paused = latest.spec.paused === true;
    const conditions = paused
      ? (status.conditions ?? [])
      : rolloutConditions(latest, status, { newSet: sets.current, sets: sets.old, now, wallClock });
    this.#server.setStatus(DEPLOYMENTS, namespace, name, { ...status, conditions });
    const deadline = deadlineIn(latest, conditions, wallClock);
    if (deadline !== undefined && deadline >= 0) this.#queue.addAfter(keyOf(latest.metadata), deadline + 1000);
  }
}

function compare(a: string | undefined, b: string | undefined): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}

/** Equal but for the hash label (EqualIgnoreHash). */
export function sameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  const bare = (template: PodTemplateSpec): unknown => {
    const { [HASH]: _hash, ...labels } = template.metadata?.labels ?? {};
    return { labels, annotations: template.metadata?.annotations ?? {}, spec: template.spec };
  };
  return deepEqual(bare(a), bare(b));
}

function replicaAnnotations(deployment: Deployment, annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const wanted = deployment.spec.replicas ?? 1;
  return { ...annotations, [DESIRED]: String(wanted), [MAXIMUM]: String(wanted + fenceOf(deployment).surge) };
}

/** The Deployment's annotations and the revision, as its ReplicaSet carries them (SetNewReplicaSetAnnotations). */
function setAnnotations(deployment: Deployment, set: ReplicaSet | undefined, revision: number): Readonly<Record<string, string>> {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !NOT_COPIED.has(key));
  const own = set?.metadata.annotations ?? {};
  const before = Number(own[REVISION] ?? 0);
  const annotations: Record<string, string> = { ...own, ...Object.fromEntries(copied) };
  if (before >= revision) return annotations;
  annotations[REVISION] = String(revision);
  if (own[REVISION] !== undefined) annotations[HISTORY] = own[HISTORY] === undefined ? own[REVISION] : `${own[HISTORY]},${own[REVISION]}`;
  return annotations;
}
