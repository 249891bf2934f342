/** Plugs a machine into a LAN, as its boot scripts do: card, address, default route, and whom it has met before. */
import { isErrno } from '../errno.ts';
import type { Cidr } from './address.ts';
import { usualBroadcast } from './interface-table.ts';
import type { Lan } from './lan.ts';
import type { NetworkInterface } from './network-interface.ts';
import type { NetworkNamespace } from './network-namespace.ts';

export interface JoinOptions {
  readonly lan: Lan;
  /** Name of the card, such as `ens37`. */
  readonly device: string;
  readonly mac: string;
  readonly address: Cidr;
  /** The default route; the router itself has none. */
  readonly gateway?: string;
}

/** @throws when the namespace has such a device already */
export function joinLan(namespace: NetworkNamespace, options: JoinOptions): NetworkInterface {
  const { interfaces, routes } = namespace;
  const card = interfaces.addEthernet(options.device, { mac: options.mac, lan: options.lan });
  if (isErrno(card)) throw new Error(`${namespace.host} cannot have ${options.device}: ${card.text}`);
  interfaces.setUp(interfaces.loopback, true);
  interfaces.setUp(card, true);
  interfaces.addAddress(card, options.address, { broadcast: usualBroadcast(options.address) });
  if (options.gateway !== undefined) {
    routes.add({ destination: { address: '0.0.0.0', prefix: 0 }, gateway: options.gateway });
  }
  return card;
}

export interface Acquaintance {
  readonly address: string;
  readonly mac: string;
  /** In touch all the time, through traffic that is not simulated packet by packet. */
  readonly busy: boolean;
  /** Questions it took to find it. */
  readonly probes?: number;
}

/** Fills the neighbour table with the past, in this order. */
export function acquaint(namespace: NetworkNamespace, card: NetworkInterface, others: readonly Acquaintance[]): void {
  for (const { address, mac, busy, probes } of others) {
    namespace.neighbours.remember(card, address, { mac, busy, probes: probes ?? 1 });
  }
}
