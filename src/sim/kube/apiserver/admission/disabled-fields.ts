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
    return items.every((item) => cleaned(name, item) === item) ? value : items.map((item) => cleaned(name, item));
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const disabled = Object.hasOwn(DISABLED, name) ? DISABLED[name] : undefined;
  const keys = Object.keys(fields);
  if (keys.every((key) => disabled?.includes(key) !== true && cleaned(key, fields[key]) === fields[key])) return value;
  const kept = keys.filter((key) => disabled?.includes(key) !== true);
  // A handler of nothing is no handler.
  if (name === 'lifecycle' && kept.length === 0) return undefined;
  return Object.fromEntries(kept.map((key) => [key, cleaned(key, fields[key])] as const).filter(([, item]) => item !== undefined));
}
