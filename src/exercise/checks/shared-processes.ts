/** Judges whether the containers of a Pod are to see each other's processes (shareProcessNamespace). */
import type { Check } from '../check.ts';
import { podsOf } from '../pod-of.ts';

/** Met when shareProcessNamespace is as wanted in every Pod of the manifest. */
export function sharedProcesses(wanted: boolean): Check {
  return {
    name: 'shared-processes',
    needsWorld: false,
    probe: [{ at: '{pod}/{container}', run: 'ps', tells: '^ *\\d' }],
    codes: ['noPod', wanted ? 'shareProcessNamespace.missing' : 'shareProcessNamespace.unwanted'],
    judge({ objects }) {
      const pods = podsOf(objects);
      if (pods.length === 0) return [{ code: 'noPod', params: {} }];
      return pods
        .filter(({ spec }) => (spec.shareProcessNamespace ?? false) !== wanted)
        .map(({ path, name }) => ({
          code: `shareProcessNamespace.${wanted ? 'missing' : 'unwanted'}`,
          params: { pod: name },
          path: `${path}.shareProcessNamespace`,
        }));
    },
  };
}
