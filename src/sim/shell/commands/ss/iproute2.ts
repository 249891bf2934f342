/** ss of iproute2 6.1 (misc/ss.c): sockets of its network namespace, with the processes that hold them as far as /proc shows them. */
import { isAny } from '../../../linux/net/address.ts';
import type { SocketEntry, SocketState } from '../../../linux/net/socket/socket.ts';
import type { UnixSocket } from '../../../linux/net/socket/unix-socket.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { HostNames, readServices } from '../../network/name-service.ts';
import { socketHolders, type SocketHolderView } from '../../network/socket-holders.ts';
import { parseOptions, type ParsedOptions } from '../../options/parse-options.ts';
import { DEFAULT_STATES, EVERY_STATE, readFilter, type SocketFilter } from './socket-filter.ts';
import { socketTable, type SocketRow } from './socket-table.ts';

const USAGE = `Usage: ss [ OPTIONS ]
       ss [ OPTIONS ] [ FILTER ]
   -h, --help          this message
   -V, --version       output version information
   -n, --numeric       don't resolve service names
   -r, --resolve       resolve host names
   -a, --all           display all sockets
   -l, --listening     display listening sockets
   -o, --options       show timer information
   -e, --extended      show detailed socket information
   -m, --memory        show socket memory usage
   -p, --processes     show process using socket
   -i, --info          show internal TCP information
   -s, --summary       show socket usage summary
   -N, --net           switch to the specified network namespace name

   -4, --ipv4          display only IP version 4 sockets
   -6, --ipv6          display only IP version 6 sockets
   -t, --tcp           display only TCP sockets
   -u, --udp           display only UDP sockets
   -w, --raw           display only RAW sockets
   -x, --unix          display only Unix domain sockets
   -f, --family=FAMILY display sockets of type FAMILY
       FAMILY := {inet|inet6|link|unix|netlink|vsock|tipc|xdp|help}

   -H, --no-header     Suppress header line
   -O, --oneline       socket's data printed on a single line
`;

const RULES = {
  short: 'hVnralomepisZzN:46tuwxdSMf:A:HOKTE0',
  long: {
    help: 'none',
    version: 'none',
    numeric: 'none',
    resolve: 'none',
    all: 'none',
    listening: 'none',
    options: 'none',
    extended: 'none',
    memory: 'none',
    processes: 'none',
    info: 'none',
    summary: 'none',
    net: 'required',
    ipv4: 'none',
    ipv6: 'none',
    tcp: 'none',
    udp: 'none',
    raw: 'none',
    unix: 'none',
    family: 'required',
    'no-header': 'none',
    oneline: 'none',
    kill: 'none',
    query: 'required',
    threads: 'none',
  },
} as const;

const LONG_NAMES: Readonly<Record<string, string>> = {
  h: 'help',
  V: 'version',
  n: 'numeric',
  r: 'resolve',
  a: 'all',
  l: 'listening',
  o: 'options',
  e: 'extended',
  m: 'memory',
  p: 'processes',
  i: 'info',
  s: 'summary',
  N: 'net',
  4: 'ipv4',
  6: 'ipv6',
  t: 'tcp',
  u: 'udp',
  w: 'raw',
  x: 'unix',
  f: 'family',
  H: 'no-header',
  O: 'oneline',
  A: 'query',
  K: 'kill',
  T: 'threads',
  d: 'dccp',
  S: 'sctp',
};

const STATE_NAMES: Readonly<Record<SocketState, string>> = {
  ESTABLISHED: 'ESTAB',
  SYN_SENT: 'SYN-SENT',
  SYN_RECV: 'SYN-RECV',
  FIN_WAIT1: 'FIN-WAIT-1',
  FIN_WAIT2: 'FIN-WAIT-2',
  TIME_WAIT: 'TIME-WAIT',
  CLOSE: 'UNCONN',
  CLOSE_WAIT: 'CLOSE-WAIT',
  LAST_ACK: 'LAST-ACK',
  LISTEN: 'LISTEN',
  CLOSING: 'CLOSING',
};

/** What of the command line matters for the lines. */
interface Wishes {
  readonly has: (name: string) => boolean;
  readonly services: ReadonlyMap<string, string>;
  readonly names: HostNames | undefined;
  readonly holders: ReadonlyMap<number, readonly SocketHolderView[]> | undefined;
}

function* addressText(address: string, wishes: Wishes): Blocking<string> {
  const name = wishes.names && (yield* wishes.names.nameOf(address));
  return name ?? (address.includes(':') ? `[${address}]` : address);
}

/** Local or remote end: address and port as two columns. */
function* endOf(entry: SocketEntry, side: 'local' | 'peer', wishes: Wishes): Blocking<readonly [string, string]> {
  const address = side === 'local' ? entry.localAddress : entry.peerAddress;
  const port = side === 'local' ? entry.localPort : entry.peerPort;
  const portText = port === 0 ? '*' : (wishes.services.get(`${port}/${entry.protocol}`) ?? String(port));
  if (entry.family === 4) return [`${yield* addressText(address, wishes)}:`, portText];
  if (isAny(address)) return [entry.v6only ? '[::]:' : '*:', portText];
  return [`${yield* addressText(address.includes(':') ? address : `::ffff:${address}`, wishes)}:`, portText];
}

function holdersText(holders: readonly SocketHolderView[] | undefined): string {
  if (!holders || holders.length === 0) return '';
  // user_ent_add puts each new one at the head.
  const users = holders.toReversed().map((each) => `("${each.comm}",pid=${each.pid},fd=${each.fd})`);
  return `users:(${users.join(',')})`;
}

function* inetRow(entry: SocketEntry, wishes: Wishes): Blocking<SocketRow> {
  const [local, localPort] = yield* endOf(entry, 'local', wishes);
  const [peer, peerPort] = yield* endOf(entry, 'peer', wishes);
  const process: string[] = [];
  const users = holdersText(wishes.holders?.get(entry.inode));
  if (users !== '') process.push(users);
  if (wishes.has('extended') && entry.inode !== 0) {
    if (entry.uid !== 0) process.push(`uid:${entry.uid}`);
    process.push(
      `ino:${entry.inode} sk:${(entry.inode + 0x1000).toString(16)} cgroup:unreachable:1${entry.family === 6 && entry.state === 'LISTEN' ? ` v6only:${entry.v6only ? 1 : 0}` : ''} <->`,
    );
  }
  return [
    entry.protocol,
    STATE_NAMES[entry.state],
    String(entry.receiveQueue),
    String(entry.sendQueue),
    local,
    localPort,
    peer,
    peerPort,
    (process.length === 0 ? '' : ` ${process.join(' ')}`) + details(entry, wishes.has),
  ];
}

/** `-m` and `-i` of a listening socket: the kernel's defaults, on a line of their own. */
function details(entry: SocketEntry, has: (name: string) => boolean): string {
  if (entry.state !== 'LISTEN') return '';
  const text = `${has('memory') ? ' skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0)' : ''}${has('info') ? ' bbr cwnd:10' : ''}`;
  return text === '' ? '' : `${has('oneline') ? '' : '\n\t'}${text}`;
}

type Tables = Readonly<Record<'tcp' | 'udp' | 'unix' | 'other' | 'dccp', boolean>>;

/** Names of `-A` (misc/ss.c db_name_tbl). @returns the name that is none */
function queriedTables(text: string): Tables | { readonly bad: string } {
  const names = new Set<string>();
  for (const name of text.split(',')) {
    if (name === 'all' || name === 'inet') for (const each of ['tcp', 'udp', 'dccp', ...(name === 'all' ? ['unix'] : [])]) names.add(each);
    else if (/^(tcp|udp|dccp|unix)$/.test(name)) names.add(name);
    else if (/^unix_|^u_/.test(name)) names.add('unix');
    else if (/^(raw|sctp|mptcp|packet(_raw|_dgram)?|p_(raw|dgr)|netlink|vsock(_stream|_dgram)?|v_(str|dgr)|tipc|xdp)$/.test(name)) names.add('other');
    else return { bad: name };
  }
  return { tcp: names.has('tcp'), udp: names.has('udp'), unix: names.has('unix'), other: names.has('other'), dccp: names.has('dccp') };
}

function unixRow(socket: UnixSocket, wishes: Wishes): SocketRow {
  const kinds = { STREAM: 'u_str', DGRAM: 'u_dgr', SEQPACKET: 'u_seq' } as const;
  const states = { LISTENING: 'LISTEN', CONNECTED: 'ESTAB', UNCONNECTED: 'UNCONN' } as const;
  const users = holdersText(wishes.holders?.get(socket.inode));
  return [
    kinds[socket.type],
    states[socket.state],
    '0',
    String(socket.backlog),
    socket.path ?? '*',
    ` ${socket.inode}`,
    '*',
    ` ${socket.peer}`,
    users === '' ? '' : ` ${users}`,
  ];
}

function summary(context: ProcessContext): string {
  const { net } = context.process.namespaces;
  const entries = net.sockets.list();
  const tcp = entries.filter((each) => each.protocol === 'tcp');
  const waiting = tcp.filter((each) => each.state === 'TIME_WAIT').length;
  const live = tcp.length - waiting;
  const established = tcp.filter((each) => each.state === 'ESTABLISHED').length;
  const udp = entries.filter((each) => each.protocol === 'udp');
  const of = (list: readonly SocketEntry[], family: 4 | 6): number =>
    list.filter((each) => each.family === family && each.state !== 'TIME_WAIT').length;
  const line = (name: string, four: number, six: number): string =>
    `${name}\t  ${String(four + six).padEnd(9)} ${String(four).padEnd(9)} ${String(six).padEnd(9)}\n`;
  return (
    `Total: ${live + udp.length + net.unixSockets.list().length}\nTCP:   ${tcp.length} (estab ${established}, closed ${waiting}, orphaned 0, timewait ${waiting})\n\n` +
    `Transport Total     IP        IPv6\n${line('RAW', 0, 0)}${line('UDP', of(udp, 4), of(udp, 6))}${line('TCP', of(tcp, 4), of(tcp, 6))}${line('INET', of(udp, 4) + of(tcp, 4), of(udp, 6) + of(tcp, 6))}${line('FRAG', 0, 0)}\n`
  );
}

function statesOf(filter: SocketFilter, has: (name: string) => boolean): ReadonlySet<SocketState> {
  if (filter.states) return filter.states;
  if (has('all')) return EVERY_STATE;
  return has('listening') ? new Set<SocketState>(['LISTEN', 'CLOSE']) : DEFAULT_STATES;
}

function* list(context: ProcessContext, parsed: ParsedOptions, has: (name: string) => boolean): Running {
  const services = has('numeric') ? new Map<string, string>() : yield* readServices(context);
  const known = services.size > 0 || !has('numeric') ? yield* readServices(context) : services;
  const portOf = (name: string): number | undefined => {
    if (/^\d+$/.test(name)) return Number(name);
    const found = [...known].find(([, each]) => each === name)?.[0];
    return found === undefined ? undefined : Number(found.split('/')[0]);
  };
  const filter = readFilter(parsed.operands, portOf);
  if ('bad' in filter) {
    context.err(`${filter.bad}\n${filter.usage ? USAGE : ''}`);
    return filter.code;
  }
  const family = parsed.options.findLast((each) => each.name === 'f' || each.name === 'family')?.value;
  const four = has('ipv4') || family === 'inet';
  const six = has('ipv6') || family === 'inet6';
  if (family !== undefined && !/^(inet6?|link|unix|netlink|vsock|tipc|xdp)$/.test(family)) {
    context.err(`ss: "${family}" is invalid family\n${USAGE}`);
    return 255;
  }
  const query = parsed.options.findLast((each) => each.name === 'A' || each.name === 'query')?.value;
  const queried = query === undefined ? undefined : queriedTables(query);
  if (queried && 'bad' in queried) {
    context.err(`ss: "${queried.bad}" is illegal socket table id\n${USAGE}`);
    return 255;
  }
  const other = ['raw', 'sctp', '0', 'M'].some(has) || (family !== undefined && !/^(inet6?|unix)$/.test(family));
  const typed = { tcp: has('tcp'), udp: has('udp'), unix: has('unix') || family === 'unix', other, dccp: has('dccp') };
  const any = Object.values(typed).includes(true);
  const wanted = queried ?? (any ? typed : { tcp: true, udp: true, unix: !four && !six, other: false, dccp: true });
  // The recorded kernels have no DCCP; the others of a dump that cannot be made stay silent.
  if (wanted.dccp) context.err('RTNETLINK answers: Invalid argument\n');
  const states = statesOf(filter, has);
  const wishes: Wishes = {
    has,
    services,
    names: has('resolve') ? new HostNames(context) : undefined,
    holders: has('processes') ? socketHolders(context) : undefined,
  };
  const { net } = context.process.namespaces;
  const rows: SocketRow[] = [];
  const filtering = parsed.operands.length > 0 && !['state', 'exclude', 'excl'].includes(parsed.operands[0] ?? '');
  if (wanted.unix && !filtering) {
    for (const each of net.unixSockets.list()) {
      const state = each.state === 'LISTENING' ? 'LISTEN' : each.state === 'CONNECTED' ? 'ESTABLISHED' : 'CLOSE';
      if (states.has(state)) rows.push(unixRow(each, wishes));
    }
  }
  for (const protocol of ['udp', 'tcp'] as const) {
    if (!wanted[protocol]) continue;
    for (const version of [4, 6] as const) {
      if ((four || six) && !(version === 4 ? four : six)) continue;
      for (const entry of net.sockets.list()) {
        if (entry.protocol === protocol && entry.family === version && states.has(entry.state) && filter.test(entry))
          rows.push(yield* inetRow(entry, wishes));
      }
    }
  }
  const kinds = Object.values(wanted).filter(Boolean).length;
  if (has('extended')) context.err('Failed to find cgroup2 mount\n'.repeat(rows.length === 0 ? 0 : rows.length + 1));
  const screen = context.process.files.get(1)?.tty?.columns;
  context.out(
    socketTable(rows, {
      header: !has('no-header'),
      hideNetid: kinds === 1 && !wanted.unix,
      hideState: filter.states?.size === 1,
      screen: has('oneline') ? undefined : screen,
    }),
  );
  return 0;
}

export const command: Command = {
  name: 'ss',
  suite: 'iproute2',
  summary: { zh: '列出套接字与占用它们的进程', en: 'List sockets and the processes that hold them' },
  options: ['-t', '-u', '-l', '-n', '-a', '-p', '-x', '-4', '-6', '-s', '-e', '-r', '-H', '-O'],
  *run(context) {
    const parsed = parseOptions(context.args, RULES);
    if (parsed.kind === 'mistake') {
      context.err(`ss: ${parsed.message}\n${USAGE}`);
      return 255;
    }
    const given = new Set(parsed.options.map((option) => LONG_NAMES[option.name] ?? option.name));
    const has = (name: string): boolean => given.has(name);
    if (has('help')) {
      context.out(USAGE);
      return 0;
    }
    if (has('version')) {
      context.out('ss utility, iproute2-6.1.0\n');
      return 0;
    }
    if (has('Z') || has('z')) {
      context.err('ss: SELinux is not enabled.\n');
      return 1;
    }
    if (has('summary')) {
      context.out(summary(context));
      if (given.size === 1) return 0;
    }
    return yield* list(context, parsed, has);
  },
};
