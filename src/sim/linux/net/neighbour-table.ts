/** Which hardware address an IP address has on a device: ARP and neighbour discovery with the states of net/core/neighbour.c. */
import type { Simulation } from '../../engine/simulation.ts';
import type { NetworkInterface } from './network-interface.ts';

export type NeighbourState = 'REACHABLE' | 'STALE' | 'DELAY' | 'PROBE' | 'FAILED' | 'INCOMPLETE' | 'PERMANENT';

export interface Neighbour {
  readonly address: string;
  readonly device: NetworkInterface;
  /** Undefined while nobody has answered. */
  readonly mac: string | undefined;
  readonly state: NeighbourState;
  /** Questions it took, as busybox shows them. */
  readonly probes: number;
}

interface Entry {
  readonly address: string;
  readonly device: NetworkInterface;
  mac: string | undefined;
  /** Virtual milliseconds at which it was last confirmed. */
  confirmedAt: number;
  failed: boolean;
  permanent: boolean;
  /** Traffic that is not simulated packet by packet keeps confirming it. */
  busy: boolean;
  probes: number;
}

/** base_reachable_time is 30 s, jittered between its half and its one and a half. */
const REACHABLE_MS = 30_000;

export class NeighbourTable {
  readonly #simulation: Simulation;
  readonly #entries = new Map<string, Entry>();

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** Everything known, in the order in which it came. */
  list(): readonly Neighbour[] {
    return [...this.#entries.values()].map((each) => this.#view(each));
  }

  find(device: NetworkInterface, address: string): Neighbour | undefined {
    const entry = this.#entries.get(key(device, address));
    return entry && this.#view(entry);
  }

  /** An answer (or a request) of `address` was seen. */
  confirm(device: NetworkInterface, address: string, mac: string): void {
    const entry = this.#entries.get(key(device, address));
    if (entry?.permanent) return;
    if (entry) Object.assign(entry, { mac, confirmedAt: this.#simulation.now, failed: false });
    else this.#put(device, address, { mac });
  }

  /** Nobody answered. */
  fail(device: NetworkInterface, address: string): void {
    this.#put(device, address, { failed: true, probes: 6 });
  }

  /** `ip neigh add … nud reachable|stale|failed`: as if it had been learnt so. */
  setLearnt(
    device: NetworkInterface,
    address: string,
    learnt: { readonly mac: string | undefined; readonly state: 'REACHABLE' | 'STALE' | 'FAILED' },
  ): void {
    const { mac, state } = learnt;
    this.#put(device, address, {
      mac: state === 'FAILED' ? undefined : mac,
      failed: state === 'FAILED',
      confirmedAt: state === 'REACHABLE' ? this.#simulation.now : this.#simulation.now - REACHABLE_MS,
      probes: 0,
    });
  }

  /** `arp -s` and `ip neigh add … nud permanent`. */
  setPermanent(device: NetworkInterface, address: string, mac: string): void {
    this.#put(device, address, { mac, permanent: true, probes: 0 });
  }

  /**
   * Someone met long ago: unused since, or (`busy`) in touch all the time through traffic that is not simulated, such
   * as the kubelet's with the API server.
   */
  remember(device: NetworkInterface, address: string, past: { readonly mac: string; readonly busy: boolean; readonly probes: number }): void {
    this.#put(device, address, { ...past, confirmedAt: this.#simulation.now - REACHABLE_MS });
  }

  /** @returns whether there was one */
  remove(device: NetworkInterface, address: string): boolean {
    return this.#entries.delete(key(device, address));
  }

  /** Forgets all of a device, as when it goes down. */
  flush(device: NetworkInterface): void {
    for (const [name, entry] of this.#entries) if (entry.device === device) this.#entries.delete(name);
  }

  #put(device: NetworkInterface, address: string, entry: Partial<Entry>): void {
    const fresh: Entry = {
      address,
      device,
      mac: undefined,
      confirmedAt: this.#simulation.now,
      failed: false,
      permanent: false,
      busy: false,
      probes: 1,
    };
    this.#entries.set(key(device, address), { ...fresh, ...entry });
  }

  #view(entry: Entry): Neighbour {
    const { address, device, mac, probes } = entry;
    return { address, device, mac, probes, state: this.#state(entry) };
  }

  #state(entry: Entry): NeighbourState {
    if (entry.permanent) return 'PERMANENT';
    if (entry.busy) return 'REACHABLE';
    const age = this.#simulation.now - entry.confirmedAt;
    if (entry.mac === undefined) return entry.failed && age >= 3_000 ? 'FAILED' : 'INCOMPLETE';
    return age < REACHABLE_MS ? 'REACHABLE' : 'STALE';
  }
}

function key(device: NetworkInterface, address: string): string {
  return `${device.index} ${address}`;
}
