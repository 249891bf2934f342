/** UDP and echo (ping) sockets: datagrams and ICMP messages queue up until a program takes them. */
import { WaitQueue } from '../../../engine/wait-queue.ts';
import { errno, isErrno, type Errno } from '../../errno.ts';
import { AGAIN, CountedFile, type OpenFile, type ReadResult } from '../../fs/open-file.ts';
import { isAny, type Family } from '../address.ts';
import { newPacket, type Packet, type PacketBody, type UnreachableReason } from '../packet.ts';
import { unspecified, type SocketEntry, type SocketOwner, type SocketStack } from './socket.ts';

/** Something that came for a datagram socket. */
export type Arrival =
  | {
      readonly kind: 'datagram';
      readonly text: string;
      readonly address: string;
      readonly port: number;
      readonly to: string;
    }
  | {
      readonly kind: 'echo-reply';
      readonly address: string;
      readonly sequence: number;
      readonly size: number;
      readonly ttl: number;
    }
  /** `address`: the router or host that says so; `port`: the remote port (or echo id) that was tried. */
  | {
      readonly kind: 'error';
      readonly reason: UnreachableReason;
      readonly address: string;
      readonly destination: string;
      readonly port: number;
    };

export interface DatagramSocketOptions {
  readonly protocol: 'udp' | 'icmp';
  readonly stack: SocketStack;
  readonly owner: SocketOwner;
  readonly family: Family;
  readonly onClosed: (socket: DatagramSocket) => void;
}

/** Datagrams that wait at most; more are dropped, as past SO_RCVBUF. */
const QUEUE_LIMIT = 512;

export class DatagramSocket extends CountedFile implements OpenFile {
  readonly protocol: 'udp' | 'icmp';
  readonly family: Family;
  readonly inode: number;
  readonly owner: SocketOwner;
  readonly readable = new WaitQueue();
  readonly writable = new WaitQueue();
  readonly full = false;
  v6only = false;
  reusePort = false;
  localAddress: string;
  localPort = 0;
  peerAddress: string;
  peerPort = 0;
  /** IP_TTL; undefined for the default. */
  ttl: number | undefined;
  readonly #stack: SocketStack;
  readonly #onClosed: (socket: DatagramSocket) => void;
  readonly #arrivals: Arrival[] = [];

  constructor(options: DatagramSocketOptions) {
    super();
    this.protocol = options.protocol;
    this.#stack = options.stack;
    this.owner = options.owner;
    this.family = options.family;
    this.#onClosed = options.onClosed;
    this.inode = options.owner.nextInode();
    this.localAddress = unspecified(options.family);
    this.peerAddress = unspecified(options.family);
  }

  get description(): string {
    return `socket:[${this.inode}]`;
  }

  get entry(): SocketEntry {
    return {
      protocol: this.protocol,
      family: this.family,
      v6only: this.v6only,
      localAddress: this.localAddress,
      localPort: this.localPort,
      peerAddress: this.peerAddress,
      peerPort: this.peerPort,
      state: this.peerPort === 0 ? 'CLOSE' : 'ESTABLISHED',
      receiveQueue: 0,
      sendQueue: 0,
      inode: this.inode,
      uid: this.owner.uid,
    };
  }

  /** sendto(2). @returns ENETUNREACH, EPERM (dropped on the way out) */
  sendTo(address: string, port: number, text: string): Errno | undefined {
    return this.#send({ address, port, body: { kind: 'datagram', text } });
  }

  /** One echo request of `size` data bytes; its id is the local port. */
  sendEcho(address: string, options: { readonly sequence: number; readonly size: number }): Errno | undefined {
    return this.#send({ address, port: this.localPort, body: { kind: 'echo-request', ...options } });
  }

  /** The next thing that came, undefined when there is none (then wait for `readable`). */
  take(): Arrival | undefined {
    return this.#arrivals.shift();
  }

  arrive(arrival: Arrival): void {
    if (this.#arrivals.length >= QUEUE_LIMIT) return;
    this.#arrivals.push(arrival);
    this.readable.notify();
  }

  read(): ReadResult {
    for (let next = this.take(); next; next = this.take()) {
      if (next.kind === 'datagram') return next.text;
      if (next.kind === 'error' && next.reason === 'port-unreachable' && this.peerPort !== 0) return errno('ECONNREFUSED');
    }
    return AGAIN;
  }

  write(text: string): Errno | undefined {
    return this.peerPort === 0 ? errno('ENOTCONN') : this.sendTo(this.peerAddress, this.peerPort, text);
  }

  protected closed(): void {
    this.#onClosed(this);
  }

  #send(request: { readonly address: string; readonly port: number; readonly body: PacketBody }): Errno | undefined {
    const bound = isAny(this.localAddress) ? undefined : this.localAddress;
    const decision = this.#stack.lookup(request.address, { source: bound });
    if (isErrno(decision)) return decision;
    const packet: Packet = newPacket(
      {
        protocol: this.protocol,
        source: decision.source,
        sourcePort: this.localPort,
        destination: request.address,
        destinationPort: request.port,
      },
      request.body,
      {
        ttl: this.ttl ?? this.#stack.ttl,
        trace: this.#stack.startTrace(`${this.protocol} ${decision.source}:${this.localPort} > ${request.address}:${request.port}`),
      },
    );
    const outcome = this.#stack.send(packet);
    return isErrno(outcome) ? outcome : undefined;
  }
}
