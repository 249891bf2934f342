/** One network interface: name, state, addresses, counters and what it is joined to. Moves no packets itself. */
import type { Cidr, Family } from './address.ts';
import { BROADCAST_MAC, NO_MAC } from './mac-address.ts';
import { bytesOf, type Packet } from './packet.ts';
import type { NamespaceInode } from '../namespace/inode.ts';

/** The namespace an interface is in, as far as interfaces need to know it (NetworkNamespace is the one implementation). */
export interface NetworkStack {
  readonly kind: 'net';
  readonly inode: NamespaceInode;
  /** Machine on which it exists, for drawings and traces. */
  readonly host: string;
  /** Name below /run/netns under which it is bound, if it is (`ip netns`, `link-netns`). */
  boundName: string | undefined;
  /** The number that `link-netnsid` shows for another namespace; it is given out at the first question. */
  idOf(other: NetworkStack): number;
  /** A packet has come in through `device`. */
  receive(device: NetworkInterface, packet: Packet): Outcome;
  /** ARP and neighbour discovery: the hardware address with which `device` answers for `address`. */
  answersFor(device: NetworkInterface, address: string): string | undefined;
  /** Makes the asker known, as an ARP request does to the one that answers it. */
  learnNeighbour(device: NetworkInterface, address: string, mac: string): void;
  /** A frame has come to a port of one of its bridges, for another port of it. */
  filterBridged(bridge: NetworkInterface, packet: Packet): BridgeVerdict;
  /** One of its devices is gone because the other end of the pair is. */
  deviceVanished(device: NetworkInterface): void;
  /** The other side of the link of `device` has come up. */
  carrierGained(device: NetworkInterface): void;
}

/** What became of a packet, as an all-knowing observer sees it at the moment of sending. */
export type Outcome = 'delivered' | 'dropped';

/** Whether br_netfilter lets a bridged packet go on; `route` when its destination was rewritten. */
export type BridgeVerdict = 'bridge' | 'route' | 'drop';

/** What the cable of a network card leads to (Lan is the one implementation). */
export interface Cable {
  readonly name: string;
  stations(): Iterable<NetworkInterface>;
  station(mac: string): NetworkInterface | undefined;
  unplug(station: NetworkInterface): void;
}

export type InterfaceKind = 'loopback' | 'veth' | 'bridge' | 'ethernet';

export interface InterfaceAddress extends Cidr {
  readonly family: Family;
  /** IPv4 only; not on loopback. */
  readonly broadcast: string | undefined;
  readonly scope: 'global' | 'link' | 'host';
  /** IPv4 label, usually the interface's name. */
  readonly label: string;
  /** A further address of the same network (IFA_F_SECONDARY). */
  readonly secondary: boolean;
}

/** As in /proc/net/dev; bytes include the 14 of the Ethernet header. */
export interface InterfaceCounters {
  rxBytes: number;
  rxPackets: number;
  rxErrors: number;
  rxDropped: number;
  txBytes: number;
  txPackets: number;
  txErrors: number;
  txDropped: number;
}

export type OperationalState = 'UNKNOWN' | 'UP' | 'DOWN' | 'LOWERLAYERDOWN';

/** IFF_* of include/uapi/linux/if.h. */
export const INTERFACE_FLAGS = {
  UP: 1,
  BROADCAST: 2,
  LOOPBACK: 8,
  RUNNING: 0x40,
  NOARP: 0x80,
  PROMISC: 0x100,
  ALLMULTI: 0x200,
  MULTICAST: 0x1000,
  LOWER_UP: 0x10000,
} as const;

export interface InterfaceOptions {
  readonly index: number;
  readonly name: string;
  readonly kind: InterfaceKind;
  readonly mac: string;
  readonly mtu: number;
  readonly txQueueLength: number;
  readonly namespace: NetworkStack;
}

export class NetworkInterface {
  readonly kind: InterfaceKind;
  index: number;
  name: string;
  mac: string;
  mtu: number;
  txQueueLength: number;
  /** The namespace it is in now. */
  namespace: NetworkStack;
  /** Administratively up (`ip link set … up`); change it through NetworkNamespace.setUp. */
  up = false;
  /** Also while it is a port of a bridge, which is not shown (net/core/dev.c dev_get_flags). */
  promiscuous = false;
  /** `ip link set … arp off|multicast off|allmulticast on`. */
  withoutArp = false;
  withoutMulticast = false;
  allMulticast = false;
  /** `ip link set … alias TEXT`. */
  alias = '';
  /** Bridge: the spanning tree protocol is on. */
  spanningTree = false;
  /** Has it ever been up: before that its queueing discipline is `noop`. */
  activated = false;
  addresses: readonly InterfaceAddress[] = [];
  /** The other end of a veth pair. */
  peer: NetworkInterface | undefined;
  /** The bridge it is a port of. */
  master: NetworkInterface | undefined;
  /** Ports of a bridge, in the order in which they came. */
  readonly ports = new Set<NetworkInterface>();
  /** Bridge: it has had ports; before that it counts as connected. */
  everHadPort = false;
  /** Bridge: its hardware address was given, not taken from its ports. */
  fixedMac = false;
  /** Bridge port: frames may leave where they came in. */
  hairpin = false;
  /** The cable of an `ethernet` interface. */
  lan: Cable | undefined;
  /** Whoever captures packets here (AF_PACKET): called with each one that comes in or goes out, before it goes on. */
  readonly taps = new Set<(packet: Readonly<Packet>, direction: 'in' | 'out') => void>();
  readonly counters: InterfaceCounters = {
    rxBytes: 0,
    rxPackets: 0,
    rxErrors: 0,
    rxDropped: 0,
    txBytes: 0,
    txPackets: 0,
    txErrors: 0,
    txDropped: 0,
  };

  constructor(options: InterfaceOptions) {
    this.kind = options.kind;
    this.index = options.index;
    this.name = options.name;
    this.mac = options.mac;
    this.mtu = options.mtu;
    this.txQueueLength = options.txQueueLength;
    this.namespace = options.namespace;
  }

  /** Whether the other side answers: a veth needs an up peer, a bridge an up port, a network card its cable. */
  get carrier(): boolean {
    if (!this.up) return false;
    switch (this.kind) {
      case 'loopback':
        return true;
      case 'veth':
        return this.peer?.up ?? false;
      case 'bridge':
        for (const port of this.ports) if (port.carrier) return true;
        return !this.everHadPort;
      case 'ethernet':
        return this.lan !== undefined;
    }
  }

  /** RFC 2863 state as `ip link` prints it. */
  get operationalState(): OperationalState {
    if (this.kind === 'loopback') return this.up ? 'UNKNOWN' : 'DOWN';
    if (!this.up) return 'DOWN';
    if (this.kind === 'bridge' && !this.everHadPort) return 'UNKNOWN';
    if (this.carrier) return 'UP';
    // Only where the other end is in the same namespace (net/core/link_watch.c default_operstate).
    return this.peer?.namespace === this.namespace ? 'LOWERLAYERDOWN' : 'DOWN';
  }

  /** Names in the order in which `ip link` prints them between `<` and `>`. */
  get flagNames(): readonly string[] {
    const names: string[] = [];
    if (this.up && !this.carrier) names.push('NO-CARRIER');
    if (this.kind === 'loopback') names.push('LOOPBACK');
    else names.push('BROADCAST');
    if (this.kind !== 'loopback' && !this.withoutMulticast) names.push('MULTICAST');
    if (this.withoutArp) names.push('NOARP');
    if (this.allMulticast) names.push('ALLMULTI');
    if (this.promiscuous && !this.master) names.push('PROMISC');
    if (this.up) names.push('UP');
    if (this.carrier) names.push('LOWER_UP');
    return names;
  }

  /** The number of SIOCGIFFLAGS (16 bits), as net-tools prints it. */
  get flags(): number {
    const { UP, BROADCAST, LOOPBACK, RUNNING, NOARP, PROMISC, ALLMULTI, MULTICAST } = INTERFACE_FLAGS;
    let flags: number = this.kind === 'loopback' ? LOOPBACK : this.withoutMulticast ? BROADCAST : BROADCAST | MULTICAST;
    if (this.withoutArp) flags |= NOARP;
    if (this.allMulticast) flags |= ALLMULTI;
    if (this.up) flags |= UP;
    if (this.carrier) flags |= RUNNING;
    if (this.promiscuous && !this.master) flags |= PROMISC;
    return flags;
  }

  /** Queueing discipline; Debian's kernels have no default queue on virtual devices. */
  get queueingDiscipline(): string {
    return this.activated ? 'noqueue' : 'noop';
  }

  get broadcastMac(): string {
    return this.kind === 'loopback' ? NO_MAC : BROADCAST_MAC;
  }

  /** Its addresses of one family, in the order of `ip addr`. */
  addressesOf(family: Family): readonly InterfaceAddress[] {
    return this.addresses.filter((each) => each.family === family);
  }

  /** Whether it holds this very address. */
  hasAddress(address: string): boolean {
    return this.addresses.some((each) => each.address === address);
  }

  /** The number that `@ifN` shows: its peer's index, or 0 when it has none. */
  get linkIndex(): number {
    return this.peer?.index ?? 0;
  }

  countReceived(bytes: number): void {
    this.counters.rxPackets++;
    this.counters.rxBytes += bytes;
  }

  countSent(bytes: number): void {
    this.counters.txPackets++;
    this.counters.txBytes += bytes;
  }

  /** A packet passes through it: counts it and shows it to the taps. */
  pass(packet: Readonly<Packet>, direction: 'in' | 'out'): void {
    if (direction === 'in') this.countReceived(bytesOf(packet));
    else this.countSent(bytesOf(packet));
    for (const tap of this.taps) tap(packet, direction);
  }
}

/** Orders an interface's addresses as rtnetlink dumps them: IPv4 with the secondary ones last, then IPv6 with the widest scope first. */
export function orderedAddresses(addresses: readonly InterfaceAddress[]): readonly InterfaceAddress[] {
  const scopes = { global: 0, host: 1, link: 2 } as const;
  const rank = (each: InterfaceAddress): number => (each.family === 4 ? (each.secondary ? 1 : 0) : 2 + scopes[each.scope]);
  return [...addresses].sort((a, b) => rank(a) - rank(b));
}
