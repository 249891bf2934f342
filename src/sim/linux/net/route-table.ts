/** The main routing table of one namespace (net/ipv4/fib_trie.c): which device and gateway lead to an address. */
import { errno, type Errno } from '../errno.ts';
import { familyOf, inCidr, ipv4Bits, ipv6Bits, networkOf, type Cidr, type Family } from './address.ts';
import type { NetworkInterface } from './network-interface.ts';

/** Routes that lead nowhere, and what a sender is told (net/ipv4/fib_semantics.c fib_props). */
export const REFUSING = { blackhole: 'EINVAL', unreachable: 'EHOSTUNREACH', prohibit: 'EACCES', throw: 'ENETUNREACH' } as const;

export type Refusing = keyof typeof REFUSING;

export interface Route {
  readonly family: Family;
  /** Prefix 0 is the default route. */
  readonly destination: Cidr;
  readonly gateway: string | undefined;
  readonly device: NetworkInterface;
  /** Who made it; iproute2 hides `boot`. */
  readonly protocol: 'kernel' | 'boot' | 'static';
  readonly scope: 'global' | 'link' | 'host';
  /** Preferred source address. */
  readonly source: string | undefined;
  readonly metric: number;
  /** Set when it refuses what it matches; its device is the loopback then, and is not shown. */
  readonly refusing: Refusing | undefined;
  /** `mtu` and `onlink`, as they are shown. */
  readonly mtu?: number | undefined;
  readonly onlink?: boolean | undefined;
}

export interface RouteRequest {
  readonly destination: Cidr;
  readonly gateway?: string | undefined;
  readonly device?: NetworkInterface | undefined;
  readonly source?: string | undefined;
  readonly metric?: number | undefined;
  readonly protocol?: Route['protocol'] | undefined;
  readonly scope?: Route['scope'] | undefined;
  readonly refusing?: Refusing | undefined;
  readonly mtu?: number | undefined;
  readonly onlink?: boolean | undefined;
}

export class RouteTable {
  /** One list per family, each in the order of `ip route`: nodes have an IPv6 route for every Pod, which IPv4 need not look at. */
  readonly #routes: Record<Family, Route[]> = { 4: [], 6: [] };

  /** All routes in the order of `ip route`: by address, longer prefixes first, then metric. */
  list(family: Family): readonly Route[] {
    return [...this.#routes[family]];
  }

  /**
   * Adds a route; without a device that of the gateway's network is taken.
   * @returns EEXIST (`change`: ENOENT when there is none yet), ENETUNREACH (no link to the gateway), ENETDOWN (device is down), EINVAL (host bits set, or nothing to route by)
   */
  add(request: RouteRequest, mode: 'new' | 'append' | 'replace' | 'change' = 'new'): Errno | undefined {
    const family = familyOf(request.destination.address);
    if (networkOf(request.destination).address !== request.destination.address) return errno('EINVAL');
    let device = request.device;
    if (request.gateway !== undefined && !(request.onlink && device)) {
      const link = this.#find(request.gateway, (each) => each.gateway === undefined && (!device || each.device === device));
      if (!link) return errno('ENETUNREACH');
      device ??= link.device;
    }
    if (!device) return errno('ENODEV');
    if (!device.up) return errno('ENETDOWN');
    const route: Route = {
      family,
      destination: request.destination,
      gateway: request.gateway,
      device,
      protocol: request.protocol ?? 'boot',
      scope: request.scope ?? (request.gateway === undefined && request.refusing === undefined ? 'link' : 'global'),
      source: request.source,
      metric: request.metric ?? (family === 6 ? 1024 : 0),
      refusing: request.refusing,
      mtu: request.mtu,
      onlink: request.onlink,
    };
    const routes = this.#routes[family];
    const same = routes.findIndex((each) => (family === 4 || each.device === device) && sameDestination(each, route) && each.metric === route.metric);
    if (mode === 'append') {
      const twin = routes.some(
        (each) =>
          sameDestination(each, route) &&
          (['gateway', 'device', 'protocol', 'scope', 'source', 'metric'] as const).every((key) => each[key] === route[key]),
      );
      if (twin) return errno('EEXIST');
    } else if (same >= 0) {
      if (mode === 'new') return errno('EEXIST');
      routes.splice(same, 1);
    } else if (mode === 'change') return errno('ENOENT');
    this.#insert(route);
    return undefined;
  }

  /** Deletes the first route that agrees with what is given. @returns ESRCH when there is none */
  remove(request: {
    readonly destination: Cidr;
    readonly gateway?: string | undefined;
    readonly device?: NetworkInterface | undefined;
    readonly metric?: number | undefined;
    readonly refusing?: Refusing | undefined;
  }): Errno | undefined {
    const routes = this.#routes[familyOf(request.destination.address)];
    const at = routes.findIndex(
      (each) =>
        each.destination.address === request.destination.address &&
        each.destination.prefix === request.destination.prefix &&
        (request.gateway === undefined || each.gateway === request.gateway) &&
        (request.device === undefined || each.device === request.device) &&
        (request.metric === undefined || each.metric === request.metric) &&
        (request.refusing === undefined || each.refusing === request.refusing),
    );
    if (at < 0) return errno('ESRCH');
    routes.splice(at, 1);
    return undefined;
  }

  /** Drops every route for which `gone` holds, as the kernel does when a device or an address goes. */
  prune(gone: (route: Route) => boolean): void {
    for (const family of [4, 6] as const) this.#routes[family] = this.#routes[family].filter((each) => !gone(each));
  }

  /** The route to `address`: longest prefix, then lowest metric. */
  find(address: string, device?: NetworkInterface): Route | undefined {
    return this.#find(address, device ? (each) => each.device === device : undefined);
  }

  #find(address: string, only?: (route: Route) => boolean): Route | undefined {
    let best: Route | undefined;
    for (const each of this.#routes[familyOf(address)]) {
      if (!inCidr(address, each.destination) || (only && !only(each))) continue;
      if (
        !best ||
        each.destination.prefix > best.destination.prefix ||
        (each.destination.prefix === best.destination.prefix && each.metric < best.metric)
      )
        best = each;
    }
    return best;
  }

  #insert(route: Route): void {
    const routes = this.#routes[route.family];
    let from = 0;
    let to = routes.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const each = routes[middle];
      if (each !== undefined && before(route, each)) to = middle;
      else from = middle + 1;
    }
    routes.splice(from, 0, route);
  }
}

function sameDestination(a: Route, b: Route): boolean {
  return a.destination.address === b.destination.address && a.destination.prefix === b.destination.prefix;
}

function bits(route: Route): bigint {
  const four = ipv4Bits(route.destination.address);
  return four === undefined ? (ipv6Bits(route.destination.address) ?? 0n) : BigInt(four);
}

function before(a: Route, b: Route): boolean {
  const [left, right] = [bits(a), bits(b)];
  if (left !== right) return left < right;
  if (a.destination.prefix !== b.destination.prefix) return a.destination.prefix > b.destination.prefix;
  return a.metric < b.metric;
}
