/** The kernel's routing tables as `route` and `netstat -r` print them. BusyBox and net-tools differ in a few words, which they hand in. */
import { netmask } from '../../linux/net/address.ts';
import { NET_FILES } from '../../linux/net/proc-format.ts';
import { ipv6Text } from '../../linux/net/address.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import { HostNames } from './name-service.ts';

export interface RouteListing {
  readonly numeric: boolean;
  /** `route` shows metrics, `netstat -r` MSS, window and irtt; `both` all of them (`-ee`). */
  readonly style: 'metric' | 'window' | 'both';
  readonly any: {
    /** The default destination with `-n`. */
    readonly numeric: string;
    readonly named: string;
    /** No gateway, without `-n`. */
    readonly gateway: string;
  };
}

const HEADS = {
  metric: 'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface',
  window: 'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface',
  both: 'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface    MSS   Window irtt',
} as const;

/** IPv4, header lines first. */
export function* ipv4RouteTable(context: ProcessContext, options: RouteListing): Blocking<string> {
  const names = options.numeric ? undefined : new HostNames(context);
  const text = [`Kernel IP routing table\n${HEADS[options.style]}\n`];
  for (const route of context.process.namespaces.net.routes.list(4)) {
    const { address, prefix } = route.destination;
    const named = names && prefix === 32 ? yield* names.nameOf(address) : names && prefix > 0 ? yield* networkName(names, address) : undefined;
    const destination = prefix === 0 ? (names ? options.any.named : options.any.numeric) : (named ?? address);
    // The kernel gives a blackhole no error to report, so both programs take it for a route of the device `*`.
    const refuses = route.refusing !== undefined && route.refusing !== 'blackhole';
    const gateway = refuses
      ? '-'
      : route.gateway === undefined
        ? names
          ? options.any.gateway
          : '0.0.0.0'
        : ((names && (yield* names.nameOf(route.gateway))) ?? route.gateway);
    const flags = refuses ? `!${prefix === 32 ? 'H' : ''}` : `U${route.gateway === undefined ? '' : 'G'}${prefix === 32 ? 'H' : ''}`;
    const name = refuses ? '-' : route.refusing === 'blackhole' ? '*' : route.device.name;
    const cut = (value: string): string => value.slice(0, 15).padEnd(15);
    const metric = `${flags.padEnd(5)} ${String(route.metric).padEnd(6)} ${(refuses ? '-' : '0').padEnd(2)} ${'0'.padStart(7)} ${name}`;
    const window = `${flags.padEnd(5)} ${(refuses ? '-' : '0').padStart(5)} ${(refuses ? '-' : '0').padEnd(5)} ${(refuses ? '-' : '0').padStart(6)} ${name}`;
    const both = `${metric.padEnd(metric.length + Math.max(0, 8 - name.length))} ${'0'.padEnd(5)} ${'0'.padEnd(6)} 0`;
    text.push(
      `${cut(destination)} ${cut(gateway)} ${cut(netmask(prefix))} ${options.style === 'metric' ? metric : options.style === 'window' ? window : both}\n`,
    );
  }
  return text.join('');
}

/** Networks have names only where someone wrote them into /etc/networks; nodes have none but `link-local`. */
// eslint-disable-next-line require-yield -- of a kind with the lookup of hosts
function* networkName(_names: HostNames, address: string): Blocking<string | undefined> {
  return address === '169.254.0.0' ? 'link-local' : undefined;
}

const FLAG_LETTERS = [
  [0x200, '!'],
  [0x1, 'U'],
  [0x2, 'G'],
  [0x4, 'H'],
  [0x10, 'D'],
  [0x20, 'M'],
  [0x40000, 'a'],
  [0x80000, 'c'],
  [0x200000, 'n'],
] as const;

/** IPv6, from /proc/net/ipv6_route as both programs read it; net-tools, without `-n`, names `::1` and brackets `::`. */
export function ipv6RouteTable(
  context: ProcessContext,
  options: { readonly style: 'busybox' | 'net-tools'; readonly names?: { readonly loopback: string | undefined } },
): string {
  const busybox = options.style === 'busybox';
  const named = (text: string): string => (!options.names ? text : text === '::' ? '[::]' : text === '::1' ? (options.names.loopback ?? text) : text);
  const lines = [
    'Kernel IPv6 routing table',
    busybox
      ? 'Destination                                 Next Hop                                Flags Metric Ref    Use Iface'
      : 'Destination                    Next Hop                   Flag Met Ref  Use If',
  ];
  for (const line of (NET_FILES['ipv6_route']?.(context.process.namespaces.net) ?? '').split('\n')) {
    const [destination, prefix, , , hop, metric, references, use, flags, device] = line.trim().split(/\s+/);
    if (destination === undefined || prefix === undefined || device === undefined) continue;
    const bits = Number.parseInt(flags ?? '0', 16);
    const letters = FLAG_LETTERS.filter(([bit]) => (bits & bit) !== 0)
      .map(([, letter]) => letter)
      .join('');
    const to = `${named(ipv6Text(BigInt(`0x${destination}`)))}/${Number.parseInt(prefix, 16)}`;
    const via = named(ipv6Text(BigInt(`0x${hop ?? '0'}`)));
    const signed = (hex: string | undefined): number => Number.parseInt(hex ?? '0', 16) | 0;
    lines.push(
      busybox
        ? `${to.padEnd(43)} ${via.padEnd(39)} ${letters.padEnd(5)} ${String(signed(metric)).padEnd(6)} ${String(signed(references)).padEnd(2)} ${String(signed(use)).padStart(7)} ${device.padEnd(8)}`
        : `${to.padEnd(30)} ${via.padEnd(26)} ${letters.padEnd(4)} ${String(signed(metric)).padEnd(3)} ${String(signed(references)).padEnd(3)} ${String(signed(use)).padStart(4)} ${device}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
