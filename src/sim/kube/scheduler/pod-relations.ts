/**
 * Rules between Pods: topology spread constraints and Pod (anti-)affinity.
 * Modelled on pkg/scheduler/framework/plugins/{podtopologyspread,interpodaffinity} (v1.37), required terms in full,
 * preferred ones as scores; namespaceSelector is not modelled.
 */
import { matchesLabelSelector } from '../api/label-selector.ts';
import type { Pod, PodAffinityTerm, TopologySpreadConstraint } from '../api/types-pod.ts';
import type { FilterResult } from './filter-result.ts';
import type { NodeInfo } from './node-info.ts';
import { matchesNodeAffinity, untoleratedTaint } from './node-affinity.ts';

export class PodRelations {
  readonly #nodes: ReadonlyMap<string, NodeInfo>;
  /** Pods on nodes that have required anti-affinity themselves; usually none. */
  readonly #guarded: () => Iterable<{ readonly pod: Pod; readonly info: NodeInfo }>;

  constructor(nodes: ReadonlyMap<string, NodeInfo>, guarded: () => Iterable<{ readonly pod: Pod; readonly info: NodeInfo }>) {
    this.#nodes = nodes;
    this.#guarded = guarded;
  }

  /** Why the node is against a rule; undefined when it is not. */
  refusal(pod: Pod, info: NodeInfo): FilterResult | undefined {
    return this.#spreadRefusal(pod, info) ?? this.#affinityRefusal(pod, info);
  }

  /** How many Pods the node already has that this Pod should be spread from; fewer is better. */
  spreadCount(pod: Pod, info: NodeInfo): number {
    const owner = pod.metadata.ownerReferences?.find((reference) => reference.controller === true)?.uid;
    return owner === undefined ? 0 : info.ownedBy(owner);
  }

  /** Sum of the weights of preferred affinity minus anti-affinity that the node fulfils. */
  preference(pod: Pod, info: NodeInfo): number {
    const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
    let score = 0;
    for (const { weight, podAffinityTerm } of podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) {
      score += weight * this.#countInDomain(pod, podAffinityTerm, info);
    }
    for (const { weight, podAffinityTerm } of podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) {
      score -= weight * this.#countInDomain(pod, podAffinityTerm, info);
    }
    return score;
  }

  #spreadRefusal(pod: Pod, info: NodeInfo): FilterResult | undefined {
    for (const constraint of pod.spec.topologySpreadConstraints ?? []) {
      if (constraint.whenUnsatisfiable !== 'DoNotSchedule') continue;
      const domain = info.node.metadata.labels?.[constraint.topologyKey];
      const reason = "node(s) didn't match pod topology spread constraints";
      if (domain === undefined) return { plugin: 'PodTopologySpread', reasons: [`${reason} (missing required label)`], resolvable: false };
      const counts = this.#countsByDomain(pod, constraint);
      const least = counts.size < (constraint.minDomains ?? 1) ? 0 : Math.min(...counts.values());
      const self = matchesLabelSelector(constraint.labelSelector, pod.metadata.labels) ? 1 : 0;
      if ((counts.get(domain) ?? 0) + self - least > constraint.maxSkew) return { plugin: 'PodTopologySpread', reasons: [reason], resolvable: true };
    }
    return undefined;
  }

  #countsByDomain(pod: Pod, constraint: TopologySpreadConstraint): Map<string, number> {
    const counts = new Map<string, number>();
    for (const info of this.#nodes.values()) {
      const domain = info.node.metadata.labels?.[constraint.topologyKey];
      if (domain === undefined) continue;
      if (constraint.nodeAffinityPolicy !== 'Ignore' && !matchesNodeAffinity(pod.spec, info.node)) continue;
      if (
        constraint.nodeTaintsPolicy === 'Honor' &&
        untoleratedTaint(pod.spec.tolerations, info.node.spec.taints, ['NoSchedule', 'NoExecute']) !== undefined
      )
        continue;
      let count = counts.get(domain) ?? 0;
      for (const other of info.pods.values()) {
        if (other.metadata.namespace !== pod.metadata.namespace || other.metadata.deletionTimestamp !== undefined) continue;
        if (matchesLabelSelector(constraint.labelSelector, other.metadata.labels)) count++;
      }
      counts.set(domain, count);
    }
    return counts;
  }

  #affinityRefusal(pod: Pod, info: NodeInfo): FilterResult | undefined {
    const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
    for (const term of podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
      if (this.#countInDomain(pod, term, info) > 0) continue;
      const bootstraps = isSelected(term, pod, pod) && !this.#anywhere(pod, term) && info.node.metadata.labels?.[term.topologyKey] !== undefined;
      if (!bootstraps) return { plugin: 'InterPodAffinity', reasons: ["node(s) didn't match pod affinity rules"], resolvable: false };
    }
    for (const term of podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
      if (this.#countInDomain(pod, term, info) > 0)
        return { plugin: 'InterPodAffinity', reasons: ["node(s) didn't match pod anti-affinity rules"], resolvable: true };
    }
    for (const other of this.#guarded()) {
      for (const term of other.pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
        const domain = other.info.node.metadata.labels?.[term.topologyKey];
        if (domain === undefined || info.node.metadata.labels?.[term.topologyKey] !== domain) continue;
        if (isSelected(term, other.pod, pod))
          return { plugin: 'InterPodAffinity', reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"], resolvable: true };
      }
    }
    return undefined;
  }

  #countInDomain(pod: Pod, term: PodAffinityTerm, info: NodeInfo): number {
    const domain = info.node.metadata.labels?.[term.topologyKey];
    if (domain === undefined) return 0;
    let count = 0;
    for (const other of this.#nodes.values()) {
      if (other.node.metadata.labels?.[term.topologyKey] !== domain) continue;
      for (const candidate of other.pods.values()) if (isSelected(term, pod, candidate)) count++;
    }
    return count;
  }

  #anywhere(pod: Pod, term: PodAffinityTerm): boolean {
    for (const info of this.#nodes.values()) for (const other of info.pods.values()) if (isSelected(term, pod, other)) return true;
    return false;
  }
}

/** Whether `candidate` is a Pod that `term` of `owner` speaks about. */
function isSelected(term: PodAffinityTerm, owner: Pod, candidate: Pod): boolean {
  const named = term.namespaces ?? [];
  const everywhere = term.namespaceSelector !== undefined;
  const inNamespace =
    everywhere ||
    (named.length === 0 ? candidate.metadata.namespace === owner.metadata.namespace : named.includes(candidate.metadata.namespace ?? ''));
  return inNamespace && matchesLabelSelector(term.labelSelector, candidate.metadata.labels);
}
