/** Routes as `ip route` of iproute2 6.1 lists them (ip/iproute.c print_route), and which of them. */
import { broadcastOf, cidrText, familyOf, inCidr, ipv6Bits, type Cidr, type Family } from '../../../linux/net/address.ts';
import { REFUSING, type Refusing, type Route } from '../../../linux/net/route-table.ts';
import { mistake, readPrefix, type IpCall } from './ip-call.ts';

/** One line of any table. */
interface Line {
  readonly type: 'unicast' | 'local' | 'broadcast' | 'multicast' | Refusing;
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
  readonly mtu?: number | undefined;
  readonly onlink?: boolean | undefined;
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
    mtu: route.mtu,
    onlink: route.onlink,
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
  if (family === 6) {
    lines.sort((a, b) => ((ipv6Bits(a.destination.address) ?? 0n) < (ipv6Bits(b.destination.address) ?? 0n) ? -1 : 1));
    for (const { destination, protocol, device } of call.net.routes.list(6))
      if (protocol === 'kernel' && destination.address === 'fe80::')
        lines.push({
          type: 'multicast',
          destination: { address: 'ff00::', prefix: 8 },
          family,
          device: device.name,
          table: 'local',
          protocol,
          scope: 'global',
          metric: 256,
          linkdown: false,
        });
    return lines;
  }
  return lines.sort((a, b) => order(a.destination.address) - order(b.destination.address) || a.destination.prefix - b.destination.prefix);
}

/** `-N`: protocols and scopes by number (etc/iproute2/rt_protos, rt_scopes). */
const NUMBERS: Readonly<Record<string, number>> = { kernel: 2, boot: 3, static: 4, global: 0, link: 253, host: 254 };

export function isRefusing(type: string): type is Refusing {
  return type in REFUSING;
}

function destinationText(cidr: Cidr): string {
  if (cidr.prefix === 0) return 'default';
  const full = familyOf(cidr.address) === 4 ? 32 : 128;
  return cidr.prefix === full ? cidr.address : cidrText(cidr);
}

function lineText(
  line: Line,
  options: {
    readonly device: boolean;
    readonly table: boolean;
    readonly details: boolean;
    readonly numeric?: boolean;
    readonly filtered: ReadonlySet<string>;
  },
): string {
  const parts: string[] = [];
  const named = (text: string): string => (options.numeric ? String(NUMBERS[text] ?? text) : text);
  if (line.type !== 'unicast' || options.details) parts.push(line.type);
  parts.push(destinationText(line.destination));
  if (line.gateway !== undefined && !options.filtered.has('via')) parts.push(`via ${line.gateway}`);
  if (options.device && !isRefusing(line.type)) parts.push(`dev ${line.device}`);
  if (options.table && line.table !== 'main') parts.push(`table ${line.table}`);
  if ((line.protocol !== 'boot' || options.details) && !options.filtered.has('proto')) parts.push(`proto ${named(line.protocol)}`);
  if (line.family === 4 && (line.scope !== 'global' || options.details) && !options.filtered.has('scope')) parts.push(`scope ${named(line.scope)}`);
  if (line.source !== undefined && !options.filtered.has('src')) parts.push(`src ${line.source}`);
  if (line.metric !== 0 || line.family === 6) parts.push(`metric ${line.metric}`);
  if (line.mtu !== undefined) parts.push(`mtu ${line.mtu}`);
  if (line.linkdown && line.type !== 'local') parts.push('linkdown');
  if (line.onlink) parts.push('onlink');
  if (line.family === 6) return `${parts.join(' ')} pref medium\n`;
  return `${parts.join(' ')} \n`;
}

/** `ip route show`. @param words what follows it @returns the exit code */
export function showRoutes(call: IpCall, words: readonly string[]): number {
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
    const cidr = text === 'default' || text === 'any' ? { address: family === 4 ? '0.0.0.0' : '::', prefix: 0 } : readPrefix(text);
    if (!cidr) return call.fail(mistake(`Error: any valid prefix is expected rather than "${text}".\n`, 1));
    prefix = { cidr, how };
  }
  const device = values.get('dev');
  if (device !== undefined && !call.find(device)) return call.fail(mistake(`Cannot find device "${device}"\n`, 1));
  const table = values.get('table') ?? 'main';
  if (!['main', 'local', 'all', '254', '255', '0'].includes(table)) {
    return /^\d+$/.test(table) || table === 'default'
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
    call.out(
      lineText(line, {
        device: device === undefined,
        table: every,
        details: call.options.details,
        numeric: call.options.numeric,
        filtered: new Set(values.keys()),
      }),
    );
  return 0;
}

/** The main table as `ip route` prints it, one line each. */
export function mainRouteTexts(call: IpCall): readonly string[] {
  return call.net.routes.list(4).map((route) => lineText(mainLine(route), { device: true, table: false, details: false, filtered: new Set() }));
}

/** Whether a selector means this destination. */
export function matches(destination: Cidr, wanted: { readonly cidr: Cidr; readonly how: 'exact' | 'match' | 'root' }): boolean {
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
