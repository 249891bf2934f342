/** A network interface as `ip link` and `ip addr` of iproute2 6.1 print it (ip/ipaddress.c print_linkinfo). */
import type { NetworkInterface } from '../../../linux/net/network-interface.ts';
import type { NetworkNamespace } from '../../../linux/net/network-namespace.ts';
import type { IpOptions } from './ip-call.ts';

/** Where the other end of a veth is. */
type Peer =
  | { readonly kind: 'none' }
  | { readonly kind: 'here'; readonly name: string; readonly up: boolean }
  | { readonly kind: 'elsewhere'; readonly index: number; readonly where: string; readonly id: number; readonly bound: string | undefined };

function peerOf(device: NetworkInterface, net: NetworkNamespace): Peer {
  const { peer } = device;
  if (!peer) return { kind: 'none' };
  if (peer.namespace === net) return { kind: 'here', name: peer.name, up: peer.up };
  const bound = peer.namespace.boundName;
  const id = net.idOf(peer.namespace);
  return { kind: 'elsewhere', index: peer.index, where: bound === undefined ? `link-netnsid ${id}` : `link-netns ${bound}`, id, bound };
}

/** `eth0@if7` */
export function shownName(device: NetworkInterface, net: NetworkNamespace): string {
  const peer = peerOf(device, net);
  if (peer.kind === 'none') return device.name;
  return `${device.name}@${peer.kind === 'here' ? peer.name : `if${peer.index}`}`;
}

export function flagsOf(device: NetworkInterface, net: NetworkNamespace): readonly string[] {
  const peer = peerOf(device, net);
  return peer.kind === 'here' && !peer.up ? [...device.flagNames, 'M-DOWN'] : device.flagNames;
}

/** The header line; `family6` leaves out what a dump of IPv6 does not carry. */
export function headerLine(device: NetworkInterface, net: NetworkNamespace, options: { readonly mode: boolean; readonly family6: boolean }): string {
  const parts = [`${device.index}: ${shownName(device, net)}: <${flagsOf(device, net).join(',')}> mtu ${device.mtu}`];
  if (!options.family6) parts.push(`qdisc ${device.queueingDiscipline}`);
  if (device.master && !options.family6) parts.push(`master ${device.master.name}`);
  parts.push(`state ${device.operationalState}`);
  if (options.mode) parts.push('mode DEFAULT');
  if (!options.family6) parts.push('group default');
  if (device.txQueueLength > 0) parts.push(`qlen ${device.txQueueLength}`);
  return `${parts.join(' ')}${device.txQueueLength > 0 ? '' : ' '}\n`;
}

/** What ends the header line where no line with the hardware address follows: the other end's namespace. */
export function peerNamespaceText(device: NetworkInterface, net: NetworkNamespace): string {
  const peer = peerOf(device, net);
  return peer.kind === 'elsewhere' ? ` ${peer.where}` : device.txQueueLength > 0 ? '' : ' ';
}

/** The line with the hardware address, with `-d` the driver's settings. */
export function hardwareLines(
  device: NetworkInterface,
  net: NetworkNamespace,
  options: { readonly details: boolean; readonly mode: boolean },
): string {
  const peer = peerOf(device, net);
  let text = `    link/${device.kind === 'loopback' ? 'loopback' : 'ether'} ${device.mac} brd ${device.broadcastMac}`;
  if (peer.kind === 'elsewhere') text += ` ${peer.where}`;
  const alias = device.alias === '' ? '' : `    alias ${device.alias}\n`;
  if (!options.details) return `${text}\n${alias}`;
  const loopback = device.kind === 'loopback';
  text += ` promiscuity ${device.promiscuous ? 1 : 0}  allmulti ${device.master ? 1 : 0} minmtu ${loopback ? 0 : 68} maxmtu ${loopback ? 0 : 65_535} `;
  if (!loopback) text += `\n    ${driverText(device)}`;
  const queues = device.kind === 'veth' ? 2 : 1;
  return `${text}${options.mode ? 'addrgenmode eui64 ' : ''}numtxqueues ${queues} numrxqueues ${queues} gso_max_size 65536 gso_max_segs 65535 tso_max_size 524280 tso_max_segs 65535 gro_max_size 65536 \n${alias}`;
}

function driverText(device: NetworkInterface): string {
  if (device.kind === 'bridge') {
    const id = `8000.${device.mac}`;
    return `bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state ${device.spanningTree ? 1 : 0} priority 32768 vlan_filtering 0 bridge_id ${id} designated_root ${id} root_port 0 root_path_cost 0 topology_change 0 topology_change_detected 0 hello_timer    0.00 tcn_timer    0.00 topology_change_timer    0.00 gc_timer  120.00 group_fwd_mask 0 group_address 01:80:c2:00:00:00 mcast_snooping 1 no_linklocal_learn 0 mcast_vlan_snooping 0 mcast_router 1 mcast_query_use_ifaddr 0 mcast_querier 0 mcast_hash_elasticity 16 mcast_hash_max 4096 mcast_last_member_count 2 mcast_startup_query_count 2 mcast_last_member_interval 100 mcast_membership_interval 26000 mcast_querier_interval 25500 mcast_query_interval 12500 mcast_query_response_interval 1000 mcast_startup_query_interval 3124 mcast_stats_enabled 0 mcast_igmp_version 2 mcast_mld_version 1 nf_call_iptables 0 nf_call_ip6tables 0 nf_call_arptables 0 `;
  }
  const port = device.master
    ? `\n    bridge_slave state ${device.carrier ? 'forwarding' : 'disabled'} priority 32 cost 2 hairpin ${device.hairpin ? 'on' : 'off'} guard off root_block off fastleave off learning on flood on port_id 0x8001 port_no 0x1 designated_port 32769 designated_cost 0 designated_bridge 8000.${device.master.mac} designated_root 8000.${device.master.mac} hold_timer    0.00 message_age_timer    0.00 forward_delay_timer    0.00 topology_change_ack 0 config_pending 0 proxy_arp off proxy_arp_wifi off mcast_router 1 mcast_fast_leave off mcast_flood on bcast_flood on mcast_to_unicast off neigh_suppress off group_fwd_mask 0 group_fwd_mask_str 0x0 vlan_tunnel off isolated off locked off `
    : '';
  return device.kind === 'veth' ? `veth ${port}` : '';
}

/** `-s`: counters, twice for errors in detail. */
export function statisticsLines(device: NetworkInterface, level: number): string {
  const { counters } = device;
  const row = (values: readonly number[], widths: readonly number[]): string =>
    `    ${values.map((value, index) => String(value).padStart(widths[index] ?? 0)).join(' ')} \n`;
  const widths = (values: readonly number[]): readonly number[] =>
    values.map((value, index) => Math.max(String(value).length, [10, 7, 6, 7, 7, 7][index] ?? 0));
  const received = [counters.rxBytes, counters.rxPackets, counters.rxErrors, counters.rxDropped, 0, 0];
  const sent = [counters.txBytes, counters.txPackets, counters.txErrors, counters.txDropped, 0, 0];
  const title = (first: string, names: readonly string[], columns: readonly number[]): string =>
    `    ${first}${names.map((name, index) => name.padStart((columns[index] ?? 0) - (index === 0 ? first.length : 0))).join(' ')} ${'          '}\n`.replace(
      / +\n$/,
      (blanks) => (blanks.length > 1 ? '           \n' : blanks),
    );
  let text = title('RX:', ['bytes', 'packets', 'errors', 'dropped', 'missed', 'mcast'], widths(received)) + row(received, widths(received));
  if (level > 1) text += '    RX errors:  length    crc   frame    fifo overrun\n                     0      0       0       0       0 \n';
  text += title('TX:', ['bytes', 'packets', 'errors', 'dropped', 'carrier', 'collsns'], widths(sent)) + row(sent, widths(sent));
  if (level > 1)
    text += `    TX errors: aborted   fifo  window heartbt transns\n                     0      0       0       0       ${device.kind === 'loopback' ? 0 : 1} \n`;
  return text;
}

/** What `-br` starts each line with. */
export function briefStart(device: NetworkInterface, net: NetworkNamespace): string {
  // As recorded: the machines' cards are ends of veth pairs whose `@ifN` is not shown, but took its room (recordings/README).
  const width = device.kind === 'ethernet' ? 12 : 16;
  return `${shownName(device, net).padEnd(width)} ${device.operationalState.padEnd(14)} `;
}

/** The members of `-j` that stand for `eth0@if7`. */
export function linkName(device: NetworkInterface, net: NetworkNamespace): Record<string, unknown> {
  const peer = peerOf(device, net);
  return {
    ...(peer.kind === 'here' ? { link: peer.name } : peer.kind === 'elsewhere' ? { link_index: peer.index } : {}),
    ifname: device.name,
  };
}

/** The members of `-j` that links and addresses share. */
export function linkJson(
  device: NetworkInterface,
  net: NetworkNamespace,
  options: Pick<IpOptions, 'statistics' | 'details'> & { readonly mode: boolean; readonly hardware?: boolean },
): Record<string, unknown> {
  const peer = peerOf(device, net);
  return {
    ifindex: device.index,
    ...linkName(device, net),
    flags: flagsOf(device, net),
    mtu: device.mtu,
    qdisc: device.queueingDiscipline,
    ...(device.master ? { master: device.master.name } : {}),
    operstate: device.operationalState,
    ...(options.mode ? { linkmode: 'DEFAULT' } : {}),
    group: 'default',
    ...(device.txQueueLength > 0 ? { txqlen: device.txQueueLength } : {}),
    ...(options.hardware === false
      ? {}
      : { link_type: device.kind === 'loopback' ? 'loopback' : 'ether', address: device.mac, broadcast: device.broadcastMac }),
    ...(peer.kind === 'elsewhere' ? { link_netnsid: peer.id } : {}),
    ...(options.details && options.hardware !== false ? detailsJson(device, options.mode) : {}),
    ...(options.statistics > 0
      ? {
          stats64: {
            rx: { bytes: device.counters.rxBytes, packets: device.counters.rxPackets, errors: 0, dropped: 0, over_errors: 0, multicast: 0 },
            tx: { bytes: device.counters.txBytes, packets: device.counters.txPackets, errors: 0, dropped: 0, carrier_errors: 0, collisions: 0 },
          },
        }
      : {}),
  };
}

/** What `-j -d` adds; of a driver's settings only its name. */
function detailsJson(device: NetworkInterface, mode: boolean): Record<string, unknown> {
  const loopback = device.kind === 'loopback';
  const queues = device.kind === 'veth' ? 2 : 1;
  return {
    promiscuity: device.promiscuous ? 1 : 0,
    allmulti: device.master ? 1 : 0,
    min_mtu: loopback ? 0 : 68,
    max_mtu: loopback ? 0 : 65_535,
    ...(device.kind === 'veth' || device.kind === 'bridge' ? { linkinfo: { info_kind: device.kind } } : {}),
    ...(mode ? { inet6_addr_gen_mode: 'eui64' } : {}),
    num_tx_queues: queues,
    num_rx_queues: queues,
    gso_max_size: 65_536,
    gso_max_segs: 65_535,
    tso_max_size: 524_280,
    tso_max_segs: 65_535,
    gro_max_size: 65_536,
  };
}
