/** arp of BusyBox 1.37 (networking/arp.c). */
import { isResolveFailure, resolve } from '../../../linux/net/resolver.ts';
import { busyboxAddress } from '../../network/busybox-host.ts';
import { arpEntries, deleteArp, hardwareAddress, setArp } from '../../network/arp-table.ts';
import { HostNames } from '../../network/name-service.ts';
import { defineTool } from '../../tool/tool.ts';

const USAGE = `arp
[-vn]\t[-H HWTYPE] [-i IF] -a [HOSTNAME]
[-v]\t\t    [-i IF] -d HOSTNAME [pub]
[-v]\t[-H HWTYPE] [-i IF] -s HOSTNAME HWADDR [temp]
[-v]\t[-H HWTYPE] [-i IF] -s HOSTNAME HWADDR [netmask MASK] pub
[-v]\t[-H HWTYPE] [-i IF] -Ds HOSTNAME IFACE [netmask MASK] pub

Manipulate ARP cache

\t-a\t\tDisplay (all) hosts
\t-d\t\tDelete ARP entry
\t-s\t\tSet new entry
\t-v\t\tVerbose
\t-n\t\tDon't resolve names
\t-i IF\t\tNetwork interface
\t-D\t\tRead HWADDR from IFACE
\t-A,-p AF\tProtocol family
\t-H HWTYPE\tHardware address type`;

const rules = { short: 'A:p:H:t:i:adnDsv' } as const;

export const { busybox: command } = defineTool({
  name: 'arp',
  suite: 'net-tools',
  summary: { zh: '查看或修改 ARP 表', en: 'Show or change the ARP table' },
  usage: USAGE,
  busybox: rules,
  gnu: rules,
  *run(call) {
    const { context } = call;
    const [host, hardware] = call.operands;
    const type = call.value('H', 't');
    if (type !== undefined && type !== 'ether') return call.complain(`${type}: unknown hardware type`);
    const device = call.value('i');
    if (device !== undefined && (call.has('s') || call.has('d')) && !context.process.namespaces.net.interfaces.find(device))
      return call.complain(`SIOCGIFHWADDR: No such device`);
    if ((call.has('s') || call.has('d')) && host === undefined) return call.complain('need host name');
    if (call.has('s') && hardware === undefined) return call.complain('need hardware address');
    const address = host === undefined ? undefined : yield* busyboxAddress(context, host, 4);
    if (host !== undefined && address === undefined) {
      const found = yield* resolve(context, host, { flavour: 'glibc', family: 4 });
      const isKnownToBeNone = isResolveFailure(found) && found.code === 'EAI_NONAME';
      return call.complain(`${host}: ${isKnownToBeNone ? 'Unknown host' : 'Host name lookup failure'}`);
    }
    if (call.has('d') && address !== undefined) {
      const failed = deleteArp(context, { address, device });
      return failed
        ? call.complain(
            `SIOCDARP(${failed.code === 'ENXIO' ? 'pub' : 'priv'}): ${failed.code === 'ENXIO' ? 'No such file or directory' : failed.text}`,
          )
        : 0;
    }
    if (call.has('s') && address !== undefined) {
      const mac = hardwareAddress(hardware ?? '');
      if (mac === undefined) return call.complain('invalid hardware address');
      if (call.operands.includes('pub')) return call.complain('SIOCSARP: No such device');
      const failed = setArp(context, { address, mac, device, temporary: call.operands.includes('temp') });
      return failed ? call.complain(`SIOCSARP: ${failed.text}`) : 0;
    }
    const entries = arpEntries(context);
    const names = call.has('n') ? undefined : new HostNames(context);
    let shown = 0;
    for (const each of entries) {
      if ((address !== undefined && each.address !== address) || (device !== undefined && each.device.name !== device)) continue;
      shown++;
      const name = (names && (yield* names.nameOf(each.address))) ?? '?';
      const mac = each.mac === undefined ? '<incomplete> ' : `${each.mac} [ether] `;
      call.out(`${name} (${each.address}) at ${mac}${each.state === 'PERMANENT' ? 'PERM ' : ' '}on ${each.device.name}\n`);
    }
    if (shown === 0 && (address ?? device ?? type) !== undefined) call.out(`No match found in ${entries.length} entries\n`);
    return 0;
  },
});
