/**
 * Gives Services their cluster addresses and node ports, and refuses ones that are taken.
 * Modelled on pkg/registry/core/service/storage/alloc.go and pkg/registry/core/service/{ip,port}allocator (v1.37).
 */
import { invalid } from '../api/field-error.ts';
import { invalidStatus } from '../api/status.ts';
import type { Status } from '../api/status.ts';
import type { Service, ServicePort } from '../api/types-core.ts';
import type { Random } from '../../engine/random.ts';

const FIRST_PORT = 30_000;
const LAST_PORT = 32_767;
/** Requested ports come from the lower band, so random ones start above it (ServiceNodePortStaticSubrange: 16 + 2767/32). */
const FIRST_RANDOM_PORT = 30_086;

/** 10.96.0.0/12 as numbers; addresses below the offset are for requested ones (ServiceIPStaticSubrange: 256). */
const NETWORK = (10 << 24) | (96 << 16);
const SIZE = 1 << 20;
const STATIC_SIZE = 256;

const SERVICE = { group: '', kind: 'Service' };

function addressText(index: number): string {
  const value = NETWORK + index;
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.');
}

function addressIndex(text: string): number | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = match.slice(1).map(Number);
  const index = ((a << 24) | (b << 16) | (c << 8) | d) - NETWORK;
  return index > 0 && index < SIZE ? index : undefined;
}

export class ServiceAllocation {
  readonly #random: Random;
  readonly #addresses = new Map<string, string>();
  /** `TCP/30090` → service key; one port may serve TCP and UDP of the same service. */
  readonly #ports = new Map<string, string>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Fills in addresses and ports of a new or changed Service and reserves them, or says what is taken. */
  allocate(service: Service, old: Service | undefined): Service | Status {
    const key = `${service.metadata.namespace ?? ''}/${service.metadata.name}`;
    const type = service.spec.type ?? 'ClusterIP';
    if (type === 'ExternalName') {
      if (old !== undefined) this.release(old);
      return service;
    }
    const withAddress = this.#withAddress(service, old, key);
    if (withAddress.kind === 'Status') return withAddress;
    if (type === 'ClusterIP') {
      if (old !== undefined) this.#releasePorts(old, []);
      return withAddress;
    }
    return this.#withPorts(withAddress, old, key);
  }

  /** Gives back everything a deleted Service held. */
  release(service: Service): void {
    if (service.spec.clusterIP !== undefined) this.#addresses.delete(service.spec.clusterIP);
    this.#releasePorts(service, []);
  }

  #withAddress(service: Service, old: Service | undefined, key: string): Service | Status {
    const wanted = service.spec.clusterIP ?? service.spec.clusterIPs?.[0] ?? '';
    if (wanted === 'None') return service;
    const held = old?.spec.clusterIP;
    if (wanted !== '' && (wanted === held || this.#addresses.get(wanted) === key)) return service;
    if (wanted !== '') {
      const why = this.#whyNotAddress(wanted);
      if (why !== undefined) {
        const message = `failed to allocate IP ${wanted}: ${why}`;
        return invalidStatus(SERVICE, service.metadata.name, [invalid('spec.clusterIPs', [wanted], message)]);
      }
    }
    const address = wanted === '' ? (held !== undefined && held !== 'None' && held !== '' ? held : this.#freeAddress()) : wanted;
    this.#addresses.set(address, key);
    return { ...service, spec: { ...service.spec, clusterIP: address, clusterIPs: [address, ...(service.spec.clusterIPs ?? []).slice(1)] } };
  }

  #whyNotAddress(address: string): string | undefined {
    if (this.#addresses.has(address)) return 'provided IP is already allocated';
    if (addressIndex(address) === undefined) return `the provided IP (${address}) is not in the valid range. The range of valid IPs is 10.96.0.0/12`;
    return undefined;
  }

  #freeAddress(): string {
    for (;;) {
      const address = addressText(this.#random.integer(STATIC_SIZE + 1, SIZE - 2));
      if (!this.#addresses.has(address)) return address;
    }
  }

  #withPorts(service: Service, old: Service | undefined, key: string): Service | Status {
    const before = new Map((old?.spec.ports ?? []).map((port) => [`${port.protocol ?? 'TCP'}/${String(port.nodePort ?? 0)}`, port]));
    const ports: ServicePort[] = [];
    const taken = new Map<number, number>();
    for (const [index, port] of (service.spec.ports ?? []).entries()) {
      const protocol = port.protocol ?? 'TCP';
      const wanted = port.nodePort ?? 0;
      if (wanted === 0) {
        // A port served over two protocols gets one number for both (alloc.go initNodePorts).
        const chosen = taken.get(port.port) ?? this.#freePort();
        taken.set(port.port, chosen);
        this.#ports.set(`${protocol}/${String(chosen)}`, key);
        ports.push({ ...port, nodePort: chosen });
        continue;
      }
      const id = `${protocol}/${String(wanted)}`;
      if (!before.has(id) && this.#ports.get(id) !== key) {
        const why = this.#whyNotPort(wanted, key);
        if (why !== undefined) {
          const error = invalid(`spec.ports[${String(index)}].nodePort`, wanted, why);
          return invalidStatus(SERVICE, service.metadata.name, [error]);
        }
      }
      taken.set(port.port, wanted);
      this.#ports.set(id, key);
      ports.push(port);
    }
    if (old !== undefined) this.#releasePorts(old, ports);
    return { ...service, spec: { ...service.spec, ports } };
  }

  #whyNotPort(port: number, key: string): string | undefined {
    if (port < FIRST_PORT || port > LAST_PORT)
      return `provided port is not in the valid range. The range of valid ports is ${String(FIRST_PORT)}-${String(LAST_PORT)}`;
    const holders = ['TCP', 'UDP', 'SCTP'].map((protocol) => this.#ports.get(`${protocol}/${String(port)}`));
    return holders.some((holder) => holder !== undefined && holder !== key) ? 'provided port is already allocated' : undefined;
  }

  #freePort(): number {
    for (;;) {
      const port = this.#random.integer(FIRST_RANDOM_PORT, LAST_PORT);
      if (!['TCP', 'UDP', 'SCTP'].some((protocol) => this.#ports.has(`${protocol}/${String(port)}`))) return port;
    }
  }

  #releasePorts(service: Service, keep: readonly ServicePort[]): void {
    const kept = new Set(keep.map((port) => `${port.protocol ?? 'TCP'}/${String(port.nodePort ?? 0)}`));
    for (const port of service.spec.ports ?? []) {
      const id = `${port.protocol ?? 'TCP'}/${String(port.nodePort ?? 0)}`;
      if (!kept.has(id)) this.#ports.delete(id);
    }
  }
}
