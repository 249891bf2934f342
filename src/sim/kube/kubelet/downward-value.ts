/** Values that a Pod learns about itself: fieldRef and resourceFieldRef. Modelled on pkg/fieldpath and pkg/api/v1/resource (v1.37). */
import type { ResourceFieldSelector } from '../api/types-env.ts';
import { quantityNano } from '../api/quantity.ts';
import type { Quantity } from '../api/types-meta.ts';
import type { Container, Pod } from '../api/types-pod.ts';

export interface PodFacts {
  readonly ips: readonly string[];
  readonly hostIp: string;
  /** The node's allocatable amounts, the limit of containers without one. */
  readonly allocatable: Readonly<Record<string, Quantity>>;
}

function formatMap(map: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(map ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');
}

/** Value of a field path such as `metadata.name`; empty when there is nothing yet. */
export function fieldValue(pod: Pod, path: string, facts: PodFacts): string {
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (subscript !== null) return (subscript[1] === 'labels' ? pod.metadata.labels : pod.metadata.annotations)?.[subscript[2] ?? ''] ?? '';
  switch (path) {
    case 'metadata.name':
      return pod.metadata.name;
    case 'metadata.namespace':
      return pod.metadata.namespace ?? '';
    case 'metadata.uid':
      return pod.metadata.uid ?? '';
    case 'metadata.labels':
      return formatMap(pod.metadata.labels);
    case 'metadata.annotations':
      return formatMap(pod.metadata.annotations);
    case 'spec.nodeName':
      return pod.spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return pod.spec.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return facts.hostIp;
    case 'status.podIP':
      return facts.ips[0] ?? '';
    case 'status.podIPs':
      return facts.ips.join(',');
    default:
      return '';
  }
}

/** Value of a container's resource in units of the divisor, rounded up. */
export function resourceValue(container: Container, selector: ResourceFieldSelector, facts: PodFacts): string {
  const [side = '', ...rest] = selector.resource.split('.');
  const name = rest.join('.');
  const { limits, requests } = container.resources ?? {};
  const quantity = side === 'limits' ? (limits?.[name] ?? facts.allocatable[name]) : (requests?.[name] ?? limits?.[name]);
  const amount = quantityNano(quantity);
  const given = quantityNano(selector.divisor);
  const divisor = given === 0n ? 1_000_000_000n : given;
  return String((amount + divisor - 1n) / divisor);
}
