/** Interfaces, addresses and routes as BusyBox 1.37's ip prints them (networking/libiproute): an old iproute2 without states and protocols. */
import { cidrText, familyOf } from '../../../linux/net/address.ts';
import type { InterfaceAddress, NetworkInterface } from '../../../linux/net/network-interface.ts';
import type { NetworkNamespace } from '../../../linux/net/network-namespace.ts';
import type { Route } from '../../../linux/net/route-table.ts';

/** The other end is looked up by its index among the own devices, even when it is in another namespace (ll_map.c). */
export function busyboxLinkLine(device: NetworkInterface, net: NetworkNamespace): string {
  const other = device.linkIndex === 0 ? undefined : net.interfaces.at(device.linkIndex);
  const at = device.linkIndex === 0 ? '' : `@${other?.name ?? `if${device.linkIndex}`}`;
  const down = device.linkIndex !== 0 && !(other?.up ?? false) ? ',M-DOWN' : '';
  const master = device.master ? `master ${device.master.name} ` : '';
  const queue = device.txQueueLength > 0 ? `qlen ${device.txQueueLength}` : '';
  return `${device.index}: ${device.name}${at}: <${device.flagNames.join(',')}${down}> mtu ${device.mtu} qdisc ${device.queueingDiscipline} ${master}${queue}\n`;
}

export function busyboxHardwareLine(device: NetworkInterface): string {
  return `    link/${device.kind === 'loopback' ? 'loopback' : 'ether'} ${device.mac} brd ${device.broadcastMac}\n`;
}

export function busyboxAddressText(each: InterfaceAddress): string {
  return each.family === 4
    ? `inet ${each.address}/${each.prefix}${each.broadcast === undefined ? '' : ` brd ${each.broadcast}`} scope ${each.scope}${each.secondary ? ' secondary' : ''} ${each.label}`
    : `inet6 ${each.address}/${each.prefix} scope ${each.scope} `;
}

export function busyboxRouteLine(route: Route): string {
  const { address, prefix } = route.destination;
  const full = familyOf(address) === 4 ? 32 : 128;
  const destination = prefix === 0 ? 'default' : prefix === full ? address : cidrText(route.destination);
  const via = route.gateway === undefined ? '' : `via ${route.gateway} `;
  const device = `dev ${route.device.name} `;
  const scope = route.family === 4 && route.scope !== 'global' ? `scope ${route.scope} ` : '';
  const source = route.source === undefined ? '' : ` src ${route.source} `;
  const metric = route.metric === 0 && route.family === 4 ? '' : ` metric ${route.metric} `;
  return `${destination} ${via}${device}${scope}${source}${metric}\n`;
}
