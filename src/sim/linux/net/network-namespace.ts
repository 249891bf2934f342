/**
 * Network namespaces (network_namespaces(7)): one whole stack with its interfaces, addresses, routes, neighbours,
 * settings, netfilter rules and sockets. The parts do the work; this joins them and is what processes belong to.
 */
import type { Simulation } from '../../engine/simulation.ts';
import { errno, type Errno } from '../errno.ts';
import type { NamespaceInode } from '../namespace/inode.ts';
import type { UserNamespace } from '../namespace/namespaces.ts';
import { isLoopback } from './address.ts';
import { InterfaceTable } from './interface-table.ts';
import { IpLayer, type RouteDecision } from './ip-layer.ts';
import { NeighbourTable } from './neighbour-table.ts';
import { Netfilter } from './netfilter/netfilter.ts';
import type { BridgeVerdict, NetworkInterface, NetworkStack, Outcome } from './network-interface.ts';
import type { Packet } from './packet.ts';
import { TraceLog, type PacketTrace } from './packet-trace.ts';
import { RouteTable } from './route-table.ts';
import type { SocketStack } from './socket/socket.ts';
import { SocketTable } from './socket/socket-table.ts';
import { SysctlTable } from './sysctl-table.ts';
import { UnixSocketTable } from './socket/unix-socket.ts';

export interface NetworkNamespaceOptions {
  readonly inode: NamespaceInode;
  readonly owner: UserNamespace;
  readonly simulation: Simulation;
  /** Machine on which it exists, for drawings and traces. */
  readonly host: string;
  /** Where packet traces are kept; one list for a whole world. */
  readonly traces?: TraceLog | undefined;
}

export class NetworkNamespace implements NetworkStack, SocketStack {
  readonly kind = 'net';
  readonly inode: NamespaceInode;
  readonly owner: UserNamespace;
  readonly simulation: Simulation;
  readonly host: string;
  readonly traces: TraceLog;
  readonly sysctls = new SysctlTable();
  readonly routes = new RouteTable();
  readonly neighbours: NeighbourTable;
  readonly interfaces: InterfaceTable;
  readonly netfilter: Netfilter;
  readonly ip: IpLayer;
  readonly sockets: SocketTable;
  readonly unixSockets: UnixSocketTable;
  boundName: string | undefined;
  readonly #idByPeer = new Map<NetworkStack, number>();
  readonly #chosenIds = new Set<NetworkStack>();

  constructor(options: NetworkNamespaceOptions) {
    this.inode = options.inode;
    this.owner = options.owner;
    this.simulation = options.simulation;
    this.host = options.host;
    this.traces = options.traces ?? new TraceLog();
    this.neighbours = new NeighbourTable(options.simulation);
    const { simulation, routes, neighbours, sysctls } = this;
    const interfaces = new InterfaceTable({ simulation, stack: this, routes, neighbours, sysctls });
    this.interfaces = interfaces;
    const isLocal = (address: string): boolean => interfaces.holder(address) !== undefined;
    this.netfilter = new Netfilter({
      simulation,
      isLocal,
      masqueradeAddress: (device, destination) => this.#masqueradeAddress(device, destination),
      isPortFree: (address, port) => this.sockets.isPortFree(address, port),
    });
    this.ip = new IpLayer({
      simulation,
      interfaces,
      routes,
      neighbours,
      sysctls,
      hooks: this.netfilter,
      deliver: (packet) => {
        this.sockets.receive(packet);
      },
    });
    this.sockets = new SocketTable({
      stack: this,
      isLocal,
      portRange: () => {
        const [low, high] = (sysctls.get('net.ipv4.ip_local_port_range') ?? '').split('\t').map(Number);
        return [low ?? 32_768, high ?? 60_999];
      },
      complain: (packet) => {
        this.ip.complain(packet, 'port-unreachable', interfaces.loopback);
      },
    });
    this.unixSockets = new UnixSocketTable();
  }

  /** Where a packet would go (`ip route get`). @returns ENETUNREACH without a route */
  lookup(
    destination: string,
    options?: { readonly source?: string | undefined; readonly device?: NetworkInterface | undefined },
  ): RouteDecision | Errno {
    return this.ip.lookup(destination, options);
  }

  /** Sends a packet that starts here. */
  send(packet: Packet, options?: { readonly device?: NetworkInterface | undefined }): Outcome | Errno {
    return this.ip.send(packet, options);
  }

  get ttl(): number {
    return this.ip.ttl;
  }

  get socketDefaults(): { readonly synRetries: number } {
    return { synRetries: this.sysctls.number('net.ipv4.tcp_syn_retries') };
  }

  startTrace(flow: string): PacketTrace {
    const trace = this.traces.start(this.simulation.now, flow);
    this.simulation.record('packet.sent', { trace: trace.id, flow, host: this.host, namespace: this.inode });
    return trace;
  }

  /** `ip netns set`: the id by which another namespace is to be known here. @returns EEXIST when it has one already, or another has this */
  setIdOf(other: NetworkStack, id: number): Errno | undefined {
    if (this.knownIdOf(other) !== undefined || [...this.#idByPeer.values()].includes(id)) return errno('EEXIST');
    this.#idByPeer.set(other, id);
    this.#chosenIds.add(other);
    return undefined;
  }

  /** The id of a namespace that a device leads to or that was given one; undefined for all others (RTM_GETNSID). */
  knownIdOf(other: NetworkStack): number | undefined {
    const isLinked = this.interfaces.list().some((device) => device.peer?.namespace === other && other !== this);
    return isLinked || this.#chosenIds.has(other) ? this.idOf(other) : undefined;
  }

  idOf(other: NetworkStack): number {
    // Ids are given when a device's other end moves away, in that order, and freed with the namespace (net/core/net_namespace.c).
    // 0 of a machine is that of the network behind its own card.
    const devices = this.interfaces.list();
    const peers = new Set(devices.flatMap((device) => (device.peer && device.peer.namespace !== this ? [device.peer.namespace] : [])));
    for (const known of this.#idByPeer.keys()) if (!peers.has(known) && known !== other && !this.#chosenIds.has(known)) this.#idByPeer.delete(known);
    const first = devices.some((device) => device.kind === 'ethernet') ? 1 : 0;
    for (const peer of [...peers, other]) {
      if (this.#idByPeer.has(peer)) continue;
      const used = new Set(this.#idByPeer.values());
      let id = first;
      while (used.has(id)) id++;
      this.#idByPeer.set(peer, id);
    }
    return this.#idByPeer.get(other) ?? first;
  }

  /** Its last member has gone: veth pairs vanish at both ends, sockets close. */
  dispose(): void {
    this.sockets.closeAll();
    for (const device of this.interfaces.list()) if (device.kind !== 'loopback') this.interfaces.remove(device);
  }

  receive(device: NetworkInterface, packet: Packet): Outcome {
    return this.ip.receive(device, packet);
  }

  answersFor(device: NetworkInterface, address: string): string | undefined {
    if (isLoopback(address)) return undefined;
    return this.interfaces.holder(address) ? device.mac : undefined;
  }

  learnNeighbour(device: NetworkInterface, address: string, mac: string): void {
    this.neighbours.confirm(device, address, mac);
  }

  filterBridged(bridge: NetworkInterface, packet: Packet): BridgeVerdict {
    return this.ip.filterBridged(bridge, packet);
  }

  deviceVanished(device: NetworkInterface): void {
    this.interfaces.remove(device);
  }

  carrierGained(device: NetworkInterface): void {
    this.interfaces.carrierGained(device);
  }

  #masqueradeAddress(device: NetworkInterface, destination: string): string | undefined {
    const route = this.routes.find(destination, device);
    return this.interfaces.sourceFor(4, device, route?.gateway ?? destination);
  }
}
