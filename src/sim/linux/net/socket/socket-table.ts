/** All internet sockets of one namespace: binding rules (net/ipv4/inet_connection_sock.c), choosing ports, and handing arriving packets to the right socket. */
import { errno, isErrno, type Errno } from '../../errno.ts';
import { familyOf, isAny, type Family } from '../address.ts';
import { inverted, newPacket, tupleKey, tupleOf, type Packet } from '../packet.ts';
import { DatagramSocket } from './datagram-socket.ts';
import { bindingScore, overlap, type Binding, type SocketEntry, type SocketOwner, type SocketStack } from './socket.ts';
import { bucketOf, type HashSeeds } from './listening-order.ts';
import { TcpSocket, type TcpRegistry } from './tcp-socket.ts';

export interface BindRequest {
  readonly family: Family;
  readonly address: string;
  /** 0 lets the kernel choose. */
  readonly port: number;
  readonly v6only?: boolean;
  readonly reusePort?: boolean;
}

export interface SocketTableParts {
  readonly stack: SocketStack;
  readonly isLocal: (address: string) => boolean;
  /** net.ipv4.ip_local_port_range */
  readonly portRange: () => readonly [number, number];
  /** Tells the sender of `packet` that nobody listens. */
  readonly complain: (packet: Packet) => void;
}

/** TCP_TIMEWAIT_LEN */
const TIME_WAIT_MS = 60_000;

export class SocketTable implements TcpRegistry {
  /** What decides the order of listening sockets. */
  hashSeeds: HashSeeds = {};
  readonly #parts: SocketTableParts;
  readonly #listenersByPort = new Map<number, TcpSocket[]>();
  readonly #connectionByKey = new Map<string, TcpSocket>();
  readonly #datagramsByPort = new Map<string, DatagramSocket[]>();

  constructor(parts: SocketTableParts) {
    this.#parts = parts;
  }

  /**
   * socket + bind + listen.
   * @returns the listener, EADDRINUSE (somebody listens there) or EADDRNOTAVAIL (not an own address)
   */
  listen(request: BindRequest & { readonly backlog: number }, owner: SocketOwner): TcpSocket | Errno {
    const binding = this.#bind(request, (port) => this.#listenersByPort.get(port) ?? [], owner);
    if (isErrno(binding)) return binding;
    const socket = new TcpSocket({ stack: this.#parts.stack, registry: this, owner, family: request.family });
    socket.localAddress = binding.address;
    socket.localPort = binding.port;
    socket.v6only = binding.v6only;
    socket.reusePort = request.reusePort ?? false;
    socket.backlog = Math.min(request.backlog, 4096);
    socket.state = 'LISTEN';
    push(this.#listenersByPort, binding.port, socket);
    return socket;
  }

  /** socket + connect: the answer comes later (see TcpSocket.startConnect). @returns EADDRNOTAVAIL (no free port), ENETUNREACH, … */
  connect(
    request: {
      readonly address: string;
      readonly port: number;
      readonly source?: string;
      readonly sourcePort?: number;
      readonly family?: Family;
    },
    owner: SocketOwner,
  ): TcpSocket | Errno {
    // connect(2) to the unspecified address reaches the own machine.
    const address = request.address === '0.0.0.0' ? '127.0.0.1' : request.address === '::' ? '::1' : request.address;
    const decision = this.#parts.stack.lookup(address, { source: request.source });
    if (isErrno(decision)) return decision;
    const socket = new TcpSocket({
      stack: this.#parts.stack,
      registry: this,
      owner,
      family: request.family ?? familyOf(address),
    });
    socket.localAddress = decision.source;
    socket.peerAddress = address;
    socket.peerPort = request.port;
    const port =
      request.sourcePort ??
      this.#ephemeral((each) => !this.#connectionByKey.has(tupleKey({ ...socket.tuple, sourcePort: each })) && !this.#listenersByPort.has(each));
    if (port === undefined) return errno('EADDRNOTAVAIL');
    socket.localPort = port;
    return socket.startConnect() ?? socket;
  }

  /** A bound UDP socket. @returns EADDRINUSE, EADDRNOTAVAIL */
  openUdp(request: BindRequest, owner: SocketOwner): DatagramSocket | Errno {
    const binding = this.#bind(request, (port) => this.#datagramsByPort.get(`udp ${port}`) ?? [], owner);
    if (isErrno(binding)) return binding;
    const socket = this.#datagram('udp', request.family, owner);
    socket.localAddress = binding.address;
    socket.localPort = binding.port;
    socket.v6only = binding.v6only;
    socket.reusePort = request.reusePort ?? false;
    push(this.#datagramsByPort, `udp ${binding.port}`, socket);
    return socket;
  }

  /** A socket for echo requests; its local port is the id. */
  openEcho(family: Family, owner: SocketOwner): DatagramSocket {
    const socket = this.#datagram('icmp', family, owner);
    socket.localPort = this.#ephemeral((port) => !this.#datagramsByPort.has(`icmp ${port}`)) ?? 1;
    push(this.#datagramsByPort, `icmp ${socket.localPort}`, socket);
    return socket;
  }

  /** Everything, as ss and netstat list it (without echo sockets). */
  list(): readonly SocketEntry[] {
    const { inode } = this.#parts.stack;
    const entries: SocketEntry[] = [...this.#listenersByPort.values()]
      .flatMap((listeners) => listeners.map((each) => each.entry))
      .sort((a, b) => bucketOf(a, inode, this.hashSeeds) - bucketOf(b, inode, this.hashSeeds));
    for (const each of this.#connectionByKey.values()) entries.push(each.state === 'TIME_WAIT' ? { ...each.entry, inode: 0, uid: 0 } : each.entry);
    for (const sockets of this.#datagramsByPort.values()) for (const each of sockets) if (each.protocol === 'udp') entries.push(each.entry);
    return entries;
  }

  /** Whether nothing local uses this TCP or UDP port. */
  isPortFree(address: string, port: number): boolean {
    for (const each of this.#listenersByPort.get(port) ?? []) if (bindingScore(bindingOf(each), address, port) > 0) return false;
    return !this.#datagramsByPort.has(`udp ${port}`);
  }

  /** A packet for this namespace. */
  receive(packet: Packet): void {
    switch (packet.protocol) {
      case 'tcp':
        this.#receiveTcp(packet);
        return;
      case 'udp':
        this.#receiveUdp(packet);
        return;
      case 'icmp':
        this.#receiveIcmp(packet);
    }
  }

  /** Ends everything, when the namespace goes. */
  closeAll(): void {
    for (const each of [...this.#connectionByKey.values()]) each.fail(errno('ECONNRESET'));
    this.#listenersByPort.clear();
    this.#datagramsByPort.clear();
  }

  registered(socket: TcpSocket): void {
    this.#connectionByKey.set(tupleKey(socket.tuple), socket);
  }

  closed(socket: TcpSocket): void {
    remove(this.#listenersByPort, socket.localPort, socket);
    const key = tupleKey(socket.tuple);
    if (this.#connectionByKey.get(key) === socket) this.#connectionByKey.delete(key);
  }

  timeWait(socket: TcpSocket): void {
    this.#parts.stack.simulation.after(TIME_WAIT_MS, () => {
      this.closed(socket);
    });
  }

  #receiveTcp(packet: Packet): void {
    const connection = this.#connectionByKey.get(tupleKey(inverted(tupleOf(packet))));
    if (connection && !(packet.body.kind === 'syn' && connection.state === 'TIME_WAIT')) {
      connection.receive(packet);
      return;
    }
    if (packet.body.kind === 'syn') {
      const listener = this.#best(this.#listenersByPort.get(packet.destinationPort), packet);
      if (listener) {
        listener.openFrom(packet);
        return;
      }
    }
    if (packet.body.kind === 'rst') return;
    const reset = newPacket(inverted(tupleOf(packet)), { kind: 'rst' }, { ttl: this.#parts.stack.ttl });
    this.#parts.stack.send(reset);
  }

  #receiveUdp(packet: Packet): void {
    if (packet.body.kind !== 'datagram') return;
    const socket = this.#best(this.#datagramsByPort.get(`udp ${packet.destinationPort}`), packet);
    if (socket)
      socket.arrive({
        kind: 'datagram',
        text: packet.body.text,
        address: packet.source,
        port: packet.sourcePort,
        to: packet.destination,
      });
    else this.#parts.complain(packet);
  }

  #receiveIcmp(packet: Packet): void {
    const { body } = packet;
    if (body.kind === 'echo-request') {
      const { stack } = this.#parts;
      stack.send(newPacket(inverted(tupleOf(packet)), { kind: 'echo-reply', sequence: body.sequence, size: body.size }, { ttl: stack.ttl }));
      return;
    }
    if (body.kind === 'echo-reply') {
      for (const each of this.#datagramsByPort.get(`icmp ${packet.destinationPort}`) ?? []) {
        each.arrive({
          kind: 'echo-reply',
          address: packet.source,
          sequence: body.sequence,
          size: body.size,
          ttl: packet.ttl,
        });
      }
      return;
    }
    if (body.kind !== 'unreachable') return;
    const { original, reason } = body;
    if (original.protocol === 'tcp') this.#connectionByKey.get(tupleKey(original))?.unreachable(reason);
    for (const each of this.#datagramsByPort.get(`${original.protocol} ${original.sourcePort}`) ?? []) {
      each.arrive({
        kind: 'error',
        reason,
        address: packet.source,
        destination: original.destination,
        port: original.destinationPort,
      });
    }
  }

  /** The socket that fits best; of several with SO_REUSEPORT any. */
  #best<T extends TcpSocket | DatagramSocket>(sockets: readonly T[] | undefined, packet: Packet): T | undefined {
    let best: T[] = [];
    let bestScore = 0;
    for (const each of sockets ?? []) {
      if (each instanceof DatagramSocket && each.peerPort !== 0 && (each.peerAddress !== packet.source || each.peerPort !== packet.sourcePort))
        continue;
      const score = bindingScore(bindingOf(each), packet.destination, packet.destinationPort);
      if (score > bestScore) {
        best = [each];
        bestScore = score;
      } else if (score === bestScore && score > 0) best.push(each);
    }
    return best.length > 1 ? this.#parts.stack.simulation.random.pick(best) : best[0];
  }

  #bind(request: BindRequest, others: (port: number) => readonly (TcpSocket | DatagramSocket)[], owner: SocketOwner): Binding | Errno {
    if (!isAny(request.address) && !this.#parts.isLocal(request.address)) return errno('EADDRNOTAVAIL');
    const clashes = (port: number): boolean =>
      others(port).some(
        (each) =>
          overlap({ ...bindingOf(each) }, { family: request.family, v6only: request.v6only ?? false, address: request.address, port }) &&
          !(each.reusePort && request.reusePort === true && each.owner.uid === owner.uid),
      );
    const port = request.port === 0 ? this.#ephemeral((each) => others(each).length === 0, 'odd') : request.port;
    if (port === undefined || clashes(port)) return errno('EADDRINUSE');
    return { family: request.family, v6only: request.v6only ?? false, address: request.address, port };
  }

  /** connect(2) prefers even ports and bind(2) odd ones, so that they stay out of each other's way. */
  #ephemeral(free: (port: number) => boolean, first: 'even' | 'odd' = 'even'): number | undefined {
    const [low, high] = this.#parts.portRange();
    const half = Math.floor((high - low + 1) / 2);
    const parity = (first === 'odd' ? 1 : 0) ^ (low & 1);
    const start = this.#parts.stack.simulation.random.integer(0, half - 1);
    for (const offset of [parity, 1 - parity]) {
      for (let tries = 0; tries < half; tries++) {
        const port = low + offset + 2 * ((start + tries) % half);
        if (port <= high && free(port)) return port;
      }
    }
    return undefined;
  }

  #datagram(protocol: 'udp' | 'icmp', family: Family, owner: SocketOwner): DatagramSocket {
    return new DatagramSocket({
      protocol,
      stack: this.#parts.stack,
      owner,
      family,
      onClosed: (socket) => {
        remove(this.#datagramsByPort, `${protocol} ${socket.localPort}`, socket);
      },
    });
  }
}

function bindingOf(socket: TcpSocket | DatagramSocket): Binding {
  return {
    family: socket.family,
    v6only: socket.v6only,
    address: socket.localAddress,
    port: socket.localPort,
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function remove<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const left = map.get(key)?.filter((each) => each !== value) ?? [];
  if (left.length === 0) map.delete(key);
  else map.set(key, left);
}
