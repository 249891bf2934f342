/** Addresses of one node's Pod network, one after the other and round again (CNI plugin `host-local` 1.1, backend/allocator). */
import { ipv4Bits, ipv4Text, type Cidr } from '../../linux/net/address.ts';

export class HostLocal {
  readonly subnet: Cidr;
  readonly #first: number;
  readonly #last: number;
  #next: number;
  readonly #idByAddress = new Map<string, string>();
  readonly #addressById = new Map<string, string>();

  /** @param subnet such as 10.244.1.0/24; its first address is the gateway, its last the broadcast address */
  constructor(subnet: Cidr) {
    this.subnet = subnet;
    const base = ipv4Bits(subnet.address) ?? 0;
    this.#first = base + 2;
    this.#last = base + 2 ** (32 - subnet.prefix) - 2;
    this.#next = this.#first;
  }

  /** The bridge's own address. */
  get gateway(): string {
    return ipv4Text(this.#first - 1);
  }

  /** @returns a free address, reserved for `id`; undefined when there is none left */
  allocate(id: string): string | undefined {
    const size = this.#last - this.#first + 1;
    for (let tries = 0; tries < size; tries++) {
      const address = ipv4Text(this.#next);
      this.#next = this.#next === this.#last ? this.#first : this.#next + 1;
      if (this.#idByAddress.has(address)) continue;
      this.#idByAddress.set(address, id);
      this.#addressById.set(id, address);
      return address;
    }
    return undefined;
  }

  find(id: string): string | undefined {
    return this.#addressById.get(id);
  }

  release(id: string): void {
    const address = this.#addressById.get(id);
    if (address === undefined) return;
    this.#addressById.delete(id);
    this.#idByAddress.delete(address);
  }

  /** Such as `10.244.1.1-10.244.1.254`, as its error message names the range. */
  get rangeText(): string {
    return `${ipv4Text(this.#first - 1)}-${ipv4Text(this.#last)}`;
  }
}
