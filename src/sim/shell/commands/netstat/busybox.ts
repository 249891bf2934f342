/** netstat of BusyBox 1.37 (networking/netstat.c): sockets and routes of its network namespace. */
import type { SocketEntry } from '../../../linux/net/socket/socket.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { ipv4RouteTable, ipv6RouteTable } from '../../network/route-listing.ts';
import { endNames, wantedSockets, type EndNames } from '../../network/socket-listing.ts';
import { scanFails, socketHolders, type SocketHolderView } from '../../network/socket-holders.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

const USAGE = `netstat [-ral] [-tuwx] [-enWp]

Display networking information

\t-r\tRouting table
\t-a\tAll sockets
\t-l\tListening sockets
\t\tElse: connected sockets
\t-t\tTCP sockets
\t-u\tUDP sockets
\t-w\tRaw sockets
\t-x\tUnix sockets
\t\tElse: all socket types
\t-e\tOther/more information
\t-n\tDon't resolve names
\t-W\tWide display
\t-p\tShow PID/program name for sockets`;

function programText(holders: readonly SocketHolderView[] | undefined): string {
  const first = holders?.[0];
  if (!first) return '-';
  const [command = first.comm] = first.argv;
  return `${first.pid}/${command.slice(command.lastIndexOf('/') + 1)}`;
}

function* endText(end: { readonly address: string; readonly port: number }, names: EndNames, protocol: string): Blocking<string> {
  const host = (yield* names.host(end.address)) ?? end.address;
  return `${host}:${names.port(end.port, protocol)}`;
}

interface Wishes {
  readonly names: EndNames;
  readonly holders: ReadonlyMap<number, readonly SocketHolderView[]> | undefined;
  readonly width: number;
}

function* socketLine(entry: SocketEntry, wishes: Wishes): Blocking<string> {
  const peer =
    entry.peerPort === 0
      ? entry.peerAddress
      : entry.family === 6 && !entry.peerAddress.includes(':')
        ? `::ffff:${entry.peerAddress}`
        : entry.peerAddress;
  const local = entry.family === 6 && !entry.localAddress.includes(':') ? `::ffff:${entry.localAddress}` : entry.localAddress;
  const ends = [
    yield* endText({ address: local, port: entry.localPort }, wishes.names, entry.protocol),
    yield* endText({ address: peer, port: entry.peerPort }, wishes.names, entry.protocol),
  ];
  const state = entry.protocol === 'udp' && entry.state === 'CLOSE' ? '' : entry.state;
  const queues = `${String(entry.receiveQueue).padStart(6)} ${String(entry.state === 'LISTEN' ? 0 : entry.sendQueue).padStart(6)}`;
  const program = wishes.holders ? programText(entry.inode === 0 ? undefined : wishes.holders.get(entry.inode)).slice(0, 20) : '';
  return `${entry.protocol}   ${queues} ${ends.map((end) => end.slice(0, wishes.width).padEnd(wishes.width)).join(' ')} ${state.padEnd(12)}${program}\n`;
}

function* listSockets(call: ToolCall): Blocking<void> {
  const { context } = call;
  const picked = call.has('t') || call.has('u') || call.has('w') || call.has('x');
  const scope = call.has('a') ? '(servers and established)' : call.has('l') ? '(only servers)' : '(w/o servers)';
  const width = call.has('W') ? 51 : 23;
  if (call.has('p') && scanFails(context)) context.err("netstat: can't scan /proc - are you root?\n");
  const wishes: Wishes = { names: yield* endNames(context, call.has('n')), holders: call.has('p') ? socketHolders(context) : undefined, width };
  if (call.has('t') || call.has('u') || call.has('w') || !picked) {
    call.out(
      `Active Internet connections ${scope}\nProto Recv-Q Send-Q ${'Local Address'.padEnd(width)} ${'Foreign Address'.padEnd(width)} State       ${call.has('p') ? 'PID/Program name    ' : ''}\n`,
    );
    const entries = wantedSockets(context, {
      listening: call.has('l'),
      all: call.has('a'),
      tcp: call.has('t') || !picked,
      udp: call.has('u') || !picked,
      families: [4, 6],
    });
    for (const entry of entries) call.out(yield* socketLine(entry, wishes));
  }
  if (!call.has('x') && picked) return;
  call.out(
    `Active UNIX domain sockets ${scope}\nProto RefCnt Flags       Type       State         I-Node ${call.has('p') ? 'PID/Program name    ' : ''}Path\n`,
  );
  for (const each of context.process.namespaces.net.unixSockets.list()) {
    const listens = each.state === 'LISTENING';
    if (!call.has('a') && listens !== call.has('l')) continue;
    const program = wishes.holders ? `${programText(wishes.holders.get(each.inode)).slice(0, 20).padEnd(20)}` : '';
    call.out(
      `unix  ${String(each.state === 'CONNECTED' ? 3 : 2).padEnd(6)} ${(listens ? '[ ACC ]' : '[ ]').padEnd(11)} ${each.type.padEnd(10)} ${(each.state === 'UNCONNECTED' ? '' : each.state).padEnd(13)} ${String(each.inode).padStart(6)} ${program}${each.path ?? ''}\n`,
    );
  }
}

const rules = { short: 'laentuwxrWpA:' } as const;

export const { busybox: command } = defineTool({
  name: 'netstat',
  suite: 'net-tools',
  summary: { zh: '列出套接字和路由', en: 'List sockets and routes' },
  usage: USAGE,
  busybox: rules,
  gnu: rules,
  *run(call) {
    if (call.has('r')) {
      const six = call.value('A')?.startsWith('inet6') === true;
      call.out(
        six
          ? ipv6RouteTable(call.context, { style: 'busybox' })
          : yield* ipv4RouteTable(call.context, {
              numeric: call.has('n'),
              style: call.has('e') ? 'metric' : 'window',
              any: { numeric: '0.0.0.0', named: 'default', gateway: '*' },
            }),
      );
      return 0;
    }
    yield* listSockets(call);
    return 0;
  },
});
