// The cluster of the recordings, as far as admission can see it: its namespaces and their one service account.
// For tests only.

import '../apiserver/admission/admit.ts';
import type { AdmissionLookup } from '../apiserver/admission/admission-lookup.ts';
import type { Verdict, VerdictContext } from './verdict.ts';
import { verdictOf } from './verdict.ts';

const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  ['default', 'kube-system', 'psa-privileged', 'psa-baseline', 'psa-restricted']
    .concat(['psa-warn-privileged', 'psa-warn-baseline', 'psa-warn-restricted'])
    .map((name) => {
      const [, warn, level] = /^psa-(warn-)?(\w+)$/.exec(name) ?? [];
      const mode = warn === undefined ? 'enforce' : 'warn';
      return [name, level === undefined ? {} : { [`pod-security.kubernetes.io/${mode}`]: level }];
    }),
);

export const recordedCluster: AdmissionLookup = {
  namespace: (name) => {
    const labels = LABELS[name];
    return labels === undefined ? undefined : { metadata: { name, labels } };
  },
  serviceAccount: (_namespace, name) => (name === 'default' ? {} : undefined),
  podsIn: () => [],
  randomName: (length) => 'bcdfg'.slice(0, length),
};

/** What the recorded cluster would say to a manifest. */
export function recordedVerdict(text: string, context: Partial<VerdictContext> = {}): Verdict {
  return verdictOf(text, { namespace: 'default', lookup: recordedCluster, ...context });
}
