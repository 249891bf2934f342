/** Conditions of a Deployment and when they change. Modelled on pkg/controller/deployment/{progress.go,util/deployment_util.go} (v1.37). */
import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../api/types-apps.ts';
import { millisecondsOf } from '../apiserver/time-text.ts';

type Conditions = readonly DeploymentCondition[];

/** `2147483647` means no deadline. */
export function hasDeadline(deployment: Deployment): boolean {
  const seconds = deployment.spec.progressDeadlineSeconds;
  return seconds !== undefined && seconds !== 2_147_483_647;
}

export function deploymentCondition(conditions: Conditions, type: string): DeploymentCondition | undefined {
  return conditions.find((condition) => condition.type === type);
}

export function newCondition(
  type: string,
  status: string,
  text: { readonly reason: string; readonly message: string; readonly now: string },
): DeploymentCondition {
  return { lastTransitionTime: text.now, lastUpdateTime: text.now, message: text.message, reason: text.reason, status, type };
}

/** Appends a condition unless one of equal status and reason is there; the transition time survives an equal status. */
export function withCondition(conditions: Conditions, condition: DeploymentCondition): Conditions {
  const known = deploymentCondition(conditions, condition.type ?? '');
  if (known !== undefined && known.status === condition.status && known.reason === condition.reason) return conditions;
  const kept =
    known !== undefined && known.status === condition.status && known.lastTransitionTime !== undefined
      ? { ...condition, lastTransitionTime: known.lastTransitionTime }
      : condition;
  return [...without(conditions, condition.type ?? ''), kept];
}

export function without(conditions: Conditions, type: string): Conditions {
  return conditions.filter((condition) => condition.type !== type);
}

/** All replicas are new, available, and nothing old is left. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const wanted = deployment.spec.replicas ?? 1;
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

function isProgressing(before: DeploymentStatus, now: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus): number => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (now.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(now) < old(before) ||
    (now.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (now.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** Milliseconds until the deployment counts as stuck; undefined when that is not being watched. */
export function deadlineIn(deployment: Deployment, conditions: Conditions, wallClock: number): number | undefined {
  const condition = deploymentCondition(conditions, 'Progressing');
  if (!hasDeadline(deployment) || condition === undefined) return undefined;
  if (condition.reason === 'NewReplicaSetAvailable' || condition.reason === 'ProgressDeadlineExceeded') return undefined;
  const from = millisecondsOf(condition.lastUpdateTime) ?? wallClock;
  return from + (deployment.spec.progressDeadlineSeconds ?? 600) * 1000 - wallClock;
}

/** The Progressing and ReplicaFailure conditions after a sync (syncRolloutStatus). */
export function rolloutConditions(
  deployment: Deployment,
  status: DeploymentStatus,
  context: { readonly newSet: ReplicaSet | undefined; readonly sets: readonly ReplicaSet[]; readonly now: string; readonly wallClock: number },
): Conditions {
  let conditions = status.conditions ?? [];
  if (!hasDeadline(deployment)) conditions = without(conditions, 'Progressing');
  const current = deploymentCondition(deployment.status.conditions ?? [], 'Progressing');
  const settled = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === 'NewReplicaSetAvailable';
  const subject = context.newSet === undefined ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${context.newSet.metadata.name}"`;
  const { now } = context;
  if (hasDeadline(deployment) && !settled) {
    const remaining = deadlineIn(deployment, conditions, context.wallClock);
    if (isComplete(deployment, status)) {
      conditions = withCondition(
        conditions,
        newCondition('Progressing', 'True', { reason: 'NewReplicaSetAvailable', message: `${subject} has successfully progressed.`, now }),
      );
    } else if (isProgressing(deployment.status, status)) {
      const updated = newCondition('Progressing', 'True', { reason: 'ReplicaSetUpdated', message: `${subject} is progressing.`, now });
      const since = current?.status === 'True' ? current.lastTransitionTime : undefined;
      conditions = [...without(conditions, 'Progressing'), since === undefined ? updated : { ...updated, lastTransitionTime: since }];
    } else if (current?.reason === 'ProgressDeadlineExceeded' || (remaining !== undefined && remaining < 0)) {
      conditions = withCondition(
        conditions,
        newCondition('Progressing', 'False', { reason: 'ProgressDeadlineExceeded', message: `${subject} has timed out progressing.`, now }),
      );
    }
  }
  const failing = [...(context.newSet === undefined ? [] : [context.newSet]), ...context.sets]
    .flatMap((set) => set.status.conditions ?? [])
    .find((condition) => condition.type === 'ReplicaFailure');
  if (failing === undefined) return without(conditions, 'ReplicaFailure');
  const failure = newCondition('ReplicaFailure', failing.status ?? 'True', { reason: failing.reason ?? '', message: failing.message ?? '', now });
  return withCondition(conditions, failure);
}
