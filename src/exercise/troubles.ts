/**
 * Explains why what was applied does not run: the component's own words, and the field of the manifest that they are
 * about. Knows nothing of goals.
 */
import type { CheckFinding } from './check.ts';
import type { KubeObject } from '../sim/kube/api/types.ts';
import { podsOf, type PodInManifest } from './pod-of.ts';
import type { PodFacts, PodTrouble, WorldView } from './world-view.ts';

export interface TroubleFinding extends CheckFinding {
  /** The scheduler's, the kubelet's or the runtime's own words. */
  readonly upstream: string;
}

/** What the scheduler's plugins say of nodes, and the code that explains it; the first that applies counts. */
const SCHEDULER_WORDS: readonly { readonly code: string; readonly words: string; readonly field: (pod: PodInManifest) => string | undefined }[] = [
  // pkg/scheduler/framework/plugins/nodeports/node_ports.go ErrReason (v1.37)
  { code: 'world.portTaken', words: "didn't have free ports for the requested pod ports", field: hostPortField },
  // pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go ErrReasonPod (v1.37)
  {
    code: 'world.noSuchNode',
    words: "didn't match Pod's node affinity/selector",
    field: ({ spec, path }) => `${path}.${spec.nodeSelector ? 'nodeSelector' : 'affinity'}`,
  },
  // pkg/scheduler/framework/plugins/noderesources/fit.go (v1.37)
  { code: 'world.tooLarge', words: 'Insufficient ', field: ({ path }) => `${path}.containers[0].resources` },
];

/** Every code that can be reported; each must have words in every locale. */
export const TROUBLE_CODES: readonly string[] = [
  ...SCHEDULER_WORDS.map(({ code }) => code),
  'world.noNode',
  'world.image',
  'world.start',
  'world.ended',
];

/** @returns a finding for the first Pod in trouble of each object of the manifest */
export function troublesOf(objects: readonly KubeObject[], world: WorldView): readonly TroubleFinding[] {
  return podsOf(objects).flatMap((pod) => {
    const ill = world.pods.find((each) => each.trouble !== undefined && belongsTo(each, pod));
    return ill?.trouble && stillSo(ill.trouble, pod) ? [findingOf(ill, ill.trouble, pod)] : [];
  });
}

/** Names of a workload's Pods begin with the workload's. */
function belongsTo(facts: PodFacts, pod: PodInManifest): boolean {
  return facts.name === pod.name || (pod.path !== 'spec' && facts.name.startsWith(`${pod.name}-`));
}

/** Whoever has already corrected the image is not told about it again. */
function stillSo({ container, image }: PodTrouble, { spec }: PodInManifest): boolean {
  return container === undefined || spec.containers[container]?.image === image;
}

function findingOf({ name, status }: PodFacts, trouble: PodTrouble, pod: PodInManifest): TroubleFinding {
  const { kind, message: upstream, container = 0, image = '', exitCode = 0 } = trouble;
  const at = `${pod.path}.containers[${String(container)}]`;
  const params = { pod: name, status, image, code: exitCode };
  switch (kind) {
    case 'unscheduled': {
      const known = SCHEDULER_WORDS.find(({ words }) => upstream.includes(words));
      const path = known?.field(pod);
      return { code: known?.code ?? 'world.noNode', params, upstream, ...(path === undefined ? {} : { path }) };
    }
    case 'image':
      return { code: 'world.image', params, upstream, path: `${at}.image` };
    case 'start':
      return { code: 'world.start', params, upstream, path: pod.spec.containers[container]?.command ? `${at}.command` : at };
    case 'ended':
      return { code: 'world.ended', params, upstream, path: at };
  }
}

function hostPortField({ spec, path }: PodInManifest): string | undefined {
  for (const [index, { ports }] of spec.containers.entries()) {
    const port = ports?.findIndex((each) => each.hostPort !== undefined) ?? -1;
    if (port >= 0) return `${path}.containers[${String(index)}].ports[${String(port)}].hostPort`;
  }
  return undefined;
}
