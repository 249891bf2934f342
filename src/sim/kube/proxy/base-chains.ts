/** Chains and jumps that exist without any Service: the kubelet's (pkg/kubelet/kubelet_network_linux.go) and kube-proxy's (pkg/proxy/iptables/proxier.go), v1.37. */
import type { Netfilter } from '../../linux/net/netfilter/netfilter.ts';
import type { Match, Rule, TableName } from '../../linux/net/netfilter/rule.ts';
import { MARK_MASQUERADE } from './service-rules.ts';

const MASQUERADE_MARK = 0x4000;
const NEW: Match = { kind: 'conntrack', states: ['NEW'] };

/** Table, chain, the built-in chain that jumps to it, comment; put in front in this order, so that the last is first. */
const JUMPS: readonly {
  readonly table: TableName;
  readonly chain: string;
  readonly from: string;
  readonly comment: string;
  readonly onlyNew?: true;
}[] = [
  {
    table: 'filter',
    chain: 'KUBE-EXTERNAL-SERVICES',
    from: 'INPUT',
    comment: 'kubernetes externally-visible service portals',
    onlyNew: true,
  },
  {
    table: 'filter',
    chain: 'KUBE-EXTERNAL-SERVICES',
    from: 'FORWARD',
    comment: 'kubernetes externally-visible service portals',
    onlyNew: true,
  },
  {
    table: 'filter',
    chain: 'KUBE-NODEPORTS',
    from: 'INPUT',
    comment: 'kubernetes health check service ports',
  },
  {
    table: 'filter',
    chain: 'KUBE-SERVICES',
    from: 'FORWARD',
    comment: 'kubernetes service portals',
    onlyNew: true,
  },
  {
    table: 'filter',
    chain: 'KUBE-SERVICES',
    from: 'OUTPUT',
    comment: 'kubernetes service portals',
    onlyNew: true,
  },
  { table: 'filter', chain: 'KUBE-FORWARD', from: 'FORWARD', comment: 'kubernetes forwarding rules' },
  {
    table: 'filter',
    chain: 'KUBE-PROXY-FIREWALL',
    from: 'INPUT',
    comment: 'kubernetes load balancer firewall',
    onlyNew: true,
  },
  {
    table: 'filter',
    chain: 'KUBE-PROXY-FIREWALL',
    from: 'OUTPUT',
    comment: 'kubernetes load balancer firewall',
    onlyNew: true,
  },
  {
    table: 'filter',
    chain: 'KUBE-PROXY-FIREWALL',
    from: 'FORWARD',
    comment: 'kubernetes load balancer firewall',
    onlyNew: true,
  },
  { table: 'nat', chain: 'KUBE-SERVICES', from: 'OUTPUT', comment: 'kubernetes service portals' },
  { table: 'nat', chain: 'KUBE-SERVICES', from: 'PREROUTING', comment: 'kubernetes service portals' },
  { table: 'nat', chain: 'KUBE-POSTROUTING', from: 'POSTROUTING', comment: 'kubernetes postrouting rules' },
];

/** The last rule of KUBE-SERVICES in the nat table. */
export const NODE_PORTS_RULE: Rule = {
  matches: [
    { kind: 'comment', text: 'kubernetes service nodeports; NOTE: this must be the last rule in this chain' },
    { kind: 'addrtype', side: 'dst', type: 'LOCAL' },
  ],
  target: { kind: 'jump', chain: 'KUBE-NODEPORTS' },
};

/** What the kubelet sets up: its canaries, the hint chain and the guard of localhost. */
export function ensureKubeletChains(netfilter: Netfilter): void {
  netfilter.table('mangle').newChain('KUBE-IPTABLES-HINT');
  for (const table of ['mangle', 'nat', 'filter'] as const) netfilter.table(table).newChain('KUBE-KUBELET-CANARY');
  const filter = netfilter.table('filter');
  filter.newChain('KUBE-FIREWALL');
  const jump: Rule = { matches: [], target: { kind: 'jump', chain: 'KUBE-FIREWALL' } };
  for (const chain of ['OUTPUT', 'INPUT']) if (!filter.has(chain, jump)) filter.insert(chain, jump);
  filter.replaceChain('KUBE-FIREWALL', [
    {
      matches: [
        { kind: 'source', negated: true, cidr: { address: '127.0.0.0', prefix: 8 } },
        { kind: 'destination', cidr: { address: '127.0.0.0', prefix: 8 } },
        { kind: 'comment', text: 'block incoming localnet connections' },
        { kind: 'conntrack', negated: true, states: ['RELATED', 'ESTABLISHED', 'DNAT'] },
      ],
      target: { kind: 'drop' },
    },
  ]);
}

/** What kube-proxy sets up besides the Services. */
export function ensureProxyChains(netfilter: Netfilter): void {
  for (const table of ['mangle', 'nat', 'filter'] as const) netfilter.table(table).newChain('KUBE-PROXY-CANARY');
  for (const { table, chain, from, comment, onlyNew } of JUMPS) {
    const rules = netfilter.table(table);
    rules.newChain(chain);
    const rule: Rule = {
      matches: [...(onlyNew ? [NEW] : []), { kind: 'comment', text: comment }],
      target: { kind: 'jump', chain },
    };
    if (!rules.has(from, rule)) rules.insert(from, rule);
  }
  const nat = netfilter.table('nat');
  nat.newChain('KUBE-NODEPORTS');
  nat.replaceChain(MARK_MASQUERADE, [{ matches: [], target: { kind: 'mark', value: MASQUERADE_MARK, mask: MASQUERADE_MARK } }]);
  nat.replaceChain('KUBE-POSTROUTING', [
    {
      matches: [{ kind: 'mark', negated: true, value: MASQUERADE_MARK, mask: MASQUERADE_MARK }],
      target: { kind: 'return' },
    },
    { matches: [], target: { kind: 'mark', value: MASQUERADE_MARK, mask: 0 } },
    {
      matches: [{ kind: 'comment', text: 'kubernetes service traffic requiring SNAT' }],
      target: { kind: 'masquerade', randomFully: true },
    },
  ]);
  netfilter.table('filter').replaceChain('KUBE-FORWARD', [
    {
      matches: [
        { kind: 'conntrack', states: ['INVALID'] },
        { kind: 'nfacct', name: 'ct_state_invalid_dropped_pkts' },
      ],
      target: { kind: 'drop' },
    },
    {
      matches: [
        { kind: 'comment', text: 'kubernetes forwarding rules' },
        { kind: 'mark', value: MASQUERADE_MARK, mask: MASQUERADE_MARK },
      ],
      target: { kind: 'accept' },
    },
    {
      matches: [
        { kind: 'comment', text: 'kubernetes forwarding conntrack rule' },
        { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED'] },
      ],
      target: { kind: 'accept' },
    },
  ]);
}
