/** Judges which namespaces of its node a Pod is to share: one of hostNetwork, hostPID, hostIPC, on or off. */
import type { Check } from '../check.ts';
import { podsOf } from '../pod-of.ts';

export type HostNamespaceField = 'hostNetwork' | 'hostPID' | 'hostIPC';

/** Met when every Pod of the manifest has `field` as wanted; leaving it out means false, as it does for the API server. */
export function hostNamespace(field: HostNamespaceField, wanted: boolean): Check {
  return {
    name: 'host-namespace',
    needsWorld: false,
    codes: wanted ? ['noPod', `${field}.missing`] : ['noPod', `${field}.unwanted`],
    judge({ objects }) {
      const pods = podsOf(objects);
      if (pods.length === 0) return [{ code: 'noPod', params: {} }];
      return pods
        .filter(({ spec }) => (spec[field] ?? false) !== wanted)
        .map(({ path, name }) => ({ code: `${field}.${wanted ? 'missing' : 'unwanted'}`, params: { pod: name }, path: `${path}.${field}` }));
    },
  };
}
