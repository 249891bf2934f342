/** The one-line view of interfaces that `netstat -i` and `ifconfig -s` of net-tools share. */
import type { ProcessContext } from '../../linux/process/process-context.ts';

/** @param all also those that are down @returns header and lines */
export function interfaceLines(context: ProcessContext, all: boolean): string {
  let text = 'Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n';
  const right = (value: number, width: number): string => String(value).padStart(width);
  for (const device of [...context.process.namespaces.net.interfaces.list()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!device.up && !all) continue;
    const { counters } = device;
    const flags = `${device.kind === 'loopback' ? 'L' : 'BM'}${device.flagNames.includes('PROMISC') ? 'P' : ''}${device.carrier ? 'R' : ''}${device.up ? 'U' : ''}`;
    text += `${device.name.padEnd(15)} ${right(device.mtu, 5)} ${right(counters.rxPackets, 8)} ${right(counters.rxErrors, 6)} ${right(counters.rxDropped, 6)} ${'0'.padEnd(6)} ${right(counters.txPackets, 8)} ${right(counters.txErrors, 6)} ${right(counters.txDropped, 6)} ${right(0, 6)} ${flags}\n`;
  }
  return text;
}
