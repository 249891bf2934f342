/** telnet of BusyBox 1.37 (networking/telnet.c): a line to a TCP port. Negotiates no options. */
import { isErrno } from '../../../linux/errno.ts';
import { connect } from '../../../linux/net/socket-calls.ts';
import { busyboxAddress } from '../../network/busybox-host.ts';
import { relay } from '../../network/relay.ts';
import { defineTool } from '../../tool/tool.ts';

const USAGE = `telnet [-a] [-l USER] HOST [PORT]

Connect to telnet server

\t-a\tAutomatic login with $USER variable
\t-l USER\tAutomatic login as USER`;

const rules = { short: 'al:' } as const;

export const { busybox: command } = defineTool({
  name: 'telnet',
  suite: 'system',
  summary: { zh: '连接一个 TCP 端口，手动对话', en: 'Talk to a TCP port by hand' },
  usage: USAGE,
  busybox: rules,
  gnu: rules,
  *run(call) {
    const { context } = call;
    const [host, portWord = '23'] = call.operands;
    if (host === undefined) return call.misuse(undefined);
    const port = Number(portWord);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) return call.complain(`bad port '${portWord}'`);
    const address = yield* busyboxAddress(context, host);
    if (address === undefined) return call.complain(`bad address '${host}'`);
    const socket = yield* connect(context, { address, port });
    if (isErrno(socket)) return call.complain(`can't connect to remote host (${address}): ${socket.text}`);
    context.install(socket, 3);
    context.out(`Connected to ${host}\n`);
    const interactive = context.process.files.get(0)?.tty !== undefined;
    if (interactive) context.out("\nEntering character mode\nEscape character is '^]'.\n\n");
    const result = yield* relay(context, { socket, input: true, atInputEnd: 0, translate: (text) => text.replaceAll(/\r?\n/g, '\r\n') });
    if (result === 'closed' || result === 'failed') {
      context.err('Connection closed by foreign host\n');
      return 1;
    }
    return 0;
  },
});
