/** traceroute of BusyBox 1.37 (networking/traceroute.c). */
import { isErrno } from '../../../linux/errno.ts';
import { familyOf, parseAddress } from '../../../linux/net/address.ts';
import { abandon, openEcho } from '../../../linux/net/socket-calls.ts';
import { busyboxAddress } from '../../network/busybox-host.ts';
import { HostNames } from '../../network/name-service.ts';
import { markOf, probe, type ProbeOutcome } from '../../network/trace-route.ts';
import { defineTool } from '../../tool/tool.ts';

const USAGE = `traceroute [-46IFlnrv] [-f 1ST_TTL] [-m MAXTTL] [-q PROBES] [-p PORT]
\t[-t TOS] [-w WAIT_SEC] [-s SRC_IP] [-i IFACE]
\t[-z PAUSE_MSEC] HOST [BYTES]

Trace the route to HOST

\t-4,-6\tForce IP or IPv6 name resolution
\t-F\tSet don't fragment bit
\t-I\tUse ICMP ECHO instead of UDP datagrams
\t-l\tDisplay TTL value of the returned packet
\t-n\tPrint numeric addresses
\t-r\tBypass routing tables, send directly to HOST
\t-v\tVerbose
\t-f N\tFirst number of hops (default 1)
\t-m N\tMax number of hops
\t-q N\tNumber of probes per hop (default 3)
\t-p N\tBase UDP port number used in probes
\t\t(default 33434)
\t-s IP\tSource address
\t-i IFACE Source interface
\t-t N\tType-of-service in probe packets (default 0)
\t-w SEC\tWait for a response (default 3)
\t-z MSEC\tWait before each send`;

/** Bytes of IP and UDP headers and the least data. */
const PACKET_BYTES = 46;
const HEADERS = 28;

const rules = { short: 'FIlnrdvt:i:m:p:q:s:w:z:f:46' } as const;

export const { busybox: command } = defineTool({
  name: 'traceroute',
  suite: 'iputils',
  summary: { zh: '显示到一个地址的路径', en: 'Show the way to an address' },
  usage: USAGE,
  busybox: rules,
  gnu: rules,
  *run(call) {
    const { context } = call;
    const [host, bytesWord] = call.operands;
    const values = new Map<string, number>();
    for (const { name, value } of call.parsed.options) {
      if (!'mpqwzf'.includes(name)) continue;
      if (value === undefined || !/^\d+$/.test(value)) return call.complain(`invalid number '${value ?? ''}'`);
      values.set(name, Number(value));
    }
    if (host === undefined) return call.misuse(undefined);
    const address = yield* busyboxAddress(context, host, call.has('6') ? 6 : call.has('4') ? 4 : undefined);
    if (address === undefined) return call.complain(`bad address '${host}'`);
    const source = call.value('s');
    if (source !== undefined && parseAddress(source) === undefined) return call.complain(`bad address '${source}'`);
    // Answers are read from a raw socket, whatever is sent.
    const answers = openEcho(context, familyOf(address), { raw: true });
    if (isErrno(answers)) return call.complain('socket: Operation not permitted');
    abandon(answers);
    const way = context.process.namespaces.net.lookup(address);
    if (isErrno(way)) return call.complain(`can't connect to remote host (${address}): ${way.text}`);
    const bytes = Math.max(PACKET_BYTES, Number(bytesWord ?? PACKET_BYTES));
    const hops = values.get('m') ?? 30;
    context.out(`traceroute to ${host} (${address})${source === undefined ? '' : ` from ${source}`}, ${hops} hops max, ${bytes} byte packets\n`);
    const names = new HostNames(context);
    let port = values.get('p') ?? 33_434;
    let interrupted = false;
    context.handle('SIGINT', () => {
      interrupted = true;
    });
    for (let ttl = values.get('f') ?? 1; ttl <= hops; ttl++) {
      context.out(String(ttl).padStart(2));
      let last: string | undefined;
      let arrived = false;
      let unreachable = 0;
      for (let round = 0; round < (values.get('q') ?? 3); round++) {
        const outcome: ProbeOutcome = yield* probe(context, {
          address,
          ttl,
          port: ++port,
          echo: call.has('I'),
          bytes: bytes - HEADERS,
          wait: (values.get('w') ?? 3) * 1000,
        });
        if (interrupted) return 130;
        if (outcome.kind === 'unsent') {
          context.out('\n');
          return call.complain(`sendto: ${outcome.error.text}`);
        }
        if (outcome.kind === 'silence') {
          context.out('  *');
          continue;
        }
        if (outcome.from !== last) {
          last = outcome.from;
          if (call.has('n')) context.out(`  ${outcome.from}`);
          else context.out(`  ${(yield* names.nameOf(outcome.from)) ?? outcome.from} (${outcome.from})`);
        }
        context.out(`  ${Math.max(0.001, outcome.milliseconds).toFixed(3)} ms`);
        const mark = markOf(outcome.reason);
        if (mark === undefined) continue;
        if (mark !== '') {
          context.out(` ${mark}`);
          unreachable++;
        }
        if (outcome.from === address) arrived = true;
      }
      context.out('\n');
      if (arrived || (unreachable > 0 && unreachable >= (values.get('q') ?? 3) - 1)) break;
    }
    return 0;
  },
});
