/** Judges which namespaces of its node a Pod is to share: one of hostNetwork, hostPID, hostIPC, on or off. */
import type { Check, ProbeLook } from '../check.ts';
import { podsOf } from '../pod-of.ts';

export type HostNamespaceField = 'hostNetwork' | 'hostPID' | 'hostIPC';

/** The kernel's own word for it; processes are plainer to see as a list. */
function probeOf(field: HostNamespaceField): readonly ProbeLook[] {
  if (field === 'hostPID') return [{ at: '{pod}/{container}', run: 'ps', tells: '^ *\\d' }];
  const run = `readlink /proc/self/ns/${field === 'hostNetwork' ? 'net' : 'ipc'}`;
  return [
    { at: '{pod}/{container}', run },
    { at: '{node}', run },
  ];
}

/** Met when every Pod of the manifest has `field` as wanted; leaving it out means false, as it does for the API server. */
export function hostNamespace(field: HostNamespaceField, wanted: boolean): Check {
  return {
    name: 'host-namespace',
    needsWorld: false,
    probe: probeOf(field),
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
