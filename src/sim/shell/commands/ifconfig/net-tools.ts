/** ifconfig of net-tools 2.10 (ifconfig.c, lib/interface.c): shows and changes interfaces of its network namespace. */
import { netmask } from '../../../linux/net/address.ts';
import { isResolveFailure, resolve } from '../../../linux/net/resolver.ts';
import type { NetworkInterface } from '../../../linux/net/network-interface.ts';
import type { Command } from '../../command.ts';
import { byteCount } from '../../network/byte-count.ts';
import { applySettings, ioctlOf, readSettings, settingTarget, type Setting } from '../../network/interface-settings.ts';

const USAGE = `Usage:
  ifconfig [-a] [-v] [-s] <interface> [[<AF>] <address>]
  [add <address>[/<prefixlen>]]
  [del <address>[/<prefixlen>]]
  [[-]broadcast [<address>]]  [[-]pointopoint [<address>]]
  [netmask <address>]  [dstaddr <address>]  [tunnel <address>]
  [outfill <NN>] [keepalive <NN>]
  [hw <HW> <address>]  [mtu <NN>]
  [[-]trailers]  [[-]arp]  [[-]allmulti]
  [multicast]  [[-]promisc]
  [mem_start <NN>]  [io_addr <NN>]  [irq <NN>]  [media <type>]
  [txqueuelen <NN>]
  [name <newname>]
  [[-]dynamic]
  [up|down] ...
`;

const SCOPES: Readonly<Record<string, string>> = { global: '0x0<global>', host: '0x10<host>', link: '0x20<link>', site: '0x40<site>' };

function shown(device: NetworkInterface): string {
  const { counters } = device;
  const loopback = device.kind === 'loopback';
  const flags = [
    device.up && 'UP',
    !loopback && 'BROADCAST',
    loopback && 'LOOPBACK',
    device.carrier && 'RUNNING',
    ...['NOARP', 'PROMISC', 'ALLMULTI', 'MULTICAST'].map((flag) => device.flagNames.includes(flag) && flag),
  ].filter(Boolean);
  const lines = [`${device.name}: flags=${device.flags}<${flags.join(',')}>  mtu ${device.mtu}`];
  const [first] = device.addressesOf(4);
  if (first)
    lines.push(`        inet ${first.address}  netmask ${netmask(first.prefix)}${loopback ? '' : `  broadcast ${first.broadcast ?? '0.0.0.0'}`}`);
  for (const each of device.addressesOf(6))
    lines.push(`        inet6 ${each.address}  prefixlen ${each.prefix}  scopeid ${SCOPES[each.scope] ?? '0x0<global>'}`);
  lines.push(
    loopback
      ? `        loop  txqueuelen ${device.txQueueLength}  (Local Loopback)`
      : `        ether ${device.mac}  txqueuelen ${device.txQueueLength}  (Ethernet)`,
  );
  lines.push(
    `        RX packets ${counters.rxPackets}  bytes ${counters.rxBytes} (${byteCount(counters.rxBytes)})`,
    `        RX errors ${counters.rxErrors}  dropped ${counters.rxDropped}  overruns 0  frame 0`,
    `        TX packets ${counters.txPackets}  bytes ${counters.txBytes} (${byteCount(counters.txBytes)})`,
    `        TX errors ${counters.txErrors}  dropped ${counters.txDropped} overruns 0  carrier 0  collisions 0`,
    '',
    '',
  );
  return lines.join('\n');
}

/** `eth0:1`: only the address with that label. */
function labelled(device: NetworkInterface, label: string): string {
  const [head = ''] = shown(device).split('\n');
  const address = device.addressesOf(4).find((each) => each.label === label);
  const lines = [`${label}${head.slice(device.name.length)}`];
  if (address) lines.push(`        inet ${address.address}  netmask ${netmask(address.prefix)}  broadcast ${address.broadcast ?? '0.0.0.0'}`);
  lines.push(
    device.kind === 'loopback'
      ? `        loop  txqueuelen ${device.txQueueLength}  (Local Loopback)`
      : `        ether ${device.mac}  txqueuelen ${device.txQueueLength}  (Ethernet)`,
  );
  return `${lines.join('\n')}\n\n`;
}

/** What a setting of an interface that does not exist is answered with; one that needs the flags fails to fetch them. */
function absent(name: string, setting: Setting): string {
  const flags = `${name}: ERROR while getting interface flags: No such device\n`;
  if (['up', 'down', 'promisc', '-promisc'].includes(setting.kind)) return flags;
  if (setting.kind === 'none') return '';
  return `${ioctlOf(setting)}: No such device\n${setting.kind === 'address' ? flags : ''}`;
}

/** `-s`: one line each, as `netstat -i`. */
function short(device: NetworkInterface): string {
  const { counters } = device;
  const letters = [device.kind === 'loopback' ? 'L' : 'BM', device.carrier ? 'R' : '', device.up ? 'U' : ''].join('');
  const column = (value: number, width: number): string => String(value).padStart(width);
  return `${device.name.padEnd(15)} ${column(device.mtu, 5)} ${column(counters.rxPackets, 8)} ${column(counters.rxErrors, 6)} ${column(counters.rxDropped, 6)} ${'0'.padEnd(6)} ${column(counters.txPackets, 8)} ${column(counters.txErrors, 6)} ${column(counters.txDropped, 6)} ${column(0, 6)} ${letters}\n`;
}

export const command: Command = {
  name: 'ifconfig',
  suite: 'net-tools',
  summary: { zh: '查看或设置网络接口', en: 'Show or set network interfaces' },
  options: ['-a', '-s', '-v'],
  *run(context) {
    const { interfaces } = context.process.namespaces.net;
    const words = [...context.args];
    let all = false;
    let brief = false;
    while (words[0]?.startsWith('-')) {
      const word = words.shift() ?? '';
      if (word === '-a') all = true;
      else if (word === '-s') brief = true;
      else if (word === '-V' || word === '--version') {
        context.out('net-tools 2.10\n');
        return 0;
      } else if (word === '-h' || word === '-?' || word === '--help') {
        context.err(USAGE);
        return 0;
      } else if (word !== '-v') {
        context.err(`ifconfig: option \`${word}' not recognised.\nifconfig: \`--help' gives usage information.\n`);
        return 1;
      }
    }
    const [name, ...rest] = words;
    if (brief && rest.length === 0) context.out('Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n');
    const print = (device: NetworkInterface): void => {
      context.out(brief ? short(device) : shown(device));
    };
    if (name === undefined) {
      const devices = [...interfaces.list()].sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const device of devices) if (all || device.up) print(device);
      return 0;
    }
    const target = settingTarget(context, name);
    if (rest.length === 0) {
      if (target) context.out(brief ? short(target.device) : name === target.device.name ? shown(target.device) : labelled(target.device, name));
      else context.err(`${name}: error fetching interface information: Device not found\n`);
      return target ? 0 : 1;
    }
    const settings = readSettings(rest);
    if ('incomplete' in settings) {
      context.err(USAGE);
      return 3;
    }
    if ('badHardware' in settings) {
      context.err(`${settings.badHardware}: invalid ether address.\n`);
      return 1;
    }
    if ('bad' in settings) {
      const found = yield* resolve(context, settings.bad, { flavour: 'glibc', family: 4 });
      const isKnownToBeNone = isResolveFailure(found) && found.code === 'EAI_NONAME';
      context.err(
        `${settings.bad}: ${isKnownToBeNone ? 'Unknown host' : 'Host name lookup failure'}\nifconfig: \`--help' gives usage information.\n`,
      );
      return 1;
    }
    if (!target) {
      for (const setting of settings) context.err(absent(name, setting));
      return 255;
    }
    const failures = applySettings(context, target, settings);
    for (const failed of failures) context.err(`${failed.call}: ${failed.error.text}\n`);
    // Only a failed MTU and a failed queue length count as a mistake of the words (ifconfig.c goterr).
    if (failures.length === 0) return 0;
    return failures.every(({ call }) => call === 'SIOCSIFMTU' || call === 'SIOCSIFTXQLEN') ? 1 : 255;
  },
};
