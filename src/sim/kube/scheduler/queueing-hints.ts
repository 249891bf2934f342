/**
 * Which changes of the cluster may help a Pod that found no node: the QueueingHint functions of the filter plugins.
 * Modelled on pkg/scheduler/framework/plugins/*, isSchedulableAfter… (v1.37).
 */
import type { Node } from '../api/types-core.ts';
import type { Pod } from '../api/types-pod.ts';
import type { FilterPlugin } from './filter-result.ts';
import { amountsOf, demandOf, portsConflict } from './node-info.ts';
import { matchesNodeAffinity, untoleratedTaint } from './node-affinity.ts';

const HARD = ['NoSchedule', 'NoExecute'] as const;

function fits(pod: Pod, node: Node | undefined): boolean {
  if (node === undefined) return false;
  const allocatable = amountsOf(node.status.allocatable);
  return Object.entries(demandOf(pod.spec).requests).every(([name, amount]) => amount <= (allocatable[name] ?? 0));
}

/** Whether a new or changed node is worth another try for a Pod that `plugin` refused. */
export function nodeChangeHelps(plugin: FilterPlugin, pod: Pod, change: { readonly node: Node; readonly previous: Node | undefined }): boolean {
  const { node, previous } = change;
  switch (plugin) {
    case 'NodeUnschedulable':
      return node.spec.unschedulable !== true && (previous === undefined || previous.spec.unschedulable === true);
    case 'TaintToleration':
      return (
        untoleratedTaint(pod.spec.tolerations, node.spec.taints, HARD) === undefined &&
        (previous === undefined || untoleratedTaint(pod.spec.tolerations, previous.spec.taints, HARD) !== undefined)
      );
    case 'NodeAffinity':
      return matchesNodeAffinity(pod.spec, node) && (previous === undefined || !matchesNodeAffinity(pod.spec, previous));
    case 'NodeResourcesFit':
      return fits(pod, node) && (previous === undefined || node.status.allocatable !== previous.status.allocatable);
    case 'NodePorts':
      return previous === undefined;
    case 'PodTopologySpread':
    case 'InterPodAffinity':
      return previous === undefined || node.metadata.labels !== previous.metadata.labels;
    case 'NodeName':
      return false;
  }
}

/** Whether a Pod that left its node is worth another try for a Pod that `plugin` refused. */
export function podRemovalHelps(plugin: FilterPlugin, pod: Pod, gone: Pod): boolean {
  switch (plugin) {
    case 'NodePorts':
      return demandOf(pod.spec).ports.some((wanted) => demandOf(gone.spec).ports.some((freed) => portsConflict(wanted, freed)));
    case 'NodeResourcesFit':
      return true;
    case 'PodTopologySpread':
    case 'InterPodAffinity':
      return true;
    default:
      return false;
  }
}
