/** What all internet sockets have in common: where they are bound, who owns them, and how ss and netstat see them. */
import type { NamespaceInode } from '../../namespace/inode.ts';
import type { Errno } from '../../errno.ts';
import { anyAddress, isAny, type Family } from '../address.ts';
import type { NetworkInterface, Outcome } from '../network-interface.ts';
import type { Packet } from '../packet.ts';
import type { PacketTrace } from '../packet-trace.ts';
import type { RouteDecision } from '../ip-layer.ts';
import type { Simulation } from '../../../engine/simulation.ts';

/** TCP states as /proc/net/tcp numbers them; UDP sockets use ESTABLISHED (connected) and CLOSE (not). */
export type SocketState =
  'ESTABLISHED' | 'SYN_SENT' | 'SYN_RECV' | 'FIN_WAIT1' | 'FIN_WAIT2' | 'TIME_WAIT' | 'CLOSE' | 'CLOSE_WAIT' | 'LAST_ACK' | 'LISTEN' | 'CLOSING';

/** Who makes a socket. */
export interface SocketOwner {
  readonly uid: number;
  /** Numbers sockets as `socket:[N]` shows them. */
  readonly nextInode: () => number;
}

/** One line of ss or netstat. */
export interface SocketEntry {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** Of the socket; one of family 6 may hold IPv4 addresses (shown as ::ffff:…). */
  readonly family: Family;
  readonly v6only: boolean;
  readonly localAddress: string;
  readonly localPort: number;
  readonly peerAddress: string;
  readonly peerPort: number;
  readonly state: SocketState;
  /** Of a listener: connections that wait for accept. */
  readonly receiveQueue: number;
  /** Of a listener: its backlog. */
  readonly sendQueue: number;
  /** 0 for a TIME_WAIT, which belongs to nobody. */
  readonly inode: number;
  readonly uid: number;
}

/** What sockets need of their namespace. */
export interface SocketStack {
  readonly inode: NamespaceInode;
  readonly simulation: Simulation;
  readonly ttl: number;
  readonly socketDefaults: { readonly synRetries: number };
  lookup(destination: string, options?: { readonly source?: string | undefined }): RouteDecision | Errno;
  send(packet: Packet, options?: { readonly device?: NetworkInterface | undefined }): Outcome | Errno;
  startTrace(flow: string): PacketTrace;
}

/** Whether sockets bound to these two could both receive the same packet. */
export function overlap(a: Binding, b: Binding): boolean {
  if (a.port !== b.port) return false;
  const aFour = covers(a, 4);
  const bFour = covers(b, 4);
  if (a.address === b.address) return !isAny(a.address) || a.family === b.family;
  if (isAny(a.address) && isAny(b.address)) return aFour && bFour;
  if (isAny(a.address)) return covers(a, familyOfBinding(b));
  if (isAny(b.address)) return covers(b, familyOfBinding(a));
  return false;
}

export interface Binding {
  readonly family: Family;
  readonly v6only: boolean;
  readonly address: string;
  readonly port: number;
}

function familyOfBinding(binding: Binding): Family {
  return binding.address.includes(':') ? 6 : 4;
}

function covers(binding: Binding, family: Family): boolean {
  return binding.family === family || (binding.family === 6 && family === 4 && !binding.v6only);
}

/** Whether a packet to `address` and `port` is for this binding; how well: 2 for the very address, 1 for any, 0 for no. */
export function bindingScore(binding: Binding, address: string, port: number): 0 | 1 | 2 {
  if (binding.port !== port) return 0;
  if (binding.address === address) return 2;
  return isAny(binding.address) && covers(binding, address.includes(':') ? 6 : 4) ? 1 : 0;
}

/** The "any" address of a socket, as it is shown. */
export function unspecified(family: Family): string {
  return anyAddress(family);
}
