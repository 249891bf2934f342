/** Which interfaces `ip link show` and `ip addr show` list: `dev NAME`, `up`, `master BRIDGE`, `type KIND`. */
import type { InterfaceAddress, NetworkInterface } from '../../../linux/net/network-interface.ts';
import { mistake, type IpCall, type IpMistake } from './ip-call.ts';

export interface DeviceSelection {
  readonly kind: 'selection';
  readonly devices: readonly NetworkInterface[];
  /** `to PREFIX` and `scope NAME`, for addresses. */
  readonly to: string | undefined;
  readonly scope: string | undefined;
  readonly named: boolean;
  /** `label PATTERN`, for addresses. */
  readonly label: string | undefined;
  /** `secondary`, `dynamic` and the like: which addresses to show. */
  readonly kept: ((each: InterfaceAddress) => boolean) | undefined;
}

const ADDRESS_FLAGS: Readonly<Record<string, (each: InterfaceAddress) => boolean>> = {
  primary: (each) => !each.secondary,
  secondary: (each) => each.secondary,
  permanent: () => true,
  dynamic: () => false,
  tentative: () => false,
  deprecated: () => false,
  dadfailed: () => false,
  temporary: (each) => each.secondary,
};

export function selectDevices(call: IpCall, words: readonly string[]): DeviceSelection | IpMistake {
  let devices = call.net.interfaces.list();
  let name: string | undefined;
  let to: string | undefined;
  let scope: string | undefined;
  let label: string | undefined;
  let kept: DeviceSelection['kept'];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const next = words[at + 1];
    if (['dev', 'master', 'type', 'to', 'scope', 'label', 'group', 'vrf'].includes(word)) {
      at++;
      if (next === undefined) return mistake('Command line is not complete. Try option "help"\n');
      if (word === 'dev') {
        if (name !== undefined) return mistake(`Error: either "dev" is duplicate, or "${next}" is a garbage.\n`);
        name = next;
      } else if (word === 'label') label = next;
      else if (word === 'vrf') {
        return mistake(`Error: argument "${next}" is wrong: Not a valid VRF name\n\n`);
      } else if (word === 'scope' && !['global', 'link', 'host', 'all', 'site'].includes(next))
        return mistake(`Error: argument "${next}" is wrong: invalid "scope"\n\n`);
      else if (word === 'to') to = next;
      else if (word === 'scope') scope = next;
      else if (word === 'master') {
        const master = call.find(next);
        if (!master) return mistake(`Error: argument "${next}" is wrong: Device does not exist\n\n`);
        devices = devices.filter((each) => each.master === master);
      } else if (word === 'type') devices = devices.filter((each) => each.kind === next || (each.kind === 'ethernet' && next === 'veth'));
    } else if (word === 'up') devices = devices.filter((each) => each.up);
    else if (word === 'nomaster') devices = devices.filter((each) => !each.master);
    else if (Object.hasOwn(ADDRESS_FLAGS, word)) kept = ADDRESS_FLAGS[word];
    else if (name === undefined) name = word;
    else return mistake(`Error: either "dev" is duplicate, or "${word}" is a garbage.\n`);
  }
  if (name !== undefined) {
    const device = call.find(name);
    if (!device) return mistake(`Device "${name}" does not exist.\n`, 1);
    devices = devices.filter((each) => each === device);
  }
  return { kind: 'selection', devices, to, scope, label, kept, named: name !== undefined };
}
