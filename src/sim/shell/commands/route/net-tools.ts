/** route of net-tools 2.10 (route.c, lib/inet_sr.c). */
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { changeRoute, readRouteWish } from '../../network/route-change.ts';
import { HostNames } from '../../network/name-service.ts';
import { ipv4RouteTable, ipv6RouteTable } from '../../network/route-listing.ts';
import { parseOptions } from '../../options/parse-options.ts';

const USAGE = `Usage: route [-nNvee] [-FC] [<AF>]           List kernel routing tables
       route [-v] [-FC] {add|del|flush} ...  Modify routing table for AF.

       route {-h|--help} [<AF>]              Detailed usage syntax for specified AF.
       route {-V|--version}                  Display version/author and exit.

        -v, --verbose            be verbose
        -n, --numeric            don't resolve names
        -e, --extend             display other/more information
        -F, --fib                display Forwarding Information Base (default)
        -C, --cache              display routing cache instead of FIB

  <AF>=Use -4, -6, '-A <af>' or '--<af>'; default: inet
  List of possible address families (which support routing):
    inet (DARPA Internet) inet6 (IPv6) ax25 (AMPR AX.25) 
    netrom (AMPR NET/ROM) rose (AMPR ROSE) ipx (Novell IPX) 
    ddp (Appletalk DDP) x25 (CCITT X.25) 
`;

const INET_USAGE = `Usage: inet_route [-vF] del {-host|-net} Target[/prefix] [gw Gw] [metric M] [[dev] If]
       inet_route [-vF] add {-host|-net} Target[/prefix] [gw Gw] [metric M]
                              [netmask N] [mss Mss] [window W] [irtt I]
                              [mod] [dyn] [reinstate] [[dev] If]
       inet_route [-vF] add {-host|-net} Target[/prefix] [metric M] reject
       inet_route [-FC] flush      NOT supported
`;

/** What --help lists on standard error. */
const FAMILIES = `    inet (DARPA Internet) inet6 (IPv6) ax25 (AMPR AX.25) 
    netrom (AMPR NET/ROM) rose (AMPR ROSE) ipx (Novell IPX) 
    ddp (Appletalk DDP) x25 (CCITT X.25) 
`;

const RULES = {
  short: 'A:eCFhnN64Vv?',
  long: {
    extend: 'none',
    verbose: 'none',
    version: 'none',
    numeric: 'none',
    symbolic: 'none',
    help: 'none',
    cache: 'none',
    fib: 'none',
    inet: 'none',
    inet6: 'none',
  },
  stopAtOperand: true,
} as const;

export const command: Command = {
  name: 'route',
  suite: 'net-tools',
  summary: { zh: '查看或修改路由表', en: 'Show or change the routing table' },
  options: ['-n', '-e', '-A', '-6', '-4'],
  *run(context): Running {
    const parsed = parseOptions(context.args, RULES);
    if (parsed.kind === 'mistake') {
      context.err(`route: ${parsed.message}\n${FAMILIES}`);
      context.out(USAGE);
      return 0;
    }
    const has = (...names: readonly string[]): boolean => parsed.options.some((option) => names.includes(option.name));
    if (has('V', 'version')) {
      context.out(
        'net-tools 2.10\n+NEW_ADDRT +RTF_IRTT +RTF_REJECT +I18N +SELINUX\nAF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH\nHW:  +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64 \n',
      );
      return 0;
    }
    if (has('h', 'help', '?')) {
      context.err(FAMILIES);
      context.out(USAGE);
      return 0;
    }
    const six = has('6', 'inet6') || parsed.options.some((option) => option.name === 'A' && option.value === 'inet6');
    const numeric = has('n', 'numeric');
    const [action, ...words] = parsed.operands;
    if (action === undefined) {
      const extended = parsed.options.filter((option) => option.name === 'e' || option.name === 'extend').length;
      if (has('C', 'cache')) context.out('Kernel IP routing cache\nSource          Destination     Gateway         Flags Metric Ref    Use Iface\n');
      else
        context.out(
          six
            ? ipv6RouteTable(context, {
                style: 'net-tools',
                ...(numeric ? {} : { names: { loopback: yield* new HostNames(context).nameOf('::1') } }),
              })
            : yield* ipv4RouteTable(context, {
                numeric,
                style: extended === 0 ? 'metric' : extended === 1 ? 'window' : 'both',
                any: { numeric: '0.0.0.0', named: 'default', gateway: '0.0.0.0' },
              }),
        );
      return 0;
    }
    if (action !== 'add' && action !== 'del' && action !== 'delete') {
      context.err(USAGE);
      return 3;
    }
    const wish = yield* readRouteWish(context, words);
    switch (wish.kind) {
      case 'usage':
        context.out(INET_USAGE);
        return 0;
      case 'unresolved':
        context.err(`${wish.name}: ${wish.certain ? 'Unknown host' : 'Host name lookup failure'}\n`);
        return 6;
      case 'netmask':
        context.err(`route: ${wish.message}\n${INET_USAGE}`);
        return 3;
      case 'wish': {
        const failed = changeRoute(context, action === 'add' ? 'add' : 'del', wish);
        if (failed) context.err(`${action === 'add' ? 'SIOCADDRT' : 'SIOCDELRT'}: ${failed.text}\n`);
        return failed ? 7 : 0;
      }
    }
  },
};
