/** `ip route` of iproute2 6.1 (ip/iproute.c). */
import { isErrno } from '../../../linux/errno.ts';
import { broadcastOf, familyOf, parseAddress, type Cidr } from '../../../linux/net/address.ts';
import type { Refusing } from '../../../linux/net/route-table.ts';
import { isRefusing, matches, showRoutes } from './route-view.ts';
import { mistake, pick, readPrefix, type IpCall } from './ip-call.ts';

const COMMANDS = [
  'list',
  'show',
  'lst',
  'get',
  'add',
  'change',
  'chg',
  'replace',
  'prepend',
  'append',
  'test',
  'delete',
  'flush',
  'save',
  'restore',
  'showdump',
  'help',
] as const;

const HELP = `Usage: ip route { list | flush } SELECTOR
       ip route save SELECTOR
       ip route restore
       ip route showdump
       ip route get [ ROUTE_GET_FLAGS ] ADDRESS
                            [ from ADDRESS iif STRING ]
                            [ oif STRING ] [ tos TOS ]
                            [ mark NUMBER ] [ vrf NAME ]
                            [ uid NUMBER ] [ ipproto PROTOCOL ]
                            [ sport NUMBER ] [ dport NUMBER ]
       ip route { add | del | change | append | replace } ROUTE
`;

/** @param words what follows `ip route` */
export function routeCommand(call: IpCall, words: readonly string[]): number {
  const [typed, ...rest] = words;
  if (typed === undefined) return showRoutes(call, []);
  const command = pick(typed, COMMANDS);
  switch (command) {
    case 'list':
    case 'show':
    case 'lst':
      return showRoutes(call, rest);
    case 'get':
      return get(call, rest);
    case 'add':
    case 'prepend':
      return change(call, rest, 'add');
    case 'append':
      return change(call, rest, 'append');
    case 'replace':
      return change(call, rest, 'replace');
    case 'change':
    case 'chg':
      return change(call, rest, 'change');
    case 'delete':
      return change(call, rest, 'delete');
    case 'flush':
      return flush(call, rest);
    case 'help':
      return call.fail(mistake(HELP));
    default:
      return call.fail(mistake(`Command "${typed}" is unknown, try "ip route help".\n`));
  }
}

function get(call: IpCall, words: readonly string[]): number {
  let target: string | undefined;
  let source: string | undefined;
  let device: string | undefined;
  let input: string | undefined;
  let prefixed: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === 'from') source = words[++at];
    else if (word === 'oif' || word === 'dev') device = words[++at];
    else if (word === 'iif') input = words[++at];
    else if (['tos', 'mark', 'vrf', 'uid', 'ipproto', 'sport', 'dport'].includes(word)) at++;
    else if (['fibmatch', 'notify', 'connected', 'to'].includes(word)) continue;
    else {
      target = readPrefix(word)?.address;
      prefixed = word.split('/')[1];
      if (target === undefined) return call.fail(mistake(`Error: any valid prefix is expected rather than "${word}".\n`, 1));
    }
  }
  if (target === undefined) return call.fail(mistake('need at least a destination address\n', 1));
  const full = familyOf(target) === 6 ? '128' : '32';
  if (prefixed !== undefined && prefixed !== full)
    call.context.err(`Warning: /${prefixed} as prefix is invalid, only /${full} (or none) is supported.\n`);
  // A packet that came in from nobody has no way anywhere (net/ipv4/route.c ip_route_input_slow).
  if (input !== undefined && source === undefined) return call.fail(mistake('RTNETLINK answers: Invalid argument\n', 2));
  const through = device === undefined ? undefined : call.find(device);
  if (device !== undefined && !through) return call.fail(mistake(`Cannot find device "${device}"\n`, 1));
  if (source !== undefined && !call.net.interfaces.holder(source))
    return (
      call.answered(call.net.lookup('240.0.0.1', { source }), {
        ENETUNREACH: 'RTNETLINK answers: Invalid argument',
        EADDRNOTAVAIL: 'RTNETLINK answers: Invalid argument',
      }) || call.fail(mistake('RTNETLINK answers: Invalid argument\n', 2))
    );
  const decision = call.net.lookup(target, { ...(source === undefined ? {} : { source }), ...(through ? { device: through } : {}) });
  if (isErrno(decision)) return call.answered(decision, { EADDRNOTAVAIL: 'RTNETLINK answers: Network is unreachable' });
  const uid = call.context.process.credentials.uid;
  const from = source === undefined ? '' : `from ${source} `;
  const isBroadcast = decision.kind === 'unicast' && decision.device.addressesOf(4).some((each) => each.prefix < 31 && broadcastOf(each) === target);
  const src = source === undefined ? `src ${decision.source} ` : '';
  if (call.options.json) {
    call.json([
      {
        ...(decision.kind === 'local' ? { type: 'local' } : {}),
        dst: target,
        ...(decision.kind === 'unicast' && decision.gateway !== undefined ? { gateway: decision.gateway } : {}),
        dev: decision.device.name,
        prefsrc: decision.source,
        flags: [],
        uid,
        cache: decision.kind === 'local' ? ['local'] : [],
      },
    ]);
    return 0;
  }
  const six = familyOf(target) === 6;
  const sixFrom = six && source === undefined ? 'from :: ' : from;
  if (decision.kind === 'local')
    call.out(
      `local ${target} ${sixFrom}dev lo ${six ? 'table local proto kernel ' : ''}${src}${six ? 'metric 0 pref medium\n' : `uid ${uid} \n    cache <local> \n`}`,
    );
  else
    call.out(
      `${isBroadcast ? 'broadcast ' : ''}${target} ${sixFrom}${decision.gateway === undefined ? '' : `via ${decision.gateway} `}dev ${decision.device.name} ${six ? 'proto kernel ' : ''}${src}${six ? `metric ${decision.route.metric} pref medium\n` : `uid ${uid} \n    cache ${isBroadcast ? '<local,brd> ' : ''}\n`}`,
    );
  return 0;
}

function change(call: IpCall, words: readonly string[], action: 'add' | 'append' | 'replace' | 'change' | 'delete'): number {
  if (words.length === 0) return call.fail(mistake(HELP));
  let destination: Cidr | undefined;
  let refusing: Refusing | undefined;
  const values = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (['via', 'dev', 'src', 'metric', 'proto', 'protocol', 'scope', 'table', 'mtu', 'preference', 'weight'].includes(word)) {
      const value = words[++at];
      if (value === undefined) return call.fail(mistake('Command line is not complete. Try option "help"\n'));
      const key = word === 'protocol' ? 'proto' : word === 'preference' ? 'metric' : word;
      values.set(key, value === 'inet' || value === 'inet6' ? (words[++at] ?? '') : value);
    } else if (word === 'onlink') values.set(word, '');
    else if (word === 'to' || word === 'unicast') continue;
    else if (isRefusing(word)) refusing = word;
    else if (destination) return call.fail(mistake(`Error: either "to" is duplicate, or "${word}" is a garbage.\n`));
    else if (word === 'default') {
      const via = values.get('via') ?? words[words.indexOf('via') + 1];
      destination = { address: call.options.family === 6 || (words.includes('via') && via?.includes(':')) ? '::' : '0.0.0.0', prefix: 0 };
    } else {
      destination = readPrefix(word);
      if (!destination) return call.fail(mistake(`Error: any valid prefix is expected rather than "${word}".\n`, 1));
    }
  }
  const via = values.get('via');
  const gateway = via === undefined ? undefined : parseAddress(via);
  if (via !== undefined && gateway === undefined) {
    const family = !destination ? 'any valid' : `inet${familyOf(destination.address) === 6 ? '6' : ''}`;
    return call.fail(mistake(`Error: ${family} address is expected rather than "${via}".\n`, 1));
  }
  for (const word of ['metric', 'mtu'])
    if (/\D/.test(values.get(word) ?? ''))
      return call.fail(mistake(`Error: argument "${values.get(word) ?? ''}" is wrong: "${word}" value is invalid\n\n`));
  if (!['main', '254'].includes(values.get('table') ?? 'main'))
    return call.answered(call.refused) || call.fail(mistake('RTNETLINK answers: Operation not supported\n', 2));
  if (!destination) return call.answered(call.refused) || call.fail(mistake('RTNETLINK answers: No such device\n', 2));
  const name = values.get('dev');
  const device = name === undefined ? undefined : call.find(name);
  if (name !== undefined && !device) return call.fail(mistake(`Cannot find device "${name}"\n`, 1));
  const { refused, net } = call;
  if (refused) return call.answered(refused);
  const metric = values.get('metric');
  const common = {
    destination,
    gateway,
    device: refusing === undefined ? device : net.interfaces.loopback,
    metric: metric === undefined ? undefined : Number(metric),
    refusing,
  };
  if (action === 'delete') return call.answered(net.routes.remove(common));
  const scope = values.get('scope');
  const protocol = values.get('proto');
  return call.answered(
    net.routes.add(
      {
        ...common,
        source: values.get('src'),
        mtu: values.has('mtu') ? Number(values.get('mtu')) : undefined,
        onlink: values.has('onlink'),
        protocol: protocol === 'static' || protocol === 'kernel' ? protocol : 'boot',
        ...(scope === 'link' || scope === 'host' || scope === 'global' ? { scope } : {}),
      },
      action === 'add' ? 'new' : action,
    ),
    {
      ENETUNREACH: 'Error: Nexthop has invalid gateway.',
      EINVAL: 'Error: Invalid prefix for given prefix length.',
      ENETDOWN: 'Error: Device for nexthop is not up.',
      ENODEV: 'RTNETLINK answers: No such device',
    },
  );
}

function flush(call: IpCall, words: readonly string[]): number {
  if (words.length === 0) return call.fail(mistake('"ip route flush" requires arguments.\n', 1));
  if (words[0] === 'cache') return 0;
  if (words[0] === 'table' && !['main', 'local', 'all', '254', '255'].includes(words[1] ?? ''))
    return call.fail(mistake('Error: ipv4: FIB table does not exist.\nFlush terminated\n', 2));
  const { refused } = call;
  if (refused) return call.fail(mistake(`Failed to send flush request: ${refused.text}\n`, 1));
  const dev = words[0] === 'dev' ? words[1] : undefined;
  const every = words[0] === 'all' || (words[0] === 'table' && words[1] === 'main');
  const wanted = words[0] === 'default' ? { address: '0.0.0.0', prefix: 0 } : readPrefix(words[0] ?? '');
  const family = call.options.family === 6 ? 6 : 4;
  call.net.routes.prune(
    (route) =>
      route.family === family &&
      (every ||
        (dev !== undefined && route.device.name === dev) ||
        (wanted !== undefined && matches(route.destination, { cidr: wanted, how: 'exact' }))),
  );
  return 0;
}
