/**
 * A Pod's host name and its /etc/hosts. Modelled on pkg/kubelet/kubelet_pods.go GeneratePodHostNameAndDomain and
 * managedHostsFileContent (v1.37).
 */
import type { HostAlias, Pod } from '../api/types-pod.ts';

const LONGEST_HOSTNAME = 63;

export interface PodHostname {
  readonly hostname: string;
  /** `name.namespace.svc.cluster.local` for Pods with a subdomain, else empty. */
  readonly domain: string;
}

/** Host name and domain of a Pod by its spec (the node's name on the host network is the runtime's matter). */
export function hostnameOf(pod: Pod): PodHostname {
  const { spec, metadata } = pod;
  if ((spec.hostnameOverride ?? '') !== '') return { hostname: (spec.hostnameOverride ?? '').slice(0, 64), domain: '' };
  const hostname = (spec.hostname ?? '') === '' ? truncated(metadata.name) : (spec.hostname ?? '');
  const domain = (spec.subdomain ?? '') === '' ? '' : `${spec.subdomain ?? ''}.${metadata.namespace ?? ''}.svc.cluster.local`;
  return { hostname, domain };
}

/** The name that `hostname` shows inside the Pod. */
export function shownHostname(pod: Pod): string {
  const { hostname, domain } = hostnameOf(pod);
  return pod.spec.setHostnameAsFQDN === true && domain !== '' ? `${hostname}.${domain}` : hostname;
}

function truncated(name: string): string {
  if (name.length <= LONGEST_HOSTNAME) return name;
  return name.slice(0, LONGEST_HOSTNAME).replace(/[-.]+$/, '');
}

/** Content of /etc/hosts in the Pod's containers. @param nodeHosts the node's own file, used on the host network */
export function hostsFile(pod: Pod, ips: readonly string[], nodeHosts: string): string {
  const aliases = pod.spec.hostAliases ?? [];
  if (pod.spec.hostNetwork === true) return `# Kubernetes-managed hosts file (host network).\n${nodeHosts}${aliasLines(aliases)}`;
  const { hostname, domain } = hostnameOf(pod);
  const names = domain === '' ? hostname : `${hostname}.${domain}\t${hostname}`;
  const lines = [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix',
    'fe00::1\tip6-allnodes',
    'fe00::2\tip6-allrouters',
    ...ips.map((ip) => `${ip}\t${names}`),
  ];
  return `${lines.join('\n')}\n${aliasLines(aliases)}`;
}

function aliasLines(aliases: readonly HostAlias[]): string {
  if (aliases.length === 0) return '';
  return `\n# Entries added by HostAliases.\n${aliases.map((alias) => `${alias.ip}\t${(alias.hostnames ?? []).join('\t')}\n`).join('')}`;
}
