/** Interfaces, addresses and routes as BusyBox 1.37's ip prints them (networking/libiproute): an old iproute2 without states and protocols. */
import { broadcastOf, cidrText, familyOf, ipv4Bits } from '../../../linux/net/address.ts';
import { INTERFACE_FLAGS, type InterfaceAddress, type NetworkInterface } from '../../../linux/net/network-interface.ts';
import type { NetworkNamespace } from '../../../linux/net/network-namespace.ts';
import type { Route } from '../../../linux/net/route-table.ts';

/** The other end is looked up by its index among the own devices, even when it is in another namespace (ll_map.c). */
export function busyboxLinkLine(device: NetworkInterface, net: NetworkNamespace, what: 'whole' | 'without discipline' = 'whole'): string {
  const other = device.linkIndex === 0 ? undefined : net.interfaces.at(device.linkIndex);
  const at = device.linkIndex === 0 ? '' : `@${other?.name ?? `if${device.linkIndex}`}`;
  const down = device.linkIndex !== 0 && !(other?.up ?? false) ? ',M-DOWN' : '';
  const master = device.master ? `master ${device.master.name} ` : '';
  const queue = device.txQueueLength > 0 ? `qlen ${device.txQueueLength}` : '';
  // A dump of IPv6 does not carry it.
  const discipline = what === 'whole' ? `qdisc ${device.queueingDiscipline} ` : '';
  // Flags without a name there come as one number (ipaddress.c print_link_flags).
  const names = device.flagNames.filter((name) => name !== 'PROMISC' && name !== 'ALLMULTI');
  const rest = device.flags & (INTERFACE_FLAGS.PROMISC | INTERFACE_FLAGS.ALLMULTI);
  return `${device.index}: ${device.name}${at}: <${names.join(',')}${rest === 0 ? '' : rest.toString(16)}${down}> mtu ${device.mtu} ${discipline}${master}${queue}\n`;
}

export function busyboxHardwareLine(device: NetworkInterface): string {
  return `    link/${device.kind === 'loopback' ? 'loopback' : 'ether'} ${device.mac} brd ${device.broadcastMac}\n`;
}

export function busyboxAddressText(each: InterfaceAddress): string {
  return each.family === 4
    ? `inet ${each.address}/${each.prefix}${each.broadcast === undefined ? '' : ` brd ${each.broadcast}`} scope ${each.scope}${each.secondary ? ' secondary' : ''} ${each.label}`
    : `inet6 ${each.address}/${each.prefix} scope ${each.scope} `;
}

/** @param filtered what was selected by (`via`, `scope`) is left out */
export function busyboxRouteLine(route: Route, filtered: ReadonlySet<string> = new Set()): string {
  const { address, prefix } = route.destination;
  const full = familyOf(address) === 4 ? 32 : 128;
  const destination = prefix === 0 ? 'default' : prefix === full ? address : cidrText(route.destination);
  const via = route.gateway === undefined || filtered.has('via') ? '' : `via ${route.gateway} `;
  const device = route.refusing === undefined ? `dev ${route.device.name} ` : '';
  const type = route.refusing === undefined ? '' : `${route.refusing} `;
  const scope = route.family === 4 && route.scope !== 'global' && !filtered.has('scope') ? `scope ${route.scope} ` : '';
  const source = route.source === undefined ? '' : ` src ${route.source} `;
  const metric = route.metric === 0 && route.family === 4 ? '' : ` metric ${route.metric} `;
  return `${type}${destination} ${via}${device}${scope}${source}${metric}\n`;
}

/** The table of own and broadcast addresses. @param named with `table local` in each line */
export function busyboxLocalLines(devices: readonly NetworkInterface[], named: boolean): readonly string[] {
  const table = named ? 'table local ' : '';
  const lines: { readonly at: number; readonly text: string }[] = [];
  const add = (type: string, destination: string, rest: string): void => {
    lines.push({ at: ipv4Bits(destination.replace(/\/.*/, '')) ?? 0, text: `${type} ${destination} ${rest}\n` });
  };
  for (const device of devices) {
    if (!device.up) continue;
    for (const each of device.addressesOf(4)) {
      const end = (scope: string): string => `dev ${device.name} ${table}scope ${scope}  src ${each.address} `;
      if (device.kind === 'loopback') add('local', '127.0.0.0/8', end('host'));
      add('local', each.address, end('host'));
      if (each.prefix < 31) add('broadcast', broadcastOf(each), end('link'));
    }
  }
  return lines.sort((a, b) => a.at - b.at).map(({ text }) => text);
}
