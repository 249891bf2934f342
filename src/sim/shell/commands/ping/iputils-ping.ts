/** ping of iputils 20221126 (ping/ping.c, ping_common.c). */
import { isErrno } from '../../../linux/errno.ts';
import { familyOf, parseAddress, type Family } from '../../../linux/net/address.ts';
import type { UnreachableReason } from '../../../linux/net/packet.ts';
import { isResolveFailure, resolve } from '../../../linux/net/resolver.ts';
import { abandon, openEcho } from '../../../linux/net/socket-calls.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { HostNames } from '../../network/name-service.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import { runEcho } from './echo-run.ts';

const USAGE = `
Usage
  ping [options] <destination>

Options:
  <destination>      dns name or ip address
  -a                 use audible ping
  -A                 use adaptive ping
  -B                 sticky source address
  -c <count>         stop after <count> replies
  -C                 call connect() syscall on socket creation
  -D                 print timestamps
  -d                 use SO_DEBUG socket option
  -f                 flood ping
  -h                 print help and exit
  -I <interface>     either interface name or address
  -i <interval>      seconds between sending each packet
  -n                 no dns name resolution
  -q                 quiet output
  -s <size>          use <size> as number of data bytes to be sent
  -t <ttl>           define time to live
  -v                 verbose output
  -V                 print version and exit
  -w <deadline>      reply wait <deadline> in seconds
  -W <timeout>       time to wait for response

IPv4 options:
  -4                 use IPv4
IPv6 options:
  -6                 use IPv6

For more details see ping(8).
`;

const RULES = { short: '4?6aAbBc:CdDe:F:fhHi:I:l:Lm:M:nN:Op:qQ:rRs:S:t:T:UvVw:W:' } as const;

const REASONS: Readonly<Record<UnreachableReason, string>> = {
  'port-unreachable': 'Destination Port Unreachable',
  'host-unreachable': 'Destination Host Unreachable',
  'net-unreachable': 'Destination Net Unreachable',
  'host-prohibited': 'Destination Host Prohibited',
  'admin-prohibited': 'Packet filtered',
  'time-exceeded': 'Time to live exceeded',
};

/** Exit code 1 and a text for a number that is none or out of range (strtonum). */
function wrongNumber(text: string, least: number, most: number, mostText: string): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return `ping: invalid argument: '${text}'\n`;
  const value = Number(text);
  return value < least || value > most ? `ping: invalid argument: '${text}': out of range: ${least} <= value <= ${mostText}\n` : undefined;
}

function* run(context: ProcessContext, usual: Family | undefined): Running {
  const parsed = parseOptions(context.args, RULES);
  if (parsed.kind === 'mistake') {
    context.err(`ping: ${parsed.message}\n${USAGE}`);
    return 2;
  }
  if (has(parsed, 'h', '?')) {
    context.err(USAGE);
    return 2;
  }
  if (has(parsed, 'V')) {
    context.out('ping from iputils 20221126\nlibcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes\n');
    return 0;
  }
  const checks = [
    ['c', 1, Number.MAX_SAFE_INTEGER, '9223372036854775807'],
    ['w', 0, 2_147_483, '2147483647'],
    ['s', 0, 65_507, '127992'],
    ['t', 0, 255, '255'],
  ] as const;
  for (const [option, least, most, mostText] of checks) {
    const value = valueOf(parsed, option);
    const wrong = value === undefined ? undefined : wrongNumber(value, least, most, mostText);
    if (wrong === undefined) continue;
    context.err(wrong);
    return 1;
  }
  const name = parsed.operands.at(-1);
  if (name === undefined) {
    context.err('ping: usage error: Destination address required\n');
    return 1;
  }
  const family = has(parsed, '6') ? 6 : has(parsed, '4') ? 4 : usual;
  const literal = parseAddress(name);
  if (literal !== undefined && family !== undefined && familyOf(literal) !== family) {
    context.err(`ping: ${name}: Address family for hostname not supported\n`);
    return 2;
  }
  const found = yield* resolve(context, name, { flavour: 'glibc', ...(family === undefined ? {} : { family }) });
  if (isResolveFailure(found)) {
    context.err(`ping: ${name}: ${found.code === 'EAI_AGAIN' ? 'Temporary failure in name resolution' : 'Name or service not known'}\n`);
    return 2;
  }
  const [address = ''] = found;
  const six = familyOf(address) === 6;
  const probe = openEcho(context, familyOf(address));
  if (isErrno(probe)) {
    context.err('ping: socktype: SOCK_RAW\nping: socket: Operation not permitted\nping: => missing cap_net_raw+p capability or setuid?\n');
    return 2;
  }
  abandon(probe);
  const from = valueOf(parsed, 'I');
  const { net } = context.process.namespaces;
  const device = from === undefined ? undefined : net.interfaces.find(from);
  if (from !== undefined && !device && parseAddress(from) === undefined) {
    context.err(`ping: SO_BINDTODEVICE ${from}: No such device\n`);
    return 2;
  }
  const decision = net.lookup(address, device ? { device } : {});
  if (isErrno(decision)) {
    context.err(`ping: connect: ${decision.code === 'EADDRNOTAVAIL' ? 'Network is unreachable' : decision.text}\n`);
    return 2;
  }
  const size = Number(valueOf(parsed, 's') ?? 56);
  const names = literal !== undefined || has(parsed, 'n') ? undefined : new HostNames(context);
  const resolved = names ? yield* names.nameOf(address) : undefined;
  const label = (each: string): string => (each === address && resolved !== undefined ? `${resolved} (${each})` : each);
  const quiet = has(parsed, 'q');
  const flood = has(parsed, 'f');
  const count = Number(valueOf(parsed, 'c') ?? 0);
  const limit = Number(valueOf(parsed, 'w') ?? 0);
  const source = from === undefined ? '' : ` from ${device ? decision.source : from}${device ? ` ${device.name}` : ' '}:`;
  context.out(
    six
      ? `PING ${name}(${label(address)})${source.replace(/:$/, '')} ${size} data bytes\n`
      : `PING ${name} (${address})${source} ${size}(${size + 28}) bytes of data.\n`,
  );
  let pipe = 0;
  let sent = 0;
  const stamp = (): string => (has(parsed, 'D') ? `[${(context.simulation.wallClock / 1000).toFixed(6)}] ` : '');
  const statistics = yield* runEcho(
    context,
    {
      address,
      count: count > 0 ? count : undefined,
      size,
      interval: flood ? 10 : Math.max(2, Number(valueOf(parsed, 'i') ?? 1) * 1000),
      linger: Number(valueOf(parsed, 'W') ?? 10) * 1000,
      limit: limit > 0 ? limit * 1000 : undefined,
      ttl: valueOf(parsed, 't') === undefined ? undefined : Number(valueOf(parsed, 't')),
      first: 1,
    },
    {
      sent: () => {
        sent++;
      },
      reply: (reply) => {
        pipe = Math.max(pipe, sent - reply.sequence + 1);
        if (!quiet && !flood)
          context.out(
            `${stamp()}${reply.bytes} bytes from ${label(reply.address)}: icmp_seq=${reply.sequence} ttl=${reply.ttl} time=${timeText(reply.milliseconds)} ms${reply.duplicate ? ' (DUP!)' : ''}\n`,
          );
      },
      trouble: (trouble) => {
        pipe = Math.max(pipe, sent - trouble.sequence + 1);
        if (!quiet) context.out(`${stamp()}From ${label(trouble.address)} icmp_seq=${trouble.sequence} ${REASONS[trouble.reason]}\n`);
      },
      refused: (error) => {
        context.err(`ping: sendmsg: ${error.text}\n`);
        return true;
      },
    },
  );
  if (isErrno(statistics)) return 2;
  const { received, errors, duplicates, times } = statistics;
  const loss = statistics.sent === 0 ? 0 : ((statistics.sent - received) * 100) / statistics.sent;
  context.out(
    `\n--- ${name} ping statistics ---\n${statistics.sent} packets transmitted, ${received} received, ${duplicates > 0 ? `+${duplicates} duplicates, ` : ''}${errors > 0 ? `+${errors} errors, ` : ''}${Number(loss.toPrecision(6))}% packet loss, time ${Math.floor(statistics.elapsed)}ms\n`,
  );
  const parts: string[] = [];
  if (times.length > 0) {
    const average = times.reduce((sum, each) => sum + each, 0) / times.length;
    const deviation = Math.sqrt(Math.max(0, times.reduce((sum, each) => sum + each * each, 0) / times.length - average * average));
    parts.push(`rtt min/avg/max/mdev = ${[Math.min(...times), average, Math.max(...times), deviation].map((each) => each.toFixed(3)).join('/')} ms`);
  }
  if (pipe > 1) parts.push(`pipe ${pipe}`);
  context.out(`${parts.join(', ')}\n`);
  return received === 0 || (limit > 0 && count > 0 && received < count) ? 1 : 0;
}

/** Three significant decimals below ten, fewer above (ping_common.c gather_statistics). */
function timeText(milliseconds: number): string {
  if (milliseconds >= 99.95) return milliseconds.toFixed(0);
  if (milliseconds >= 9.995) return milliseconds.toFixed(1);
  return milliseconds >= 0.9995 ? milliseconds.toFixed(2) : milliseconds.toFixed(3);
}

export function pingCommand(name: string, family: Family | undefined): Command {
  return {
    name,
    suite: 'iputils',
    summary: { zh: '向主机发送 ICMP 回显请求', en: 'Send ICMP echo requests to a host' },
    options: ['-c', '-i', '-W', '-w', '-s', '-t', '-q', '-n', '-I', '-4', '-6', '-D', '-f'],
    run: (context) => run(context, family),
  };
}
