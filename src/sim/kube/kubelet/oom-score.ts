/** How soon a container goes when a node runs out of memory. Modelled on pkg/kubelet/qos/policy.go GetContainerOOMScoreAdjust (v1.37). */
import { quantityNano } from '../api/quantity.ts';
import type { Container, Pod } from '../api/types-pod.ts';
import { qosClassOf } from '../apiserver/qos-class.ts';

const CRITICAL_PRIORITY = 2_000_000_000;
const GUARANTEED = -997;
const BEST_EFFORT = 1000;

/** @param capacity the node's memory in bytes */
export function oomScoreAdjust(pod: Pod, container: Container, capacity: number): number {
  if ((pod.spec.priority ?? 0) >= CRITICAL_PRIORITY) return GUARANTEED;
  switch (qosClassOf(pod.spec)) {
    case 'Guaranteed':
      return GUARANTEED;
    case 'BestEffort':
      return BEST_EFFORT;
    case 'Burstable': {
      const wanted = container.resources?.requests?.['memory'] ?? container.resources?.limits?.['memory'];
      const score = BEST_EFFORT - Math.floor((BEST_EFFORT * (Number(quantityNano(wanted)) / 1e9)) / capacity);
      return Math.max(BEST_EFFORT + GUARANTEED, Math.min(BEST_EFFORT - 1, score));
    }
  }
}
