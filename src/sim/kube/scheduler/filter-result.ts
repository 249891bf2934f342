/** What a filter plugin says of a node that it refuses (pkg/scheduler/framework Status, v1.37). Types only. */
export type FilterPlugin =
  'NodeUnschedulable' | 'NodeName' | 'TaintToleration' | 'NodeAffinity' | 'NodePorts' | 'NodeResourcesFit' | 'PodTopologySpread' | 'InterPodAffinity';

export interface FilterResult {
  readonly plugin: FilterPlugin;
  readonly reasons: readonly string[];
  /** Whether evicting Pods from the node could help (Unschedulable, not UnschedulableAndUnresolvable). */
  readonly resolvable: boolean;
}
