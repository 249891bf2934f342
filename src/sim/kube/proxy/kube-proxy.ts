/**
 * kube-proxy in iptables mode on one node: keeps the node's netfilter rules in step with Services and EndpointSlices.
 * It is told of changes; it watches nothing itself and forwards no packet.
 */
import type { Simulation, Timer } from '../../engine/simulation.ts';
import type { Cidr } from '../../linux/net/address.ts';
import type { NetworkNamespace } from '../../linux/net/network-namespace.ts';
import type { Service } from '../api/types-core.ts';
import type { EndpointSlice } from '../api/types-network.ts';
import { ensureKubeletChains, ensureProxyChains, NODE_PORTS_RULE } from './base-chains.ts';
import { endpointsOf, serviceOfSlice } from './endpoint.ts';
import { servicePorts, type ServicePort } from './service-port.ts';
import { serviceRules, type ServiceRules } from './service-rules.ts';

export interface KubeProxyOptions {
  readonly simulation: Simulation;
  /** The node's own network namespace. */
  readonly node: NetworkNamespace;
  readonly nodeName: string;
  /** Addresses of all Pods, such as 10.244.0.0/16. */
  readonly clusterCidr: Cidr;
}

interface Entry {
  readonly ports: readonly ServicePort[];
  /** By port name; undefined while they have to be made anew. */
  rules: readonly ServiceRules[] | undefined;
}

/** Virtual milliseconds between two syncs at least (iptables.minSyncPeriod), and from a change to a sync at best. */
const MIN_SYNC_PERIOD = 1_000;
const REACTION = 8;

export class KubeProxy {
  readonly #options: KubeProxyOptions;
  readonly #entryByService = new Map<string, Entry>();
  readonly #slicesByService = new Map<string, Map<string, EndpointSlice>>();
  readonly #ownChains = new Map<string, Set<string>>();
  #started = false;
  #lastSync = Number.NEGATIVE_INFINITY;
  #timer: Timer | undefined;

  constructor(options: KubeProxyOptions) {
    this.#options = options;
  }

  /** Sets up the chains that exist without Services, then syncs what it has been told of so far. */
  start(): void {
    const { netfilter, sysctls } = this.#options.node;
    sysctls.set('net.ipv4.conf.all.route_localnet', '1');
    // The br_netfilter module brings this with it; Service traffic between Pods of one bridge needs it.
    sysctls.define('net.bridge.bridge-nf-call-iptables', '1');
    ensureKubeletChains(netfilter);
    ensureProxyChains(netfilter);
    this.#started = true;
    this.sync();
  }

  /** A Service is new or has changed. */
  setService(service: Service): void {
    const key = keyOf(service);
    this.#entryByService.set(key, { ports: servicePorts(service), rules: undefined });
    this.#requestSync();
  }

  removeService(key: { readonly namespace: string; readonly name: string }): void {
    if (this.#entryByService.delete(`${key.namespace}/${key.name}`)) this.#requestSync();
  }

  /** An EndpointSlice is new or has changed. */
  setEndpointSlice(slice: EndpointSlice): void {
    const service = serviceOfSlice(slice);
    if (service === undefined) return;
    let slices = this.#slicesByService.get(service);
    if (!slices) this.#slicesByService.set(service, (slices = new Map()));
    slices.set(slice.metadata.name, slice);
    this.#endpointsChanged(service);
  }

  removeEndpointSlice(slice: EndpointSlice): void {
    const service = serviceOfSlice(slice);
    if (service === undefined || !this.#slicesByService.get(service)?.delete(slice.metadata.name)) return;
    this.#endpointsChanged(service);
  }

  /** Writes the rules now. Chains of Services that have not changed are left alone. */
  sync(): void {
    if (!this.#started) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#lastSync = this.#options.simulation.now;
    const nat = this.#options.node.netfilter.table('nat');
    const filter = this.#options.node.netfilter.table('filter');
    for (const [service, entry] of this.#entryByService) if (!entry.rules) this.#rebuild(service, entry);
    for (const service of [...this.#ownChains.keys()]) if (!this.#entryByService.has(service)) this.#replaceChains(service, new Map());
    const all = [...this.#entryByService.values()].flatMap((entry) => entry.rules ?? []);
    nat.replaceChain(
      'KUBE-NODEPORTS',
      all.flatMap((each) => each.natNodePorts),
    );
    nat.replaceChain('KUBE-SERVICES', [...all.flatMap((each) => each.natServices), NODE_PORTS_RULE]);
    filter.replaceChain(
      'KUBE-SERVICES',
      all.flatMap((each) => each.filterServices),
    );
    filter.replaceChain(
      'KUBE-EXTERNAL-SERVICES',
      all.flatMap((each) => each.filterExternal),
    );
    filter.replaceChain(
      'KUBE-NODEPORTS',
      all.flatMap((each) => each.filterNodePorts),
    );
    this.#dropStale();
  }

  #endpointsChanged(service: string): void {
    const entry = this.#entryByService.get(service);
    if (entry) entry.rules = undefined;
    this.#requestSync();
  }

  #requestSync(): void {
    if (!this.#started || this.#timer) return;
    const { simulation } = this.#options;
    const delay = Math.max(REACTION, this.#lastSync + MIN_SYNC_PERIOD - simulation.now);
    this.#timer = simulation.after(delay, () => {
      this.sync();
    });
  }

  #rebuild(service: string, entry: Entry): void {
    const slices = this.#slicesByService.get(service)?.values() ?? [];
    const all = [...slices];
    entry.rules = entry.ports.map((port) => serviceRules(port, endpointsOf(all, port.portName, this.#options.nodeName), this.#options.clusterCidr));
    this.#replaceChains(service, new Map(entry.rules.flatMap((each) => [...each.chains])));
  }

  #replaceChains(service: string, chains: ReadonlyMap<string, ServiceRules['natServices']>): void {
    const nat = this.#options.node.netfilter.table('nat');
    for (const chain of chains.keys()) nat.newChain(chain);
    for (const [chain, rules] of chains) nat.replaceChain(chain, rules);
    const stale = this.#ownChains.get(service) ?? new Set<string>();
    for (const chain of chains.keys()) stale.delete(chain);
    for (const chain of stale) this.#stale.add(chain);
    if (chains.size === 0) this.#ownChains.delete(service);
    else this.#ownChains.set(service, new Set(chains.keys()));
  }

  /** Chains that nothing of ours uses any more; deleted when the last jump to them is gone. */
  readonly #stale = new Set<string>();

  #dropStale(): void {
    const { netfilter } = this.#options.node;
    const nat = netfilter.table('nat');
    const inUse = new Set([...this.#ownChains.values()].flatMap((each) => [...each]));
    for (const chain of this.#stale) if (!inUse.has(chain)) nat.flush(chain);
    const gone: string[] = [];
    for (const chain of this.#stale) if (!inUse.has(chain) && nat.deleteChain(chain) === undefined) gone.push(chain);
    const changed = this.#stale.size > 0;
    this.#stale.clear();
    if (changed) this.#forgetFlows();
  }

  /** UDP flows to endpoints that are gone would never notice (pkg/proxy/conntrack/cleanup.go). */
  #forgetFlows(): void {
    const living = new Set<string>();
    const portals = new Set<string>();
    for (const [service, entry] of this.#entryByService) {
      const slices = [...(this.#slicesByService.get(service)?.values() ?? [])];
      for (const port of entry.ports) {
        if (port.protocol !== 'udp') continue;
        portals.add(`${port.clusterIP}:${port.port}`);
        for (const endpoint of endpointsOf(slices, port.portName, this.#options.nodeName)) living.add(endpoint.text);
      }
    }
    this.#options.node.netfilter.connections.forget(
      ({ original, reply }) =>
        original.protocol === 'udp' &&
        portals.has(`${original.destination}:${original.destinationPort}`) &&
        !living.has(`${reply.source}:${reply.sourcePort}`),
    );
  }
}

function keyOf(service: Service): string {
  return `${service.metadata.namespace ?? ''}/${service.metadata.name}`;
}
