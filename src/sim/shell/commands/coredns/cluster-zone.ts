/**
 * The zones cluster.local, in-addr.arpa and ip6.arpa as CoreDNS's kubernetes plugin answers them (plugin/kubernetes,
 * v1.15.0, with kubeadm's Corefile: `pods insecure`, `fallthrough in-addr.arpa ip6.arpa`, `ttl 30`). Knows API objects, no sockets.
 */
import type { ApiServer } from '../../../kube/apiserver/api-server.ts';
import type { EndpointSlice } from '../../../kube/api/types-network.ts';
import type { Service } from '../../../kube/api/types-core.ts';
import type { DnsAnswer, DnsQuery, DnsRecord } from '../../../linux/net/dns-message.ts';

const ZONE = 'cluster.local';
const TTL = 30;

export type ZoneAnswer = Omit<DnsAnswer, 'id' | 'name' | 'type'>;

function listed<K extends 'services' | 'endpointslices.discovery.k8s.io' | 'namespaces'>(apiServer: ApiServer, resource: K) {
  const list = apiServer.list(resource, {});
  return list.kind === 'List' ? list.items : [];
}

function soa(): DnsRecord {
  return { name: ZONE, type: 'SOA', ttl: TTL, data: `ns.dns.${ZONE}. hostmaster.${ZONE}. 1795420800 7200 1800 86400 ${TTL}` };
}

function answer(records: readonly DnsRecord[]): ZoneAnswer {
  return { rcode: 'NOERROR', authoritative: true, recursionAvailable: false, records, authority: records.length === 0 ? [soa()] : [] };
}

function noName(): ZoneAnswer {
  return { rcode: 'NXDOMAIN', authoritative: true, recursionAvailable: false, records: [], authority: [soa()] };
}

/**
 * @returns undefined when another plugin (forward) has to answer: names outside of the zone, and reverse names that no
 * Service or endpoint has
 */
export function answerFromCluster(apiServer: ApiServer, query: DnsQuery): ZoneAnswer | undefined {
  const name = query.name.toLowerCase().replace(/\.$/, '');
  const address = reverseAddress(name);
  if (address !== undefined) return reverse(apiServer, query, address);
  if (name !== ZONE && !name.endsWith(`.${ZONE}`)) return undefined;
  const labels = name === ZONE ? [] : name.slice(0, -ZONE.length - 1).split('.');
  if (labels.length === 0)
    return answer(query.type === 'SOA' ? [soa()] : query.type === 'NS' ? [{ name: query.name, type: 'NS', ttl: TTL, data: `ns.dns.${ZONE}.` }] : []);
  const kind = labels.pop();
  if (name === `dns-version.${ZONE}`) return answer(query.type === 'TXT' ? [{ name: query.name, type: 'TXT', ttl: TTL, data: '"1.1.0"' }] : []);
  if (kind === 'pod') return pods(apiServer, query, labels);
  if (kind === 'svc') return services(apiServer, query, labels);
  return noName();
}

/** `1-2-3-4.namespace.pod` with `pods insecure`: answers for any address, in namespaces that exist. */
function pods(apiServer: ApiServer, query: DnsQuery, labels: readonly string[]): ZoneAnswer {
  const namespace = labels.at(-1);
  if (namespace !== undefined && !hasNamespace(apiServer, namespace)) return noName();
  if (labels.length < 2) return answer([]);
  if (labels.length > 2) return noName();
  const dashed = labels[0] ?? '';
  const parts = dashed.split('-');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return noName();
  return answer(query.type === 'A' ? [{ name: query.name, type: 'A', ttl: TTL, data: parts.join('.') }] : []);
}

function hasNamespace(apiServer: ApiServer, name: string): boolean {
  return listed(apiServer, 'namespaces').some((each) => each.metadata.name === name);
}

/** `[[_port._protocol | endpoint].]service.namespace.svc` (plugin/kubernetes/parse.go). */
function services(apiServer: ApiServer, query: DnsQuery, labels: readonly string[]): ZoneAnswer {
  const [namespace, service, ...before] = [...labels].reverse();
  if (namespace === undefined) return answer([]);
  if (!hasNamespace(apiServer, namespace)) return noName();
  if (service === undefined) return answer([]);
  const found = listed(apiServer, 'services').find((each) => each.metadata.namespace === namespace && each.metadata.name === service);
  if (!found) return noName();
  const { spec } = found;
  if (spec.type === 'ExternalName') {
    return before.length > 0 ? noName() : answer([{ name: query.name, type: 'CNAME', ttl: TTL, data: `${spec.externalName ?? ''}.` }]);
  }
  const [second, first] = before;
  const port = first?.startsWith('_') && second?.startsWith('_') ? { name: first.slice(1), protocol: second.slice(1) } : undefined;
  if (before.length > 2 || (before.length === 2 && !port)) return noName();
  const endpoint = before.length === 1 ? before[0] : undefined;
  if (!isHeadless(found) && endpoint !== undefined) return noName();
  const targets = isHeadless(found)
    ? endpointsOf(apiServer, found, endpoint)
    : [{ address: spec.clusterIP ?? '', name: `${service}.${namespace}.svc.${ZONE}`, ports: spec.ports ?? [] }];
  const wanted = targets.flatMap((target) => {
    const ports = target.ports.filter((each) => !port || (each.name === port.name && (each.protocol ?? 'TCP').toLowerCase() === port.protocol));
    return port && ports.length === 0 ? [] : [{ ...target, ports }];
  });
  if (wanted.length === 0) return noName();
  return answer(recordsOf(query, wanted));
}

interface Target {
  readonly address: string;
  /** Name of the target of an SRV record. */
  readonly name: string;
  readonly ports: readonly { readonly name?: string; readonly protocol?: string; readonly port?: number }[];
}

function isHeadless(service: Service): boolean {
  return service.spec.clusterIP === 'None';
}

function endpointsOf(apiServer: ApiServer, service: Service, endpoint: string | undefined): readonly Target[] {
  const { name, namespace } = service.metadata;
  const publishes = service.spec.publishNotReadyAddresses === true;
  const targets: Target[] = [];
  for (const slice of slicesOf(apiServer, namespace ?? '', name ?? '')) {
    for (const each of slice.endpoints ?? []) {
      if (!publishes && each.conditions?.ready === false) continue;
      for (const address of each.addresses) {
        const host = each.hostname ?? address.replaceAll('.', '-').replaceAll(':', '-');
        if (endpoint !== undefined && endpoint !== host) continue;
        targets.push({ address, name: `${host}.${name ?? ''}.${namespace ?? ''}.svc.${ZONE}`, ports: slice.ports ?? [] });
      }
    }
  }
  return targets;
}

function slicesOf(apiServer: ApiServer, namespace: string, service: string): readonly EndpointSlice[] {
  return listed(apiServer, 'endpointslices.discovery.k8s.io').filter(
    (slice) => slice.metadata.namespace === namespace && slice.metadata.labels?.['kubernetes.io/service-name'] === service,
  );
}

function recordsOf(query: DnsQuery, targets: readonly Target[]): readonly DnsRecord[] {
  if (query.type === 'SRV') {
    return targets.flatMap((target) =>
      target.ports.map((port): DnsRecord => ({
        name: query.name,
        type: 'SRV',
        ttl: TTL,
        data: `0 ${Math.floor(100 / targets.length)} ${port.port ?? 0} ${target.name}.`,
      })),
    );
  }
  const family = query.type === 'A' ? 4 : query.type === 'AAAA' ? 6 : undefined;
  const seen = new Set<string>();
  const records: DnsRecord[] = [];
  for (const { address } of targets) {
    if ((address.includes(':') ? 6 : 4) !== family || seen.has(address)) continue;
    seen.add(address);
    records.push({ name: query.name, type: family === 4 ? 'A' : 'AAAA', ttl: TTL, data: address });
  }
  return records;
}

/** The IPv4 address of an in-addr.arpa name. */
function reverseAddress(name: string): string | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/.exec(name);
  return match ? `${match[4]}.${match[3]}.${match[2]}.${match[1]}` : undefined;
}

function reverse(apiServer: ApiServer, query: DnsQuery, address: string): ZoneAnswer | undefined {
  const names: string[] = [];
  for (const service of listed(apiServer, 'services')) {
    if (service.spec.clusterIP === address) names.push(`${service.metadata.name ?? ''}.${service.metadata.namespace ?? ''}.svc.${ZONE}.`);
    else if (isHeadless(service))
      for (const target of endpointsOf(apiServer, service, undefined)) if (target.address === address) names.push(`${target.name}.`);
  }
  if (names.length === 0) {
    for (const slice of listed(apiServer, 'endpointslices.discovery.k8s.io')) {
      const service = slice.metadata.labels?.['kubernetes.io/service-name'];
      for (const endpoint of slice.endpoints ?? []) {
        if (service === undefined || !endpoint.addresses.includes(address)) continue;
        names.push(`${endpoint.hostname ?? address.replaceAll('.', '-')}.${service}.${slice.metadata.namespace ?? ''}.svc.${ZONE}.`);
      }
    }
  }
  if (names.length === 0) return undefined;
  return answer(query.type === 'PTR' ? [...new Set(names)].map((data): DnsRecord => ({ name: query.name, type: 'PTR', ttl: TTL, data })) : []);
}
