/** nc of BusyBox 1.37 (networking/nc_bloaty.c): connects or listens and passes bytes on. */
import { isErrno } from '../../../linux/errno.ts';
import { parseAddress } from '../../../linux/net/address.ts';
import { accept, connect, listen, openUdp } from '../../../linux/net/socket-calls.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { busyboxAddress } from '../../network/busybox-host.ts';
import { readServices } from '../../network/name-service.ts';
import { relay } from '../../network/stream-relay.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

const USAGE = `nc [OPTIONS] HOST PORT  - connect
nc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen

\t-e PROG\tRun PROG after connect (must be last)
\t-l\tListen mode, for inbound connects
\t-lk\tWith -e, provides persistent server
\t-p PORT\tLocal port
\t-s ADDR\tLocal address
\t-w SEC\tTimeout for connects and final net reads
\t-i SEC\tDelay interval for lines sent
\t-n\tDon't do DNS resolution
\t-u\tUDP mode
\t-b\tAllow broadcasts
\t-v\tVerbose
\t-o FILE\tHex dump traffic
\t-z\tZero-I/O mode (scanning)`;

const rules = { short: 'hnp:s:uvw:zi:lko:be:', stopAtOperand: false } as const;

function* portNumber(call: ToolCall, text: string): Blocking<number | undefined> {
  if (/^\d+$/.test(text)) return Number(text) <= 65_535 ? Number(text) : undefined;
  const services = yield* readServices(call.context);
  for (const [key, name] of services) if (name === text) return Number(key.split('/')[0]);
  return undefined;
}

export const { busybox: command } = defineTool({
  name: 'nc',
  suite: 'netcat',
  summary: { zh: '打开 TCP 连接，或监听一个端口', en: 'Open a TCP connection or listen on a port' },
  usage: USAGE,
  busybox: rules,
  gnu: rules,
  *run(call) {
    const { context } = call;
    const [host, portText] = call.operands;
    const wait = call.value('w');
    if (wait !== undefined && !/^\d+$/.test(wait)) return call.complain(`invalid number '${wait}'`);
    const seconds = wait === undefined ? undefined : Number(wait) * 1000;
    if (call.has('l')) {
      const given = call.value('p') ?? portText ?? (host !== undefined && /^\d+$/.test(host) ? host : undefined);
      const port = given === undefined ? 0 : yield* portNumber(call, given);
      if (port === undefined) return call.complain(`bad port '${given ?? ''}'`);
      const listener = listen(context, { port, address: call.value('s') ?? '0.0.0.0', backlog: 1 });
      if (isErrno(listener)) return call.complain(`bind: ${listener.text}`);
      context.install(listener, 3);
      if (call.has('v')) context.err(`listening on ${call.value('s') ?? '0.0.0.0'}:${listener.localPort} ...\n`);
      const socket = yield* accept(context, listener, seconds === undefined ? undefined : context.simulation.now + seconds);
      if (isErrno(socket)) return call.complain(socket.code === 'EAGAIN' ? 'timed out' : socket.text);
      context.install(socket, 3);
      if (call.has('v')) context.err(`connect to ${socket.localAddress}:${socket.localPort} from ${socket.peerAddress}:${socket.peerPort} (${socket.peerAddress}:${socket.peerPort})\n`);
      yield* relay(context, socket, { closeOnEnd: true, idle: seconds });
      return 0;
    }
    if (host === undefined || portText === undefined) return call.misuse(undefined);
    const address = call.has('n') ? parseAddress(host) : yield* busyboxAddress(context, host);
    if (address === undefined) return call.complain(`bad address '${host}'`);
    const port = yield* portNumber(call, portText);
    if (port === undefined) return call.complain(`bad port '${portText}'`);
    const shown = `${host} (${address}:${port})`;
    if (call.has('u')) {
      const socket = openUdp(context, address.includes(':') ? { family: 6 } : {});
      if (isErrno(socket)) return call.complain(`bind: ${socket.text}`);
      context.install(socket, 3);
      if (call.has('z')) {
        if (call.has('v')) context.err(`${shown} open\n`);
        return 0;
      }
      for (let line = yield* context.readLine(); line !== undefined; line = yield* context.readLine()) socket.sendTo(address, port, `${line}\n`);
      return 0;
    }
    const local = call.value('p');
    const socket = yield* connect(context, { address, port }, { deadline: seconds === undefined ? undefined : context.simulation.now + seconds, ...(local === undefined ? {} : { sourcePort: Number(local) }) });
    if (isErrno(socket)) {
      // Without -v a scan fails in silence.
      const text = socket.code === 'EAGAIN' ? 'Operation timed out' : socket.text;
      if (!call.has('z') || call.has('v')) context.err(`nc: ${shown}: ${text}\n`);
      return 1;
    }
    context.install(socket, 3);
    if (call.has('v')) context.err(`${shown} open\n`);
    if (call.has('z')) return 0;
    yield* relay(context, socket, { closeOnEnd: true, idle: seconds });
    return 0;
  },
});
