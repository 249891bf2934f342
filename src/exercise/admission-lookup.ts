/** What admission would find in a fresh cluster: the namespaces that kubeadm makes, and their default service account. */
import type { AdmissionLookup } from '../sim/kube/apiserver/admission/admission-lookup.ts';

const NAMESPACES = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system']);

export const admissionLookup: AdmissionLookup = {
  namespace: (name) => (NAMESPACES.has(name) ? { metadata: { name } } : undefined),
  serviceAccount: (namespace, name) => (NAMESPACES.has(namespace) && name === 'default' ? {} : undefined),
  podsIn: () => [],
  // A judgement keeps nothing, so that any name will do.
  randomName: (length) => 'x'.repeat(length),
};
