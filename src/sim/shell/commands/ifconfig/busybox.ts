/** ifconfig of BusyBox 1.37 (networking/ifconfig.c, interface.c): shows and changes interfaces of its network namespace. */
import { netmask } from '../../../linux/net/address.ts';
import type { NetworkInterface } from '../../../linux/net/network-interface.ts';
import type { Command } from '../../command.ts';
import { byteCount } from '../../network/byte-count.ts';
import { applySettings, ioctlOf, readSettings, settingTarget } from '../../network/interface-settings.ts';
import { wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';

const USAGE = `ifconfig [-a] [IFACE] [ADDRESS]

Configure a network interface

\t[add ADDRESS[/PREFIXLEN]]
\t[del ADDRESS[/PREFIXLEN]]
\t[[-]broadcast [ADDRESS]] [[-]pointopoint [ADDRESS]]
\t[netmask ADDRESS] [dstaddr ADDRESS]
\t[outfill NN] [keepalive NN]
\t[hw ether|infiniband ADDRESS] [metric NN] [mtu NN]
\t[[-]trailers] [[-]arp] [[-]allmulti]
\t[multicast] [[-]promisc] [txqueuelen NN] [[-]dynamic]
\t[mem_start NN] [io_addr NN] [irq NN]
\t[up|down] ...`;

const SCOPE: Readonly<Record<string, string>> = { host: 'Host', link: 'Link', global: 'Global', site: 'Site' };

function shown(device: NetworkInterface): string {
  const { counters } = device;
  const loopback = device.kind === 'loopback';
  const encapsulation = loopback ? 'Link encap:Local Loopback  ' : `Link encap:Ethernet  HWaddr ${device.mac.toUpperCase()}  `;
  const lines = [`${device.name.padEnd(9)} ${encapsulation}`];
  const [first] = device.addressesOf(4);
  if (first)
    lines.push(`          inet addr:${first.address}${loopback ? '' : `  Bcast:${first.broadcast ?? '0.0.0.0'}`}  Mask:${netmask(first.prefix)}`);
  for (const each of device.addressesOf(6))
    lines.push(`          inet6 addr: ${each.address}/${each.prefix} Scope:${SCOPE[each.scope] ?? 'Unknown'}`);
  const flags = [
    device.up && 'UP',
    !loopback && 'BROADCAST',
    loopback && 'LOOPBACK',
    device.carrier && 'RUNNING',
    ...['NOARP', 'PROMISC', 'ALLMULTI', 'MULTICAST'].map((flag) => device.flagNames.includes(flag) && flag),
  ].filter(Boolean);
  lines.push(
    `          ${flags.length === 0 ? '[NO FLAGS]' : flags.join(' ')}  MTU:${device.mtu}  Metric:1`,
    `          RX packets:${counters.rxPackets} errors:${counters.rxErrors} dropped:${counters.rxDropped} overruns:0 frame:0`,
    `          TX packets:${counters.txPackets} errors:${counters.txErrors} dropped:${counters.txDropped} overruns:0 carrier:0`,
    `          collisions:0 txqueuelen:${device.txQueueLength} `,
    `          RX bytes:${counters.rxBytes} (${byteCount(counters.rxBytes)})  TX bytes:${counters.txBytes} (${byteCount(counters.txBytes)})`,
    '',
    '',
  );
  return lines.join('\n');
}

/** `eth0:1`: only the address with that label, and no counters. */
function labelled(device: NetworkInterface, label: string): string {
  const address = device.addressesOf(4).find((each) => each.label === label);
  const lines = shown(device).split('\n');
  const flags = lines.find((line) => line.includes('  MTU:')) ?? '';
  const head = `${label.padEnd(9)} ${(lines[0] ?? '').slice(10)}`;
  const inet = address ? [`          inet addr:${address.address}  Bcast:${address.broadcast ?? '0.0.0.0'}  Mask:${netmask(address.prefix)}`] : [];
  return `${[head, ...inet, flags].join('\n')}\n\n`;
}

export const command: Command = {
  name: 'ifconfig',
  suite: 'busybox',
  summary: { zh: '查看或设置网络接口', en: 'Show or set network interfaces' },
  options: ['-a'],
  // eslint-disable-next-line require-yield -- it asks the kernel and prints
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const { interfaces } = context.process.namespaces.net;
    const words = [...context.args];
    const all = words[0] === '-a';
    if (all) words.shift();
    const [name, ...rest] = words;
    if (name === undefined) {
      const devices = [...interfaces.list()].sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const device of devices) if (all || device.up) context.out(shown(device));
      return 0;
    }
    const target = settingTarget(context, name);
    const device = target?.device;
    if (rest.length === 0) {
      if (device) context.out(name === device.name ? shown(device) : labelled(device, name));
      else context.err(`ifconfig: ${name}: error fetching interface information: Device not found\n`);
      return device ? 0 : 1;
    }
    const odd = rest.find((word) => /^\d+(?:\.\d+)+\/\d+$/.test(word));
    const settings = odd === undefined ? readSettings(rest) : { bad: odd };
    if ('incomplete' in settings) {
      writeBusyboxUsage(context, USAGE);
      return 1;
    }
    if ('badHardware' in settings) {
      context.err(`ifconfig: invalid hw-addr ${settings.badHardware}\n`);
      return 1;
    }
    if ('bad' in settings) {
      context.err(`ifconfig: bad address '${settings.bad}'\n`);
      return 1;
    }
    if (!target) {
      const [first] = settings;
      context.err(
        `ifconfig: ${first === undefined || ['up', 'down', 'promisc', '-promisc', 'none'].includes(first.kind) ? 'SIOCGIFFLAGS' : ioctlOf(first)}: No such device\n`,
      );
      return 1;
    }
    const [failed] = applySettings(context, target, settings);
    if (failed) context.err(`ifconfig: ${failed.call}: ${failed.error.text}\n`);
    return failed ? 1 : 0;
  },
};
