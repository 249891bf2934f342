// Drops fields of Pods whose features are switched off in this release, as the API server does before it looks at them.
// Modelled on pkg/api/pod/util.go (v1.37): dropDisabledFields, with the default feature gates.

import type { PodSpec } from '../../api/types-pod.ts';
import type { Unchecked } from '../../api/unchecked.ts';

/** Fields without effect, by the name of the field that holds them; `spec` stands for the PodSpec itself. */
const DISABLED: Readonly<Record<string, readonly string[]>> = {
  spec: ['schedulingGroup', 'evictionResponders'],
  lifecycle: ['stopSignal'],
  grpc: ['mode'],
  httpGet: ['protocol'],
  volumeMounts: ['bindMountOptions'],
  emptyDir: ['mode'],
  secret: ['defaultUser'],
  configMap: ['defaultUser'],
  downwardAPI: ['defaultUser'],
  projected: ['defaultUser'],
  items: ['user'],
  serviceAccountToken: ['user'],
  clusterTrustBundle: ['user'],
  podCertificate: ['user'],
};

/** The same spec, or a copy without the fields that this release ignores. */
export function withoutDisabledFields(spec: Unchecked<PodSpec>): Unchecked<PodSpec> {
  return cleaned('spec', spec) as Unchecked<PodSpec>;
}

function cleaned(name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const kept = items.map((item) => cleaned(name, item));
    return kept.some((item, index) => item !== items[index]) ? kept : value;
  }
  const disabled = Object.hasOwn(DISABLED, name) ? DISABLED[name] : undefined;
  const entries = Object.entries(value);
  const kept = entries
    .filter(([key]) => disabled?.includes(key) !== true)
    .map(([key, item]) => [key, cleaned(key, item)] as const);
  // A handler of nothing is no handler.
  if (name === 'lifecycle' && kept.length === 0 && entries.length > 0) return undefined;
  const same =
    kept.length === entries.length && kept.every(([, item], index) => item === entries[index]?.[1]);
  return same ? value : Object.fromEntries(kept.filter(([, item]) => item !== undefined));
}
