/** Whether a Pod is ready, available, active. Modelled on pkg/api/v1/pod/util.go and pkg/controller/controller_utils.go (v1.37). */
import { millisecondsOf } from '../apiserver/time-text.ts';
import type { Pod } from '../api/types-pod.ts';
import type { PodCondition } from '../api/types-pod-status.ts';

export function conditionOf(pod: Pod, type: string): PodCondition | undefined {
  return pod.status.conditions?.find((condition) => condition.type === type);
}

export function isReady(pod: Pod): boolean {
  return conditionOf(pod, 'Ready')?.status === 'True';
}

/** Ready for at least `minReadySeconds` at `wallClock`. */
export function isAvailable(pod: Pod, minReadySeconds: number, wallClock: number): boolean {
  const ready = conditionOf(pod, 'Ready');
  if (ready?.status !== 'True') return false;
  if (minReadySeconds === 0) return true;
  const since = millisecondsOf(ready.lastTransitionTime);
  return since !== undefined && since + minReadySeconds * 1000 <= wallClock;
}

/** Neither ended nor being deleted. */
export function isActive(pod: Pod): boolean {
  return pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed' && pod.metadata.deletionTimestamp === undefined;
}

/** Being deleted and not ended yet. */
export function isTerminating(pod: Pod): boolean {
  return pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed' && pod.metadata.deletionTimestamp !== undefined;
}
