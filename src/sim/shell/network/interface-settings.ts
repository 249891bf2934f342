/** What ifconfig can change, the same for both families; their words for mistakes differ and stand with them. */
import { errno, isErrno, type Errno } from '../../linux/errno.ts';
import { ipv4Bits, parseAddress } from '../../linux/net/address.ts';
import type { NetworkInterface } from '../../linux/net/network-interface.ts';
import { capable } from '../../linux/process/credentials.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';

/** What one word (or pair of words) of ifconfig asks for. */
export type Setting =
  | { readonly kind: 'up' | 'down' | 'promisc' | '-promisc' | 'none' }
  | { readonly kind: 'address' | 'netmask' | 'broadcast' | 'add' | 'del'; readonly value: string }
  | { readonly kind: 'mtu' | 'txqueuelen'; readonly value: number };

export interface SettingFailure {
  /** The ioctl that failed, such as `SIOCSIFFLAGS`. */
  readonly call: string;
  readonly error: Errno;
}

const IOCTL: Readonly<Record<Setting['kind'], string>> = {
  up: 'SIOCSIFFLAGS',
  down: 'SIOCSIFFLAGS',
  promisc: 'SIOCSIFFLAGS',
  '-promisc': 'SIOCSIFFLAGS',
  none: '',
  address: 'SIOCSIFADDR',
  netmask: 'SIOCSIFNETMASK',
  broadcast: 'SIOCSIFBRDADDR',
  add: 'SIOCSIFADDR',
  del: 'SIOCDIFADDR',
  mtu: 'SIOCSIFMTU',
  txqueuelen: 'SIOCSIFTXQLEN',
};

const WITH_VALUE = new Set(['netmask', 'broadcast', 'add', 'del', 'mtu', 'txqueuelen', 'metric', 'hw', 'dstaddr', 'pointopoint', 'tunnel']);
const FLAGS = new Set(['up', 'down', 'promisc', '-promisc']);
const HARMLESS = new Set([
  'arp',
  '-arp',
  'multicast',
  '-multicast',
  'allmulti',
  '-allmulti',
  'trailers',
  '-trailers',
  'dynamic',
  '-dynamic',
  'inet',
  'inet6',
]);

/** @returns the settings in order, or the first word that cannot be understood */
export function readSettings(words: readonly string[]): readonly Setting[] | { readonly bad: string } {
  const settings: Setting[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (FLAGS.has(word)) settings.push({ kind: word as 'up' });
    else if (HARMLESS.has(word)) settings.push({ kind: 'none' });
    else if (WITH_VALUE.has(word)) {
      const value = words[++at];
      if (value === undefined) return { bad: word };
      if (word === 'mtu' || word === 'txqueuelen') {
        if (!/^\d+$/.test(value)) return { bad: value };
        settings.push({ kind: word, value: Number(value) });
      } else if (word === 'netmask' || word === 'broadcast' || word === 'add' || word === 'del') {
        if (!isAddressText(value.replace(/\/\d+$/, ''))) return { bad: value };
        settings.push({ kind: word, value });
      } else settings.push({ kind: 'none' });
    } else if (isAddressText(word.replace(/\/\d+$/, ''))) settings.push({ kind: 'address', value: word });
    else return { bad: word };
  }
  return settings;
}

/** Does what `settings` say to `device`. @returns the first failure; EPERM without CAP_NET_ADMIN over its namespace */
export function applySettings(context: ProcessContext, device: NetworkInterface, settings: readonly Setting[]): SettingFailure | undefined {
  for (const setting of settings) {
    if (setting.kind === 'none') continue;
    const error = applyOne(context, device, { setting, all: settings });
    if (error) return { call: IOCTL[setting.kind], error };
  }
  return undefined;
}

interface Step {
  readonly setting: Exclude<Setting, { readonly kind: 'none' }>;
  readonly all: readonly Setting[];
}

function applyOne(context: ProcessContext, device: NetworkInterface, { setting, all }: Step): Errno | undefined {
  const { net } = context.process.namespaces;
  if (!capable(context.process.credentials, 'CAP_NET_ADMIN', net.owner)) return errno('EPERM');
  switch (setting.kind) {
    case 'up':
    case 'down':
      net.interfaces.setUp(device, setting.kind === 'up');
      return undefined;
    case 'promisc':
    case '-promisc':
      device.promiscuous = setting.kind === 'promisc';
      return undefined;
    case 'mtu':
      if (setting.value < 68 || setting.value > 65_535) return errno('EINVAL');
      device.mtu = setting.value;
      return undefined;
    case 'txqueuelen':
      device.txQueueLength = setting.value;
      return undefined;
    case 'address': {
      for (const old of device.addressesOf(4)) net.interfaces.removeAddress(device, old);
      const [address = '', length] = setting.value.split('/');
      const mask = all.find((each) => each.kind === 'netmask');
      const prefix = length !== undefined ? Number(length) : mask?.kind === 'netmask' ? maskPrefix(mask.value) : classPrefix(address);
      const added = net.interfaces.addAddress(device, { address, prefix });
      net.interfaces.setUp(device, true);
      return isErrno(added) ? added : undefined;
    }
    case 'add': {
      const [address = '', length] = setting.value.split('/');
      const added = net.interfaces.addAddress(device, {
        address,
        prefix: length === undefined ? (address.includes(':') ? 128 : classPrefix(address)) : Number(length),
      });
      return isErrno(added) ? added : undefined;
    }
    case 'del': {
      const address = setting.value.replace(/\/\d+$/, '');
      const held = device.addresses.find((each) => each.address === address);
      if (!held) return errno('EADDRNOTAVAIL');
      net.interfaces.removeAddress(device, held);
      return undefined;
    }
    case 'netmask':
    case 'broadcast':
      // The address that stands beside them takes them along.
      return undefined;
    default:
      return undefined;
  }
}

function isAddressText(text: string): boolean {
  return parseAddress(text) !== undefined;
}

function maskPrefix(mask: string): number {
  const bits = ipv4Bits(mask) ?? 0;
  return bits === 0 ? 0 : Math.clz32(~bits >>> 0);
}

/** inet_abc_len of net/ipv4/devinet.c. */
function classPrefix(address: string): number {
  const first = Number(address.split('.')[0]);
  return first < 128 ? 8 : first < 192 ? 16 : 24;
}
