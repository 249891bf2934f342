/** Frames between devices: veth pairs, bridges, the LAN, and who has which address there. Routing is in ip-layer.ts. */
import type { Packet } from './packet.ts';
import type { DropReason, Hop } from './packet-trace.ts';
import type { NetworkInterface, Outcome } from './network-interface.ts';

/** Virtual milliseconds that one step takes. */
const VETH_DELAY = 0.012;
const BRIDGE_DELAY = 0.006;
const LAN_DELAY = 0.045;

type Detail<T> = T extends Hop ? Omit<T, 'host' | 'namespace'> : never;

/** Notes a hop on the packet's trace, if it has one. */
export function note(packet: Packet, device: NetworkInterface, hop: Detail<Hop>): void {
  packet.trace?.hops.push({ host: device.namespace.host, namespace: device.namespace.inode, ...hop } as Hop);
}

export function drop(packet: Packet, device: NetworkInterface, why: { readonly reason: DropReason; readonly detail?: string }): Outcome {
  note(packet, device, { kind: 'dropped', reason: why.reason, detail: why.detail ?? '' });
  return 'dropped';
}

/**
 * Asks on the link of `device` who has `address`.
 * @returns the hardware address of whoever answers; both sides then know each other
 */
export function resolveNeighbour(device: NetworkInterface, address: string, sender: string): string | undefined {
  for (const station of stationsBehind(device)) {
    const mac = station.up ? station.namespace.answersFor(station, address) : undefined;
    if (mac === undefined) continue;
    device.countSent(42);
    station.countReceived(42);
    station.countSent(42);
    device.countReceived(42);
    station.namespace.learnNeighbour(station, sender, device.mac);
    return mac;
  }
  device.countSent(42);
  return undefined;
}

/** Sends a frame out of `device` to the station with hardware address `mac`. */
export function transmit(device: NetworkInterface, packet: Packet, mac: string): Outcome {
  if (!device.up) return drop(packet, device, { reason: 'link-down', detail: device.name });
  if (!device.carrier) return drop(packet, device, { reason: 'no-carrier', detail: device.name });
  note(packet, device, { kind: 'sent', device: device.name });
  device.pass(packet, 'out');
  switch (device.kind) {
    case 'loopback':
      return arrive(device, packet, mac);
    case 'veth': {
      packet.delay += VETH_DELAY;
      const peer = device.peer;
      if (!peer) return 'dropped';
      if (peer.namespace !== device.namespace) packet.mark = 0;
      return arrive(peer, packet, mac);
    }
    case 'ethernet': {
      packet.delay += LAN_DELAY;
      packet.mark = 0;
      const station = device.lan?.station(mac);
      if (!station || !device.lan) return drop(packet, device, { reason: 'no-neighbour', detail: mac });
      note(packet, device, { kind: 'switched', lan: device.lan.name });
      return arrive(station, packet, mac);
    }
    case 'bridge':
      return leaveBridge(device, packet, { mac, from: device });
  }
}

/** A frame comes in at `device`: up to its own stack, or on through the bridge it belongs to. */
function arrive(device: NetworkInterface, packet: Packet, mac: string): Outcome {
  if (!device.up) return drop(packet, device, { reason: 'link-down', detail: device.name });
  device.pass(packet, 'in');
  note(packet, device, { kind: 'received', device: device.name });
  const bridge = device.master;
  if (!bridge) return device.namespace.receive(device, packet);
  if (!bridge.up) return drop(packet, bridge, { reason: 'link-down', detail: bridge.name });
  if (mac === bridge.mac || mac === device.mac) {
    bridge.pass(packet, 'in');
    note(packet, bridge, { kind: 'received', device: bridge.name });
    return bridge.namespace.receive(bridge, packet);
  }
  const verdict = bridge.namespace.filterBridged(bridge, packet);
  if (verdict === 'drop') return 'dropped';
  if (verdict === 'route') return bridge.namespace.receive(bridge, packet);
  return leaveBridge(bridge, packet, { mac, from: device });
}

function leaveBridge(bridge: NetworkInterface, packet: Packet, way: { readonly mac: string; readonly from: NetworkInterface }): Outcome {
  packet.delay += BRIDGE_DELAY;
  for (const port of bridge.ports) {
    if (!reaches(port, way.mac) || (port === way.from && !port.hairpin)) continue;
    note(packet, bridge, { kind: 'bridged', bridge: bridge.name, from: way.from.name, to: port.name });
    return transmit(port, packet, way.mac);
  }
  return drop(packet, bridge, { reason: 'no-neighbour', detail: way.mac });
}

/** Whether the station with this hardware address is behind `port` (what a bridge learns into its forwarding database). */
function reaches(port: NetworkInterface, mac: string): boolean {
  if (!port.carrier) return false;
  if (port.kind === 'veth') return port.peer?.mac === mac || (port.peer?.master !== undefined && port.peer.master.mac === mac);
  return port.lan?.station(mac) !== undefined;
}

/** Whether a station with this hardware address is on the link of `device` at all. */
export function isStation(device: NetworkInterface, mac: string): boolean {
  switch (device.kind) {
    case 'loopback':
      return true;
    case 'ethernet':
      return device.lan?.station(mac) !== undefined;
    case 'bridge':
      for (const port of device.ports) if (reaches(port, mac)) return true;
      return false;
    case 'veth': {
      const bridge = device.peer?.master;
      if (!bridge) return device.peer?.mac === mac;
      return bridge.mac === mac || isStation(bridge, mac);
    }
  }
}

/** Everybody who hears what `device` broadcasts. */
function* stationsBehind(device: NetworkInterface): Iterable<NetworkInterface> {
  switch (device.kind) {
    case 'loopback':
      return;
    case 'veth': {
      const peer = device.peer;
      if (!peer) return;
      if (peer.master) yield* stationsOfBridge(peer.master, peer);
      else yield peer;
      return;
    }
    case 'ethernet':
      for (const station of device.lan?.stations() ?? []) if (station !== device) yield station;
      return;
    case 'bridge':
      yield* stationsOfBridge(device, device);
  }
}

function* stationsOfBridge(bridge: NetworkInterface, from: NetworkInterface): Iterable<NetworkInterface> {
  if (from !== bridge) yield bridge;
  for (const port of bridge.ports) {
    if (port !== from && port.carrier) yield* stationsBehind(port);
  }
}
