/** The ARP table as both arps use it: entries to show, and `-s` and `-d` with the kernel's answers. */
import { errno, type Errno } from '../../linux/errno.ts';
import { inCidr } from '../../linux/net/address.ts';
import type { Neighbour } from '../../linux/net/neighbour-table.ts';
import type { NetworkInterface } from '../../linux/net/network-interface.ts';
import { capable } from '../../linux/process/credentials.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';

/** Those of IPv4, as /proc/net/arp lists them. */
export function arpEntries(context: ProcessContext): readonly Neighbour[] {
  return context.process.namespaces.net.neighbours.list().filter((each) => !each.address.includes(':'));
}

/** `aa:bb:cc:dd:ee:ff` in lower case; undefined when it is none. */
export function hardwareAddress(text: string): string | undefined {
  return /^[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}$/.test(text)
    ? text
        .split(':')
        .map((each) => each.toLowerCase().padStart(2, '0'))
        .join(':')
    : undefined;
}

/** The device on whose network an address lies (net/ipv4/arp.c arp_req_set). @returns ENETUNREACH */
function deviceFor(context: ProcessContext, address: string, name: string | undefined): NetworkInterface | Errno {
  const { interfaces } = context.process.namespaces.net;
  if (name !== undefined) return interfaces.find(name) ?? errno('ENODEV');
  const device = interfaces.list().find((each) => each.up && each.kind !== 'loopback' && each.addressesOf(4).some((own) => inCidr(address, own)));
  return device ?? errno('ENETUNREACH');
}

/** @returns EPERM, ENODEV, ENETUNREACH */
export function setArp(
  context: ProcessContext,
  entry: { readonly address: string; readonly mac: string; readonly device: string | undefined; readonly temporary?: boolean },
): Errno | undefined {
  const { net } = context.process.namespaces;
  if (!capable(context.process.credentials, 'CAP_NET_ADMIN', net.owner)) return errno('EPERM');
  const device = deviceFor(context, entry.address, entry.device);
  if (device.kind === 'errno') return device;
  if (entry.temporary) net.neighbours.setLearnt(device, entry.address, { mac: entry.mac, state: 'STALE' });
  else net.neighbours.setPermanent(device, entry.address, entry.mac);
  return undefined;
}

/** @returns EPERM, ENODEV, ENETUNREACH, or ENXIO where there is no such entry */
export function deleteArp(context: ProcessContext, entry: { readonly address: string; readonly device: string | undefined }): Errno | undefined {
  const { net } = context.process.namespaces;
  if (!capable(context.process.credentials, 'CAP_NET_ADMIN', net.owner)) return errno('EPERM');
  const device = deviceFor(context, entry.address, entry.device);
  if (device.kind === 'errno') return device;
  return net.neighbours.remove(device, entry.address) ? undefined : errno('ENXIO');
}
