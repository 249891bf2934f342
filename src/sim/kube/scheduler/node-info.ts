/**
 * What the scheduler remembers of one node: its Pods' requests and host ports, kept up to date pod by pod.
 * Modelled on pkg/scheduler/framework/types.go NodeInfo (v1.37).
 */
import { quantityNano } from '../api/quantity.ts';
import type { Node } from '../api/types-core.ts';
import type { Quantity } from '../api/types-meta.ts';
import type { Container, Pod, PodSpec } from '../api/types-pod.ts';

const NANO = 1_000_000_000;
const MILLI_NANO = 1_000_000;

/** Amounts by resource name: cpu in thousandths, the rest in units (bytes). */
export type Amounts = Readonly<Record<string, number>>;

export interface HostPort {
  readonly protocol: string;
  readonly ip: string;
  readonly port: number;
}

/** What a Pod takes from a node, computed once per spec. */
export interface PodDemand {
  readonly requests: Amounts;
  /** The same, with the defaults that scoring assumes for containers that request nothing. */
  readonly nonZeroCpu: number;
  readonly nonZeroMemory: number;
  readonly ports: readonly HostPort[];
}

/** pkg/scheduler/util/pod_resources.go: what a container without requests counts as in scores. */
const ASSUMED_CPU = 100;
const ASSUMED_MEMORY = 200 * 1024 * 1024;

const DEMAND_BY_SPEC = new WeakMap<PodSpec, PodDemand>();

function amountOf(name: string, quantity: Quantity): number {
  return Number(quantityNano(quantity)) / (name === 'cpu' ? MILLI_NANO : NANO);
}

/** A node's or container's quantities as numbers. */
export function amountsOf(quantities: Readonly<Record<string, Quantity>> | undefined): Amounts {
  return Object.fromEntries(Object.entries(quantities ?? {}).map(([name, quantity]) => [name, amountOf(name, quantity)]));
}

function requestsOf(container: Container): Amounts {
  return amountsOf({ ...container.resources?.limits, ...container.resources?.requests });
}

function add(total: Record<string, number>, amounts: Amounts): void {
  for (const [name, amount] of Object.entries(amounts)) total[name] = (total[name] ?? 0) + amount;
}

/** Requests, assumed requests and host ports of a Pod (component-helpers resource.PodRequests; util.GetHostPorts). */
export function demandOf(spec: PodSpec): PodDemand {
  const known = DEMAND_BY_SPEC.get(spec);
  if (known !== undefined) return known;
  const total: Record<string, number> = {};
  const sidecars: Record<string, number> = {};
  const peak: Record<string, number> = {};
  for (const container of spec.containers) add(total, requestsOf(container));
  for (const container of spec.initContainers ?? []) {
    const needed: Record<string, number> = { ...requestsOf(container) };
    if (container.restartPolicy === 'Always') {
      add(total, needed);
      add(sidecars, needed);
    } else {
      add(needed, sidecars);
      for (const [name, amount] of Object.entries(needed)) peak[name] = Math.max(peak[name] ?? 0, amount);
    }
  }
  for (const [name, amount] of Object.entries(peak)) total[name] = Math.max(total[name] ?? 0, amount);
  add(total, amountsOf(spec.overhead));
  const assumed = (name: string, amount: number): number =>
    spec.containers.reduce((sum, container) => sum + (requestsOf(container)[name] ?? amount), 0);
  const demand: PodDemand = {
    requests: total,
    nonZeroCpu: assumed('cpu', ASSUMED_CPU),
    nonZeroMemory: assumed('memory', ASSUMED_MEMORY),
    ports: hostPortsOf(spec),
  };
  DEMAND_BY_SPEC.set(spec, demand);
  return demand;
}

function hostPortsOf(spec: PodSpec): readonly HostPort[] {
  const restartable = (spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  return [...spec.containers, ...restartable].flatMap((container) =>
    (container.ports ?? [])
      .filter((port) => (port.hostPort ?? 0) > 0)
      .map((port) => ({
        protocol: port.protocol ?? 'TCP',
        ip: (port.hostIP ?? '') === '' ? '0.0.0.0' : (port.hostIP ?? ''),
        port: port.hostPort ?? 0,
      })),
  );
}

/** Whether two host ports exclude each other: one protocol and number, and one address or either on all (HostPortInfo.CheckConflict). */
export function portsConflict(a: HostPort, b: HostPort): boolean {
  return a.protocol === b.protocol && a.port === b.port && (a.ip === b.ip || a.ip === '0.0.0.0' || b.ip === '0.0.0.0');
}

export class NodeInfo {
  node: Node;
  allocatable: Amounts;
  readonly pods = new Map<string, Pod>();
  readonly requested: Record<string, number> = {};
  nonZeroCpu = 0;
  nonZeroMemory = 0;
  readonly #byOwner = new Map<string, number>();
  readonly #ports = new Map<number, { readonly uid: string; readonly port: HostPort }[]>();

  constructor(node: Node) {
    this.node = node;
    this.allocatable = amountsOf(node.status.allocatable);
  }

  setNode(node: Node): void {
    this.node = node;
    this.allocatable = amountsOf(node.status.allocatable);
  }

  addPod(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    if (this.pods.has(uid)) this.removePod(uid);
    this.pods.set(uid, pod);
    this.#count(pod, 1);
    for (const port of demandOf(pod.spec).ports) {
      const holders = this.#ports.get(port.port);
      if (holders === undefined) this.#ports.set(port.port, [{ uid, port }]);
      else holders.push({ uid, port });
    }
  }

  removePod(uid: string): void {
    const pod = this.pods.get(uid);
    if (pod === undefined) return;
    this.pods.delete(uid);
    this.#count(pod, -1);
    for (const { port } of demandOf(pod.spec).ports) {
      const left = (this.#ports.get(port) ?? []).filter((holder) => holder.uid !== uid);
      if (left.length === 0) this.#ports.delete(port);
      else this.#ports.set(port, left);
    }
  }

  /** How many Pods of this controller the node has. */
  ownedBy(uid: string): number {
    return this.#byOwner.get(uid) ?? 0;
  }

  /** Whether one of these host ports is taken by a Pod other than those in `without`. */
  portTaken(ports: readonly HostPort[], without: ReadonlySet<string> = new Set()): boolean {
    return ports.some((wanted) =>
      (this.#ports.get(wanted.port) ?? []).some((holder) => !without.has(holder.uid) && portsConflict(wanted, holder.port)),
    );
  }

  #count(pod: Pod, sign: 1 | -1): void {
    const demand = demandOf(pod.spec);
    for (const [name, amount] of Object.entries(demand.requests)) this.requested[name] = (this.requested[name] ?? 0) + sign * amount;
    this.nonZeroCpu += sign * demand.nonZeroCpu;
    this.nonZeroMemory += sign * demand.nonZeroMemory;
    const owner = pod.metadata.ownerReferences?.find((reference) => reference.controller === true)?.uid;
    if (owner !== undefined) this.#byOwner.set(owner, this.ownedBy(owner) + sign);
  }
}
