/** ping and ping6 of BusyBox 1.37 (networking/ping.c). */
import { isErrno } from '../../../linux/errno.ts';
import { familyOf, type Family } from '../../../linux/net/address.ts';
import { abandon, openEcho } from '../../../linux/net/socket-calls.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { busyboxAddress } from '../../network/busybox-host.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';
import { runEcho } from './echo-run.ts';

const OPTIONS = `

Send ICMP ECHO_REQUESTs to HOST

\t-4,-6\t\tForce IP or IPv6 name resolution
\t-c CNT\t\tSend only CNT pings
\t-s SIZE\t\tSend SIZE data bytes in packets (default 56)
\t-i SECS\t\tInterval
\t-A\t\tPing as soon as reply is received
\t-t TTL\t\tSet TTL
\t-I IFACE/IP\tSource interface or IP address
\t-W SEC\t\tSeconds to wait for the first response (default 10)
\t\t\t(after all -c CNT packets are sent)
\t-w SEC\t\tSeconds until ping exits (default:infinite)
\t\t\t(can exit earlier with -c CNT)
\t-q\t\tQuiet, only display output at start/finish
\t-p HEXBYTE\tPayload pattern`;

const rules = { short: 'qvAc:s:t:w:W:I:np:i:46' } as const;

function* ping(call: ToolCall, usual: Family | undefined): Running {
  const [name] = call.operands;
  if (name === undefined || call.operands.length > 1) return call.misuse(undefined);
  for (const option of ['c', 's', 't', 'w', 'W'] as const) {
    const value = call.value(option);
    if (value !== undefined && !/^\d+$/.test(value)) return call.complain(`invalid number '${value}'`);
  }
  const family = call.has('6') ? 6 : call.has('4') ? 4 : usual;
  const { context } = call;
  const address = yield* busyboxAddress(context, name, family);
  if (address === undefined) return call.complain(`bad address '${name}'`);
  const size = Number(call.value('s') ?? 56);
  const quiet = call.has('q');
  const count = Number(call.value('c') ?? 0);
  const limit = Number(call.value('w') ?? 0);
  const source = call.value('I');
  const device = source === undefined || source.includes('.') ? undefined : context.process.namespaces.net.interfaces.find(source);
  if (source !== undefined && !device && !/[.:]/.test(source)) return call.complain(`can't bind to interface ${source}: No such device`);
  const probe = openEcho(context, familyOf(address));
  if (isErrno(probe)) return call.complain('permission denied (are you root?)');
  abandon(probe);
  call.out(`PING ${name} (${address})${source === undefined ? '' : ` from ${source}`}: ${size} data bytes\n`);
  let failed = false;
  const statistics = yield* runEcho(
    context,
    {
      address,
      count: count > 0 ? count : undefined,
      size,
      interval: call.value('i') === undefined ? 1000 : Math.max(1, Number(call.value('i')) * 1000),
      linger: Number(call.value('W') ?? 10) * 1000,
      limit: limit > 0 ? limit * 1000 : undefined,
      ttl: call.value('t') === undefined ? undefined : Number(call.value('t')),
      first: 0,
    },
    {
      reply: (reply) => {
        if (!quiet)
          call.out(
            `${reply.bytes} bytes from ${reply.address}: seq=${reply.sequence} ttl=${reply.ttl} time=${reply.milliseconds.toFixed(3)} ms${reply.duplicate ? ' (DUP!)' : ''}\n`,
          );
      },
      trouble: () => undefined,
      refused: (error) => {
        call.complain(`sendto: ${error.text}`);
        failed = true;
        return false;
      },
    },
  );
  if (isErrno(statistics) || failed) return 1;
  const { sent, received, times, duplicates } = statistics;
  const loss = sent === 0 ? 0 : Math.floor(((sent - received) * 100) / sent);
  call.out(
    `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${duplicates > 0 ? `${duplicates} duplicates, ` : ''}${loss}% packet loss\n`,
  );
  if (times.length > 0) {
    const average = times.reduce((sum, each) => sum + each, 0) / times.length;
    call.out(`round-trip min/avg/max = ${Math.min(...times).toFixed(3)}/${average.toFixed(3)}/${Math.max(...times).toFixed(3)} ms\n`);
  }
  return received === 0 ? 1 : 0;
}

function tool(name: string, family: Family | undefined): ReturnType<typeof defineTool> {
  return defineTool({
    name,
    suite: 'iputils',
    summary: { zh: '向主机发送 ICMP 回显请求', en: 'Send ICMP echo requests to a host' },
    usage: `${name} [OPTIONS] HOST${OPTIONS}`,
    busybox: rules,
    gnu: rules,
    run: (call) => ping(call, family),
  });
}

export const { busybox: ping4Command } = tool('ping', undefined);
export const { busybox: ping6Command } = tool('ping6', 6);
