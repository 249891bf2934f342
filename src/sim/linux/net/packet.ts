/** A packet on its way: headers that NAT may rewrite, a body, and the marks that travel with it inside a machine. */
import type { PacketTrace } from './packet-trace.ts';

export type Protocol = 'tcp' | 'udp' | 'icmp';

/** What an ICMP error says. */
export type UnreachableReason =
  'port-unreachable' | 'host-unreachable' | 'net-unreachable' | 'host-prohibited' | 'admin-prohibited' | 'time-exceeded';

/** Addresses and ports, as conntrack and ICMP errors quote them. Echo requests carry their id in both ports. */
export interface Tuple {
  readonly protocol: Protocol;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
}

export type PacketBody =
  | { readonly kind: 'syn' | 'syn-ack' | 'fin' | 'rst' }
  /** `consumed`: characters that the other side's program has read since the last one. */
  | { readonly kind: 'ack'; readonly consumed: number }
  | { readonly kind: 'data'; readonly text: string }
  | { readonly kind: 'datagram'; readonly text: string }
  | { readonly kind: 'echo-request' | 'echo-reply'; readonly sequence: number; readonly size: number }
  | { readonly kind: 'unreachable'; readonly reason: UnreachableReason; readonly original: Tuple };

export interface Packet {
  protocol: Protocol;
  source: string;
  sourcePort: number;
  destination: string;
  destinationPort: number;
  ttl: number;
  /** Netfilter mark; zero again on every other machine and namespace. */
  mark: number;
  body: PacketBody;
  /** Virtual milliseconds it has been under way. */
  delay: number;
  /** Where it went; undefined when nobody keeps it. */
  trace: PacketTrace | undefined;
}

const HEADER_BYTES = 14;

/** Bytes on the wire, Ethernet header included. */
export function bytesOf(packet: Readonly<Packet>): number {
  const ip = packet.source.includes(':') ? 40 : 20;
  switch (packet.body.kind) {
    case 'syn':
    case 'syn-ack':
      return HEADER_BYTES + ip + 40;
    case 'ack':
    case 'fin':
      return HEADER_BYTES + ip + 32;
    case 'rst':
      return HEADER_BYTES + ip + 20;
    case 'data':
      return HEADER_BYTES + ip + 32 + packet.body.text.length;
    case 'datagram':
      return HEADER_BYTES + ip + 8 + packet.body.text.length;
    case 'echo-request':
    case 'echo-reply':
      return HEADER_BYTES + ip + 8 + packet.body.size;
    case 'unreachable':
      return HEADER_BYTES + ip + 36;
  }
}

export function tupleOf(packet: Packet): Tuple {
  const { protocol, source, sourcePort, destination, destinationPort } = packet;
  return { protocol, source, sourcePort, destination, destinationPort };
}

/** The tuple of an answer. */
export function inverted(tuple: Tuple): Tuple {
  return {
    protocol: tuple.protocol,
    source: tuple.destination,
    sourcePort: tuple.destinationPort,
    destination: tuple.source,
    destinationPort: tuple.sourcePort,
  };
}

export function tupleKey(tuple: Tuple): string {
  return `${tuple.protocol} ${tuple.source} ${tuple.sourcePort} ${tuple.destination} ${tuple.destinationPort}`;
}

/** A packet that has not left yet. */
export function newPacket(tuple: Tuple, body: PacketBody, options: { readonly ttl: number; readonly trace?: PacketTrace | undefined }): Packet {
  return { ...tuple, body, ttl: options.ttl, mark: 0, delay: 0, trace: options.trace };
}
