import { describe, expect, it } from 'vitest';
import type { Pod } from '../api/types-pod.ts';
import { parseResolvConf, podDns } from './pod-dns.ts';
import { hostsFile, shownHostname } from './pod-hostname.ts';

const HOST = parseResolvConf('# comment\nnameserver 192.168.2.1\n');

function pod(spec: object): Pod {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { containers: [], ...spec }, status: {} };
}

const dns = (spec: object): string => {
  const { servers, searches, options } = podDns(pod(spec), HOST, ['10.96.0.10']);
  return `${servers.join(',')} | ${searches.join(',')} | ${options.join(',')}`;
};

describe('the DNS settings of a Pod', () => {
  const cluster = '10.96.0.10 | shop.svc.cluster.local,svc.cluster.local,cluster.local | ndots:5';
  it('are the cluster’s by default, but the node’s on the host network', () => {
    expect(dns({ dnsPolicy: 'ClusterFirst' })).toBe(cluster);
    expect(dns({ dnsPolicy: 'ClusterFirst', hostNetwork: true })).toBe('192.168.2.1 |  | ');
    expect(dns({ dnsPolicy: 'ClusterFirstWithHostNet', hostNetwork: true })).toBe(cluster);
    expect(dns({ dnsPolicy: 'Default' })).toBe('192.168.2.1 |  | ');
  });

  it('are what dnsConfig says, alone or in addition', () => {
    const dnsConfig = { nameservers: ['1.1.1.1'], searches: ['a.b'], options: [{ name: 'ndots', value: '2' }, { name: 'debug' }] };
    expect(dns({ dnsPolicy: 'None', dnsConfig })).toBe('1.1.1.1 | a.b | ndots:2,debug');
    expect(dns({ dnsPolicy: 'ClusterFirst', dnsConfig })).toBe(
      '10.96.0.10,1.1.1.1 | shop.svc.cluster.local,svc.cluster.local,cluster.local,a.b | ndots:2,debug',
    );
  });

  it('keep three servers and warn of the rest', () => {
    const result = podDns(pod({ dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] } }), HOST, []);
    expect(result.servers).toHaveLength(3);
    expect(result.warnings[0]).toContain('the applied nameserver line is: 1.1.1.1 1.1.1.2 1.1.1.3');
  });
});

describe('the name of a Pod', () => {
  it('follows hostname, subdomain and setHostnameAsFQDN', () => {
    expect(shownHostname(pod({}))).toBe('web');
    expect(shownHostname(pod({ hostname: 'h', subdomain: 's', setHostnameAsFQDN: true }))).toBe('h.s.shop.svc.cluster.local');
  });

  it('stands in /etc/hosts with the Pod’s address', () => {
    expect(
      hostsFile(pod({ hostname: 'h', subdomain: 's' }), ['10.244.1.5'], '')
        .split('\n')
        .at(-2),
    ).toBe('10.244.1.5\th.s.shop.svc.cluster.local\th');
    const aliases = { hostNetwork: true, hostAliases: [{ ip: '1.2.3.4', hostnames: ['a', 'b'] }] };
    expect(hostsFile(pod(aliases), [], '127.0.0.1 localhost\n')).toBe(
      '# Kubernetes-managed hosts file (host network).\n127.0.0.1 localhost\n\n# Entries added by HostAliases.\n1.2.3.4\ta\tb\n',
    );
  });
});
