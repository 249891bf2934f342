/** Whether a packet fits one match of a rule (the match extensions of net/netfilter/xt_*.c). */
import type { Simulation } from '../../../engine/simulation.ts';
import { inCidr, isMulticast } from '../address.ts';
import type { NetworkInterface } from '../network-interface.ts';
import type { Packet } from '../packet.ts';
import type { Tracked } from './conntrack.ts';
import type { ConnectionState, Match, PortRange } from './rule.ts';

/** What matches may look at besides the packet. */
export interface RuleWorld {
  readonly simulation: Simulation;
  readonly isLocal: (address: string) => boolean;
  readonly from?: NetworkInterface | undefined;
  readonly to?: NetworkInterface | undefined;
  readonly tracked: Tracked | undefined;
  /** Lists of the `recent` match: when each source was last put there. */
  readonly recent: Map<string, Map<string, number>>;
}

export function matches(match: Match, packet: Packet, world: RuleWorld): boolean {
  const holds = fits(match, packet, world);
  return 'negated' in match && match.negated ? !holds : holds;
}

function fits(match: Match, packet: Packet, world: RuleWorld): boolean {
  switch (match.kind) {
    case 'source':
      return inCidr(packet.source, match.cidr);
    case 'destination':
      return inCidr(packet.destination, match.cidr);
    case 'protocol':
      return match.protocol === 'all' || match.protocol === packet.protocol;
    case 'in-interface':
      return named(world.from, match.name);
    case 'out-interface':
      return named(world.to, match.name);
    case 'comment':
    case 'nfacct':
      return true;
    case 'mark':
      return (packet.mark & match.mask) >>> 0 === match.value >>> 0;
    case 'addrtype':
      return addressType(match.side === 'dst' ? packet.destination : packet.source, world) === match.type;
    case 'statistic':
      return world.simulation.random.next() < Number(match.probability);
    case 'multiport': {
      const ports =
        match.side === 'dports'
          ? [packet.destinationPort]
          : match.side === 'sports'
            ? [packet.sourcePort]
            : [packet.sourcePort, packet.destinationPort];
      return packet.protocol !== 'icmp' && ports.some((port) => match.ports.some(([low, high]) => port >= low && port <= high));
    }
    case 'transport':
      return (
        (packet.protocol as string) === match.protocol &&
        inRange(packet.sourcePort, match.source) &&
        inRange(packet.destinationPort, match.destination)
      );
    case 'icmp':
      return packet.protocol === 'icmp' && icmpType(packet) === icmpNumber(match.type);
    case 'conntrack': {
      const states = statesOf(world.tracked);
      return match.states.some((state) => states.includes(state));
    }
    case 'recent':
      return recently(match, packet, world);
  }
}

function named(device: NetworkInterface | undefined, name: string): boolean {
  if (!device) return name === '';
  return name.endsWith('+') ? device.name.startsWith(name.slice(0, -1)) : device.name === name;
}

function inRange(port: number, range: PortRange | undefined): boolean {
  if (!range) return true;
  return (port >= range.low && port <= range.high) !== (range.negated === true);
}

function addressType(address: string, world: RuleWorld): string {
  if (world.isLocal(address)) return 'LOCAL';
  if (address === '255.255.255.255') return 'BROADCAST';
  return isMulticast(address) ? 'MULTICAST' : 'UNICAST';
}

function icmpType(packet: Packet): number {
  switch (packet.body.kind) {
    case 'echo-request':
      return 8;
    case 'echo-reply':
      return 0;
    case 'unreachable':
      return packet.body.reason === 'time-exceeded' ? 11 : 3;
    default:
      return -1;
  }
}

function icmpNumber(type: string): number {
  const names: Readonly<Record<string, number>> = {
    'echo-request': 8,
    'echo-reply': 0,
    'destination-unreachable': 3,
    'time-exceeded': 11,
  };
  return names[type] ?? Number(type);
}

function statesOf(tracked: Tracked | undefined): readonly ConnectionState[] {
  if (!tracked) return ['INVALID'];
  const { flow } = tracked;
  const states: ConnectionState[] = [tracked.related ? 'RELATED' : flow.answered || tracked.direction === 'reply' ? 'ESTABLISHED' : 'NEW'];
  if (flow.destinationTranslated) states.push('DNAT');
  if (flow.sourceTranslated) states.push('SNAT');
  return states;
}

function recently(match: Extract<Match, { kind: 'recent' }>, packet: Packet, world: RuleWorld): boolean {
  let list = world.recent.get(match.name);
  if (!list) world.recent.set(match.name, (list = new Map()));
  if (match.action === 'set') {
    list.set(packet.source, world.simulation.now);
    return true;
  }
  const at = list.get(packet.source);
  if (at === undefined) return false;
  return match.seconds === undefined || world.simulation.now - at <= match.seconds * 1000;
}
