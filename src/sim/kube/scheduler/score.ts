/**
 * How good a node is for a Pod: the default profile's scores with their weights.
 * Modelled on pkg/scheduler/framework/plugins (v1.37): NodeResourcesFit LeastAllocated, NodeResourcesBalancedAllocation,
 * TaintToleration, NodeAffinity, PodTopologySpread, InterPodAffinity; ImageLocality is left out (all images are equal).
 */
import type { Pod } from '../api/types-pod.ts';
import { demandOf } from './node-info.ts';
import type { NodeInfo } from './node-info.ts';
import { matchesTerm, tolerates } from './node-affinity.ts';
import type { PodRelations } from './pod-relations.ts';

const MAX = 100;

function leastAllocated(pod: Pod, info: NodeInfo): number {
  const demand = demandOf(pod.spec);
  const free = (capacity: number, used: number): number => (capacity === 0 || used > capacity ? 0 : Math.floor(((capacity - used) * MAX) / capacity));
  const cpu = free(info.allocatable['cpu'] ?? 0, info.nonZeroCpu + demand.nonZeroCpu);
  const memory = free(info.allocatable['memory'] ?? 0, info.nonZeroMemory + demand.nonZeroMemory);
  return Math.floor((cpu + memory) / 2);
}

function balanced(pod: Pod, info: NodeInfo): number {
  const { requests } = demandOf(pod.spec);
  const share = (name: string): number => Math.min(1, ((info.requested[name] ?? 0) + (requests[name] ?? 0)) / (info.allocatable[name] ?? 1));
  return Math.floor((1 - Math.abs(share('cpu') - share('memory')) / 2) * MAX);
}

function untoleratedSoftTaints(pod: Pod, info: NodeInfo): number {
  const tolerations = (pod.spec.tolerations ?? []).filter(
    (toleration) => (toleration.effect ?? '') === '' || toleration.effect === 'PreferNoSchedule',
  );
  return (info.node.spec.taints ?? []).filter(
    (taint) => taint.effect === 'PreferNoSchedule' && !tolerations.some((toleration) => tolerates(toleration, taint)),
  ).length;
}

function preferredAffinity(pod: Pod, info: NodeInfo): number {
  let score = 0;
  for (const { weight, preference } of pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) {
    if (matchesTerm(preference, info.node)) score += weight;
  }
  return score;
}

/** 0 … 100 relative to the best; `reverse` when less is better (DefaultNormalizeScore). */
function normalized(raw: readonly number[], reverse: boolean): number[] {
  const most = Math.max(...raw, 0);
  if (most === 0) return raw.map(() => (reverse ? MAX : 0));
  return raw.map((value) => (reverse ? MAX - Math.floor((value * MAX) / most) : Math.floor((value * MAX) / most)));
}

function between(raw: readonly number[]): number[] {
  const low = Math.min(...raw);
  const high = Math.max(...raw);
  return raw.map((value) => (high === low ? 0 : Math.floor(((value - low) * MAX) / (high - low))));
}

function spread(counts: readonly number[]): number[] {
  const most = Math.max(...counts, 0);
  const least = Math.min(...counts);
  return counts.map((count) => (most === 0 ? MAX : Math.floor((MAX * (most + least - count)) / most)));
}

/** Total scores of the nodes, in their order. */
export function scoreNodes(pod: Pod, nodes: readonly NodeInfo[], relations: PodRelations): readonly number[] {
  if (nodes.length < 2) return nodes.map(() => 0);
  const taints = normalized(
    nodes.map((info) => untoleratedSoftTaints(pod, info)),
    true,
  );
  const affinity = normalized(
    nodes.map((info) => preferredAffinity(pod, info)),
    false,
  );
  const spreading = spread(nodes.map((info) => relations.spreadCount(pod, info)));
  const company = between(nodes.map((info) => relations.preference(pod, info)));
  return nodes.map(
    (info, index) =>
      leastAllocated(pod, info) +
      balanced(pod, info) +
      3 * (taints[index] ?? 0) +
      2 * (affinity[index] ?? 0) +
      2 * (spreading[index] ?? 0) +
      2 * (company[index] ?? 0),
  );
}
