/** What brctl of both families does to bridges, with the kernel's answers (net/bridge/br_ioctl.c). */
import { errno, isErrno, type Errno } from '../../linux/errno.ts';
import { capable } from '../../linux/process/credentials.ts';
import type { NetworkInterface } from '../../linux/net/network-interface.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';

export function bridgesOf(context: ProcessContext): readonly NetworkInterface[] {
  return context.process.namespaces.net.interfaces
    .list()
    .filter((each) => each.kind === 'bridge')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `8000.` and the hardware address, as brctl prints a bridge's id. */
export function bridgeId(bridge: NetworkInterface): string {
  return `8000.${bridge.mac.replaceAll(':', '')}`;
}

/** `brctl show`: the first port stands on the bridge's line. */
export function bridgeLines(bridges: readonly NetworkInterface[]): string {
  let text = 'bridge name\tbridge id\t\tSTP enabled\tinterfaces\n';
  for (const bridge of bridges) {
    const ports = [...bridge.ports].map((port) => port.name).sort();
    text += `${bridge.name}\t\t${bridgeId(bridge)}\t${bridge.spanningTree ? 'yes' : 'no'}\t\t${ports[0] ?? ''}\n`;
    for (const port of ports.slice(1)) text += `\t\t\t\t\t\t\t${port}\n`;
  }
  return text;
}

/** @returns EPERM without CAP_NET_ADMIN */
function refused(context: ProcessContext): Errno | undefined {
  return capable(context.process.credentials, 'CAP_NET_ADMIN', context.process.namespaces.net.owner) ? undefined : errno('EPERM');
}

/** @returns EPERM, EEXIST */
export function addBridge(context: ProcessContext, name: string): Errno | undefined {
  const made = refused(context) ?? context.process.namespaces.net.interfaces.addBridge(name);
  return isErrno(made) ? made : undefined;
}

/** @returns EPERM, ENXIO (no such bridge), EBUSY (it is up) */
export function deleteBridge(context: ProcessContext, name: string): Errno | undefined {
  const { interfaces } = context.process.namespaces.net;
  const bridge = interfaces.find(name);
  const no = refused(context);
  if (no) return no;
  if (bridge?.kind !== 'bridge') return errno(bridge ? 'EPERM' : 'ENXIO');
  return bridge.up ? errno('EBUSY') : interfaces.remove(bridge);
}

/** @returns EPERM, ENODEV, EBUSY (has a bridge already), ELOOP (a bridge itself), EINVAL (cannot be a port, or is none of this bridge) */
export function changePort(
  context: ProcessContext,
  change: { readonly bridge: string; readonly device: string; readonly add: boolean },
): Errno | undefined {
  const { interfaces } = context.process.namespaces.net;
  const bridge = interfaces.find(change.bridge);
  const device = interfaces.find(change.device);
  if (!device) return errno('ENODEV');
  const no = refused(context);
  if (no) return no;
  if (!bridge) return errno('ENODEV');
  if (bridge.kind !== 'bridge') return errno('EOPNOTSUPP');
  if (change.add && device.kind === 'bridge') return errno('ELOOP');
  if (change.add) return device.master ? errno('EBUSY') : interfaces.setMaster(device, bridge);
  return device.master === bridge ? interfaces.setMaster(device, undefined) : errno('EINVAL');
}
