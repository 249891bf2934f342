/** What kube-proxy keeps of EndpointSlices, and which endpoints a node uses for a Service (pkg/proxy/endpointslicecache.go, topology.go, v1.37). */
import type { EndpointSlice } from '../api/types-network.ts';
import { isExternallyAccessible, type ServicePort } from './service-port.ts';

export interface Endpoint {
  /** Such as `10.244.1.5:8080`. */
  readonly text: string;
  readonly address: string;
  readonly port: number;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  /** It is on this node. */
  readonly local: boolean;
}

/** Label that names the Service of a slice. */
export const SERVICE_NAME = 'kubernetes.io/service-name';

/** `namespace/name` of the Service, undefined when the slice belongs to none or is of IPv6. */
export function serviceOfSlice(slice: EndpointSlice): string | undefined {
  const name = slice.metadata.labels?.[SERVICE_NAME];
  return name === undefined || slice.addressType !== 'IPv4' ? undefined : `${slice.metadata.namespace ?? ''}/${name}`;
}

/** The endpoints of one port in all slices of a Service: sorted by text, each address once. */
export function endpointsOf(slices: Iterable<EndpointSlice>, portName: string, nodeName: string): readonly Endpoint[] {
  const endpointByText = new Map<string, Endpoint>();
  for (const slice of slices) {
    for (const port of slice.ports ?? []) {
      if ((port.name ?? '') !== portName || port.port === undefined) continue;
      for (const each of slice.endpoints ?? []) {
        const address = each.addresses[0];
        if (address === undefined) continue;
        const text = `${address}:${port.port}`;
        const ready = each.conditions?.ready ?? true;
        const endpoint: Endpoint = {
          text,
          address,
          port: port.port,
          ready,
          serving: each.conditions?.serving ?? ready,
          terminating: each.conditions?.terminating ?? false,
          local: each.nodeName === nodeName,
        };
        const other = endpointByText.get(text);
        if (!other || (!other.ready && ready)) endpointByText.set(text, endpoint);
      }
    }
  }
  return [...endpointByText.values()].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

export interface UsableEndpoints {
  readonly cluster: readonly Endpoint[];
  readonly local: readonly Endpoint[];
  /** Every one that some rule of this node may lead to. */
  readonly reachable: readonly Endpoint[];
  /** Whether there is any, on whatever node. */
  readonly any: boolean;
}

export function usesCluster(port: ServicePort): boolean {
  return !port.internalLocal || isExternallyAccessible(port);
}

export function usesLocal(port: ServicePort): boolean {
  return port.internalLocal || (port.externalLocal && isExternallyAccessible(port));
}

/** Ready endpoints; where there are none, those that still serve while they terminate. */
export function usableEndpoints(endpoints: readonly Endpoint[], port: ServicePort): UsableEndpoints {
  const fading = endpoints.filter((each) => each.serving && each.terminating);
  let cluster: readonly Endpoint[] = [];
  if (usesCluster(port)) {
    cluster = endpoints.filter((each) => each.ready);
    if (cluster.length === 0) cluster = fading;
  }
  if (!usesLocal(port)) return { cluster, local: [], reachable: cluster, any: cluster.length > 0 };
  const any = endpoints.some((each) => each.ready) || fading.length > 0;
  let local: readonly Endpoint[] = endpoints.filter((each) => each.local && each.ready);
  const onlyFading = local.length === 0;
  if (onlyFading) local = fading.filter((each) => each.local);
  if (!usesCluster(port)) return { cluster, local, reachable: local, any };
  const reachable = onlyFading ? [...cluster, ...local.filter((each) => !cluster.includes(each))] : cluster;
  return { cluster, local, reachable, any };
}
