/** netstat of net-tools 2.10 (netstat.c, lib/inet_gr.c): sockets, routes and interface counters of its network namespace. */
import { isAny } from '../../../linux/net/address.ts';
import type { SocketEntry } from '../../../linux/net/socket/socket.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { ipv4RouteTable, ipv6RouteTable } from '../../network/route-listing.ts';
import { HostNames } from '../../network/name-service.ts';
import { interfaceLines } from '../../network/interface-counters.ts';
import { endNames, wantedSockets, type EndNames } from '../../network/socket-listing.ts';
import { socketHolders, type SocketHolderView } from '../../network/socket-holders.ts';
import { parseOptions } from '../../options/parse-options.ts';
import { readAccounts } from '../../process-table/accounts.ts';
import { NETSTAT_USAGE } from './usage.ts';

const RULES = {
  short: 'rigsMvWnNepocalFCZtuUSwx46A:Vh',
  long: {
    route: 'none',
    interfaces: 'none',
    groups: 'none',
    statistics: 'none',
    masquerade: 'none',
    verbose: 'none',
    wide: 'none',
    numeric: 'none',
    'numeric-hosts': 'none',
    'numeric-ports': 'none',
    'numeric-users': 'none',
    symbolic: 'none',
    extend: 'none',
    programs: 'none',
    timers: 'none',
    continuous: 'none',
    listening: 'none',
    all: 'none',
    fib: 'none',
    cache: 'none',
    tcp: 'none',
    udp: 'none',
    raw: 'none',
    unix: 'none',
    inet: 'none',
    inet6: 'none',
    version: 'none',
    help: 'none',
  },
} as const;

const LONG_NAMES: Readonly<Record<string, string>> = {
  r: 'route',
  i: 'interfaces',
  g: 'groups',
  s: 'statistics',
  M: 'masquerade',
  v: 'verbose',
  W: 'wide',
  n: 'numeric',
  N: 'symbolic',
  e: 'extend',
  p: 'programs',
  o: 'timers',
  c: 'continuous',
  l: 'listening',
  a: 'all',
  F: 'fib',
  C: 'cache',
  t: 'tcp',
  u: 'udp',
  w: 'raw',
  x: 'unix',
  4: 'inet',
  6: 'inet6',
  V: 'version',
  h: 'help',
};

const END_WIDTH = 23;

/** Address and port within 23 columns: the address gives way (addr_do_one). */
function* endText(
  { address, port }: { readonly address: string; readonly port: number },
  names: EndNames,
  options: { readonly protocol: string; readonly wide: boolean; readonly numeric: boolean },
): Blocking<string> {
  const portText = names.port(port, options.protocol);
  const name = yield* names.host(address);
  const plain = name ?? (isAny(address) && address === '::' && !options.numeric ? '[::]' : address);
  const room = END_WIDTH - portText.length - 1;
  return `${options.wide ? plain : plain.slice(0, room)}:${portText}`;
}

interface Wishes {
  readonly has: (name: string) => boolean;
  readonly names: EndNames;
  readonly holders: ReadonlyMap<number, readonly SocketHolderView[]> | undefined;
  readonly userOf: (uid: number) => string;
}

/** `pid/name` of at most 19 characters. */
function programText(holders: readonly SocketHolderView[] | undefined): string {
  const [first] = holders ?? [];
  if (!first) return '-';
  const [command = first.comm] = first.argv;
  return `${first.pid}/${command.startsWith('/') ? (command.split('/').at(-1) ?? '') : command}`.slice(0, 19);
}

function* socketLine(entry: SocketEntry, wishes: Wishes): Blocking<string> {
  const { has, names } = wishes;
  const options = { protocol: entry.protocol, wide: has('wide'), numeric: has('numeric') };
  const local = yield* endText({ address: entry.localAddress, port: entry.localPort }, names, options);
  const peer = yield* endText({ address: entry.peerAddress, port: entry.peerPort }, names, options);
  const state = entry.protocol === 'udp' && entry.state === 'CLOSE' ? '' : entry.state;
  const queues = `${String(entry.receiveQueue).padStart(6)} ${String(entry.state === 'LISTEN' ? 0 : entry.sendQueue).padStart(6)}`;
  let line = `${(entry.family === 6 ? `${entry.protocol}6` : entry.protocol).padEnd(4)}  ${queues} ${local.padEnd(23)} ${peer.padEnd(23)} ${state.padEnd(11)}`;
  if (has('extend')) line += ` ${wishes.userOf(entry.uid).padEnd(10)} ${String(entry.inode).padEnd(10)}`;
  if (wishes.holders) line += ` ${programText(entry.inode === 0 ? undefined : wishes.holders.get(entry.inode)).padEnd(20)}`;
  if (has('timers')) line += entry.state === 'TIME_WAIT' ? ' timewait (30.00/0/0)' : ' off (0.00/0/0)';
  return `${line}\n`;
}

function scopeText(has: (name: string) => boolean): string {
  if (has('all')) return '(servers and established)';
  return has('listening') ? '(only servers)' : '(w/o servers)';
}

function unixLines(context: ProcessContext, wishes: Wishes): string {
  const { has } = wishes;
  let text = `Active UNIX domain sockets ${scopeText(has)}\nProto RefCnt Flags       Type       State         I-Node  ${wishes.holders ? ' PID/Program name    ' : ''} Path\n`;
  for (const each of context.process.namespaces.net.unixSockets.list()) {
    const listens = each.state === 'LISTENING';
    if (!has('all') && listens !== has('listening')) continue;
    const program = wishes.holders ? ` ${programText(wishes.holders.get(each.inode)).padEnd(20)}` : '';
    text += `unix  ${String(each.state === 'CONNECTED' ? 3 : 2).padEnd(6)} ${(listens ? '[ ACC ]' : '[ ]').padEnd(11)} ${each.type.padEnd(10)} ${(each.state === 'UNCONNECTED' ? '' : each.state).padEnd(13)} ${String(each.inode).padEnd(8)}${program} ${each.path ?? ''}\n`;
  }
  return text;
}

function* listSockets(context: ProcessContext, has: (name: string) => boolean): Blocking<void> {
  const picked = has('tcp') || has('udp') || has('raw') || has('unix');
  const inet = has('inet') || has('inet6');
  const families = inet ? ([4, 6] as const).filter((each) => has(each === 4 ? 'inet' : 'inet6')) : ([4, 6] as const);
  const accounts = yield* readAccounts(context);
  const wishes: Wishes = {
    has,
    names: yield* endNames(context, has('numeric')),
    holders: has('programs') ? socketHolders(context) : undefined,
    userOf: (uid) => (has('numeric') ? String(uid) : (accounts.user(uid) ?? String(uid))),
  };
  if (has('tcp') || has('udp') || has('raw') || !picked) {
    const extra = `${has('extend') ? ' User       Inode     ' : ''}${has('programs') ? ' PID/Program name    ' : ''}${has('timers') ? ' Timer' : ''}`;
    context.out(
      `Active Internet connections ${scopeText(has)}\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ${extra}\n`,
    );
    for (const entry of wantedSockets(context, {
      listening: has('listening'),
      all: has('all'),
      tcp: has('tcp') || !picked,
      udp: has('udp') || !picked,
      families,
    }))
      context.out(yield* socketLine(entry, wishes));
  }
  if (has('unix') || (!picked && !inet)) context.out(unixLines(context, wishes));
}

export const command: Command = {
  name: 'netstat',
  suite: 'net-tools',
  summary: { zh: '列出套接字、路由和接口计数', en: 'List sockets, routes and interface counters' },
  options: ['-t', '-u', '-l', '-n', '-a', '-p', '-r', '-i', '-e', '-x', '-c', '-4', '-6', '-W'],
  *run(context): Running {
    const parsed = parseOptions(context.args, RULES);
    if (parsed.kind === 'mistake') {
      context.err(`netstat: ${parsed.message}\n${NETSTAT_USAGE}`);
      return 3;
    }
    const given = new Set(parsed.options.map((option) => LONG_NAMES[option.name] ?? option.name));
    const has = (name: string): boolean => given.has(name) || (name === 'numeric' && given.has('numeric-hosts') && given.has('numeric-ports'));
    if (has('help')) {
      context.out(NETSTAT_USAGE);
      return 0;
    }
    if (has('version')) {
      context.out(
        'net-tools 2.10\nFred Baumgarten, Alan Cox, Bernd Eckenfels, Phil Blundell, Tuan Hoang, Brian Micek and others\n+NEW_ADDRT +RTF_IRTT +RTF_REJECT +FW_MASQUERADE +I18N +SELINUX\nAF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH\nHW:  +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64 \n',
      );
      return 0;
    }
    for (const { name, value } of parsed.options) {
      if (name !== 'A') continue;
      if (value !== 'inet' && value !== 'inet6' && value !== 'unix') {
        context.err(`Unknown address family \`${value ?? ''}'.\n`);
        return 1;
      }
      given.add(value);
    }
    if (has('masquerade')) {
      context.err("netstat: no support for `ip_masquerade' on this system.\n");
      return 1;
    }
    for (;;) {
      if (has('route'))
        context.out(
          has('inet6')
            ? ipv6RouteTable(context, {
                style: 'net-tools',
                ...(has('numeric') ? {} : { names: { loopback: yield* new HostNames(context).nameOf('::1') } }),
              })
            : yield* ipv4RouteTable(context, {
                numeric: has('numeric'),
                style: has('extend') ? 'metric' : 'window',
                any: { numeric: '0.0.0.0', named: 'default', gateway: '0.0.0.0' },
              }),
        );
      else if (has('interfaces')) context.out(`Kernel Interface table\n${interfaceLines(context, has('all'))}`);
      else if (has('statistics')) context.out(statistics(context));
      else if (has('groups')) context.out(groups(context));
      else yield* listSockets(context, has);
      if (!has('continuous')) return 0;
      yield* context.sleep(1000);
    }
  },
};

function groups(context: ProcessContext): string {
  let text = 'IPv6/IPv4 Group Memberships\nInterface       RefCnt Group\n--------------- ------ ---------------------\n';
  const devices = context.process.namespaces.net.interfaces.list();
  for (const each of devices) if (each.up) text += `${each.name.padEnd(15)} ${'1'.padEnd(6)} 224.0.0.1\n`;
  for (const each of devices)
    if (each.up) text += `${each.name.padEnd(15)} ${'1'.padEnd(6)} ff02::1\n${each.name.padEnd(15)} ${'1'.padEnd(6)} ff01::1\n`;
  return text;
}

function statistics(context: ProcessContext): string {
  const { net } = context.process.namespaces;
  const devices = net.interfaces.list();
  const received = devices.reduce((sum, each) => sum + each.counters.rxPackets, 0);
  const sent = devices.reduce((sum, each) => sum + each.counters.txPackets, 0);
  const established = net.sockets.list().filter((each) => each.protocol === 'tcp' && each.state === 'ESTABLISHED').length;
  return `Ip:\n    Forwarding: ${net.sysctls.number('net.ipv4.ip_forward') === 0 ? 2 : 1}\n    ${received} total packets received\n    0 forwarded\n    0 incoming packets discarded\n    ${received} incoming packets delivered\n    ${sent} requests sent out\n    OutTransmits: ${sent}\nTcp:\n    ${established} connections established\n`;
}
