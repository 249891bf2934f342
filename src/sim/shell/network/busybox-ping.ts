/** ping and ping6 of BusyBox 1.37 (networking/ping.c): one applet, two names. */
import { isErrno } from '../../linux/errno.ts';
import { familyOf, parseAddress, type Family } from '../../linux/net/address.ts';
import { openEcho } from '../../linux/net/socket-calls.ts';
import type { Running } from '../../linux/process/wait.ts';
import { defineTool, type ToolCall } from '../tool/tool.ts';
import { busyboxAddress } from './busybox-host.ts';
import { runEcho } from './echo-session.ts';

const USAGE_END = `\t-I IFACE/IP\tSource interface or IP address
\t-W SEC\t\tSeconds to wait for the first response (default 10)
\t\t\t(after all -c CNT packets are sent)
\t-w SEC\t\tSeconds until ping exits (default:infinite)
\t\t\t(can exit earlier with -c CNT)
\t-q\t\tQuiet, only display output at start/finish
\t-p HEXBYTE\tPayload pattern`;

const USAGE_START = `\t-c CNT\t\tSend only CNT pings
\t-s SIZE\t\tSend SIZE data bytes in packets (default 56)
\t-i SECS\t\tInterval
\t-A\t\tPing as soon as reply is received
`;

function usageOf(name: string): string {
  const families = name === 'ping' ? '\t-4,-6\t\tForce IP or IPv6 name resolution\n' : '';
  const hops = name === 'ping' ? '\t-t TTL\t\tSet TTL\n' : '';
  return `${name} [OPTIONS] HOST\n\nSend ICMP ECHO_REQUESTs to HOST\n\n${families}${USAGE_START}${hops}${USAGE_END}`;
}

function* ping(call: ToolCall): Running {
  const { context } = call;
  const [host] = call.operands;
  const numbers = new Map<string, number>();
  for (const { name, value } of call.parsed.options) {
    if (!'cstwWi'.includes(name)) continue;
    const valid = name === 'i' ? /^\d+(\.\d*)?$|^\.\d+$/ : /^\d+$/;
    if (value === undefined || !valid.test(value)) return call.complain(`invalid number '${value ?? ''}'`);
    if (name === 's' && Number(value) > 65_535) return call.complain(`number ${value} is not in 0..65535 range`);
    numbers.set(name, Number(value));
  }
  if (host === undefined || call.operands.length > 1) return call.misuse(undefined);
  const family: Family | undefined = call.name === 'ping6' || call.has('6') ? 6 : call.has('4') ? 4 : undefined;
  const address = yield* busyboxAddress(context, host, family);
  if (address === undefined) return call.complain(`bad address '${host}'`);
  const socket = openEcho(context, familyOf(address), { raw: true });
  if (isErrno(socket)) {
    context.out(`PING ${host} (${address}): ${numbers.get('s') ?? 56} data bytes\n`);
    return call.complain('permission denied (are you root?)');
  }
  context.install(socket);
  const from = call.value('I');
  const source = from === undefined ? undefined : parseAddress(from);
  // What is no interface is taken for an address (networking/ping.c: if_nametoindex, then xdotted2sockaddr).
  if (from !== undefined && source === undefined && !context.process.namespaces.net.interfaces.find(from))
    return call.complain(`bad address '${from}'`);
  const isForeign = source !== undefined && !context.process.namespaces.net.interfaces.holder(source);
  if (source !== undefined) socket.localAddress = source;
  socket.ttl = numbers.get('t');
  const size = numbers.get('s') ?? 56;
  const deadline = numbers.get('w');
  const count = numbers.get('c');
  context.out(`PING ${host} (${address})${source === undefined ? '' : ` from ${source}`}: ${size} data bytes\n`);
  if (isForeign) return call.complain("can't set multicast source interface");
  const totals = yield* runEcho(
    context,
    {
      socket,
      address,
      size,
      deadline: deadline === undefined || deadline === 0 ? undefined : deadline * 1000,
      firstSequence: 0,
      errorsCount: false,
      interval: (numbers.get('i') ?? 1) * 1000,
      count: count === undefined || count === 0 ? undefined : count,
      linger: ({ received, most }) => (received > 0 ? Math.max(1, Math.floor((2 * most) / 1000)) : (numbers.get('W') ?? 10)) * 1000,
      adaptive: call.has('A'),
    },
    {
      reply: (reply, time, again) => {
        if (call.has('q')) return;
        context.out(
          `${reply.size + 8} bytes from ${reply.address}: seq=${reply.sequence} ttl=${reply.ttl}${size >= 4 ? ` time=${time.toFixed(3)} ms` : ''}${again ? ' (DUP!)' : ''}\n`,
        );
      },
      *error() {
        // Messages other than echo replies are only told with a raw socket of the own request's id; BusyBox keeps silent.
        yield* [];
      },
      unsent: (error) => {
        call.complain(`sendto: ${error.text}`);
        return false;
      },
    },
  );
  if (totals.gaveUp) return 1;
  const { sent, received, repeated } = totals;
  context.out(
    `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${repeated > 0 ? `${repeated} duplicates, ` : ''}${sent === 0 ? 0 : Math.trunc(((sent - received) * 100) / sent)}% packet loss\n`,
  );
  if (received > 0 && size >= 4)
    context.out(`round-trip min/avg/max = ${totals.least.toFixed(3)}/${totals.average.toFixed(3)}/${totals.most.toFixed(3)} ms\n`);
  return received === 0 || (deadline !== undefined && received < (count ?? 0)) ? 1 : 0;
}

/** The command under one of its names. */
export function busyboxPing(name: 'ping' | 'ping6') {
  const rules = { short: name === 'ping' ? 'qvAc:s:t:w:W:I:np:i:46' : 'qvAc:s:w:W:I:np:i:' };
  return defineTool({
    name,
    suite: 'iputils',
    summary: { zh: '向一个地址发回显请求', en: 'Send echo requests to an address' },
    usage: usageOf(name),
    busybox: rules,
    gnu: rules,
    run: ping,
  }).busybox;
}
