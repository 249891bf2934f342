/**
 * Why no node took a Pod, in the scheduler's words, and which plugins were to blame.
 * Modelled on pkg/scheduler/framework/types.go FitError and framework/preemption (v1.37).
 */
import type { FilterPlugin, FilterResult } from './filter-result.ts';

const NOT_HELPFUL = 'Preemption is not helpful for scheduling';
const NO_VICTIMS = 'No preemption victims found for incoming pod';

export interface Rejection {
  /** Outcome per node that was looked at. */
  readonly results: readonly FilterResult[];
  readonly allNodes: number;
  /** Nodes that a preselection left out, and by which plugin. */
  readonly leftOut: number;
  /** A refusal before any node was looked at, such as a missing claim. */
  readonly preFilter: string | undefined;
  readonly preemptionNever: boolean;
}

function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${String(count)} ${reason}`)
    .sort()
    .join(', ');
}

/** `0/3 nodes are available: … preemption: …` as the event and the condition carry it. */
export function failureMessage(rejection: Rejection): string {
  const { results, allNodes, leftOut, preFilter } = rejection;
  if (allNodes === 0) return 'no nodes available to schedule pods';
  const head = `0/${String(allNodes)} nodes are available:`;
  const absent = Array.from({ length: leftOut }, () => "node(s) didn't satisfy plugin(s) [NodeAffinity]");
  const why = preFilter ?? histogram([...results.flatMap((result) => result.reasons), ...absent]);
  if (rejection.preemptionNever) return `${head} ${why}. preemption: not eligible due to preemptionPolicy=Never.`;
  // A claim that is not there ends preemption with the very error of the lister.
  if (preFilter !== undefined && /^persistentvolumeclaim ".*" not found$/.test(preFilter)) return `${head} ${why}. not found`;
  const notHelpful = preFilter === undefined ? leftOut + results.filter((result) => !result.resolvable).length : allNodes;
  const victims = preFilter === undefined ? results.filter((result) => result.resolvable).length : 0;
  const preemption = histogram([...Array.from({ length: victims }, () => NO_VICTIMS), ...Array.from({ length: notHelpful }, () => NOT_HELPFUL)]);
  return `${head} ${why}. preemption: ${head} ${preemption}.`;
}

/** The plugins whose events can help the Pod later. */
export function rejectors(rejection: Rejection): ReadonlySet<FilterPlugin> {
  const plugins = new Set<FilterPlugin>(rejection.results.map((result) => result.plugin));
  if (rejection.leftOut > 0) plugins.add('NodeAffinity');
  return plugins;
}
