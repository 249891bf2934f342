/** The rules for one port of a Service (pkg/proxy/iptables/proxier.go syncProxyRules, v1.37), without load-balancer source ranges. */
import type { Match, Rule } from '../../linux/net/netfilter/rule.ts';
import { parseCidr, type Cidr } from '../../linux/net/address.ts';
import { usableEndpoints, usesCluster, usesLocal, type Endpoint } from './endpoint.ts';
import { endpointChain, isExternallyAccessible, serviceChain, type ServicePort } from './service-port.ts';

export const MARK_MASQUERADE = 'KUBE-MARK-MASQ';

/** Rules by the chain they go to. */
export interface ServiceRules {
  /** For the chains that all Services share. */
  readonly natServices: readonly Rule[];
  readonly natNodePorts: readonly Rule[];
  readonly filterServices: readonly Rule[];
  readonly filterExternal: readonly Rule[];
  readonly filterNodePorts: readonly Rule[];
  /** Chains of its own, in the nat table. */
  readonly chains: ReadonlyMap<string, readonly Rule[]>;
}

export function serviceRules(port: ServicePort, endpoints: readonly Endpoint[], clusterCidr: Cidr): ServiceRules {
  const usable = usableEndpoints(endpoints, port);
  const hasInternal = port.internalLocal ? usable.any && usable.local.length > 0 : usable.any;
  const hasExternal = port.externalLocal ? usable.any && usable.local.length > 0 : usable.any;
  const clusterChain = serviceChain('SVC', port);
  const localChain = serviceChain('SVL', port);
  const externalChain = serviceChain('EXT', port);
  const internalChain = port.internalLocal ? localChain : clusterChain;
  const rules = {
    natServices: [] as Rule[],
    natNodePorts: [] as Rule[],
    filterServices: [] as Rule[],
    filterExternal: [] as Rule[],
    filterNodePorts: [] as Rule[],
  };
  const chains = new Map<string, Rule[]>();

  const refusal: Rule['target'] = usable.any ? { kind: 'drop' } : { kind: 'reject', with: 'icmp-port-unreachable' };
  const refusalComment = comment(`${port.name} has no ${usable.any ? 'local ' : ''}endpoints`);
  const toClusterIP = [to(port.clusterIP), protocol(port), comment(`${port.name} cluster IP`), transport(port, port.port)];
  if (hasInternal) rules.natServices.push({ matches: toClusterIP, target: jump(internalChain) });
  else
    rules.filterServices.push({
      matches: [to(port.clusterIP), protocol(port), refusalComment, transport(port, port.port)],
      target: refusal,
    });

  for (const [address, what] of [
    ...port.externalIPs.map((each) => [each, 'external IP'] as const),
    ...port.loadBalancerIPs.map((each) => [each, 'loadbalancer IP'] as const),
  ]) {
    if (usable.any)
      rules.natServices.push({
        matches: [to(address), protocol(port), comment(`${port.name} ${what}`), transport(port, port.port)],
        target: jump(externalChain),
      });
    if (!hasExternal)
      rules.filterExternal.push({
        matches: [to(address), protocol(port), refusalComment, transport(port, port.port)],
        target: refusal,
      });
  }
  if (port.nodePort !== 0) {
    if (usable.any) {
      // Over loopback it is counted, since that way is to go (KEP-4790).
      const counted: Match = { kind: 'nfacct', name: 'localhost_nps_accepted_pkts' };
      const here = [protocol(port), comment(port.name), transport(port, port.nodePort)];
      rules.natNodePorts.push(
        { matches: [to('127.0.0.0/8'), ...here, counted], target: jump(externalChain) },
        { matches: here, target: jump(externalChain) },
      );
    }
    if (!hasExternal) {
      rules.filterExternal.push({
        matches: [protocol(port), refusalComment, { kind: 'addrtype', side: 'dst', type: 'LOCAL' }, transport(port, port.nodePort)],
        target: refusal,
      });
    }
  }
  if (port.healthCheckNodePort !== 0) {
    rules.filterNodePorts.push({
      matches: [
        { kind: 'protocol', protocol: 'tcp' },
        comment(`${port.name} health check node port`),
        {
          kind: 'transport',
          protocol: 'tcp',
          destination: { low: port.healthCheckNodePort, high: port.healthCheckNodePort },
        },
      ],
      target: { kind: 'accept' },
    });
  }

  if (usable.any && isExternallyAccessible(port))
    chains.set(
      externalChain,
      externalRules(port, {
        clusterCidr,
        hasExternal,
        policyChain: port.externalLocal ? localChain : clusterChain,
      }),
    );
  // What comes from outside of the Pod network must come back through this node.
  const masquerade: Rule = {
    matches: [{ kind: 'source', negated: true, cidr: clusterCidr }, ...toClusterIP],
    target: jump(MARK_MASQUERADE),
  };
  if (usable.cluster.length > 0 && usesCluster(port)) {
    chains.set(clusterChain, [...(hasInternal && internalChain === clusterChain ? [masquerade] : []), ...balancingRules(port, usable.cluster)]);
  }
  if (usable.local.length > 0 && usesLocal(port)) {
    chains.set(localChain, [...(hasInternal && internalChain === localChain ? [masquerade] : []), ...balancingRules(port, usable.local)]);
  }
  for (const endpoint of usable.reachable) chains.set(endpointChain(port, endpoint.text), endpointRules(port, endpoint));
  return { ...rules, chains };
}

function externalRules(
  port: ServicePort,
  options: { readonly clusterCidr: Cidr; readonly hasExternal: boolean; readonly policyChain: string },
): Rule[] {
  const rules: Rule[] = [];
  const destinations = `${port.name} external destinations`;
  if (port.externalLocal) {
    const local: Match = { kind: 'addrtype', side: 'src', type: 'LOCAL' };
    rules.push(
      {
        matches: [{ kind: 'source', cidr: options.clusterCidr }, comment(`pod traffic for ${destinations}`)],
        target: jump(serviceChain('SVC', port)),
      },
      {
        matches: [comment(`masquerade LOCAL traffic for ${destinations}`), local],
        target: jump(MARK_MASQUERADE),
      },
      {
        matches: [comment(`route LOCAL traffic for ${destinations}`), local],
        target: jump(serviceChain('SVC', port)),
      },
    );
  } else
    rules.push({
      matches: [comment(`masquerade traffic for ${destinations}`)],
      target: jump(MARK_MASQUERADE),
    });
  if (options.hasExternal) rules.push({ matches: [], target: jump(options.policyChain) });
  return rules;
}

function balancingRules(port: ServicePort, endpoints: readonly Endpoint[]): Rule[] {
  const rules: Rule[] = [];
  if (port.stickySeconds !== undefined) {
    for (const each of endpoints) {
      const chain = endpointChain(port, each.text);
      rules.push({
        matches: [
          comment(`${port.name} -> ${each.text}`),
          { kind: 'recent', action: 'rcheck', name: chain, seconds: port.stickySeconds, reap: true },
        ],
        target: jump(chain),
      });
    }
  }
  endpoints.forEach((each, at) => {
    const matches: Match[] = [comment(`${port.name} -> ${each.text}`)];
    if (at < endpoints.length - 1) matches.push({ kind: 'statistic', probability: probability(endpoints.length - at) });
    rules.push({ matches, target: jump(endpointChain(port, each.text)) });
  });
  return rules;
}

function endpointRules(port: ServicePort, endpoint: Endpoint): Rule[] {
  const about = comment(port.name);
  const matches: Match[] = [protocol(port), about];
  if (port.stickySeconds !== undefined) matches.push({ kind: 'recent', action: 'set', name: endpointChain(port, endpoint.text) });
  matches.push({ kind: 'transport', protocol: port.protocol });
  return [
    { matches: [to(endpoint.address, 'source'), about], target: jump(MARK_MASQUERADE) },
    { matches, target: { kind: 'dnat', address: endpoint.address, port: endpoint.port } },
  ];
}

/** One in `choices`, as the kernel keeps it (31 bits) and iptables prints it (xt_statistic). */
function probability(choices: number): string {
  const given = Number((1 / choices).toFixed(10));
  return (Math.round(given * 0x80000000) / 0x80000000).toFixed(11);
}

function comment(text: string): Match {
  return { kind: 'comment', text };
}

function to(address: string, kind: 'source' | 'destination' = 'destination'): Match {
  return { kind, cidr: parseCidr(address) ?? { address, prefix: 32 } };
}

function protocol(port: ServicePort): Match {
  return { kind: 'protocol', protocol: port.protocol };
}

function transport(port: ServicePort, number: number): Match {
  return { kind: 'transport', protocol: port.protocol, destination: { low: number, high: number } };
}

function jump(chain: string): Rule['target'] {
  return { kind: 'jump', chain };
}
