/** Answers DNS queries for machines without processes, such as the gateway. What there is to answer is the caller's. */
import { isErrno, type Errno } from '../errno.ts';
import { decodeQuery, encodeAnswer, type DnsAnswer, type DnsQuery, type DnsRecord } from './dns-message.ts';
import type { NetworkNamespace } from './network-namespace.ts';
import type { DatagramSocket } from './socket/datagram-socket.ts';

/** What a server says to a query. */
export type DnsHandler = (query: DnsQuery) => Omit<DnsAnswer, 'id' | 'name' | 'type'>;

/** Serves port 53 of `address` in a namespace that has no processes. @returns why it cannot */
export function attachDns(namespace: NetworkNamespace, address: string, handler: DnsHandler): Errno | undefined {
  let inode = 1;
  const socket = namespace.sockets.openUdp({ family: 4, address, port: 53 }, { uid: 0, nextInode: () => inode++ });
  if (isErrno(socket)) return socket;
  const serve = (): void => {
    for (let next = socket.take(); next; next = socket.take()) if (next.kind === 'datagram') reply(socket, next, handler);
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
