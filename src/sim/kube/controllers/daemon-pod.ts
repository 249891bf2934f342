/** The Pod a DaemonSet wants on a node, and whether it wants one. Modelled on pkg/controller/daemon/util/daemonset_util.go and NodeShouldRunDaemonPod (v1.37). */
import type { DaemonSet } from '../api/types-apps.ts';
import type { Node } from '../api/types-core.ts';
import type { NodeSelectorTerm, PodSpec, PodTemplateSpec, Toleration } from '../api/types-pod.ts';
import { matchesNodeAffinity, untoleratedTaint } from '../scheduler/node-affinity.ts';

const EXISTS = 'Exists';

/** Tolerations every daemon Pod gets. */
function daemonTolerations(hostNetwork: boolean): readonly Toleration[] {
  const list: Toleration[] = [
    { key: 'node.kubernetes.io/not-ready', operator: EXISTS, effect: 'NoExecute' },
    { key: 'node.kubernetes.io/unreachable', operator: EXISTS, effect: 'NoExecute' },
    { key: 'node.kubernetes.io/disk-pressure', operator: EXISTS, effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/memory-pressure', operator: EXISTS, effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/pid-pressure', operator: EXISTS, effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/unschedulable', operator: EXISTS, effect: 'NoSchedule' },
  ];
  if (hostNetwork) list.push({ key: 'node.kubernetes.io/network-unavailable', operator: EXISTS, effect: 'NoSchedule' });
  return list;
}

function withTolerations(own: readonly Toleration[] | undefined, more: readonly Toleration[]): readonly Toleration[] {
  const all = [...(own ?? [])];
  for (const toleration of more) {
    const same = all.findIndex(
      (each) =>
        each.key === toleration.key &&
        each.effect === toleration.effect &&
        (each.operator ?? 'Equal') === toleration.operator &&
        (each.value ?? '') === (toleration.value ?? ''),
    );
    if (same < 0) all.push(toleration);
    else all[same] = toleration;
  }
  return all;
}

/** Templates never change, and every node is held against them at every sync. */
const TOLERATIONS = new WeakMap<PodTemplateSpec, readonly Toleration[]>();

function tolerationsOf(template: PodTemplateSpec): readonly Toleration[] {
  let all = TOLERATIONS.get(template);
  if (all === undefined) {
    all = withTolerations(template.spec.tolerations, daemonTolerations(template.spec.hostNetwork === true));
    TOLERATIONS.set(template, all);
  }
  return all;
}

/** The template with what every daemon Pod gets; hash and generation become labels. */
export function daemonTemplate(set: DaemonSet, hash: string): PodTemplateSpec {
  const { template } = set.spec;
  const generation = set.metadata.annotations?.['deprecated.daemonset.template.generation'];
  const labels = {
    ...template.metadata?.labels,
    'controller-revision-hash': hash,
    ...(generation === undefined ? {} : { 'pod-template-generation': generation }),
  };
  return { metadata: { ...template.metadata, labels }, spec: { ...template.spec, tolerations: tolerationsOf(template) } };
}

/** Binds a spec to one node by its name (ReplaceDaemonSetPodNodeNameNodeAffinity). */
export function forNode(spec: PodSpec, node: string): PodSpec {
  const field = { key: 'metadata.name', operator: 'In', values: [node] } as const;
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const required: readonly NodeSelectorTerm[] =
    terms.length === 0 ? [{ matchFields: [field] }] : terms.map((term) => ({ ...term, matchFields: [field] }));
  return {
    ...spec,
    affinity: {
      ...spec.affinity,
      nodeAffinity: { ...spec.affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: required } },
    },
  };
}

/** Whether a Pod of the set should be made on the node, and whether one that is there may stay. */
export function daemonWants(set: DaemonSet, node: Node): { readonly run: boolean; readonly keep: boolean } {
  const { spec } = set.spec.template;
  const tolerations = tolerationsOf(set.spec.template);
  if ((spec.nodeName ?? '') !== '' && spec.nodeName !== node.metadata.name) return { run: false, keep: false };
  if (!matchesNodeAffinity(spec, node)) return { run: false, keep: false };
  if (untoleratedTaint(tolerations, node.spec.taints, ['NoExecute', 'NoSchedule']) === undefined) return { run: true, keep: true };
  return { run: false, keep: untoleratedTaint(tolerations, node.spec.taints, ['NoExecute']) === undefined };
}
