/** What a netfilter rule is made of, as data: matches in the order in which they were given, and a target. Evaluates and prints nothing. */
import type { Cidr } from '../address.ts';

export type TableName = 'filter' | 'nat' | 'mangle' | 'raw';

export type ConnectionState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED' | 'SNAT' | 'DNAT';

export type Match =
  | { readonly kind: 'source' | 'destination'; readonly negated?: boolean; readonly cidr: Cidr }
  | { readonly kind: 'protocol'; readonly negated?: boolean; readonly protocol: string }
  | { readonly kind: 'in-interface' | 'out-interface'; readonly negated?: boolean; readonly name: string }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'mark'; readonly negated?: boolean; readonly value: number; readonly mask: number }
  | {
      readonly kind: 'addrtype';
      readonly side: 'src' | 'dst';
      readonly negated?: boolean;
      readonly type: string;
    }
  /** `probability` as it is printed, with eleven decimals. */
  | { readonly kind: 'statistic'; readonly probability: string }
  | {
      readonly kind: 'multiport';
      readonly side: 'dports' | 'sports' | 'ports';
      readonly negated?: boolean;
      readonly ports: readonly (readonly [number, number])[];
    }
  /** `-m tcp`, `-m udp` or `-m sctp`, with or without ports. */
  | {
      readonly kind: 'transport';
      readonly protocol: 'tcp' | 'udp' | 'sctp';
      readonly source?: PortRange;
      readonly destination?: PortRange;
    }
  | { readonly kind: 'icmp'; readonly type: string }
  | {
      readonly kind: 'conntrack';
      readonly negated?: boolean;
      readonly states: readonly ConnectionState[];
      readonly short?: boolean;
    }
  | {
      readonly kind: 'recent';
      readonly action: 'set' | 'rcheck';
      readonly name: string;
      readonly seconds?: number;
      readonly reap?: boolean;
    }
  | { readonly kind: 'nfacct'; readonly name: string };

export interface PortRange {
  readonly negated?: boolean;
  readonly low: number;
  readonly high: number;
}

export type RejectWith =
  'icmp-port-unreachable' | 'icmp-host-unreachable' | 'icmp-net-unreachable' | 'icmp-host-prohibited' | 'icmp-admin-prohibited' | 'tcp-reset';

export type Target =
  | { readonly kind: 'accept' | 'drop' | 'return' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  | { readonly kind: 'reject'; readonly with: RejectWith }
  /** New address, with or without a port. */
  | { readonly kind: 'dnat' | 'snat'; readonly address: string; readonly port?: number }
  | { readonly kind: 'redirect'; readonly port: number }
  | { readonly kind: 'masquerade'; readonly randomFully?: boolean }
  /** `--set-xmark value/mask`: bits of the mask are cleared, then the value is toggled in. */
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number }
  | { readonly kind: 'log'; readonly prefix: string }
  /** A rule without a target only counts. */
  | { readonly kind: 'none' };

export interface Rule {
  readonly matches: readonly Match[];
  readonly target: Target;
}

/** A rule in its place, with what it has counted. */
export interface CountedRule {
  readonly rule: Rule;
  packets: number;
  bytes: number;
}

export type ChainPolicy = 'ACCEPT' | 'DROP';

export interface Chain {
  readonly name: string;
  /** Only built-in chains have one. */
  policy: ChainPolicy | undefined;
  readonly rules: CountedRule[];
  /** What the policy has counted. */
  packets: number;
  bytes: number;
}

/** Built-in chains of each table, in the order of their hooks. */
export const BUILT_IN_CHAINS: Readonly<Record<TableName, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  raw: ['PREROUTING', 'OUTPUT'],
};
