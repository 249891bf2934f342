/**
 * TCP sockets (net/ipv4/tcp*.c) without sequence numbers: nothing is reordered here, and what the network swallowed is
 * sent again by the clock. A socket is an open file; accepted connections too.
 */
import type { Timer } from '../../../engine/simulation.ts';
import { WaitQueue } from '../../../engine/wait-queue.ts';
import { errno, isErrno, type Errno } from '../../errno.ts';
import { AGAIN, CountedFile, type OpenFile, type ReadRequest, type ReadResult } from '../../fs/open-file.ts';
import { takeFrom } from '../../fs/pipe.ts';
import type { Family } from '../address.ts';
import { newPacket, type Packet, type PacketBody, type Tuple, type UnreachableReason } from '../packet.ts';
import { TcpOutbox } from './tcp-outbox.ts';
import { unspecified, type SocketEntry, type SocketOwner, type SocketStack, type SocketState } from './socket.ts';

/** What a socket tells the table it is in. */
export interface TcpRegistry {
  /** The connection has this tuple (own side first) from now on. */
  registered(socket: TcpSocket): void;
  closed(socket: TcpSocket): void;
  timeWait(socket: TcpSocket): void;
}

export interface TcpSocketOptions {
  readonly stack: SocketStack;
  readonly registry: TcpRegistry;
  readonly owner: SocketOwner;
  readonly family: Family;
}

const WINDOW = 131_072;
const ACKNOWLEDGE_EVERY = 32_768;
const FIRST_RETRY = 1_000;
const FIN_TIMEOUT = 60_000;

export class TcpSocket extends CountedFile implements OpenFile {
  readonly protocol = 'tcp';
  readonly family: Family;
  readonly inode: number;
  readonly owner: SocketOwner;
  readonly readable = new WaitQueue();
  readonly writable = new WaitQueue();
  v6only = false;
  reusePort = false;
  localAddress: string;
  localPort = 0;
  peerAddress: string;
  peerPort = 0;
  backlog = 0;
  state: SocketState = 'CLOSE';
  /** What ended it or kept it from connecting. */
  error: Errno | undefined;
  readonly #stack: SocketStack;
  readonly #registry: TcpRegistry;
  readonly #pending: TcpSocket[] = [];
  /** The listener it came from, until it is accepted. */
  #parent: TcpSocket | undefined;
  #received = '';
  #ended = false;
  #consumed = 0;
  #unacknowledged = 0;
  readonly #outbox: TcpOutbox;
  #connectRetry: Timer | undefined;
  #writeClosed = false;
  /** No descriptor stands for it any more. */
  #orphaned = false;

  constructor(options: TcpSocketOptions) {
    super();
    this.#stack = options.stack;
    this.#registry = options.registry;
    this.owner = options.owner;
    this.family = options.family;
    this.inode = options.owner.nextInode();
    this.localAddress = unspecified(options.family);
    this.peerAddress = unspecified(options.family);
    this.#outbox = new TcpOutbox({
      simulation: options.stack.simulation,
      transmit: (body) => this.#transmit(body) === 'delivered',
      sent: (body) => {
        if (body.kind === 'fin') this.#finSent();
      },
      gaveUp: () => {
        this.fail(errno('ETIMEDOUT'));
      },
    });
  }

  get description(): string {
    return `socket:[${this.inode}]`;
  }

  get entry(): SocketEntry {
    const listening = this.state === 'LISTEN';
    return {
      protocol: 'tcp',
      family: this.family,
      v6only: this.v6only,
      localAddress: this.localAddress,
      localPort: this.localPort,
      peerAddress: this.peerAddress,
      peerPort: this.peerPort,
      state: this.state,
      receiveQueue: listening ? this.#pending.length : this.#received.length,
      sendQueue: listening ? this.backlog : this.#unacknowledged,
      inode: this.inode,
      uid: this.owner.uid,
    };
  }

  /** Its packets, own side first. */
  get tuple(): Tuple {
    return {
      protocol: 'tcp',
      source: this.localAddress,
      sourcePort: this.localPort,
      destination: this.peerAddress,
      destinationPort: this.peerPort,
    };
  }

  // ── connecting and accepting ──

  /** Sends the first SYN; `writable` is notified when the answer is there (then look at `state` and `error`). */
  startConnect(): Errno | undefined {
    this.state = 'SYN_SENT';
    this.#registry.registered(this);
    return this.#sendSyn(0);
  }

  /** The next connection that has been made, undefined when there is none. */
  accept(): TcpSocket | undefined {
    const next = this.#pending.shift();
    if (next) next.#parent = undefined;
    return next;
  }

  /** Whether connections wait to be accepted. */
  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  /** A SYN for this listener has come: makes the connection that will be accepted. */
  openFrom(packet: Packet): void {
    if (this.#pending.length > this.backlog) return;
    const child = new TcpSocket({
      stack: this.#stack,
      registry: this.#registry,
      owner: this.owner,
      family: this.family,
    });
    child.localAddress = packet.destination;
    child.localPort = packet.destinationPort;
    child.peerAddress = packet.source;
    child.peerPort = packet.sourcePort;
    child.state = 'SYN_RECV';
    child.#parent = this;
    this.#registry.registered(child);
    child.#transmit({ kind: 'syn-ack' });
  }

  // ── what arrives ──

  receive(packet: Packet): void {
    const { body } = packet;
    switch (body.kind) {
      case 'syn':
        if (this.state === 'SYN_RECV') this.#transmit({ kind: 'syn-ack' });
        return;
      case 'syn-ack':
        if (this.state !== 'SYN_SENT') return;
        this.#connectRetry?.cancel();
        this.state = 'ESTABLISHED';
        this.#transmit({ kind: 'ack', consumed: 0 });
        this.writable.notify();
        this.readable.notify();
        return;
      case 'ack':
        this.#establish();
        this.#unacknowledged = Math.max(0, this.#unacknowledged - body.consumed);
        this.writable.notify();
        return;
      case 'data':
        this.#establish();
        if (this.#ended) return;
        if (this.#orphaned) {
          // Nobody can read this any more (tcp_rcv_state_process, SOCK_DEAD).
          this.#transmit({ kind: 'rst' });
          this.#stop();
          return;
        }
        this.#received += body.text;
        this.readable.notify();
        return;
      case 'fin':
        this.#establish();
        this.#finish();
        return;
      case 'rst':
        if (this.state === 'TIME_WAIT') return;
        this.fail(errno(this.state === 'SYN_SENT' ? 'ECONNREFUSED' : 'ECONNRESET'));
        return;
      default:
        return;
    }
  }

  /** An ICMP error about this connection: fatal only while connecting. */
  unreachable(reason: UnreachableReason): void {
    if (this.state !== 'SYN_SENT') return;
    this.fail(errno(reason === 'port-unreachable' ? 'ECONNREFUSED' : reason === 'net-unreachable' ? 'ENETUNREACH' : 'EHOSTUNREACH'));
  }

  /** Ends at once with `error`. */
  fail(error: Errno): void {
    this.error = error;
    this.#stop();
  }

  // ── as an open file ──

  read(request: ReadRequest): ReadResult {
    const taken = takeFrom(this.#received, request, this.#ended || this.error !== undefined);
    if (taken) {
      this.#received = taken[1];
      this.#consumed += taken[0].length;
      if (this.#consumed >= ACKNOWLEDGE_EVERY) {
        this.#transmit({ kind: 'ack', consumed: this.#consumed });
        this.#consumed = 0;
      }
      return taken[0];
    }
    if (this.error) {
      const error = this.error;
      return error;
    }
    if (this.#ended) return '';
    if (this.state === 'CLOSE' || this.state === 'LISTEN') return errno('ENOTCONN');
    return AGAIN;
  }

  write(text: string): Errno | undefined {
    if (this.error) return this.error.code === 'ECONNRESET' ? errno('EPIPE') : this.error;
    if (this.#writeClosed || this.state === 'CLOSE') return errno('EPIPE');
    if (this.state !== 'ESTABLISHED' && this.state !== 'CLOSE_WAIT') return errno('ENOTCONN');
    this.#unacknowledged += text.length;
    this.#outbox.add({ kind: 'data', text });
    return undefined;
  }

  get full(): boolean {
    return this.#unacknowledged >= WINDOW && this.error === undefined && this.state !== 'CLOSE';
  }

  /** shutdown(2) of the writing side. */
  shutdown(): void {
    if (this.#writeClosed) return;
    if (this.state === 'ESTABLISHED') this.state = 'FIN_WAIT1';
    else if (this.state === 'CLOSE_WAIT') this.state = 'LAST_ACK';
    else return;
    this.#writeClosed = true;
    this.#outbox.add({ kind: 'fin' });
  }

  protected closed(): void {
    this.#orphaned = true;
    switch (this.state) {
      case 'LISTEN':
        for (const each of this.#pending) each.closed();
        this.#stop();
        return;
      case 'ESTABLISHED':
      case 'CLOSE_WAIT':
        // Unread data tells the other side that it talked to nobody.
        if (this.#received !== '') {
          this.#transmit({ kind: 'rst' });
          this.#stop();
        } else {
          this.shutdown();
          this.#awaitEnd();
        }
        return;
      case 'FIN_WAIT1':
      case 'FIN_WAIT2':
      case 'LAST_ACK':
      case 'TIME_WAIT':
      case 'CLOSING':
        this.#awaitEnd();
        return;
      default:
        this.#stop();
    }
  }

  /** The other side has tcp_fin_timeout to close as well. */
  #awaitEnd(): void {
    this.#stack.simulation.after(FIN_TIMEOUT, () => {
      if (this.state === 'FIN_WAIT2') this.#stop();
    });
  }

  #establish(): void {
    if (this.state !== 'SYN_RECV') return;
    this.state = 'ESTABLISHED';
    const parent = this.#parent;
    if (!parent || parent.state !== 'LISTEN') {
      this.#transmit({ kind: 'rst' });
      this.#stop();
      return;
    }
    parent.#pending.push(this);
    parent.readable.notify();
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.readable.notify();
    if (this.state === 'ESTABLISHED') this.state = 'CLOSE_WAIT';
    else if (this.state === 'FIN_WAIT1' || this.state === 'FIN_WAIT2') {
      this.state = 'TIME_WAIT';
      this.#registry.timeWait(this);
    }
  }

  #stop(): void {
    this.#connectRetry?.cancel();
    this.#outbox.stop();
    this.state = 'CLOSE';
    this.#registry.closed(this);
    this.readable.notify();
    this.writable.notify();
  }

  #sendSyn(attempt: number): Errno | undefined {
    const packet = newPacket(
      this.tuple,
      { kind: 'syn' },
      {
        ttl: this.#stack.ttl,
        trace: this.#stack.startTrace(`tcp ${this.localAddress}:${this.localPort} > ${this.peerAddress}:${this.peerPort}`),
      },
    );
    const outcome = this.#stack.send(packet);
    if (isErrno(outcome) && outcome.code !== 'EPERM' && attempt === 0) {
      this.state = 'CLOSE';
      this.#registry.closed(this);
      return outcome;
    }
    this.#connectRetry = this.#stack.simulation.after(FIRST_RETRY * 2 ** attempt, () => {
      if (this.state !== 'SYN_SENT') return;
      if (attempt >= this.#stack.socketDefaults.synRetries) this.fail(errno('ETIMEDOUT'));
      else this.#sendSyn(attempt + 1);
    });
    return undefined;
  }

  #finSent(): void {
    if (this.state === 'FIN_WAIT1') {
      if (this.#ended) {
        this.state = 'TIME_WAIT';
        this.#registry.timeWait(this);
      } else this.state = 'FIN_WAIT2';
    } else if (this.state === 'LAST_ACK') this.#stop();
  }

  #transmit(body: PacketBody): 'delivered' | 'dropped' {
    const outcome = this.#stack.send(newPacket(this.tuple, body, { ttl: this.#stack.ttl }));
    return outcome === 'delivered' ? 'delivered' : 'dropped';
  }
}
