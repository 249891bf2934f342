/** Quality of service of a Pod, from its resources. Modelled on pkg/apis/core/helper/qos/qos.go (v1.37). */
import type { Container, PodSpec } from '../api/types-pod.ts';
import { quantityNano } from '../api/quantity.ts';

const COUNTED = ['cpu', 'memory'];

/** `Guaranteed`, `Burstable` or `BestEffort`. */
export function qosClassOf(spec: PodSpec): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  const containers: readonly Container[] = [...((spec.containers as PodSpec['containers'] | undefined) ?? []), ...(spec.initContainers ?? [])];
  let any = false;
  let guaranteed = true;
  for (const { resources } of containers) {
    for (const name of COUNTED) {
      const limit = quantityNano(resources?.limits?.[name]);
      const request = resources?.requests?.[name] === undefined ? limit : quantityNano(resources.requests[name]);
      if (request > 0n || limit > 0n) any = true;
      if (limit === 0n || request !== limit) guaranteed = false;
    }
  }
  if (!any) return 'BestEffort';
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
