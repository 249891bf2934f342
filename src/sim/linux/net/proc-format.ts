/** The files below /proc/PID/net as the kernel prints them (net/ipv4/tcp_ipv4.c, net/ipv4/fib_trie.c, net/core/net-procfs.c, …). Decides nothing about who may read them. */
import { ipv4Bits, ipv6Bits, netmask } from './address.ts';
import type { NetworkInterface } from './network-interface.ts';
import type { NetworkNamespace } from './network-namespace.ts';
import type { SocketEntry, SocketState } from './socket/socket.ts';

/** File name below /proc/PID/net → its content now. */
export const NET_FILES: Readonly<Record<string, (namespace: NetworkNamespace) => string>> = {
  arp: arpFile,
  dev: devFile,
  if_inet6: ifInet6File,
  ipv6_route: ipv6RouteFile,
  route: routeFile,
  sockstat: sockstatFile,
  tcp: (namespace) => socketFile(namespace, 'tcp', 4),
  tcp6: (namespace) => socketFile(namespace, 'tcp', 6),
  udp: (namespace) => socketFile(namespace, 'udp', 4),
  udp6: (namespace) => socketFile(namespace, 'udp', 6),
  unix: unixFile,
};

const STATE_NUMBERS: Readonly<Record<SocketState, number>> = {
  ESTABLISHED: 1,
  SYN_SENT: 2,
  SYN_RECV: 3,
  FIN_WAIT1: 4,
  FIN_WAIT2: 5,
  TIME_WAIT: 6,
  CLOSE: 7,
  CLOSE_WAIT: 8,
  LAST_ACK: 9,
  LISTEN: 10,
  CLOSING: 11,
};

function devFile(namespace: NetworkNamespace): string {
  const head =
    'Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n';
  return head + namespace.interfaces.list().map(devLine).join('');
}

function devLine(device: NetworkInterface): string {
  const { counters } = device;
  const right = (value: number, width: number): string => String(value).padStart(width);
  return (
    `${device.name.padStart(6)}: ${right(counters.rxBytes, 7)} ${right(counters.rxPackets, 7)} ${right(counters.rxErrors, 4)} ${right(counters.rxDropped, 4)} ${right(0, 4)} ${right(0, 5)} ${right(0, 10)} ${right(0, 9)} ` +
    `${right(counters.txBytes, 8)} ${right(counters.txPackets, 7)} ${right(counters.txErrors, 4)} ${right(counters.txDropped, 4)} ${right(0, 4)} ${right(0, 5)} ${right(0, 7)} ${right(0, 10)}\n`
  );
}

/** 32 bits as the kernel prints them on a little-endian machine. */
function swapped(bits: number): string {
  return [bits & 255, (bits >>> 8) & 255, (bits >>> 16) & 255, bits >>> 24].map(hexByte).join('');
}

function hexByte(value: number): string {
  return value.toString(16).toUpperCase().padStart(2, '0');
}

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, '0');
}

/** Address and port of a socket line; sockets of family 6 show IPv4 peers as ::ffff:… */
function endText(address: string, port: number, family: 4 | 6): string {
  if (family === 4) return `${swapped(ipv4Bits(address) ?? 0)}:${hex(port, 4)}`;
  const bits = ipv6Bits(address.includes(':') ? address : `::ffff:${address}`) ?? 0n;
  const words = [96n, 64n, 32n, 0n].map((shift) => swapped(Number((bits >> shift) & 0xffffffffn)));
  return `${words.join('')}:${hex(port, 4)}`;
}

const TCP_HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const TCP6_HEAD =
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const UDP_HEAD = '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops';
const UDP6_HEAD =
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops';

/** The IPv4 files are padded to a fixed width (TMPSZ, 127 for UDP). */
function socketFile(namespace: NetworkNamespace, protocol: 'tcp' | 'udp', family: 4 | 6): string {
  const width = family === 6 ? 0 : protocol === 'tcp' ? 149 : 127;
  const head = protocol === 'tcp' ? (family === 4 ? TCP_HEAD : TCP6_HEAD) : family === 4 ? UDP_HEAD : UDP6_HEAD;
  const entries = namespace.sockets.list().filter((each) => each.protocol === protocol && each.family === family);
  return [head, ...entries.map((each, index) => socketLine(each, index, family))].map((line) => `${line.padEnd(width)}\n`).join('');
}

function socketLine(entry: SocketEntry, index: number, family: 4 | 6): string {
  const number = String(index).padStart(entry.protocol === 'udp' ? 5 : 4);
  const ends = `${endText(entry.localAddress, entry.localPort, family)} ${endText(entry.peerAddress, entry.peerPort, family)}`;
  const listening = entry.state === 'LISTEN';
  const queues = `${hex(listening ? 0 : entry.sendQueue, 8)}:${hex(entry.receiveQueue, 8)}`;
  const timeWait = entry.state === 'TIME_WAIT';
  const common = `${number}: ${ends} ${hex(STATE_NUMBERS[entry.state], 2)} ${queues} ${timeWait ? '03:00001000' : '00:00000000'} 00000000 ${String(entry.uid).padStart(5)} ${'0'.padStart(8)} ${entry.inode}`;
  const pointer = (0x6a000000 + entry.inode * 64 + entry.localPort).toString(16).padStart(16, '0');
  if (entry.protocol === 'udp') return `${common} 2 ${pointer} 0`;
  if (timeWait) return `${common} 3 ${pointer}`;
  return listening ? `${common} 1 ${pointer} 100 0 0 10 0` : `${common} 1 ${pointer} 20 4 30 10 -1`;
}

function routeFile(namespace: NetworkNamespace): string {
  const lines = ['Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT'];
  for (const route of namespace.routes.list(4)) {
    const flags = 1 | (route.gateway === undefined ? 0 : 2) | (route.destination.prefix === 32 ? 4 : 0);
    const gateway = swapped(ipv4Bits(route.gateway ?? '0.0.0.0') ?? 0);
    const destination = swapped(ipv4Bits(route.destination.address) ?? 0);
    const mask = swapped(ipv4Bits(netmask(route.destination.prefix)) ?? 0);
    const isRefusing = route.refusing !== undefined;
    lines.push(
      `${isRefusing ? '*' : route.device.name}\t${destination}\t${gateway}\t${hex(isRefusing && route.refusing !== 'blackhole' ? flags | 0x200 : flags, 4)}\t0\t0\t${route.metric}\t${mask}\t0\t0\t0`,
    );
  }
  return lines.map((line) => `${line.padEnd(127)}\n`).join('');
}

function arpFile(namespace: NetworkNamespace): string {
  const lines = ['IP address       HW type     Flags       HW address            Mask     Device'];
  for (const each of namespace.neighbours.list()) {
    if (each.address.includes(':')) continue;
    const flags = each.mac === undefined ? '0x0' : each.state === 'PERMANENT' ? '0x6' : '0x2';
    lines.push(
      `${each.address.padEnd(16)} ${'0x1'.padEnd(11)} ${flags.padEnd(11)} ${each.mac ?? '00:00:00:00:00:00'}     *        ${each.device.name}`,
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}

function hex128(address: string): string {
  return (ipv6Bits(address) ?? 0n).toString(16).padStart(32, '0');
}

function ifInet6File(namespace: NetworkNamespace): string {
  const scopes = { global: '00', link: '20', host: '10' } as const;
  let text = '';
  for (const device of namespace.interfaces.list()) {
    for (const each of device.addressesOf(6)) {
      text += `${hex128(each.address)} ${device.index.toString(16).padStart(2, '0')} ${each.prefix.toString(16).padStart(2, '0')} ${scopes[each.scope]} 80 ${device.name.padStart(8)}\n`;
    }
  }
  return text;
}

interface Ipv6Line {
  readonly destination: string;
  readonly prefix: number;
  readonly gateway?: string | undefined;
  readonly metric: number;
  readonly references: number;
  readonly flags: number;
  readonly device: string;
}

/** The main table, then the local one with the addresses themselves and multicast, between two unreachable defaults. */
function ipv6RouteFile(namespace: NetworkNamespace): string {
  const devices = namespace.interfaces.list().filter((each) => each.up && each.addressesOf(6).length > 0);
  // Destinations in use hold references: a machine that has been up for long has more of them than a fresh namespace.
  const machine = devices.some((each) => each.kind === 'ethernet');
  const unreachable: Ipv6Line = {
    destination: '::',
    prefix: 0,
    metric: 0xffffffff,
    references: 1,
    flags: 0x00200200,
    device: 'lo',
  };
  const lines: Ipv6Line[] = namespace.routes.list(6).map((route) => ({
    destination: route.destination.address,
    prefix: route.destination.prefix,
    gateway: route.gateway,
    metric: route.metric,
    references: 1,
    flags: route.gateway === undefined ? 1 : 3,
    device: route.device.name,
  }));
  lines.push(unreachable);
  for (const device of devices) {
    for (const each of device.addressesOf(6))
      lines.push({
        destination: each.address,
        prefix: 128,
        metric: 0,
        references: !machine ? 2 : device.kind === 'loopback' ? 4 : 3,
        flags: 0x80200001,
        device: device.name,
      });
  }
  for (const device of devices) {
    if (device.kind !== 'loopback')
      lines.push({
        destination: 'ff00::',
        prefix: 8,
        metric: 256,
        references: machine ? 3 : 4,
        flags: 1,
        device: device.name,
      });
  }
  lines.push(unreachable);
  const word = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');
  return lines
    .map((each) => {
      const gateway = hex128(each.gateway ?? '::');
      return `${hex128(each.destination)} ${each.prefix.toString(16).padStart(2, '0')} ${hex128('::')} 00 ${gateway} ${word(each.metric)} ${word(each.references)} 00000000 ${word(each.flags)} ${each.device.padStart(8)}\n`;
    })
    .join('');
}

function sockstatFile(namespace: NetworkNamespace): string {
  const entries = namespace.sockets.list();
  const tcp = entries.filter((each) => each.protocol === 'tcp');
  const waiting = tcp.filter((each) => each.state === 'TIME_WAIT').length;
  const udp = entries.filter((each) => each.protocol === 'udp').length;
  const used = tcp.length - waiting + udp + namespace.unixSockets.list().length;
  return `sockets: used ${used}\nTCP: inuse ${tcp.length - waiting} orphan 0 tw ${waiting} alloc ${tcp.length - waiting} mem 0\nUDP: inuse ${udp} mem 0\nUDPLITE: inuse 0\nRAW: inuse 0\nFRAG: inuse 0 memory 0\n`;
}

function unixFile(namespace: NetworkNamespace): string {
  const types = { STREAM: '0001', DGRAM: '0002', SEQPACKET: '0005' } as const;
  const states = { LISTENING: '01', CONNECTED: '03', UNCONNECTED: '01' } as const;
  const lines = ['Num       RefCount Protocol Flags    Type St Inode Path'];
  for (const each of namespace.unixSockets.list()) {
    const flags = each.state === 'LISTENING' ? '00010000' : '00000000';
    const references = each.state === 'CONNECTED' ? 3 : 2;
    lines.push(
      `${'0'.repeat(16)}: ${hex(references, 8)} 00000000 ${flags} ${types[each.type]} ${states[each.state]} ${String(each.inode).padStart(5)}${each.path === undefined ? '' : ` ${each.path}`}`,
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}
