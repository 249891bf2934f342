/** ping of iputils 20221126 (ping/ping.c, ping_common.c, ping6_common.c): checks, lines and totals. The sending is EchoSession's. */
import { errno, isErrno } from '../../linux/errno.ts';
import { broadcastOf, familyOf, parseAddress, type Family } from '../../linux/net/address.ts';
import type { UnreachableReason } from '../../linux/net/packet.ts';
import { isResolveFailure, resolve } from '../../linux/net/resolver.ts';
import { openEcho } from '../../linux/net/socket-calls.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';
import type { Running } from '../../linux/process/wait.ts';
import type { Command } from '../command.ts';
import { has, parseOptions, valueOf, type ParsedOptions } from '../options/parse-options.ts';
import { runEcho, type EchoTotals } from './echo-session.ts';
import { PING_USAGE } from './iputils-usage.ts';
import { HostNames } from './name-service.ts';

const SHORT = 'h?4bRT:6F:N:aABc:CdDe:fHi:I:l:Lm:M:nOp:qQ:rs:S:t:UvVw:W:';

const WORDS_BY_REASON: Readonly<Record<UnreachableReason, readonly [v4: string, v6: string]>> = {
  'port-unreachable': ['Destination Port Unreachable', 'Destination unreachable: Port unreachable'],
  'host-unreachable': ['Destination Host Unreachable', 'Destination unreachable: Address unreachable'],
  'net-unreachable': ['Destination Net Unreachable', 'Destination unreachable: No route'],
  'host-prohibited': ['Destination Host Prohibited', 'Destination unreachable: Administratively prohibited'],
  'admin-prohibited': ['Packet filtered', 'Destination unreachable: Administratively prohibited'],
  'time-exceeded': ['Time to live exceeded', 'Time exceeded: Hop limit'],
};

/** Whole numbers: least and most, as the messages name them. */
const RANGES: Readonly<Record<string, readonly [string, string]>> = {
  c: ['1', '9223372036854775807'],
  s: ['0', '2147483647'],
  t: ['0', '255'],
  w: ['0', '2147483647'],
  l: ['1', '65536'],
};

/** @returns the message behind `ping: ` */
function mistakeIn(parsed: ParsedOptions): string | undefined {
  for (const { name, value = '' } of parsed.options) {
    const range = RANGES[name];
    if (range) {
      if (!/^-?\d+$/.test(value)) return `invalid argument: '${value}'`;
      if (Number(value) < Number(range[0]) || Number(value) > Number(range[1]))
        return `invalid argument: '${value}': out of range: ${range[0]} <= value <= ${range[1]}`;
    } else if (name === 'i') {
      if (value === '') return 'bad timing interval: ' + value;
    } else if (name === 'M' && !['do', 'dont', 'want', 'probe'].includes(value)) return `invalid -M argument: ${value}`;
    else if (name === 'p' && !/^[0-9a-f]+$/i.test(value)) return `patterns must be specified as hex digits: ${value}`;
  }
  return undefined;
}

/** strtod(3): what a number begins with; the rest is only warned about. */
function leadingNumber(text: string): number {
  return Number(/^\d*\.?\d*/.exec(text)?.[0] ?? '') || 0;
}

function statistics(host: string, totals: EchoTotals, timed: boolean): string {
  const { sent, received, repeated, errors } = totals;
  const loss =
    sent === 0
      ? ''
      : `, ${Number((((sent - received) * 100) / sent).toPrecision(6))}% packet loss, time ${Math.round(totals.lastAt - totals.startedAt)}ms`;
  const head = `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} received${repeated > 0 ? `, +${repeated} duplicates` : ''}${errors > 0 ? `, +${errors} errors` : ''}${loss}\n`;
  const rtt =
    received > 0 && timed
      ? `rtt min/avg/max/mdev = ${[totals.least, totals.average, totals.most, totals.deviation].map((each) => each.toFixed(3)).join('/')} ms`
      : '';
  const pipe = totals.pipe > 1 ? `${rtt === '' ? '' : ', '}pipe ${totals.pipe}` : '';
  return `${head}${rtt}${pipe}\n`;
}

function timeText(milliseconds: number): string {
  if (milliseconds >= 100) return milliseconds.toFixed(0);
  return milliseconds >= 10 ? milliseconds.toFixed(1) : milliseconds >= 1 ? milliseconds.toFixed(2) : milliseconds.toFixed(3);
}

function* ping(context: ProcessContext, parsed: ParsedOptions, family: Family | undefined): Running {
  const complain = (message: string, code: number): number => {
    context.err(`ping: ${message}\n`);
    return code;
  };
  for (const { name, value = '' } of parsed.options)
    if ((name === 'i' || name === 'W') && !/^(?:\d+\.?\d*|\.\d+)$/.test(value))
      context.err(`ping: option argument contains garbage: ${value}\nping: this will become fatal error in the future\n`);
  const pattern = valueOf(parsed, 'p');
  if (pattern !== undefined) context.out(`PATTERN: 0x${pattern.toLowerCase()}\n`);
  const host = parsed.operands.at(-1);
  if (host === undefined) return complain('usage error: Destination address required', 1);
  const literal = parseAddress(host);
  if (literal !== undefined && family !== undefined && familyOf(literal) !== family)
    return complain(`${host}: Address family for hostname not supported`, 2);
  const addresses = yield* resolve(context, host, { flavour: 'glibc', ...(family === undefined ? {} : { family }) });
  if (isResolveFailure(addresses))
    return complain(`${host}: ${addresses.code === 'EAI_AGAIN' ? 'Temporary failure in name resolution' : 'Name or service not known'}`, 2);
  const [address = ''] = addresses;
  const socket = openEcho(context, familyOf(address));
  if (isErrno(socket)) return complain(`socktype: SOCK_RAW\nping: socket: ${socket.text}\nping: => missing cap_net_raw+p capability or setuid?`, 2);
  context.install(socket);
  const { net } = context.process.namespaces;
  const from = valueOf(parsed, 'I');
  const device = from === undefined || parseAddress(from) !== undefined ? undefined : net.interfaces.find(from);
  const bound = from === undefined ? undefined : parseAddress(from);
  if (from !== undefined && bound === undefined && !device) return complain(`SO_BINDTODEVICE ${from}: ${errno('ENODEV').text}`, 2);
  if (bound !== undefined && !net.interfaces.holder(bound)) return complain(`bind: ${errno('EADDRNOTAVAIL').text}`, 2);
  const way = net.lookup(address);
  if (isErrno(way)) return complain(`connect: ${way.text}`, 2);
  if (way.kind === 'unicast' && way.device.addressesOf(4).some((each) => each.prefix < 31 && broadcastOf(each) === address)) {
    if (!has(parsed, 'b')) return complain('Do you want to ping broadcast? Then -b. If not, check your local firewall rules', 2);
    context.err('WARNING: pinging broadcast address\n');
  }
  if (bound !== undefined) socket.localAddress = bound;
  const number = (name: string): number | undefined => (has(parsed, name) ? leadingNumber(valueOf(parsed, name) ?? '') : undefined);
  socket.ttl = number('t');
  if (socket.ttl === 0) return complain('cannot set unicast time-to-live: Invalid argument', 2);
  const size = number('s') ?? 56;
  const v6 = familyOf(address) === 6;
  const shown = v6 ? `${host}(${address})` : `${host} (${address})`;
  const source = from === undefined ? '' : ` from ${bound ?? way.source}${device ? ` ${device.name}` : bound === undefined ? '' : ' '}:`;
  context.out(`PING ${shown}${source} ${v6 ? `${size} data bytes` : `${size}(${size + 28}) bytes of data.`}\n`);
  const names = new HostNames(context);
  const numeric = has(parsed, 'n') || literal !== undefined;
  const nameOf = numeric ? undefined : yield* names.nameOf(address);
  const label = (each: string): string => (each === address && nameOf !== undefined ? `${nameOf} (${each})` : each);
  const stamp = (): string => (has(parsed, 'D') ? `[${(context.simulation.wallClock / 1000).toFixed(6)}] ` : '');
  const interval = has(parsed, 'f') ? 10 : (number('i') ?? (has(parsed, 'A') ? 0.2 : 1)) * 1000;
  const deadline = number('w');
  const quiet = has(parsed, 'q');
  const totals = yield* runEcho(
    context,
    {
      socket,
      address,
      size,
      interval: Math.max(2, interval),
      count: number('c'),
      firstSequence: 1,
      errorsCount: true,
      adaptive: has(parsed, 'A'),
      deadline: deadline === undefined || deadline === 0 ? undefined : deadline * 1000,
      linger: ({ received, most }) => (received > 0 ? Math.max(2 * most, interval) : (number('W') ?? 10) * 1000),
    },
    {
      reply: (reply, time, again) => {
        if (!quiet)
          context.out(
            `${stamp()}${reply.size + 8} bytes from ${label(reply.address)}: icmp_seq=${reply.sequence} ttl=${reply.ttl}${size >= 16 ? ` time=${timeText(time)} ms` : ''}${again ? ' (DUP!)' : ''}\n`,
          );
      },
      *error(error, sequence) {
        const name = numeric ? undefined : yield* names.nameOf(error.address);
        if (!quiet)
          context.out(
            `${stamp()}From ${name === undefined ? error.address : `${name} (${error.address})`} icmp_seq=${sequence} ${WORDS_BY_REASON[error.reason][v6 ? 1 : 0]}\n`,
          );
      },
      unsent: (error) => {
        context.err(`ping: sendmsg: ${error.text}\n`);
        return true;
      },
    },
  );
  context.out(statistics(host, totals, size >= 16));
  return totals.received === 0 || (deadline !== undefined && totals.received < (number('c') ?? 0)) ? 1 : 0;
}

/** The command under one of its names. */
export function iputilsPing(name: 'ping' | 'ping6'): Command {
  return {
    name,
    suite: 'iputils',
    summary: { zh: '向一个地址发回显请求', en: 'Send echo requests to an address' },
    options: ['-4', '-6', '-A', '-D', '-I', '-W', '-c', '-f', '-i', '-n', '-q', '-s', '-t', '-w', '-V'],
    *run(context): Running {
      const parsed = parseOptions(context.args, { short: SHORT });
      if (parsed.kind === 'mistake') {
        // It knows no long options: getopt(3) reads the second dash as a letter.
        context.err(`ping: ${parsed.message.replace(/^unrecognized option '--.*/, "invalid option -- '-'")}\n${PING_USAGE}`);
        return 2;
      }
      if (has(parsed, 'h')) {
        context.err(PING_USAGE);
        return 2;
      }
      if (has(parsed, 'V')) {
        context.out('ping from iputils 20221126\nlibcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes\n');
        return 0;
      }
      const mistake = mistakeIn(parsed);
      if (mistake !== undefined) {
        context.err(`ping: ${mistake}\n`);
        return /^(?:invalid -M|patterns)/.test(mistake) ? 2 : 1;
      }
      return yield* ping(context, parsed, name === 'ping6' || has(parsed, '6') ? 6 : has(parsed, '4') ? 4 : undefined);
    },
  };
}
