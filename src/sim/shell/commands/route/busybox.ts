/** route of BusyBox 1.37 (networking/route.c). */
import { changeRoute, readRouteWish } from '../../network/route-change.ts';
import { ipv4RouteTable, ipv6RouteTable } from '../../network/route-listing.ts';
import { defineTool } from '../../tool/tool.ts';

const USAGE = `route [-ne] [-A inet[6]] [{add|del} [-net|-host] TARGET [netmask MASK]
\t[gw GATEWAY] [metric N] [mss BYTES] [window BYTES] [reject] [IFACE]]

Show or edit kernel routing tables

\t-n\tDon't resolve names
\t-e\tDisplay other/more information
\t-A inet[6]\tSelect address family`;

const rules = { short: 'A:ne', stopAtOperand: true } as const;

export const { busybox: command } = defineTool({
  name: 'route',
  suite: 'net-tools',
  summary: { zh: '查看或修改路由表', en: 'Show or change the routing table' },
  usage: USAGE,
  busybox: rules,
  gnu: rules,
  *run(call) {
    const family = call.value('A');
    if (family !== undefined && family !== 'inet' && family !== 'inet6') return call.misuse(undefined);
    const [action, ...words] = call.operands;
    if (action === undefined) {
      const extended = call.parsed.options.filter((each) => each.name === 'e').length;
      call.out(
        family === 'inet6'
          ? ipv6RouteTable(call.context, { style: 'busybox' })
          : yield* ipv4RouteTable(call.context, {
              numeric: call.has('n'),
              style: extended > 0 ? 'window' : 'metric',
              any: { numeric: '0.0.0.0', named: 'default', gateway: '*' },
            }),
      );
      return 0;
    }
    const chosen = ['add', 'del', 'delete'].find((each) => each.startsWith(action));
    if (chosen === undefined || action === 'd' || action === 'de') return call.misuse(undefined);
    const wish = yield* readRouteWish(call.context, words);
    if (wish.kind === 'usage') return call.misuse(undefined);
    if (wish.kind === 'unresolved') return call.complain(`resolving ${wish.name}`);
    if (wish.kind === 'netmask')
      return call.complain(wish.message.replace("netmask doesn't match route address", 'netmask and route address conflict'));
    const failed = changeRoute(call.context, chosen === 'add' ? 'add' : 'del', wish);
    return failed ? call.complain(`${chosen === 'add' ? 'SIOCADDRT' : 'SIOCDELRT'}: ${failed.text}`) : 0;
  },
});
