/**
 * Host ports as DNAT rules (CNI plugin `portmap` 1.1.1, plugins/meta/portmap/portmap.go). Nothing listens on such a
 * port; that is why `ss` and `netstat` never show it.
 */
import { familyOf, isAny, networkOf } from '../../linux/net/address.ts';
import type { Match, Rule } from '../../linux/net/netfilter/rule.ts';
import type { RuleTable } from '../../linux/net/netfilter/rule-table.ts';
import type { NetworkNamespace } from '../../linux/net/network-namespace.ts';
import { chainName, cniComment } from './chain-name.ts';
import type { PortMapping } from './network-plugin.ts';

const DNAT = 'CNI-HOSTPORT-DNAT';
const SET_MARK = 'CNI-HOSTPORT-SETMARK';
const MASQUERADE = 'CNI-HOSTPORT-MASQ';
const MARK = 0x2000;

/** Ports one multiport match takes. */
const MULTIPORT_LIMIT = 15;

export interface ForwardRequest {
  readonly network: string;
  readonly containerId: string;
  /** The Pod's address and the prefix length of its network. */
  readonly address: string;
  readonly prefix: number;
  readonly mappings: readonly PortMapping[];
  /** The device that leads to the Pod. */
  readonly hostDevice: string;
}

export function forwardPorts(node: NetworkNamespace, request: ForwardRequest): void {
  const nat = node.netfilter.table('nat');
  ensureSharedChains(nat);
  const chain = chainName(request.network, request.containerId, 'DN-');
  nat.newChain(chain);
  const mapped = request.mappings.filter((each) => each.hostPort > 0);
  for (const mapping of mapped) for (const rule of rulesOf(mapping, request)) nat.append(chain, rule);
  const comment: Match = {
    kind: 'comment',
    text: `dnat ${cniComment(request.network, request.containerId)}`,
  };
  for (const protocol of ['sctp', 'tcp', 'udp']) {
    const ports = mapped.filter((each) => each.protocol.toLowerCase() === protocol).map((each) => each.hostPort);
    for (let at = 0; at < ports.length; at += MULTIPORT_LIMIT) {
      const some = ports.slice(at, at + MULTIPORT_LIMIT).map((port) => [port, port] as const);
      nat.append(DNAT, {
        matches: [{ kind: 'protocol', protocol }, comment, { kind: 'multiport', side: 'dports', ports: some }],
        target: { kind: 'jump', chain },
      });
    }
  }
  // Connections from 127.0.0.1 may leave through the bridge only with this setting.
  node.sysctls.set(`net.ipv4.conf.${request.hostDevice}.route_localnet`, '1');
  // Datagrams of old flows would go on to where the port led before.
  for (const mapping of mapped) {
    if (mapping.protocol === 'UDP')
      node.netfilter.connections.forget((flow) => flow.original.protocol === 'udp' && flow.original.destinationPort === mapping.hostPort);
  }
}

export function unforwardPorts(node: NetworkNamespace, request: { readonly network: string; readonly containerId: string }): void {
  const nat = node.netfilter.table('nat');
  const chain = chainName(request.network, request.containerId, 'DN-');
  if (!nat.chain(chain)) return;
  nat.flush(chain);
  for (const { rule } of [...(nat.chain(DNAT)?.rules ?? [])]) {
    if (rule.target.kind === 'jump' && rule.target.chain === chain) nat.delete(DNAT, rule);
  }
  nat.deleteChain(chain);
}

const MARKING: Rule = {
  matches: [{ kind: 'comment', text: 'CNI portfwd masquerade mark' }],
  target: { kind: 'mark', value: MARK, mask: MARK },
};
const MASQUERADING: Rule = { matches: [{ kind: 'mark', value: MARK, mask: MARK }], target: { kind: 'masquerade' } };
const TO_MASQUERADE: Rule = {
  matches: [{ kind: 'comment', text: 'CNI portfwd requiring masquerade' }],
  target: { kind: 'jump', chain: MASQUERADE },
};
const TO_DNAT: Rule = {
  matches: [{ kind: 'addrtype', side: 'dst', type: 'LOCAL' }],
  target: { kind: 'jump', chain: DNAT },
};

/**
 * The chains that all host ports of a node share. They stay when the last host port goes, so that a node with a past
 * shows them without any Pod.
 */
export function ensureSharedChains(nat: RuleTable): void {
  ensure(nat, SET_MARK, [MARKING]);
  ensure(nat, MASQUERADE, [MASQUERADING]);
  // First in its chain: the masquerading rules of the bridge plugin must not come before it.
  if (!nat.has('POSTROUTING', TO_MASQUERADE)) nat.insert('POSTROUTING', TO_MASQUERADE);
  ensure(nat, DNAT, []);
  for (const chain of ['PREROUTING', 'OUTPUT']) if (!nat.has(chain, TO_DNAT)) nat.append(chain, TO_DNAT);
}

function ensure(nat: RuleTable, chain: string, rules: readonly Rule[]): void {
  if (!nat.chain(chain)) nat.newChain(chain);
  for (const rule of rules) if (!nat.has(chain, rule)) nat.append(chain, rule);
}

/** Mark what comes back to the Pod network and what comes from the node itself, then translate. */
function rulesOf(mapping: PortMapping, request: ForwardRequest): readonly Rule[] {
  if (mapping.hostIP !== '' && familyOf(mapping.hostIP) !== 4) return [];
  const protocol = mapping.protocol.toLowerCase() as 'tcp' | 'udp' | 'sctp';
  const base: Match[] = [
    { kind: 'protocol', protocol },
    { kind: 'transport', protocol, destination: { low: mapping.hostPort, high: mapping.hostPort } },
  ];
  if (mapping.hostIP !== '' && !isAny(mapping.hostIP)) base.unshift({ kind: 'destination', cidr: { address: mapping.hostIP, prefix: 32 } });
  const network = networkOf({ address: request.address, prefix: request.prefix });
  return [
    { matches: [{ kind: 'source', cidr: network }, ...base], target: { kind: 'jump', chain: SET_MARK } },
    {
      matches: [{ kind: 'source', cidr: { address: '127.0.0.1', prefix: 32 } }, ...base],
      target: { kind: 'jump', chain: SET_MARK },
    },
    { matches: base, target: { kind: 'dnat', address: request.address, port: mapping.containerPort } },
  ];
}
