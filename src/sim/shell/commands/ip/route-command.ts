/** `ip route` of iproute2 6.1 (ip/iproute.c). */
import { isErrno } from '../../../linux/errno.ts';
import { broadcastOf, cidrText, familyOf, inCidr, parseAddress, parseCidr, type Cidr, type Family } from '../../../linux/net/address.ts';
import { REFUSING, type Refusing, type Route } from '../../../linux/net/route-table.ts';
import { mistake, pick, type IpCall } from './ip-call.ts';

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

const HELP = `Usage: ip route { show | flush } SELECTOR
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
  if (typed === undefined) return show(call, []);
  const command = pick(typed, COMMANDS);
  switch (command) {
    case 'list':
    case 'show':
    case 'lst':
      return show(call, rest);
    case 'get':
      return get(call, rest);
    case 'add':
    case 'append':
    case 'prepend':
      return change(call, rest, 'add');
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

/** One line of any table. */
interface Line {
  readonly type: 'unicast' | 'local' | 'broadcast' | Refusing;
  readonly destination: Cidr;
  readonly family: Family;
  readonly gateway?: string | undefined;
  readonly device: string;
  readonly table: 'main' | 'local';
  readonly protocol: string;
  readonly scope: string;
  readonly source?: string | undefined;
  readonly metric: number;
  readonly linkdown: boolean;
}

function mainLine(route: Route): Line {
  return {
    type: route.refusing ?? 'unicast',
    destination: route.destination,
    family: route.family,
    gateway: route.gateway,
    device: route.device.name,
    table: 'main',
    protocol: route.protocol,
    scope: route.scope,
    source: route.source,
    metric: route.metric,
    linkdown: route.refusing === undefined && !route.device.carrier,
  };
}

/** The table of own and broadcast addresses, which the kernel keeps by itself. */
function localLines(call: IpCall, family: Family): readonly Line[] {
  const lines: Line[] = [];
  for (const device of call.net.interfaces.list()) {
    if (!device.up) continue;
    for (const each of device.addressesOf(family)) {
      const base = {
        family,
        device: device.name,
        table: 'local',
        protocol: 'kernel',
        source: family === 4 ? each.address : undefined,
        metric: 0,
        linkdown: false,
      } as const;
      const full = family === 4 ? 32 : 128;
      const network = { address: each.address.replace(/\.[^.]*$/, '.0'), prefix: each.prefix };
      if (device.kind === 'loopback' && family === 4)
        lines.push({ ...base, type: 'local', destination: { address: '127.0.0.0', prefix: 8 }, scope: 'host' });
      lines.push({ ...base, type: 'local', destination: { address: each.address, prefix: full }, scope: 'host' });
      if (family === 4 && each.prefix < 31)
        lines.push({
          ...base,
          type: 'broadcast',
          destination: {
            address: broadcastOf(device.kind === 'loopback' ? { address: '127.0.0.1', prefix: 8 } : { ...network, address: each.address }),
            prefix: full,
          },
          scope: 'link',
          linkdown: !device.carrier,
        });
    }
  }
  const order = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return family === 6
    ? lines
    : lines.sort((a, b) => order(a.destination.address) - order(b.destination.address) || a.destination.prefix - b.destination.prefix);
}

function isRefusing(type: string): type is Refusing {
  return type in REFUSING;
}

function destinationText(cidr: Cidr): string {
  if (cidr.prefix === 0) return 'default';
  const full = familyOf(cidr.address) === 4 ? 32 : 128;
  return cidr.prefix === full ? cidr.address : cidrText(cidr);
}

function lineText(
  line: Line,
  options: { readonly device: boolean; readonly table: boolean; readonly details: boolean; readonly filtered: ReadonlySet<string> },
): string {
  const parts: string[] = [];
  if (line.type !== 'unicast' || options.details) parts.push(line.type);
  parts.push(destinationText(line.destination));
  if (line.gateway !== undefined && !options.filtered.has('via')) parts.push(`via ${line.gateway}`);
  if (options.device && !isRefusing(line.type)) parts.push(`dev ${line.device}`);
  if (options.table && line.table !== 'main') parts.push(`table ${line.table}`);
  if ((line.protocol !== 'boot' || options.details) && !options.filtered.has('proto')) parts.push(`proto ${line.protocol}`);
  if (line.family === 4 && (line.scope !== 'global' || options.details) && !options.filtered.has('scope')) parts.push(`scope ${line.scope}`);
  if (line.source !== undefined && !options.filtered.has('src')) parts.push(`src ${line.source}`);
  if (line.metric !== 0 || line.family === 6) parts.push(`metric ${line.metric}`);
  if (line.linkdown && line.type !== 'local') parts.push('linkdown');
  if (line.family === 6) return `${parts.join(' ')} pref medium\n`;
  return `${parts.join(' ')} \n`;
}

function show(call: IpCall, words: readonly string[]): number {
  const family: Family = call.options.family === 6 ? 6 : 4;
  const values = new Map<string, string>();
  let prefix: { readonly cidr: Cidr; readonly how: 'exact' | 'match' | 'root' } | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (['dev', 'oif', 'iif', 'table', 'proto', 'protocol', 'scope', 'via', 'src', 'type', 'metric', 'vrf'].includes(word)) {
      const value = words[++at];
      if (value === undefined) return call.fail(mistake('Command line is not complete. Try option "help"\n'));
      values.set(word === 'oif' ? 'dev' : word === 'protocol' ? 'proto' : word, value);
      continue;
    }
    if (word === 'cache') return 0;
    const how = word === 'root' || word === 'match' ? word : 'exact';
    const text = word === 'to' || word === 'exact' || how !== 'exact' ? (words[++at] ?? '') : word;
    const cidr = text === 'default' || text === 'any' ? { address: family === 4 ? '0.0.0.0' : '::', prefix: 0 } : parseCidr(text);
    if (!cidr) return call.fail(mistake(`Error: any valid prefix is expected rather than "${text}".\n`, 1));
    prefix = { cidr, how };
  }
  const device = values.get('dev');
  if (device !== undefined && !call.find(device)) return call.fail(mistake(`Cannot find device "${device}"\n`, 1));
  const table = values.get('table') ?? 'main';
  if (!['main', 'local', 'all', 'default', '254', '255', '253', '0'].includes(table)) {
    return /^\d+$/.test(table)
      ? call.fail(mistake(`Error: ${family === 4 ? 'ipv4: FIB' : 'ipv6: FIB'} table does not exist.\nDump terminated\n`, 2))
      : call.fail(mistake(`Error: argument "${table}" is wrong: table id value is invalid\n\n`));
  }
  const every = table === 'all' || table === '0';
  const families: readonly Family[] = every && call.options.family === undefined ? [4, 6] : [family];
  const lines = families.flatMap((each) => [
    ...(every || table === 'main' || table === '254' ? call.net.routes.list(each).map(mainLine) : []),
    ...(every || table === 'local' || table === '255' ? localLines(call, each) : []),
  ]);
  const chosen = lines.filter(
    (line) =>
      (device === undefined || line.device === device) &&
      (!values.has('via') || line.gateway === values.get('via')) &&
      (!values.has('src') || line.source === values.get('src')) &&
      (!values.has('proto') || line.protocol === values.get('proto')) &&
      (!values.has('scope') || line.scope === values.get('scope') || (values.get('scope') === 'universe' && line.scope === 'global')) &&
      (!values.has('type') || line.type === values.get('type')) &&
      (device === undefined || !isRefusing(line.type)) &&
      (!prefix || matches(line.destination, prefix)),
  );
  if (call.options.json) {
    call.json(chosen.map((line) => lineJson(line)));
    return 0;
  }
  for (const line of chosen)
    call.out(lineText(line, { device: device === undefined, table: every, details: call.options.details, filtered: new Set(values.keys()) }));
  return 0;
}

/** The main table as `ip route` prints it, one line each. */
export function mainRouteTexts(call: IpCall): readonly string[] {
  return call.net.routes.list(4).map((route) => lineText(mainLine(route), { device: true, table: false, details: false, filtered: new Set() }));
}

function matches(destination: Cidr, wanted: { readonly cidr: Cidr; readonly how: 'exact' | 'match' | 'root' }): boolean {
  const { cidr, how } = wanted;
  if (how === 'exact') return destination.address === cidr.address && destination.prefix === cidr.prefix;
  if (how === 'match') return destination.prefix <= cidr.prefix && inCidr(cidr.address, destination);
  return destination.prefix >= cidr.prefix && inCidr(destination.address, cidr);
}

function lineJson(line: Line): Record<string, unknown> {
  return {
    ...(line.type === 'unicast' ? {} : { type: line.type }),
    dst: destinationText(line.destination),
    ...(line.gateway === undefined ? {} : { gateway: line.gateway }),
    ...(isRefusing(line.type) ? {} : { dev: line.device }),
    ...(line.table === 'main' ? {} : { table: line.table }),
    ...(line.protocol === 'boot' ? {} : { protocol: line.protocol }),
    ...(line.family === 6 || line.scope === 'global' ? {} : { scope: line.scope }),
    ...(line.source === undefined ? {} : { prefsrc: line.source }),
    ...(line.metric === 0 ? {} : { metric: line.metric }),
    flags: line.linkdown ? ['linkdown'] : [],
    ...(line.family === 6 ? { pref: 'medium' } : {}),
  };
}

function get(call: IpCall, words: readonly string[]): number {
  let target: string | undefined;
  let source: string | undefined;
  let device: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === 'from') source = words[++at];
    else if (word === 'oif' || word === 'dev') device = words[++at];
    else if (['iif', 'tos', 'mark', 'vrf', 'uid', 'ipproto', 'sport', 'dport'].includes(word)) at++;
    else if (['fibmatch', 'notify', 'connected', 'to'].includes(word)) continue;
    else {
      target = parseCidr(word)?.address;
      if (target === undefined) return call.fail(mistake(`Error: any valid prefix is expected rather than "${word}".\n`, 1));
    }
  }
  if (target === undefined) return call.fail(mistake('need at least a destination address\n', 1));
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
  if (decision.kind === 'local')
    call.out(
      `local ${target} ${from}dev lo ${six ? 'table local proto kernel ' : ''}${src}${six ? 'metric 0 pref medium\n' : `uid ${uid} \n    cache <local> \n`}`,
    );
  else
    call.out(
      `${isBroadcast ? 'broadcast ' : ''}${target} ${from}${decision.gateway === undefined ? '' : `via ${decision.gateway} `}dev ${decision.device.name} ${six ? 'proto kernel ' : ''}${src}${six ? `metric ${decision.route.metric} pref medium\n` : `uid ${uid} \n    cache ${isBroadcast ? '<local,brd> ' : ''}\n`}`,
    );
  return 0;
}

function change(call: IpCall, words: readonly string[], action: 'add' | 'replace' | 'change' | 'delete'): number {
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
    } else if (word === 'onlink' || word === 'to' || word === 'unicast') continue;
    else if (isRefusing(word)) refusing = word;
    else if (destination) return call.fail(mistake(`Error: either "to" is duplicate, or "${word}" is a garbage.\n`));
    else if (word === 'default') {
      const via = values.get('via') ?? words[words.indexOf('via') + 1];
      destination = { address: call.options.family === 6 || (words.includes('via') && via?.includes(':')) ? '::' : '0.0.0.0', prefix: 0 };
    } else {
      destination = parseCidr(word);
      if (!destination) return call.fail(mistake(`Error: any valid prefix is expected rather than "${word}".\n`, 1));
    }
  }
  const via = values.get('via');
  const gateway = via === undefined ? undefined : parseAddress(via);
  if (via !== undefined && gateway === undefined) return call.fail(mistake(`Error: any valid address is expected rather than "${via}".\n`, 1));
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
  const { refused } = call;
  if (refused) return call.fail(mistake(`Failed to send flush request: ${refused.text}\n`, 1));
  const dev = words[0] === 'dev' ? words[1] : undefined;
  const every = words[0] === 'all' || (words[0] === 'table' && words[1] === 'main');
  const wanted = words[0] === 'default' ? { address: '0.0.0.0', prefix: 0 } : parseCidr(words[0] ?? '');
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
