/** tracepath of iputils 20221126 (tracepath.c): the way to an address and the MTU on it. Every simulated link carries 1500 bytes. */
import { isErrno } from '../../../linux/errno.ts';
import { isResolveFailure, resolve } from '../../../linux/net/resolver.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { HostNames } from '../../network/name-service.ts';
import { markOf, probe } from '../../network/trace-route.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';

const USAGE = `
Usage
  tracepath [options] <destination>

Options:
  -4             use IPv4
  -6             use IPv6
  -b             print both name and ip
  -l <length>    use packet <length>
  -m <hops>      use maximum <hops>
  -n             no dns name resolution
  -p <port>      use destination <port>
  -V             print version and exit
  <destination>  dns name or ip address

For more details see tracepath(8).
`;

const UDP_HEADERS = 28;
/** Where the name's column ends. */
const HOST_WIDTH = 52;
const FIRST_PORT = 44_444;
const WAIT = 1_000;
const TRIES = 3;

export const command: Command = {
  name: 'tracepath',
  suite: 'iputils',
  summary: { zh: '显示到一个地址的路径和 MTU', en: 'Show the way to an address and its MTU' },
  options: ['-4', '-6', '-b', '-l', '-m', '-n', '-p', '-V'],
  *run(context): Running {
    const parsed = parseOptions(context.args, { short: '46nbh?l:m:p:V' });
    if (parsed.kind === 'mistake') {
      context.err(`tracepath: ${parsed.message}\n${USAGE}`);
      return 255;
    }
    if (has(parsed, 'V')) {
      context.out('tracepath from iputils 20221126\n');
      return 0;
    }
    const [host] = parsed.operands;
    if (host === undefined || has(parsed, 'h', '?')) {
      context.err(USAGE);
      return 255;
    }
    const addresses = yield* resolve(context, host, {
      flavour: 'glibc',
      ...(has(parsed, '4') ? { family: 4 as const } : has(parsed, '6') ? { family: 6 as const } : {}),
    });
    if (isResolveFailure(addresses)) {
      context.err(`tracepath: ${host}: ${addresses.code === 'EAI_AGAIN' ? 'Temporary failure in name resolution' : 'Name or service not known'}\n`);
      return 1;
    }
    const [address = ''] = addresses;
    const { net } = context.process.namespaces;
    const way = net.lookup(address);
    if (isErrno(way)) {
      context.err(`tracepath: connect: ${way.text}\n`);
      return 1;
    }
    const length = Number(valueOf(parsed, 'l') ?? way.device.mtu);
    const hops = Number(valueOf(parsed, 'm') ?? 30);
    const port = Number(valueOf(parsed, 'p') ?? FIRST_PORT);
    const names = new HostNames(context);
    context.out(` 1?: ${'[LOCALHOST]'.padEnd(HOST_WIDTH - 5)}pmtu ${length}\n`);
    for (let ttl = 1; ttl <= hops; ttl++) {
      let shown = false;
      for (let count = 0; count < TRIES && !shown; count++) {
        const outcome = yield* probe(context, { address, ttl, port: port + ttl, echo: false, bytes: length - UDP_HEADERS, wait: WAIT });
        if (outcome.kind === 'unsent') {
          context.err(`tracepath: send failed: ${outcome.error.text}\n`);
          return 1;
        }
        if (outcome.kind === 'silence') continue;
        shown = true;
        const name = has(parsed, 'n') ? undefined : yield* names.nameOf(outcome.from);
        const label = name === undefined ? outcome.from : has(parsed, 'b') ? `${name} (${outcome.from})` : name;
        context.out(
          `${String(ttl).padStart(2)}:  ${label.padEnd(HOST_WIDTH - 5)}${outcome.milliseconds.toFixed(3).padStart(7)}ms ${outcome.reason === undefined ? 'reached' : (markOf(outcome.reason) ?? '')}\n`.replace(
            / \n$/,
            '\n',
          ),
        );
        if (outcome.reason === undefined) {
          context.out(`     Resume: pmtu ${length} hops ${ttl} back ${ttl} \n`);
          return 0;
        }
        if (markOf(outcome.reason) !== undefined) return 0;
      }
      if (!shown) context.out(`${String(ttl).padStart(2)}:  no reply\n`);
    }
    context.out(`     Too many hops: pmtu ${length}\n     Resume: pmtu ${length} \n`);
    return 0;
  },
};
