/**
 * The network of one node, as the CNI configuration `cbr0` sets it up: plugins `bridge` (isGateway, hairpinMode, ipMasq),
 * `host-local` and `portmap` (containernetworking/plugins 1.1.1). The bridge appears with the first Pod and stays.
 */
import type { Simulation } from '../../engine/simulation.ts';
import { isErrno } from '../../linux/errno.ts';
import { networkOf, type Cidr } from '../../linux/net/address.ts';
import { usualBroadcast } from '../../linux/net/interface-table.ts';
import { randomMac } from '../../linux/net/mac-address.ts';
import type { NetworkInterface } from '../../linux/net/network-interface.ts';
import type { NetworkNamespace } from '../../linux/net/network-namespace.ts';
import { chainName, cniComment } from './chain-name.ts';
import { HostLocal } from './host-local.ts';
import type { NetworkAddRequest, NetworkPlugin } from './network-plugin.ts';
import { ensureSharedChains, forwardPorts, unforwardPorts } from './portmap.ts';

export interface BridgeNetworkOptions {
  readonly simulation: Simulation;
  /** The node's own network namespace. */
  readonly node: NetworkNamespace;
  /** Pod network of the node, such as 10.244.1.0/24. */
  readonly subnet: Cidr;
  /** Name in the CNI configuration. */
  readonly name?: string;
  readonly bridge?: string;
}

const HEX = '0123456789abcdef';

export class BridgeNetwork implements NetworkPlugin {
  readonly #simulation: Simulation;
  readonly #node: NetworkNamespace;
  readonly #addresses: HostLocal;
  readonly #name: string;
  readonly #bridge: string;

  constructor(options: BridgeNetworkOptions) {
    this.#simulation = options.simulation;
    this.#node = options.node;
    this.#addresses = new HostLocal(options.subnet);
    this.#name = options.name ?? 'cbr0';
    this.#bridge = options.bridge ?? 'cni0';
  }

  add(request: NetworkAddRequest): { readonly addresses: readonly string[] } | { readonly error: string } {
    const { namespace, sandboxId } = request;
    const bridge = this.#ensureBridge();
    const pair = this.#node.interfaces.addVethPair(`veth${this.#simulation.random.string(8, HEX)}`, {
      peer: { table: namespace.interfaces, name: 'eth0' },
      txQueueLength: 0,
    });
    if (isErrno(pair))
      return {
        error: `plugin type="bridge" failed (add): failed to create veth pair: ${pair.text.toLowerCase()}`,
      };
    const address = this.#addresses.allocate(sandboxId);
    if (address === undefined) {
      this.#node.interfaces.remove(pair.local);
      return {
        error: `plugin type="bridge" failed (add): failed to allocate for range 0: no IP addresses available in range set: ${this.#addresses.rangeText}`,
      };
    }
    this.#node.interfaces.setUp(pair.local, true);
    this.#node.interfaces.setMaster(pair.local, bridge);
    pair.local.hairpin = true;
    this.#ensureGateway(bridge);
    this.#configure(namespace, pair.peer, address);
    this.#masquerade(sandboxId, address);
    // The nodes of this world have all had a host port before.
    ensureSharedChains(this.#node.netfilter.table('nat'));
    if (request.portMappings.some((each) => each.hostPort > 0)) {
      forwardPorts(this.#node, {
        network: this.#name,
        containerId: sandboxId,
        address,
        prefix: this.#addresses.subnet.prefix,
        mappings: request.portMappings,
        hostDevice: bridge.name,
      });
    }
    namespace.boundName ??= `cni-${[8, 4, 4, 4, 12].map((length) => this.#simulation.random.string(length, HEX)).join('-')}`;
    this.#simulation.record('network.attached', {
      host: this.#node.host,
      pod: `${request.podNamespace}/${request.podName}`,
      address,
      device: pair.local.name,
    });
    return { addresses: [address] };
  }

  remove(request: { readonly sandboxId: string; readonly namespace: NetworkNamespace }): void {
    const { sandboxId } = request;
    unforwardPorts(this.#node, { network: this.#name, containerId: sandboxId });
    const address = this.#addresses.find(sandboxId);
    if (address !== undefined) this.#unmasquerade(sandboxId, address);
    this.#addresses.release(sandboxId);
    const eth0 = request.namespace.interfaces.find('eth0');
    if (eth0) request.namespace.interfaces.remove(eth0);
  }

  #ensureBridge(): NetworkInterface {
    const { interfaces } = this.#node;
    const present = interfaces.find(this.#bridge);
    if (present) {
      interfaces.setUp(present, true);
      return present;
    }
    const bridge = interfaces.addBridge(this.#bridge, randomMac(this.#simulation.random));
    if (isErrno(bridge)) throw new Error(`no bridge ${this.#bridge}: ${bridge.code}`);
    interfaces.setUp(bridge, true);
    return bridge;
  }

  #ensureGateway(bridge: NetworkInterface): void {
    const gateway: Cidr = { address: this.#addresses.gateway, prefix: this.#addresses.subnet.prefix };
    if (!bridge.hasAddress(gateway.address)) this.#node.interfaces.addAddress(bridge, gateway, { broadcast: usualBroadcast(gateway) });
    this.#node.sysctls.set('net.ipv4.ip_forward', '1');
  }

  #configure(namespace: NetworkNamespace, eth0: NetworkInterface, address: string): void {
    const { interfaces, routes } = namespace;
    // The runtime's `loopback` plugin runs beside this one.
    interfaces.setUp(interfaces.loopback, true);
    interfaces.setUp(eth0, true);
    const cidr: Cidr = { address, prefix: this.#addresses.subnet.prefix };
    interfaces.addAddress(eth0, cidr, { broadcast: usualBroadcast(cidr) });
    routes.add({
      destination: { address: '0.0.0.0', prefix: 0 },
      gateway: this.#addresses.gateway,
      device: eth0,
    });
  }

  /** `ipMasq` (pkg/ip/ipmasq_linux.go): what leaves the Pod network leaves with the node's address. */
  #masquerade(sandboxId: string, address: string): void {
    const nat = this.#node.netfilter.table('nat');
    const chain = chainName(this.#name, sandboxId, '');
    const comment = { kind: 'comment', text: cniComment(this.#name, sandboxId) } as const;
    nat.newChain(chain);
    nat.append(chain, {
      matches: [{ kind: 'destination', cidr: networkOf(this.#addresses.subnet) }, comment],
      target: { kind: 'accept' },
    });
    nat.append(chain, {
      matches: [{ kind: 'destination', negated: true, cidr: { address: '224.0.0.0', prefix: 4 } }, comment],
      target: { kind: 'masquerade' },
    });
    nat.append('POSTROUTING', {
      matches: [{ kind: 'source', cidr: { address, prefix: 32 } }, comment],
      target: { kind: 'jump', chain },
    });
  }

  #unmasquerade(sandboxId: string, address: string): void {
    const nat = this.#node.netfilter.table('nat');
    const chain = chainName(this.#name, sandboxId, '');
    const comment = { kind: 'comment', text: cniComment(this.#name, sandboxId) } as const;
    nat.delete('POSTROUTING', {
      matches: [{ kind: 'source', cidr: { address, prefix: 32 } }, comment],
      target: { kind: 'jump', chain },
    });
    nat.flush(chain);
    nat.deleteChain(chain);
  }
}
