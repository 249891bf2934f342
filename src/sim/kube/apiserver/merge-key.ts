/**
 * Which lists of the API are merged by a key in strategic merge patches (x-kubernetes-patch-merge-key of the OpenAPI
 * schemas, v1.37). Lists that are not named here are replaced as a whole. Knows no object.
 */

/** `set`: a list of plain values that is merged as a set. */
export type ListMerge = { readonly kind: 'atomic' } | { readonly kind: 'set' } | { readonly kind: 'map'; readonly key: string };

const KEY_BY_FIELD: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  volumes: 'name',
  env: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  topologySpreadConstraints: 'topologyKey',
  conditions: 'type',
  ownerReferences: 'uid',
  podIPs: 'ip',
  hostIPs: 'ip',
  addresses: 'type',
  secrets: 'name',
  resourceClaims: 'name',
  schedulingGates: 'name',
  resourceClaimStatuses: 'name',
};

const ATOMIC: ListMerge = { kind: 'atomic' };

/** How the list at this path (field names from the root, without indexes) is merged. */
export function listMergeOf(path: readonly string[]): ListMerge {
  const field = path.at(-1) ?? '';
  const parent = path.at(-2) ?? '';
  if (field === 'finalizers' && (parent === 'metadata' || parent === 'spec')) return { kind: 'set' };
  if (field === 'ports') {
    if (/ontainers$/.test(parent)) return { kind: 'map', key: 'containerPort' };
    return parent === 'spec' && path.length === 2 ? { kind: 'map', key: 'port' } : ATOMIC;
  }
  if (field === 'addresses' && parent !== 'status') return ATOMIC;
  if (field === 'podCIDRs') return { kind: 'set' };
  const key = KEY_BY_FIELD[field];
  return key === undefined ? ATOMIC : { kind: 'map', key };
}
