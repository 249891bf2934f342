/** arping of BusyBox 1.37 (networking/arping.c): asks on one link who has an address, every second. */
import { errno } from '../../../linux/errno.ts';
import { resolveNeighbour } from '../../../linux/net/link-layer.ts';
import { capable } from '../../../linux/process/credentials.ts';
import { busyboxAddress } from '../../network/busybox-host.ts';
import { defineTool } from '../../tool/tool.ts';

const USAGE = `arping [-fqbDUA] [-c CNT] [-w TIMEOUT] [-I IFACE] [-s SRC_IP] DST_IP

Send ARP requests/replies

\t-f\t\tQuit on first ARP reply
\t-q\t\tQuiet
\t-b\t\tKeep broadcasting, don't go unicast
\t-D\t\tExit with 1 if DST_IP replies
\t-U\t\tUnsolicited ARP mode, update your neighbors
\t-A\t\tARP answer mode, update your neighbors
\t-c N\t\tStop after sending N ARP requests
\t-w TIMEOUT\tSeconds to wait for ARP reply
\t-I IFACE\tInterface to use (default eth0)
\t-s SRC_IP\tSender IP address
\tDST_IP\t\tTarget IP address`;

const rules = { short: 'UDAqfbc:w:I:s:' } as const;

export const { busybox: command } = defineTool({
  name: 'arping',
  suite: 'iputils',
  summary: { zh: '用 ARP 问：这条链路上谁有这个地址', en: 'Ask by ARP who has an address on a link' },
  usage: USAGE,
  busybox: rules,
  gnu: rules,
  *run(call) {
    const { context } = call;
    const { net, user } = { net: context.process.namespaces.net, user: context.process.credentials };
    for (const name of ['c', 'w']) {
      const value = call.value(name);
      if (value !== undefined && !/^\d+$/.test(value)) return call.complain(`invalid number '${value}'`);
    }
    const [target] = call.operands;
    if (target === undefined || call.operands.length > 1) return call.misuse(undefined);
    const fail = (message: string): number => {
      call.complain(message);
      return 2;
    };
    if (!capable(user, 'CAP_NET_RAW', net.owner)) return fail(`socket: ${errno('EPERM').text}`);
    const name = call.value('I') ?? 'eth0';
    const device = net.interfaces.find(name);
    if (!device) return fail(`interface ${name} not found: No such device`);
    if (!device.up) return fail(`interface ${name} is down`);
    if (device.kind === 'loopback' || device.withoutArp) return fail(`interface ${name} is not ARPable`);
    const address = yield* busyboxAddress(context, target, 4);
    if (address === undefined) return fail(`bad address '${target}'`);
    const given = call.value('s');
    if (given !== undefined && !net.interfaces.holder(given)) return fail(`bind: ${errno('EADDRNOTAVAIL').text}`);
    const probing = call.has('D');
    const unsolicited = call.has('U') || call.has('A');
    const source = given ?? (probing ? '0.0.0.0' : unsolicited ? address : (net.interfaces.sourceFor(4, device, address) ?? '0.0.0.0'));
    const quiet = call.has('q');
    if (!quiet) call.out(`ARPING ${address} from ${source} ${name}\n`);
    let left = call.has('c') ? Number(call.value('c')) : -1;
    const begin = context.simulation.now;
    const until = call.has('w') ? begin + Number(call.value('w')) * 1000 + 500 : Infinity;
    let [sent, broadcast, received] = [0, 0, 0];
    // The flag for "asks one station from now on" is that of -c: with it no question counts as broadcast.
    let unicast = call.has('c');
    let stopped = false;
    context.handle('SIGINT', () => {
      stopped = true;
    });
    while (!stopped && left !== 0 && context.simulation.now <= until) {
      if (left > 0) left--;
      sent++;
      if (!unicast) broadcast++;
      // A machine does not answer a question that seems to come from itself (net/ipv4/fib_frontend.c fib_validate_source).
      const own = net.interfaces.holder(address) !== undefined && source !== '0.0.0.0';
      const mac = unsolicited || own ? undefined : resolveNeighbour(device, address, source);
      if (mac !== undefined) {
        received++;
        if (!probing) net.neighbours.confirm(device, address, mac);
        if (!quiet) call.out(`Unicast reply from ${address} [${mac}] 0.0${20 + (sent % 9)}ms\n`);
        if (!call.has('b')) unicast = true;
        if (call.has('f') || probing) break;
      }
      if (unsolicited && left === 0) break;
      yield* context.flush();
      yield* context.sleep(1000);
    }
    if (!quiet) call.out(`Sent ${sent} probe(s) (${broadcast} broadcast(s))\nReceived ${received} response(s) (0 request(s), 0 broadcast(s))\n`);
    if (probing) return received > 0 ? 1 : 0;
    return unsolicited || received > 0 ? 0 : 1;
  },
});
