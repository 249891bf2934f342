/** How many Pods a rolling update may add and take away. Modelled on pkg/controller/deployment/util/deployment_util.go (v1.37). Pure. */
import type { Deployment, ReplicaSet } from '../api/types-apps.ts';
import type { IntOrString } from '../api/types-meta.ts';

/** A count, or a percentage of `total`. */
export function scaledValue(value: IntOrString | undefined, total: number, round: 'up' | 'down'): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  const match = /^(\d+)%$/.exec(value);
  if (match === null) return 0;
  const exact = (Number(match[1]) * total) / 100;
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

export interface Fence {
  readonly surge: number;
  readonly unavailable: number;
}

/** maxSurge (rounded up) and maxUnavailable (down), not both zero; nothing for Recreate. */
export function fenceOf(deployment: Deployment): Fence {
  const total = deployment.spec.replicas ?? 1;
  if (deployment.spec.strategy?.type !== 'RollingUpdate') return { surge: 0, unavailable: 0 };
  const { maxSurge, maxUnavailable } = deployment.spec.strategy.rollingUpdate ?? {};
  const surge = scaledValue(maxSurge, total, 'up');
  const unavailable = scaledValue(maxUnavailable, total, 'down');
  return { surge, unavailable: Math.min(total, surge === 0 && unavailable === 0 ? 1 : unavailable) };
}

export function wantedOf(set: ReplicaSet): number {
  return set.spec.replicas ?? 1;
}

export function sumOf(sets: readonly ReplicaSet[], value: (set: ReplicaSet) => number): number {
  return sets.reduce((sum, set) => sum + value(set), 0);
}

/** Replicas the new ReplicaSet may have now (NewRSNewReplicas). */
export function newSetSize(deployment: Deployment, sets: readonly ReplicaSet[], current: number): number {
  const wanted = deployment.spec.replicas ?? 1;
  if (deployment.spec.strategy?.type !== 'RollingUpdate') return wanted;
  const total = sumOf(sets, wantedOf);
  const most = wanted + fenceOf(deployment).surge;
  return total >= most ? current : current + Math.min(most - total, wanted - current);
}

/** New sizes of the old ReplicaSets, oldest first: unhealthy Pods go before healthy ones (reconcileOldReplicaSets). */
export function oldSetSizes(deployment: Deployment, old: readonly ReplicaSet[], newSet: ReplicaSet): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  const active = old.filter((set) => wantedOf(set) > 0);
  if (active.length === 0) return sizes;
  const all = [...old, newSet];
  const least = (deployment.spec.replicas ?? 1) - fenceOf(deployment).unavailable;
  const newUnavailable = wantedOf(newSet) - (newSet.status.availableReplicas ?? 0);
  const most = sumOf(all, wantedOf) - least - newUnavailable;
  if (most <= 0) return sizes;
  let down = 0;
  const sizeOf = (set: ReplicaSet): number => sizes.get(set.metadata.name) ?? wantedOf(set);
  for (const set of active) {
    const unhealthy = wantedOf(set) - (set.status.availableReplicas ?? 0);
    const step = Math.min(most - down, unhealthy);
    if (step <= 0) continue;
    sizes.set(set.metadata.name, wantedOf(set) - step);
    down += step;
  }
  let spare = sumOf(all, (set) => set.status.availableReplicas ?? 0) - least;
  for (const set of active) {
    if (spare <= 0) break;
    const step = Math.min(sizeOf(set), spare);
    if (step === 0) continue;
    sizes.set(set.metadata.name, sizeOf(set) - step);
    spare -= step;
  }
  return sizes;
}

/** Sizes after the Deployment was scaled in the middle of a rollout: each set in proportion (sync.go scale). */
export function proportionalSizes(deployment: Deployment, active: readonly ReplicaSet[]): ReadonlyMap<string, number> {
  const wanted = deployment.spec.replicas ?? 1;
  const allowed = wanted > 0 ? wanted + fenceOf(deployment).surge : 0;
  const toAdd = allowed - sumOf(active, wantedOf);
  const sorted = [...active].sort((a, b) => wantedOf(b) - wantedOf(a) || (toAdd > 0 ? newer(a, b) : newer(b, a)));
  const sizes = new Map<string, number>();
  let added = 0;
  for (const set of sorted) {
    const before = Number(set.metadata.annotations?.['deployment.kubernetes.io/max-replicas'] ?? deployment.status.replicas ?? 0);
    const fraction = wanted === 0 ? -wantedOf(set) : before === 0 ? 0 : Math.round((wantedOf(set) * allowed) / before) - wantedOf(set);
    const left = toAdd - added;
    const share = left === 0 ? 0 : toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
    sizes.set(set.metadata.name, wantedOf(set) + share);
    added += share;
  }
  const [largest] = sorted;
  if (largest !== undefined && toAdd !== added)
    sizes.set(largest.metadata.name, Math.max(0, (sizes.get(largest.metadata.name) ?? 0) + toAdd - added));
  return sizes;
}

function newer(a: ReplicaSet, b: ReplicaSet): number {
  return (a.metadata.creationTimestamp ?? '') > (b.metadata.creationTimestamp ?? '') ? -1 : 1;
}
