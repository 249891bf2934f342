/**
 * The internet layer of one namespace: routing decisions, netfilter hooks in their order, forwarding, ICMP errors
 * (net/ipv4/route.c, ip_input.c, ip_forward.c, ip_output.c). What happens to packets that have arrived is the sockets' business.
 */
import type { Simulation } from '../../engine/simulation.ts';
import { errno, isErrno, type Errno } from '../errno.ts';
import { familyOf, isLoopback, isMulticast } from './address.ts';
import type { InterfaceTable } from './interface-table.ts';
import { drop, isStation, note, resolveNeighbour, transmit } from './link-layer.ts';
import type { NeighbourTable } from './neighbour-table.ts';
import type { BridgeVerdict, NetworkInterface, Outcome } from './network-interface.ts';
import { newPacket, tupleOf, type Packet, type UnreachableReason } from './packet.ts';
import { REFUSING, type Route, type RouteTable } from './route-table.ts';
import type { SysctlTable } from './sysctl-table.ts';

/** What a hook says: go on, vanish, or vanish with a word to the sender. */
export type HookVerdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop'; readonly by: string }
  | { readonly kind: 'reject'; readonly by: string; readonly reason: UnreachableReason | 'tcp-reset' };

/** The five places at which netfilter sees a packet. It may rewrite the packet's addresses. */
export interface PacketHooks {
  prerouting(packet: Packet, device: NetworkInterface): HookVerdict;
  input(packet: Packet, device: NetworkInterface): HookVerdict;
  forward(packet: Packet, from: NetworkInterface, to: NetworkInterface): HookVerdict;
  output(packet: Packet, device: NetworkInterface): HookVerdict;
  postrouting(packet: Packet, device: NetworkInterface): HookVerdict;
  /** `error` is about `cause` and belongs to its flow. */
  relate(error: Packet, cause: Packet): void;
}

export type RouteDecision =
  | { readonly kind: 'local'; readonly device: NetworkInterface; readonly source: string }
  | {
      readonly kind: 'unicast';
      readonly device: NetworkInterface;
      readonly gateway: string | undefined;
      readonly source: string;
      readonly route: Route;
    };

export interface IpLayerParts {
  readonly simulation: Simulation;
  readonly interfaces: InterfaceTable;
  readonly routes: RouteTable;
  readonly neighbours: NeighbourTable;
  readonly sysctls: SysctlTable;
  readonly hooks: PacketHooks;
  /** A packet for this namespace has arrived. */
  readonly deliver: (packet: Packet) => void;
}

/** Virtual milliseconds from the first to the last unanswered ARP request (3 probes of 1 s, then a tick). */
const ARP_GIVES_UP = 3_060;
const LOOPBACK_DELAY = 0.008;
const STACK_DELAY = 0.01;

export class IpLayer {
  readonly #parts: IpLayerParts;

  constructor(parts: IpLayerParts) {
    this.#parts = parts;
  }

  /**
   * `ip route get`: where a packet to `destination` would go.
   * @returns the decision with the source address that would be used, or ENETUNREACH
   */
  lookup(
    destination: string,
    options: { readonly source?: string | undefined; readonly device?: NetworkInterface | undefined } = {},
  ): RouteDecision | Errno {
    const { interfaces, routes } = this.#parts;
    const family = familyOf(destination);
    const loopback = interfaces.loopback;
    if (interfaces.holder(destination) && (loopback.up || !isLoopback(destination)))
      // The route of 127.0.0.0/8 prefers 127.0.0.1 (net/ipv4/fib_frontend.c fib_add_ifaddr).
      return { kind: 'local', device: loopback, source: options.source ?? (destination.startsWith('127.') ? '127.0.0.1' : destination) };
    if (isLoopback(destination)) return errno('ENETUNREACH');
    const route = routes.find(destination, options.device);
    if (!route) return errno('ENETUNREACH');
    if (route.refusing !== undefined) return errno(REFUSING[route.refusing]);
    const source = options.source ?? route.source ?? interfaces.sourceFor(family, route.device, route.gateway ?? destination);
    if (source === undefined) return errno('EADDRNOTAVAIL');
    return { kind: 'unicast', device: route.device, gateway: route.gateway, source, route };
  }

  /** The time to live of packets that start here. */
  get ttl(): number {
    return this.#parts.sysctls.number('net.ipv4.ip_default_ttl');
  }

  /**
   * Sends a packet that starts here. Arrival is an event in virtual time; the result tells what an all-knowing observer sees.
   * @returns ENETUNREACH without a route, EPERM when the OUTPUT chain drops it
   */
  send(packet: Packet, options: { readonly device?: NetworkInterface | undefined } = {}): Outcome | Errno {
    const decision = this.lookup(packet.destination, { source: packet.source, device: options.device });
    if (isErrno(decision)) return decision;
    packet.delay += STACK_DELAY;
    const before = packet.destination;
    const verdict = this.#parts.hooks.output(packet, decision.device);
    if (verdict.kind !== 'accept') {
      this.#refuse(packet, decision.device, verdict);
      return verdict.kind === 'drop' ? errno('EPERM') : 'dropped';
    }
    // A rewritten destination is routed anew (ip_route_me_harder).
    const final = packet.destination === before ? decision : this.lookup(packet.destination, { source: packet.source });
    if (isErrno(final)) return final;
    return this.#leave(packet, final, { forwarded: false });
  }

  /** A packet has come in through `device`. */
  receive(device: NetworkInterface, packet: Packet): Outcome {
    const { interfaces, sysctls, hooks } = this.#parts;
    packet.delay += STACK_DELAY;
    const localnet = sysctls.number('net.ipv4.conf.all.route_localnet') !== 0 || sysctls.number(`net.ipv4.conf.${device.name}.route_localnet`) !== 0;
    if (isLoopback(packet.source) && !localnet) return drop(packet, device, { reason: 'martian', detail: packet.source });
    const verdict = hooks.prerouting(packet, device);
    if (verdict.kind !== 'accept') return this.#refuse(packet, device, verdict);
    if (isLoopback(packet.destination) && !localnet) return drop(packet, device, { reason: 'martian', detail: packet.destination });
    if (isMulticast(packet.destination)) return 'dropped';
    if (interfaces.holder(packet.destination)) return this.#input(packet, device);
    return this.#forward(packet, device);
  }

  /** br_netfilter: bridged IPv4 packets pass the same chains as routed ones. */
  filterBridged(bridge: NetworkInterface, packet: Packet): BridgeVerdict {
    const { sysctls, hooks } = this.#parts;
    if (sysctls.number('net.bridge.bridge-nf-call-iptables') === 0 || packet.source.includes(':')) return 'bridge';
    const before = packet.destination;
    if (hooks.prerouting(packet, bridge).kind !== 'accept') return 'drop';
    if (packet.destination !== before) return 'route';
    const verdict = hooks.forward(packet, bridge, bridge);
    if (verdict.kind !== 'accept') {
      this.#refuse(packet, bridge, verdict);
      return 'drop';
    }
    hooks.postrouting(packet, bridge);
    return 'bridge';
  }

  /** Tells the sender of `packet` why it went no further. Errors about errors are never sent. */
  complain(packet: Packet, reason: UnreachableReason, device: NetworkInterface): void {
    if (packet.body.kind === 'unreachable' || packet.body.kind === 'rst') return;
    const back = this.lookup(packet.source);
    if (isErrno(back)) return;
    // icmp_send: whoever was addressed answers as such, a router with the address that faces the sender.
    const addressed = this.#parts.interfaces.holder(packet.destination) !== undefined;
    const source = addressed ? packet.destination : back.kind === 'local' ? packet.source : back.source;
    const error = newPacket(
      { protocol: 'icmp', source, sourcePort: 0, destination: packet.source, destinationPort: 0 },
      { kind: 'unreachable', reason, original: tupleOf(packet) },
      { ttl: this.ttl },
    );
    error.delay = packet.delay;
    this.#parts.hooks.relate(error, packet);
    note(packet, device, {
      kind: 'dropped',
      reason: reason === 'time-exceeded' ? 'ttl-exceeded' : reason === 'port-unreachable' ? 'rejected' : 'no-route',
      detail: reason,
    });
    this.send(error);
  }

  #input(packet: Packet, device: NetworkInterface): Outcome {
    const verdict = this.#parts.hooks.input(packet, device);
    if (verdict.kind !== 'accept') return this.#refuse(packet, device, verdict);
    note(packet, device, { kind: 'delivered', address: packet.destination });
    this.#parts.simulation.after(packet.delay, () => {
      this.#parts.deliver(packet);
    });
    return 'delivered';
  }

  #forward(packet: Packet, from: NetworkInterface): Outcome {
    const { sysctls, hooks } = this.#parts;
    const enabled = sysctls.number(familyOf(packet.destination) === 4 ? 'net.ipv4.ip_forward' : 'net.ipv6.conf.all.forwarding');
    if (enabled === 0) return drop(packet, from, { reason: 'not-forwarding' });
    const decision = this.lookup(packet.destination, { source: packet.source });
    if (isErrno(decision) || decision.kind === 'local') {
      this.complain(packet, 'net-unreachable', from);
      return 'dropped';
    }
    if (packet.ttl <= 1) {
      this.complain(packet, 'time-exceeded', from);
      return 'dropped';
    }
    packet.ttl--;
    const verdict = hooks.forward(packet, from, decision.device);
    if (verdict.kind !== 'accept') return this.#refuse(packet, from, verdict);
    note(packet, from, { kind: 'forwarded', from: from.name, to: decision.device.name });
    return this.#leave(packet, decision, { forwarded: true });
  }

  #leave(packet: Packet, decision: RouteDecision, options: { readonly forwarded: boolean }): Outcome {
    const { hooks, interfaces } = this.#parts;
    const { device } = decision;
    if (hooks.postrouting(packet, device).kind !== 'accept') return drop(packet, device, { reason: 'filtered', detail: 'POSTROUTING' });
    if (decision.kind === 'local') {
      // The loopback device hands the packet, with its connection, straight back.
      packet.delay += LOOPBACK_DELAY;
      interfaces.loopback.pass(packet, 'out');
      interfaces.loopback.pass(packet, 'in');
      note(packet, device, { kind: 'sent', device: device.name });
      return this.#input(packet, device);
    }
    return this.#toNeighbour(packet, decision, options);
  }

  #toNeighbour(packet: Packet, decision: Extract<RouteDecision, { kind: 'unicast' }>, options: { readonly forwarded: boolean }): Outcome {
    const { neighbours, interfaces, simulation } = this.#parts;
    const { device } = decision;
    const hop = decision.gateway ?? packet.destination;
    const known = neighbours.find(device, hop);
    let mac = known?.mac;
    // Whoever takes over an address announces it; then the old hardware address is forgotten.
    if (mac === undefined || known?.state === 'STALE' || !isStation(device, mac)) {
      mac = resolveNeighbour(device, hop, interfaces.sourceFor(familyOf(hop), device, hop) ?? packet.source);
      if (mac !== undefined) neighbours.confirm(device, hop, mac);
    }
    if (mac !== undefined) {
      if (known?.mac !== undefined) neighbours.confirm(device, hop, mac);
      return transmit(device, packet, mac);
    }
    neighbours.fail(device, hop);
    drop(packet, device, { reason: 'no-neighbour', detail: hop });
    packet.trace = undefined;
    packet.delay = 0;
    simulation.after(ARP_GIVES_UP, () => {
      this.complain(packet, 'host-unreachable', options.forwarded ? device : interfaces.loopback);
    });
    return 'dropped';
  }

  #refuse(packet: Packet, device: NetworkInterface, verdict: HookVerdict): Outcome {
    if (verdict.kind === 'accept') return 'delivered';
    if (verdict.kind === 'drop') return drop(packet, device, { reason: 'filtered', detail: verdict.by });
    if (verdict.reason !== 'tcp-reset') {
      this.complain(packet, verdict.reason, device);
      return 'dropped';
    }
    const reset = newPacket(
      {
        protocol: 'tcp',
        source: packet.destination,
        sourcePort: packet.destinationPort,
        destination: packet.source,
        destinationPort: packet.sourcePort,
      },
      { kind: 'rst' },
      { ttl: this.ttl },
    );
    reset.delay = packet.delay;
    this.send(reset);
    return drop(packet, device, { reason: 'rejected', detail: verdict.by });
  }
}
