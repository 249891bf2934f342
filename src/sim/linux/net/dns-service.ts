/** Answers DNS queries on a socket: as a process (CoreDNS) or, for machines without processes (the gateway), as a listener. Zones are the caller's. */
import { isErrno, type Errno } from '../errno.ts';
import type { ProcessContext } from '../process/process-context.ts';
import type { Running } from '../process/wait.ts';
import { decodeQuery, encodeAnswer, type DnsAnswer, type DnsQuery, type DnsRecord } from './dns-message.ts';
import type { NetworkNamespace } from './network-namespace.ts';
import type { DatagramSocket } from './socket/datagram-socket.ts';
import { receive } from './socket-calls.ts';

/** What a server says to a query. */
export type DnsHandler = (query: DnsQuery) => Omit<DnsAnswer, 'id' | 'name' | 'type'>;

/** Serves `socket` for ever, as a program. */
export function* serveDns(context: ProcessContext, socket: DatagramSocket, handler: DnsHandler): Running {
  for (;;) {
    const arrival = yield* receive(context, socket);
    if (isErrno(arrival)) {
      if (arrival.code === 'EINTR') continue;
      return 1;
    }
    if (arrival.kind === 'datagram') reply(socket, arrival, handler);
  }
}

/** Serves port 53 of `address` in a namespace that has no processes. @returns why it cannot */
export function attachDns(
  namespace: NetworkNamespace,
  address: string,
  handler: DnsHandler,
): Errno | undefined {
  let inode = 1;
  const socket = namespace.sockets.openUdp(
    { family: 4, address, port: 53 },
    { uid: 0, nextInode: () => inode++ },
  );
  if (isErrno(socket)) return socket;
  const serve = (): void => {
    for (let next = socket.take(); next; next = socket.take())
      if (next.kind === 'datagram') reply(socket, next, handler);
    socket.readable.add(serve);
  };
  serve();
  return undefined;
}

/** A zone that knows only these names (CoreDNS `hosts`); everything else does not exist (`template … NXDOMAIN`). */
export function hostsZone(addressByName: ReadonlyMap<string, string>): DnsHandler {
  return (query) => {
    const address = addressByName.get(query.name.toLowerCase());
    const records: DnsRecord[] = [];
    if (address !== undefined && (query.type === 'A' || query.type === 'ANY'))
      records.push({ name: query.name, type: 'A', ttl: 3600, data: address });
    const known = address !== undefined;
    return {
      rcode: known ? 'NOERROR' : 'NXDOMAIN',
      authoritative: known,
      recursionAvailable: false,
      records,
      authority: [],
    };
  };
}

function reply(
  socket: DatagramSocket,
  arrival: { readonly text: string; readonly address: string; readonly port: number },
  handler: DnsHandler,
): void {
  const query = decodeQuery(arrival.text);
  if (query) socket.sendTo(arrival.address, arrival.port, encodeAnswer({ ...handler(query), ...query }));
}
