/** What ifconfig can change, the same for both families; their words for mistakes differ and stand with them. */
import { errno, isErrno, type Errno } from '../../linux/errno.ts';
import { ipv4Bits, parseAddress } from '../../linux/net/address.ts';
import { usualBroadcast } from '../../linux/net/interface-table.ts';
import type { NetworkInterface } from '../../linux/net/network-interface.ts';
import { capable } from '../../linux/process/credentials.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';

/** What one word (or pair of words) of ifconfig asks for. */
export type Setting =
  | { readonly kind: 'up' | 'down' | 'promisc' | '-promisc' | 'arp' | '-arp' | 'multicast' | '-multicast' | 'allmulti' | '-allmulti' | 'none' }
  | { readonly kind: 'address' | 'netmask' | 'broadcast' | 'add' | 'del' | 'hw'; readonly value: string }
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
  arp: 'SIOCSIFFLAGS',
  '-arp': 'SIOCSIFFLAGS',
  multicast: 'SIOCSIFFLAGS',
  '-multicast': 'SIOCSIFFLAGS',
  allmulti: 'SIOCSIFFLAGS',
  '-allmulti': 'SIOCSIFFLAGS',
  none: '',
  address: 'SIOCSIFADDR',
  netmask: 'SIOCSIFNETMASK',
  broadcast: 'SIOCSIFBRDADDR',
  add: 'SIOCSIFADDR',
  del: 'SIOCDIFADDR',
  hw: 'SIOCSIFHWADDR',
  mtu: 'SIOCSIFMTU',
  txqueuelen: 'SIOCSIFTXQLEN',
};

const WITH_VALUE = new Set(['netmask', 'broadcast', 'add', 'del', 'mtu', 'txqueuelen', 'metric', 'hw', 'dstaddr', 'pointopoint', 'tunnel']);
const FLAGS = new Set(['up', 'down', 'promisc', '-promisc', 'arp', '-arp', 'multicast', '-multicast', 'allmulti', '-allmulti']);
const HARMLESS = new Set(['trailers', '-trailers', 'dynamic', '-dynamic', 'inet', 'inet6']);

/** @returns the settings in order, the first word that cannot be understood, or the one whose value is missing */
export function readSettings(
  words: readonly string[],
): readonly Setting[] | { readonly bad: string } | { readonly badHardware: string } | { readonly incomplete: string } {
  const settings: Setting[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (FLAGS.has(word)) settings.push({ kind: word as 'up' });
    else if (HARMLESS.has(word)) settings.push({ kind: 'none' });
    else if (WITH_VALUE.has(word)) {
      const value = words[++at];
      if (value === undefined) return { incomplete: word };
      if (word === 'mtu' || word === 'txqueuelen') settings.push({ kind: word, value: Number.parseInt(value, 10) || 0 });
      else if (word === 'hw') {
        const mac = words[++at];
        if (value !== 'ether') return { incomplete: value };
        if (mac === undefined) return { incomplete: word };
        if (!/^([0-9a-f]{1,2}:){5}[0-9a-f]{1,2}$/i.test(mac)) return { badHardware: mac };
        settings.push({ kind: word, value: mac.toLowerCase() });
      } else if (word === 'netmask' || word === 'broadcast' || word === 'add' || word === 'del') {
        if (!isAddressText(value.replace(/\/\d+$/, ''))) return { bad: value };
        settings.push({ kind: word, value });
      } else settings.push({ kind: 'none' });
    } else if (isAddressText(word.replace(/\/\d+$/, ''))) settings.push({ kind: 'address', value: word.replace(/^[^/]*/, wholeAddress) });
    else return { bad: word };
  }
  return settings;
}

/** The interface that a name stands for; `eth0:1` is a label of addresses of `eth0`. */
export interface Target {
  readonly device: NetworkInterface;
  readonly label: string;
}

/** @returns undefined when there is no such interface */
export function settingTarget(context: ProcessContext, name: string): Target | undefined {
  const device = context.process.namespaces.net.interfaces.find(name.replace(/:.*$/, ''));
  return device && { device, label: name };
}

/** Does what `settings` say, one after the other. @returns the failures; EPERM without CAP_NET_ADMIN over the namespace */
export function applySettings(context: ProcessContext, target: Target, settings: readonly Setting[]): readonly SettingFailure[] {
  return settings.flatMap((setting) => {
    if (setting.kind === 'none') return [];
    const error = applyOne(context, target, { setting, all: settings });
    return error ? [{ call: IOCTL[setting.kind], error }] : [];
  });
}

/** The ioctl that `setting` asks for. */
export function ioctlOf(setting: Setting): string {
  return IOCTL[setting.kind];
}

interface Step {
  readonly setting: Exclude<Setting, { readonly kind: 'none' }>;
  readonly all: readonly Setting[];
}

function applyOne(context: ProcessContext, { device, label }: Target, { setting, all }: Step): Errno | undefined {
  const { net } = context.process.namespaces;
  if (!capable(context.process.credentials, 'CAP_NET_ADMIN', net.owner)) return errno('EPERM');
  switch (setting.kind) {
    case 'up':
    case 'down': {
      // Of a label, `down` takes the address away (net/ipv4/devinet.c devinet_ioctl).
      const labelled = label === device.name ? undefined : device.addresses.find((each) => each.label === label);
      if (setting.kind === 'down' && label !== device.name) return labelled ? net.interfaces.removeAddress(device, labelled) : errno('EADDRNOTAVAIL');
      net.interfaces.setUp(device, setting.kind === 'up');
      return undefined;
    }
    case 'promisc':
    case '-promisc':
      device.promiscuous = setting.kind === 'promisc';
      return undefined;
    case 'arp':
    case '-arp':
      device.withoutArp = setting.kind === '-arp';
      return undefined;
    case 'multicast':
    case '-multicast':
      device.withoutMulticast = setting.kind === '-multicast';
      return undefined;
    case 'allmulti':
    case '-allmulti':
      device.allMulticast = setting.kind === 'allmulti';
      return undefined;
    case 'mtu':
      if (setting.value < 68 || setting.value > 65_535) return errno('EINVAL');
      device.mtu = setting.value;
      return undefined;
    case 'txqueuelen':
      device.txQueueLength = setting.value;
      return undefined;
    case 'address': {
      const old = device.addressesOf(4).find((each) => each.label === label);
      const [address = '', length] = setting.value.split('/');
      const mask = all.find((each) => each.kind === 'netmask');
      const prefix = length !== undefined ? Number(length) : mask?.kind === 'netmask' ? maskPrefix(mask.value) : classPrefix(address);
      if (old) net.interfaces.removeAddress(device, old);
      const given = all.find((each) => each.kind === 'broadcast');
      const broadcast = device.kind === 'loopback' ? undefined : given?.kind === 'broadcast' ? given.value : usualBroadcast({ address, prefix });
      const added = net.interfaces.addAddress(device, { address, prefix }, { broadcast, label });
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
    case 'hw':
      net.interfaces.setMac(device, setting.value);
      return undefined;
    case 'netmask':
    case 'broadcast':
      // The address that stands beside them takes them along.
      return undefined;
    default:
      return undefined;
  }
}

function isAddressText(text: string): boolean {
  return parseAddress(wholeAddress(text)) !== undefined;
}

/** inet_aton(3): `10.1` is 10.0.0.1. */
function wholeAddress(text: string): string {
  const parts = text.split('.');
  if (!/^\d+(\.\d+){0,2}$/.test(text)) return text;
  return [...parts.slice(0, -1), ...Array.from({ length: 4 - parts.length }, () => '0'), parts.at(-1) ?? '0'].join('.');
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
