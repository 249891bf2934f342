/** Network system calls for programs: like ProcessContext's own calls they block with `yield*` and answer failures with Errno values. */
import { errno, isErrno, type Errno } from '../errno.ts';
import { capable } from '../process/credentials.ts';
import type { Blocking, ProcessContext } from '../process/process-context.ts';
import { familyOf, type Family } from './address.ts';
import type { Arrival, DatagramSocket } from './socket/datagram-socket.ts';
import type { SocketOwner } from './socket/socket.ts';
import type { TcpSocket } from './socket/tcp-socket.ts';

export interface ListenRequest {
  readonly port: number;
  /** `0.0.0.0`, `::` (takes IPv4 as well unless `v6only`) or an own address. Default `::`. */
  readonly address?: string;
  readonly backlog?: number;
  readonly v6only?: boolean;
  readonly reusePort?: boolean;
}

/** Who a process is to the sockets it makes. */
export function socketOwner(context: ProcessContext): SocketOwner {
  return { uid: context.process.credentials.uid, nextInode: () => context.kernel.nextFileInode() };
}

/** Whether the process may bind `port` (net/ipv4/af_inet.c __inet_bind). */
export function mayBind(context: ProcessContext, port: number): boolean {
  const { net } = context.process.namespaces;
  if (port === 0 || port >= net.sysctls.number('net.ipv4.ip_unprivileged_port_start')) return true;
  return capable(context.process.credentials, 'CAP_NET_BIND_SERVICE', net.owner);
}

/**
 * Opens a listening TCP socket; install it with `context.install` to make it the process's own (it closes with the last descriptor).
 * @returns EACCES (privileged port), EADDRINUSE, EADDRNOTAVAIL
 */
export function listen(context: ProcessContext, request: ListenRequest): TcpSocket | Errno {
  if (!mayBind(context, request.port)) return errno('EACCES');
  const address = request.address ?? '::';
  return context.process.namespaces.net.sockets.listen(
    {
      family: familyOf(address),
      address,
      port: request.port,
      v6only: request.v6only ?? false,
      reusePort: request.reusePort ?? false,
      backlog: request.backlog ?? 4096,
    },
    socketOwner(context),
  );
}

/** Waits for a connection. @returns EINVAL when the listener was closed, EINTR, EAGAIN at the deadline */
export function* accept(context: ProcessContext, listener: TcpSocket, deadline?: number): Blocking<TcpSocket | Errno> {
  for (;;) {
    const next = listener.accept();
    if (next) return next;
    if (listener.state !== 'LISTEN') return errno('EINVAL');
    const reason = yield* context.waitFor([listener.readable], deadline);
    if (reason === 'signal') return errno('EINTR');
    if (reason === 'timeout') return errno('EAGAIN');
  }
}

export interface ConnectOptions {
  /** Absolute virtual milliseconds after which the caller gives up with EAGAIN. */
  readonly deadline?: number | undefined;
  readonly source?: string;
  readonly sourcePort?: number;
}

/**
 * Connects to an address (no name). The socket is not installed yet; callers that give up early should `abandon` it.
 * @returns ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, ETIMEDOUT (after all retries), EAGAIN (deadline), EINTR
 */
export function* connect(
  context: ProcessContext,
  target: { readonly address: string; readonly port: number },
  options: ConnectOptions = {},
): Blocking<TcpSocket | Errno> {
  const socket = context.process.namespaces.net.sockets.connect(
    {
      address: target.address,
      port: target.port,
      ...(options.source === undefined ? {} : { source: options.source }),
      ...(options.sourcePort === undefined ? {} : { sourcePort: options.sourcePort }),
    },
    socketOwner(context),
  );
  if (isErrno(socket)) return socket;
  while (socket.state === 'SYN_SENT') {
    const reason = yield* context.waitFor([socket.writable], options.deadline);
    if (reason === 'ready') continue;
    abandon(socket);
    return errno(reason === 'signal' ? 'EINTR' : 'EAGAIN');
  }
  return socket.error ?? socket;
}

/** Closes a socket that was never installed. */
export function abandon(socket: TcpSocket | DatagramSocket): void {
  socket.retain();
  socket.release();
}

/** Opens a UDP socket, on a free port unless one is asked for. @returns EACCES, EADDRINUSE, EADDRNOTAVAIL */
export function openUdp(
  context: ProcessContext,
  request: {
    readonly address?: string;
    readonly port?: number;
    readonly family?: Family;
    readonly reusePort?: boolean;
  } = {},
): DatagramSocket | Errno {
  const address = request.address ?? (request.family === 6 ? '::' : '0.0.0.0');
  const port = request.port ?? 0;
  if (!mayBind(context, port)) return errno('EACCES');
  return context.process.namespaces.net.sockets.openUdp(
    { family: familyOf(address), address, port, reusePort: request.reusePort ?? false },
    socketOwner(context),
  );
}

/**
 * Opens a socket for echo requests, raw or "ping" (net/ipv4/ping.c). @param options.raw a ping socket will not do
 * @returns EPERM without CAP_NET_RAW and outside of net.ipv4.ping_group_range
 */
export function openEcho(context: ProcessContext, family: Family = 4, options: { readonly raw?: boolean } = {}): DatagramSocket | Errno {
  const { net } = context.process.namespaces;
  const { credentials } = context.process;
  const [low = 1, high = 0] = (net.sysctls.get('net.ipv4.ping_group_range') ?? '').split('\t').map(Number);
  const inRange = options.raw !== true && [credentials.gid, ...credentials.groups].some((gid) => gid >= low && gid <= high);
  if (!inRange && !capable(credentials, 'CAP_NET_RAW', net.owner)) return errno('EPERM');
  return net.sockets.openEcho(family, socketOwner(context));
}

/** Waits for the next datagram, echo reply or ICMP error. @returns EAGAIN at the deadline, EINTR */
export function* receive(context: ProcessContext, socket: DatagramSocket, deadline?: number): Blocking<Arrival | Errno> {
  for (;;) {
    const next = socket.take();
    if (next) return next;
    const reason = yield* context.waitFor([socket.readable], deadline);
    if (reason === 'signal') return errno('EINTR');
    if (reason === 'timeout') return errno('EAGAIN');
  }
}
