/** Which Pods of lower priority would have to leave a node for a Pod. Modelled on pkg/scheduler/framework/preemption (v1.37), fewest victims first. */
import type { Pod } from '../api/types-pod.ts';
import type { FilterResult } from './filter-result.ts';
import { demandOf } from './node-info.ts';
import type { NodeInfo } from './node-info.ts';

export interface Preemption {
  readonly node: string;
  readonly victims: readonly Pod[];
}

function fitsWithout(pod: Pod, info: NodeInfo, victims: readonly Pod[]): boolean {
  const gone = new Set(victims.map((victim) => victim.metadata.uid ?? ''));
  if (info.portTaken(demandOf(pod.spec).ports, gone)) return false;
  return Object.entries(demandOf(pod.spec).requests).every(([name, amount]) => {
    const freed = victims.reduce((sum, victim) => sum + (demandOf(victim.spec).requests[name] ?? 0), 0);
    return amount <= (info.allocatable[name] ?? 0) - (info.requested[name] ?? 0) + freed;
  });
}

function victimsOn(pod: Pod, info: NodeInfo): readonly Pod[] | undefined {
  const priority = pod.spec.priority ?? 0;
  const lower = [...info.pods.values()].filter((other) => (other.spec.priority ?? 0) < priority);
  if (lower.length === 0 || !fitsWithout(pod, info, lower)) return undefined;
  let victims = [...lower].sort((a, b) => (b.spec.priority ?? 0) - (a.spec.priority ?? 0));
  for (const spared of [...victims]) {
    const rest = victims.filter((victim) => victim !== spared);
    if (fitsWithout(pod, info, rest)) victims = rest;
  }
  return victims.length === 0 ? undefined : victims;
}

/** The best node to make room on, or undefined when no eviction helps. */
export function findPreemption(pod: Pod, refusedBy: ReadonlyMap<NodeInfo, FilterResult>): Preemption | undefined {
  let best: Preemption | undefined;
  for (const [info, refusal] of refusedBy) {
    if (!refusal.resolvable) continue;
    const victims = victimsOn(pod, info);
    if (victims !== undefined && (best === undefined || victims.length < best.victims.length)) best = { node: info.node.metadata.name, victims };
  }
  return best;
}
