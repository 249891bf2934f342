/** A switched Ethernet segment: stations plugged into it and the frames between them. Knows no addresses but hardware ones. */
import type { Cable, NetworkInterface } from './network-interface.ts';

export class Lan implements Cable {
  readonly name: string;
  readonly #stations = new Set<NetworkInterface>();

  constructor(name: string) {
    this.name = name;
  }

  plug(station: NetworkInterface): void {
    this.#stations.add(station);
  }

  unplug(station: NetworkInterface): void {
    this.#stations.delete(station);
  }

  /** Everything that is plugged in, in the order in which it came. */
  stations(): Iterable<NetworkInterface> {
    return this.#stations;
  }

  /** The station with this hardware address. */
  station(mac: string): NetworkInterface | undefined {
    for (const each of this.#stations) if (each.mac === mac) return each;
    return undefined;
  }
}
