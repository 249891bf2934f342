/**
 * Netfilter of one namespace: packets are evaluated against the very rules that iptables lists, and translated per
 * flow (net/netfilter/nf_nat_core.c, net/ipv4/netfilter/). Nothing happens while no rule was ever set.
 */
import type { Simulation } from '../../../engine/simulation.ts';
import type { NetworkInterface } from '../network-interface.ts';
import type { HookVerdict, PacketHooks } from '../ip-layer.ts';
import { note } from '../link-layer.ts';
import { bytesOf, type Packet, type UnreachableReason } from '../packet.ts';
import { ConnectionTracker, type Tracked } from './conntrack.ts';
import { matches, type RuleWorld } from './match.ts';
import { RuleTable } from './rule-table.ts';
import type { RejectWith, Rule, TableName, Target } from './rule.ts';

export interface NetfilterParts {
  readonly simulation: Simulation;
  /** Whether an address is one of this namespace (`addrtype LOCAL`). */
  readonly isLocal: (address: string) => boolean;
  /** The address with which MASQUERADE speaks on a device, towards a destination. */
  readonly masqueradeAddress: (device: NetworkInterface, destination: string) => string | undefined;
  readonly isPortFree: (address: string, port: number) => boolean;
}

/** Any port from 1024 on would do; above the ephemeral ones' start it is recognised as made up. */
const FIRST_RANDOM_PORT = 32_768;

const ACCEPT: HookVerdict = { kind: 'accept' };

/** A verdict of a rule; `undefined` means that the end of a chain was reached. */
type Decision = {
  readonly target: Exclude<Target, { kind: 'jump' | 'goto' | 'return' | 'none' | 'mark' | 'log' }>;
  readonly chain: string;
};

interface Place {
  readonly table: TableName;
  readonly hook: 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';
  readonly from?: NetworkInterface | undefined;
  readonly to?: NetworkInterface | undefined;
}

export class Netfilter implements PacketHooks {
  readonly #parts: NetfilterParts;
  readonly #tables = new Map<TableName, RuleTable>();
  readonly connections = new ConnectionTracker();
  readonly #recent = new Map<string, Map<string, number>>();

  constructor(parts: NetfilterParts) {
    this.#parts = parts;
  }

  /** The table; it comes into being when it is first asked for with `create`. */
  table(name: TableName): RuleTable {
    let table = this.#tables.get(name);
    if (!table) this.#tables.set(name, (table = new RuleTable(name)));
    return table;
  }

  /** Whether any table exists: without one packets are not tracked either. */
  get active(): boolean {
    return this.#tables.size > 0;
  }

  prerouting(packet: Packet, device: NetworkInterface): HookVerdict {
    return this.#enter(packet, { table: 'nat', hook: 'PREROUTING', from: device });
  }

  input(packet: Packet, device: NetworkInterface): HookVerdict {
    if (!this.active || packet.source.includes(':')) return ACCEPT;
    const verdict = this.#filter(packet, { table: 'filter', hook: 'INPUT', from: device });
    if (verdict.kind === 'accept') this.#leave(packet, { table: 'nat', hook: 'INPUT', from: device });
    return verdict;
  }

  forward(packet: Packet, from: NetworkInterface, to: NetworkInterface): HookVerdict {
    if (!this.active || packet.source.includes(':')) return ACCEPT;
    return this.#filter(packet, { table: 'filter', hook: 'FORWARD', from, to });
  }

  output(packet: Packet, device: NetworkInterface): HookVerdict {
    const verdict = this.#enter(packet, { table: 'nat', hook: 'OUTPUT', to: device });
    if (verdict.kind !== 'accept' || !this.active || packet.source.includes(':')) return verdict;
    return this.#filter(packet, { table: 'filter', hook: 'OUTPUT', to: device });
  }

  postrouting(packet: Packet, device: NetworkInterface): HookVerdict {
    if (!this.active || packet.source.includes(':')) return ACCEPT;
    this.#leave(packet, { table: 'nat', hook: 'POSTROUTING', to: device });
    return ACCEPT;
  }

  relate(error: Packet, cause: Packet): void {
    this.connections.relate(error, cause);
  }

  /** Start of the way: find the flow, let new ones choose a destination, translate. */
  #enter(packet: Packet, place: Place): HookVerdict {
    if (!this.active || packet.source.includes(':')) return ACCEPT;
    const now = this.#parts.simulation.now;
    const tracked = this.connections.track(packet, now);
    if (!tracked) return ACCEPT;
    const { flow } = tracked;
    if (!flow.confirmed && !flow.destinationTranslated) {
      const decision = this.#decide(packet, place, tracked);
      if (decision?.target.kind === 'drop') return { kind: 'drop', by: decision.chain };
      if (decision?.target.kind === 'dnat' || decision?.target.kind === 'redirect') {
        const address =
          decision.target.kind === 'dnat'
            ? decision.target.address
            : place.hook === 'OUTPUT'
              ? '127.0.0.1'
              : (place.from?.addressesOf(4)[0]?.address ?? packet.destination);
        flow.reply = {
          ...flow.reply,
          source: address,
          sourcePort: decision.target.port ?? packet.destinationPort,
        };
        flow.destinationTranslated = true;
        note(packet, deviceOf(place), {
          kind: 'rewritten',
          what: 'destination',
          chain: decision.chain,
          before: `${packet.destination}:${packet.destinationPort}`,
          after: `${flow.reply.source}:${flow.reply.sourcePort}`,
        });
      }
    }
    this.#translateDestination(packet, tracked);
    return ACCEPT;
  }

  /** End of the way: let new flows choose a source, translate, remember the flow. */
  #leave(packet: Packet, place: Place): void {
    const now = this.#parts.simulation.now;
    const tracked = this.connections.track(packet, now);
    if (!tracked) return;
    const { flow } = tracked;
    if (!flow.confirmed) {
      const decision = this.#decide(packet, place, tracked);
      const target = decision?.target;
      const address =
        target?.kind === 'snat'
          ? target.address
          : target?.kind === 'masquerade' && place.to
            ? this.#parts.masqueradeAddress(place.to, packet.destination)
            : undefined;
      if (address !== undefined) {
        const port = target?.kind === 'snat' && target.port !== undefined ? target.port : packet.sourcePort;
        const random = target?.kind === 'masquerade' && target.randomFully === true;
        flow.reply = {
          ...flow.reply,
          destination: address,
          destinationPort: packet.protocol === 'icmp' ? port : this.#freePort(flow.reply, { address, port, random }),
        };
        flow.sourceTranslated = true;
        note(packet, deviceOf(place), {
          kind: 'rewritten',
          what: 'source',
          chain: decision?.chain ?? '',
          before: `${packet.source}:${packet.sourcePort}`,
          after: `${address}:${flow.reply.destinationPort}`,
        });
      } else if (packet.protocol !== 'icmp' && this.connections.taken(flow.reply, now)) {
        flow.reply = {
          ...flow.reply,
          destinationPort: this.#freePort(flow.reply, {
            address: flow.reply.destination,
            port: flow.reply.destinationPort,
            random: true,
          }),
        };
      }
    }
    this.#translateSource(packet, tracked);
    this.connections.confirm(tracked, now);
  }

  #translateDestination(packet: Packet, { flow, direction, related }: Tracked): void {
    if (!flow.destinationTranslated && !flow.sourceTranslated) return;
    const target =
      direction === 'original'
        ? { address: flow.reply.source, port: flow.reply.sourcePort }
        : { address: flow.original.source, port: flow.original.sourcePort };
    packet.destination = target.address;
    if (related) {
      const original = direction === 'reply' ? flow.original : flow.reply;
      if (packet.body.kind === 'unreachable') packet.body = { ...packet.body, original };
    } else packet.destinationPort = target.port;
  }

  #translateSource(packet: Packet, { flow, direction, related }: Tracked): void {
    if (!flow.destinationTranslated && !flow.sourceTranslated) return;
    const speaker = direction === 'original' ? flow.original.source : flow.reply.source;
    const shown =
      direction === 'original'
        ? { address: flow.reply.destination, port: flow.reply.destinationPort }
        : { address: flow.original.destination, port: flow.original.destinationPort };
    // Errors of routers in between keep the router's address.
    if (related) {
      if (packet.source === speaker) packet.source = shown.address;
      return;
    }
    packet.source = shown.address;
    packet.sourcePort = shown.port;
  }

  /** A source port that makes the answer's tuple unique (nf_nat_l4proto_unique_tuple keeps the own one where it can). */
  #freePort(reply: Tracked['flow']['reply'], wish: { readonly address: string; readonly port: number; readonly random: boolean }): number {
    const { simulation, isPortFree, isLocal } = this.#parts;
    const free = (port: number): boolean =>
      !this.connections.taken({ ...reply, destination: wish.address, destinationPort: port }, simulation.now) &&
      (!isLocal(wish.address) || isPortFree(wish.address, port));
    if (!wish.random && free(wish.port)) return wish.port;
    for (let attempt = 0; attempt < 64; attempt++) {
      const port = simulation.random.integer(FIRST_RANDOM_PORT, 65_535);
      if (free(port)) return port;
    }
    return wish.port;
  }

  #filter(packet: Packet, place: Place): HookVerdict {
    if (!this.#tables.has('filter')) return ACCEPT;
    const tracked = this.connections.track(packet, this.#parts.simulation.now);
    const decision = this.#decide(packet, place, tracked);
    if (!decision) {
      const chain = this.#tables.get('filter')?.chain(place.hook);
      if (!chain) return ACCEPT;
      chain.packets++;
      chain.bytes += bytesOf(packet) - 14;
      return chain.policy === 'DROP' ? { kind: 'drop', by: `${place.hook} policy` } : ACCEPT;
    }
    if (decision.target.kind === 'drop') return { kind: 'drop', by: decision.chain };
    if (decision.target.kind === 'reject') return { kind: 'reject', by: decision.chain, reason: reasonOf(decision.target.with) };
    return ACCEPT;
  }

  /** Runs the mangle table, then `place.table`, from the built-in chain of the hook. */
  #decide(packet: Packet, place: Place, tracked: Tracked | undefined): Decision | undefined {
    const world: RuleWorld = {
      ...this.#parts,
      from: place.from,
      to: place.to,
      tracked,
      recent: this.#recent,
    };
    if (this.#tables.has('mangle')) this.#walk(packet, world, { table: 'mangle', chain: place.hook });
    const decision = this.#walk(packet, world, { table: place.table, chain: place.hook });
    if (decision === 'returned') return undefined;
    return decision;
  }

  #walk(packet: Packet, world: RuleWorld, at: { readonly table: TableName; readonly chain: string }): Decision | 'returned' | undefined {
    const chain = this.#tables.get(at.table)?.chain(at.chain);
    for (const counted of chain?.rules ?? []) {
      if (!meets(counted.rule, packet, world)) continue;
      counted.packets++;
      counted.bytes += bytesOf(packet) - 14;
      const { target } = counted.rule;
      switch (target.kind) {
        case 'none':
        case 'log':
          break;
        case 'mark':
          packet.mark = ((packet.mark & ~target.mask) ^ target.value) >>> 0;
          break;
        case 'return':
          return 'returned';
        case 'jump':
        case 'goto': {
          const decision = this.#walk(packet, world, { table: at.table, chain: target.chain });
          if (decision !== undefined && decision !== 'returned') return decision;
          if (target.kind === 'goto') return 'returned';
          break;
        }
        default:
          return { target, chain: at.chain };
      }
    }
    return undefined;
  }
}

function meets({ matches: all }: Rule, packet: Packet, world: RuleWorld): boolean {
  for (const match of all) if (!matches(match, packet, world)) return false;
  return true;
}

function deviceOf(place: Place): NetworkInterface {
  const device = place.from ?? place.to;
  if (!device) throw new Error('a hook has a device');
  return device;
}

function reasonOf(text: RejectWith): UnreachableReason | 'tcp-reset' {
  switch (text) {
    case 'tcp-reset':
      return text;
    case 'icmp-port-unreachable':
      return 'port-unreachable';
    case 'icmp-host-unreachable':
      return 'host-unreachable';
    case 'icmp-net-unreachable':
      return 'net-unreachable';
    case 'icmp-host-prohibited':
      return 'host-prohibited';
    case 'icmp-admin-prohibited':
      return 'admin-prohibited';
  }
}
