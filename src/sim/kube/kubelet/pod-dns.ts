/**
 * What a Pod's /etc/resolv.conf says. Modelled on pkg/kubelet/network/dns/dns.go (v1.37): dnsPolicy, dnsConfig and the limits.
 */
import type { Pod } from '../api/types-pod.ts';

export interface DnsSettings {
  readonly servers: readonly string[];
  readonly searches: readonly string[];
  readonly options: readonly string[];
}

const CLUSTER_DOMAIN = 'cluster.local';
const MAX_SERVERS = 3;
const MAX_SEARCHES = 32;
const MAX_SEARCH_CHARACTERS = 2048;

/** Reads a resolv.conf. The last `search` line counts, options of all lines. */
export function parseResolvConf(text: string): DnsSettings {
  const servers: string[] = [];
  let searches: string[] = [];
  const options: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('#') || line.startsWith(';')) continue;
    const [keyword, ...fields] = line.split(/\s+/).filter((field) => field !== '');
    if (keyword === 'nameserver' && fields[0] !== undefined) servers.push(fields[0]);
    if (keyword === 'search') searches = fields.map((field) => (field === '.' ? field : field.replace(/\.$/, '')));
    if (keyword === 'options') options.push(...fields.filter((field) => !options.includes(field)));
  }
  return { servers, searches, options };
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}

function withOverrides(options: readonly string[], pod: Pod): readonly string[] {
  const byName = new Map<string, string>();
  for (const option of options) byName.set(option.split(':')[0] ?? option, option);
  for (const { name = '', value } of pod.spec.dnsConfig?.options ?? [])
    byName.set(name, value === undefined || value === '' ? name : `${name}:${value}`);
  return [...byName.values()];
}

export interface DnsResult extends DnsSettings {
  /** Text of a DNSConfigForming warning, when something had to be left out. */
  readonly warnings: readonly string[];
}

/** The Pod's DNS settings. @param host the node's resolv.conf @param clusterDns addresses of the cluster's DNS */
export function podDns(pod: Pod, host: DnsSettings, clusterDns: readonly string[]): DnsResult {
  const { dnsPolicy = 'ClusterFirst', hostNetwork = false, dnsConfig } = pod.spec;
  const namespace = pod.metadata.namespace ?? 'default';
  const cluster = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork);
  let base: DnsSettings;
  if (dnsPolicy === 'None') base = { servers: [], searches: [], options: [] };
  else if (cluster) {
    const own = [`${namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN];
    base = { servers: clusterDns, searches: unique([...own, ...host.searches]), options: ['ndots:5'] };
  } else base = host;
  const servers = unique([...base.servers, ...(dnsConfig?.nameservers ?? [])]);
  const searches = unique([...base.searches, ...(dnsConfig?.searches ?? [])]);
  return limited({ servers, searches, options: dnsConfig === undefined ? base.options : withOverrides(base.options, pod) });
}

function limited(settings: DnsSettings): DnsResult {
  const warnings: string[] = [];
  let { servers, searches } = settings;
  if (servers.length > MAX_SERVERS) {
    servers = servers.slice(0, MAX_SERVERS);
    warnings.push(`Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: ${servers.join(' ')}`);
  }
  const before = searches.length;
  searches = searches.slice(0, MAX_SEARCHES);
  while (searches.join(' ').length > MAX_SEARCH_CHARACTERS) searches = searches.slice(0, -1);
  if (searches.length < before)
    warnings.push(`Search Line limits were exceeded, some search paths have been omitted, the applied search line is: ${searches.join(' ')}`);
  return { servers, searches, options: settings.options, warnings };
}
