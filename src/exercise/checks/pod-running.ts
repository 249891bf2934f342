/** Judges whether what the manifest describes really runs. */
import type { Check } from '../check.ts';
import { podsOf } from '../pod-of.ts';

/** Met when the Pod of the manifest is ready in the cluster. */
export function podRunning(): Check {
  return {
    name: 'pod-running',
    needsWorld: true,
    codes: ['noPod', 'pod.notApplied', 'pod.notReady'],
    judge({ objects, world }) {
      const [pod] = podsOf(objects);
      if (!pod) return [{ code: 'noPod', params: {} }];
      const running = world?.pods.find((each) => each.name === pod.name);
      if (!running) return [{ code: 'pod.notApplied', params: { pod: pod.name } }];
      return running.ready ? [] : [{ code: 'pod.notReady', params: { pod: pod.name, status: running.status } }];
    },
  };
}
