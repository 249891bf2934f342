/** arp of net-tools 2.10 (arp.c). */
import { isResolveFailure, resolve } from '../../../linux/net/resolver.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { arpEntries, deleteArp, hardwareAddress, setArp } from '../../network/arp-table.ts';
import { HostNames } from '../../network/name-service.ts';
import { parseOptions } from '../../options/parse-options.ts';

const USAGE = `Usage:
  arp [-vn]  [<HW>] [-i <if>] [-a] [<hostname>]             <-Display ARP cache
  arp [-v]          [-i <if>] -d  <host> [pub]               <-Delete ARP entry
  arp [-vnD] [<HW>] [-i <if>] -f  [<filename>]            <-Add entry from file
  arp [-v]   [<HW>] [-i <if>] -s  <host> <hwaddr> [temp]            <-Add entry
  arp [-v]   [<HW>] [-i <if>] -Ds <host> <if> [netmask <nm>] pub          <-''-

        -a                       display (all) hosts in alternative (BSD) style
        -e                       display (all) hosts in default (Linux) style
        -s, --set                set a new ARP entry
        -d, --delete             delete a specified entry
        -v, --verbose            be verbose
        -n, --numeric            don't resolve names
        -i, --device             specify network interface (e.g. eth0)
        -D, --use-device         read <hwaddr> from given device
        -A, -p, --protocol       specify protocol family
        -f, --file               read new entries from file or from /etc/ethers

  <HW>=Use '-H <hw>' to specify hardware address type. Default: ether
`;

const RULES = {
  short: 'A:H:adfp:nsei:Dvh?Vt:',
  long: {
    verbose: 'none',
    version: 'none',
    all: 'none',
    delete: 'none',
    file: 'none',
    numeric: 'none',
    set: 'none',
    protocol: 'required',
    'hw-type': 'required',
    device: 'required',
    help: 'none',
    'use-device': 'none',
    symbolic: 'none',
  },
} as const;

const HEAD = 'Address                  HWtype  HWaddress           Flags Mask            Iface\n';

export const command: Command = {
  name: 'arp',
  suite: 'net-tools',
  summary: { zh: '查看或修改 ARP 表', en: 'Show or change the ARP table' },
  options: ['-a', '-n', '-e', '-i', '-d', '-s', '-v'],
  *run(context): Running {
    const parsed = parseOptions(context.args, RULES);
    if (parsed.kind === 'mistake') {
      context.err(`arp: ${parsed.message}\n${USAGE}`);
      return 3;
    }
    const has = (...names: readonly string[]): boolean => parsed.options.some((option) => names.includes(option.name));
    if (has('h', '?', 'help')) {
      context.out(USAGE);
      return 0;
    }
    if (has('V', 'version')) {
      context.out(
        'net-tools 2.10\n+I18N +SELINUX\nAF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH\nHW: (ether) +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64 \n',
      );
      return 0;
    }
    const device = parsed.options.findLast((option) => option.name === 'i' || option.name === 'device')?.value;
    const [host, hardware] = parsed.operands;
    const say = (text: string): number => {
      context.err(`${text}\n`);
      return 255;
    };
    const changes = has('s', 'set') || has('d', 'delete');
    if (changes && host === undefined) return say('arp: need host name');
    if (has('s', 'set') && hardware === undefined) return say('arp: need hardware address');
    const found = host === undefined ? undefined : yield* resolve(context, host, { flavour: 'glibc', family: 4 });
    if (found !== undefined && isResolveFailure(found))
      return say(`${host ?? ''}: ${found.code === 'EAI_AGAIN' ? 'Host name lookup failure' : 'Unknown host'}`);
    const address = found?.[0];
    if (has('d', 'delete') && address !== undefined) {
      const failed = deleteArp(context, { address, device });
      if (!failed) return 0;
      if (failed.code !== 'ENXIO') return say(`SIOCDARP(dontpub): ${failed.text}`);
      context.out(`No ARP entry for ${address}\n`);
      return 255;
    }
    if (has('s', 'set') && address !== undefined) {
      const mac = hardwareAddress(hardware ?? '');
      if (mac === undefined) return say('arp: invalid hardware address');
      if (parsed.operands.includes('pub')) return say('SIOCSARP: No such device');
      const failed = setArp(context, { address, mac, device, temporary: parsed.operands.includes('temp') });
      return failed ? say(`SIOCSARP: ${failed.text}`) : 0;
    }
    const entries = arpEntries(context);
    const names = has('n', 'numeric') ? undefined : new HostNames(context);
    const bsd = has('a', 'all') && !has('e');
    let shown = 0;
    for (const each of entries) {
      if ((address !== undefined && each.address !== address) || (device !== undefined && each.device.name !== device)) continue;
      if (++shown === 1 && !bsd) context.out(HEAD);
      const name = names && (yield* names.nameOf(each.address));
      const permanent = each.state === 'PERMANENT';
      if (bsd)
        context.out(
          `${name ?? '?'} (${each.address}) at ${each.mac === undefined ? '<incomplete>' : `${each.mac} [ether]`}${permanent ? ' PERM' : ''} on ${each.device.name}\n`,
        );
      else {
        const shownName = (name ?? each.address).slice(0, 23).padEnd(23);
        const type = each.mac === undefined ? `${''.padEnd(7)} (incomplete)`.padEnd(28) : `${'ether'.padEnd(7)} ${each.mac.padEnd(20)}`;
        context.out(
          `${shownName}  ${type}${each.mac === undefined ? ' ' : ''}${(each.mac === undefined ? '' : permanent ? 'CM' : 'C').padEnd(each.mac === undefined ? 21 : 21)} ${each.device.name}\n`,
        );
      }
    }
    if (has('v', 'verbose')) context.out(`Entries: ${entries.length}\tSkipped: ${entries.length - shown}\tFound: ${shown}\n`);
    if (shown === 0) {
      if (address !== undefined && device === undefined && !bsd) context.out(`${host ?? ''} (${address}) -- no entry\n`);
      else if (address !== undefined || device !== undefined) context.out(`arp: in ${entries.length} entries no match found.\n`);
    }
    return 0;
  },
};
