/**
 * The filters of the default profile, in their order; the first that refuses a node says why.
 * Modelled on pkg/scheduler/framework/plugins/* (v1.37). Pure: reads node infos, changes nothing.
 */
import type { Pod } from '../api/types-pod.ts';
import type { FilterPlugin, FilterResult } from './filter-result.ts';
import { demandOf } from './node-info.ts';
import type { NodeInfo } from './node-info.ts';
import { matchesNodeAffinity, untoleratedTaint } from './node-affinity.ts';
import type { PodRelations } from './pod-relations.ts';

const UNSCHEDULABLE_TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const;

function refused(plugin: FilterPlugin, reasons: readonly string[], resolvable = false): FilterResult {
  return { plugin, reasons, resolvable };
}

function insufficient(pod: Pod, info: NodeInfo): FilterResult | undefined {
  const { requests } = demandOf(pod.spec);
  const reasons: string[] = [];
  let resolvable = true;
  if (info.pods.size + 1 > (info.allocatable['pods'] ?? 0)) reasons.push('Too many pods');
  const names = [
    'cpu',
    'memory',
    'ephemeral-storage',
    ...Object.keys(requests).filter((name) => !['cpu', 'memory', 'ephemeral-storage'].includes(name)),
  ];
  for (const name of names) {
    const wanted = requests[name] ?? 0;
    const capacity = info.allocatable[name] ?? 0;
    if (wanted <= 0 || wanted <= capacity - (info.requested[name] ?? 0)) continue;
    reasons.push(`Insufficient ${name}`);
    if (wanted > capacity) resolvable = false;
  }
  return reasons.length === 0 ? undefined : refused('NodeResourcesFit', reasons, resolvable);
}

/** Why a node cannot take the Pod; undefined when it can. */
export function filterNode(pod: Pod, info: NodeInfo, relations: PodRelations): FilterResult | undefined {
  const { spec } = pod;
  const { node } = info;
  if (node.spec.unschedulable === true && untoleratedTaint(spec.tolerations, [UNSCHEDULABLE_TAINT], ['NoSchedule']) !== undefined) {
    return refused('NodeUnschedulable', ['node(s) were unschedulable']);
  }
  if ((spec.nodeName ?? '') !== '' && spec.nodeName !== node.metadata.name)
    return refused('NodeName', ["node(s) didn't match the requested node name"]);
  if (untoleratedTaint(spec.tolerations, node.spec.taints, ['NoSchedule', 'NoExecute']) !== undefined) {
    return refused('TaintToleration', ['node(s) had untolerated taint(s)']);
  }
  if (!matchesNodeAffinity(spec, node)) return refused('NodeAffinity', ["node(s) didn't match Pod's node affinity/selector"]);
  if (info.portTaken(demandOf(spec).ports)) return refused('NodePorts', ["node(s) didn't have free ports for the requested pod ports"], true);
  return insufficient(pod, info) ?? relations.refusal(pod, info);
}
