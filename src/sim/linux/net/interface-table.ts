/**
 * The interfaces of one namespace and what follows from changing them: local addresses, connected routes, neighbours
 * (net/core/dev.c, net/ipv4/devinet.c, net/ipv4/fib_frontend.c, net/ipv6/addrconf.c). Permission is the caller's business.
 */
import type { Simulation } from '../../engine/simulation.ts';
import { errno, type Errno } from '../errno.ts';
import { broadcastOf, familyOf, inCidr, networkOf, type Cidr, type Family } from './address.ts';
import type { Lan } from './lan.ts';
import { linkLocalOf, NO_MAC, randomMac } from './mac-address.ts';
import type { NeighbourTable } from './neighbour-table.ts';
import { NetworkInterface, orderedAddresses, type InterfaceAddress, type InterfaceKind, type NetworkStack } from './network-interface.ts';
import type { RouteTable } from './route-table.ts';
import type { SysctlTable } from './sysctl-table.ts';

export interface InterfaceTableParts {
  readonly simulation: Simulation;
  readonly stack: NetworkStack;
  readonly routes: RouteTable;
  readonly neighbours: NeighbourTable;
  readonly sysctls: SysctlTable;
}

export interface AddressOptions {
  readonly broadcast?: string | undefined;
  readonly scope?: InterfaceAddress['scope'] | undefined;
  readonly label?: string | undefined;
}

/** What every device has of its own below net.ipv4.conf. */
const DEVICE_SETTINGS = ['forwarding', 'route_localnet', 'rp_filter'] as const;

/** IFNAMSIZ without its end. */
const NAME_LIMIT = 15;

export class InterfaceTable {
  readonly #parts: InterfaceTableParts;
  readonly #byName = new Map<string, NetworkInterface>();
  readonly #deviceByAddress = new Map<string, NetworkInterface>();
  #nextIndex = 1;
  readonly loopback: NetworkInterface;

  constructor(parts: InterfaceTableParts) {
    this.#parts = parts;
    this.loopback = this.#create('lo', 'loopback', { mac: NO_MAC, mtu: 65_536, txQueueLength: 1000 });
  }

  /** In the order of their indexes. */
  list(): readonly NetworkInterface[] {
    return [...this.#byName.values()].sort((a, b) => a.index - b.index);
  }

  find(name: string): NetworkInterface | undefined {
    return this.#byName.get(name);
  }

  at(index: number): NetworkInterface | undefined {
    for (const each of this.#byName.values()) if (each.index === index) return each;
    return undefined;
  }

  /** The device that holds a local address (loopback networks included), undefined when it is not local. */
  holder(address: string): NetworkInterface | undefined {
    const device = this.#deviceByAddress.get(address);
    if (device) return device;
    return address.startsWith('127.') && this.loopback.up && this.loopback.addresses.length > 0 ? this.loopback : undefined;
  }

  /**
   * @param mac without it the bridge takes the lowest address of its ports
   * @returns EEXIST when the name is taken, EINVAL when it is none
   */
  addBridge(name: string, mac?: string): NetworkInterface | Errno {
    const refused = this.#refused(name);
    if (refused) return refused;
    const random = randomMac(this.#parts.simulation.random);
    const bridge = this.#create(name, 'bridge', { mac: mac ?? random, mtu: 1500, txQueueLength: 1000 });
    bridge.fixedMac = mac !== undefined;
    return bridge;
  }

  /** The nodes' kernel is built without the dummy driver: always EOPNOTSUPP, as `ip link add … type dummy` says there. */
  addDummy(): Errno {
    return errno('EOPNOTSUPP');
  }

  /** A network card, plugged into `lan`. */
  addEthernet(name: string, options: { readonly mac: string; readonly lan: Lan }): NetworkInterface | Errno {
    const refused = this.#refused(name);
    if (refused) return refused;
    const device = this.#create(name, 'ethernet', { mac: options.mac, mtu: 1500, txQueueLength: 1000 });
    device.lan = options.lan;
    options.lan.plug(device);
    return device;
  }

  /** One end here, the other in `peer.table`. @returns this end and the other one */
  addVethPair(
    name: string,
    options: {
      readonly peer: { readonly table: InterfaceTable; readonly name: string };
      readonly txQueueLength?: number;
      readonly mtu?: number;
    },
  ): { readonly local: NetworkInterface; readonly peer: NetworkInterface } | Errno {
    const refused = this.#refused(name) ?? options.peer.table.#refused(options.peer.name);
    if (refused) return refused;
    const settings = { mtu: options.mtu ?? 1500, txQueueLength: options.txQueueLength ?? 1000 };
    const random = this.#parts.simulation.random;
    const peer = options.peer.table.#create(options.peer.name, 'veth', {
      mac: randomMac(random),
      ...settings,
    });
    const local = this.#create(name, 'veth', { mac: randomMac(random), ...settings });
    local.peer = peer;
    peer.peer = local;
    return { local, peer };
  }

  /** `ip link del`: the other end of a veth pair goes with it. @returns EOPNOTSUPP for the loopback */
  remove(device: NetworkInterface): Errno | undefined {
    if (device.kind === 'loopback') return errno('EOPNOTSUPP');
    const peer = device.peer;
    for (const port of device.ports) this.setMaster(port, undefined);
    this.#takeOut(device);
    device.lan?.unplug(device);
    device.peer = undefined;
    if (peer) {
      peer.peer = undefined;
      peer.namespace.deviceVanished(peer);
    }
    return undefined;
  }

  /** `ip link set DEV netns …`: addresses and routes stay behind, the device arrives down. */
  moveTo(device: NetworkInterface, target: InterfaceTable, name = device.name): Errno | undefined {
    if (target === this) return undefined;
    if (device.kind === 'loopback') return errno('EINVAL');
    const refused = target.#refused(name);
    if (refused) return refused;
    this.#takeOut(device);
    device.name = name;
    device.activated = false;
    device.namespace = target.#parts.stack;
    if (device.kind === 'ethernet' || target.at(device.index)) device.index = target.#nextIndex;
    target.#nextIndex = Math.max(target.#nextIndex, device.index + 1);
    target.#byName.set(name, device);
    target.#defineSysctls(name);
    return undefined;
  }

  rename(device: NetworkInterface, name: string): Errno | undefined {
    const refused = this.#refused(name);
    if (refused) return refused;
    this.#byName.delete(device.name);
    device.name = name;
    this.#byName.set(name, device);
    return undefined;
  }

  /** `ip link set DEV up|down`. Down: routes through it go, IPv6 addresses too; up again brings only the connected ones back. */
  setUp(device: NetworkInterface, up: boolean): void {
    if (device.up === up) return;
    device.up = up;
    if (up) {
      device.activated = true;
      if (device.kind === 'loopback' && device.addresses.length === 0) {
        this.addAddress(device, { address: '127.0.0.1', prefix: 8 }, { scope: 'host' });
      }
      for (const each of device.addressesOf(4)) this.#connect(device, each);
      this.carrierGained(device);
      device.peer?.namespace.carrierGained(device.peer);
      return;
    }
    this.#parts.routes.prune((route) => route.device === device);
    this.#parts.neighbours.flush(device);
    for (const each of device.addressesOf(6)) this.#forgetAddress(device, each);
  }

  /** The link of a device works from now on: it (and the bridge above it) gets its IPv6 address. */
  carrierGained(device: NetworkInterface): void {
    if (!device.carrier) return;
    this.#configureIpv6(device);
    if (device.master?.carrier) this.#configureIpv6(device.master);
  }

  /** Makes `device` a port of `bridge`, or frees it. */
  setMaster(device: NetworkInterface, bridge: NetworkInterface | undefined): Errno | undefined {
    if (bridge && (bridge.kind !== 'bridge' || device.kind === 'loopback' || device === bridge)) return errno('EINVAL');
    if (bridge && device.master && device.master !== bridge) return errno('EBUSY');
    const former = device.master;
    former?.ports.delete(device);
    device.master = bridge;
    device.promiscuous = bridge !== undefined;
    if (former) takeLowestMac(former);
    if (!bridge) return undefined;
    bridge.ports.add(device);
    bridge.everHadPort = true;
    takeLowestMac(bridge);
    this.carrierGained(device);
    return undefined;
  }

  /**
   * `ip addr add`: the first address of a network is primary and brings the connected route.
   * @returns EEXIST when the device has it already
   */
  addAddress(device: NetworkInterface, cidr: Cidr, options: AddressOptions = {}): Errno | undefined {
    const family = familyOf(cidr.address);
    if (device.addresses.some((each) => each.address === cidr.address && (family === 6 || each.prefix === cidr.prefix))) return errno('EEXIST');
    const address: InterfaceAddress = {
      ...cidr,
      family,
      broadcast: options.broadcast,
      scope: options.scope ?? (family === 6 && cidr.address.startsWith('fe80:') ? 'link' : 'global'),
      label: options.label ?? device.name,
      secondary: family === 4 && device.addressesOf(4).some((each) => each.prefix === cidr.prefix && inCidr(cidr.address, each)),
    };
    device.addresses = orderedAddresses([...device.addresses, address]);
    this.#deviceByAddress.set(cidr.address, device);
    if (device.up) this.#connect(device, address);
    return undefined;
  }

  /** `ip addr del`; secondary addresses of the same network go with the primary one. @returns EADDRNOTAVAIL */
  removeAddress(device: NetworkInterface, cidr: Cidr): Errno | undefined {
    const found = device.addresses.find((each) => each.address === cidr.address && each.prefix === cidr.prefix);
    if (!found) return errno('EADDRNOTAVAIL');
    const going =
      found.secondary || found.family === 6
        ? [found]
        : device.addresses.filter((each) => each === found || (each.secondary && each.prefix === found.prefix && inCidr(each.address, found)));
    for (const each of going) this.#forgetAddress(device, each);
    return undefined;
  }

  setMac(device: NetworkInterface, mac: string): void {
    device.mac = mac;
    device.fixedMac = true;
    if (device.master) takeLowestMac(device.master);
  }

  /** Addresses of one family on devices that are up, for choosing a source. */
  sourceFor(family: Family, device: NetworkInterface, near?: string): string | undefined {
    const own = device.addressesOf(family).filter((each) => each.scope !== 'host' || device.kind === 'loopback');
    const best = (near === undefined ? undefined : own.find((each) => inCidr(near, each))) ?? own[0];
    if (best) return best.address;
    for (const each of this.list()) {
      if (!each.up || each.kind === 'loopback') continue;
      const global = each.addressesOf(family).find((address) => address.scope === 'global');
      if (global) return global.address;
    }
    return undefined;
  }

  #refused(name: string): Errno | undefined {
    if (name === '' || name.length > NAME_LIMIT || name === '.' || name === '..' || /[/\s]/.test(name)) return errno('EINVAL');
    return this.#byName.has(name) ? errno('EEXIST') : undefined;
  }

  #create(
    name: string,
    kind: InterfaceKind,
    options: { readonly mac: string; readonly mtu: number; readonly txQueueLength: number },
  ): NetworkInterface {
    const device = new NetworkInterface({
      index: this.#nextIndex++,
      name,
      kind,
      namespace: this.#parts.stack,
      ...options,
    });
    this.#byName.set(name, device);
    this.#defineSysctls(name);
    return device;
  }

  #defineSysctls(name: string): void {
    const { sysctls } = this.#parts;
    for (const setting of DEVICE_SETTINGS) {
      sysctls.define(`net.ipv4.conf.${name}.${setting}`, sysctls.get(`net.ipv4.conf.default.${setting}`) ?? '0');
    }
    sysctls.define(`net.ipv6.conf.${name}.disable_ipv6`, sysctls.get('net.ipv6.conf.default.disable_ipv6') ?? '0');
  }

  #takeOut(device: NetworkInterface): void {
    this.setMaster(device, undefined);
    this.setUp(device, false);
    for (const each of device.addresses) this.#forgetAddress(device, each);
    this.#byName.delete(device.name);
    for (const setting of DEVICE_SETTINGS) this.#parts.sysctls.forget(`net.ipv4.conf.${device.name}.${setting}`);
    this.#parts.sysctls.forget(`net.ipv6.conf.${device.name}.disable_ipv6`);
  }

  #forgetAddress(device: NetworkInterface, address: InterfaceAddress): void {
    device.addresses = device.addresses.filter((each) => each !== address);
    this.#deviceByAddress.delete(address.address);
    const network = networkOf(address);
    const kept = device.addresses.some((each) => each.prefix === address.prefix && inCidr(each.address, network));
    this.#parts.routes.prune(
      (route) =>
        route.source === address.address ||
        (!kept &&
          route.device === device &&
          route.protocol === 'kernel' &&
          route.destination.address === network.address &&
          route.destination.prefix === network.prefix),
    );
  }

  #connect(device: NetworkInterface, address: InterfaceAddress): void {
    const full = address.family === 4 ? 32 : 128;
    if (device.kind === 'loopback' || address.secondary || address.prefix === full) return;
    this.#parts.routes.add({
      destination: networkOf(address),
      device,
      protocol: 'kernel',
      scope: address.family === 4 ? 'link' : 'global',
      source: address.family === 4 ? address.address : undefined,
      metric: address.family === 4 ? 0 : 256,
    });
  }

  #configureIpv6(device: NetworkInterface): void {
    if (device.addresses.some((each) => each.family === 6)) return;
    if (this.#parts.sysctls.number(`net.ipv6.conf.${device.name}.disable_ipv6`) !== 0) return;
    if (device.kind === 'loopback') this.addAddress(device, { address: '::1', prefix: 128 }, { scope: 'host' });
    else this.addAddress(device, { address: linkLocalOf(device.mac), prefix: 64 }, { scope: 'link' });
  }
}

/** net/bridge/br_stp_if.c br_stp_recalculate_bridge_id */
function takeLowestMac(bridge: NetworkInterface): void {
  if (bridge.fixedMac) return;
  const lowest = [...bridge.ports].map((port) => port.mac).sort()[0];
  if (lowest !== undefined) bridge.mac = lowest;
}

/** The broadcast address that tools add by themselves to an IPv4 address. */
export function usualBroadcast(cidr: Cidr): string | undefined {
  return familyOf(cidr.address) === 4 && cidr.prefix < 31 ? broadcastOf(cidr) : undefined;
}
