/** The main routing table of one namespace (net/ipv4/fib_trie.c): which device and gateway lead to an address. */
import { errno, type Errno } from '../errno.ts';
import { familyOf, inCidr, ipv4Bits, ipv6Bits, networkOf, type Cidr, type Family } from './address.ts';
import type { NetworkInterface } from './network-interface.ts';

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
}

export interface RouteRequest {
  readonly destination: Cidr;
  readonly gateway?: string | undefined;
  readonly device?: NetworkInterface | undefined;
  readonly source?: string | undefined;
  readonly metric?: number | undefined;
  readonly protocol?: Route['protocol'] | undefined;
  readonly scope?: Route['scope'] | undefined;
}

export class RouteTable {
  #routes: Route[] = [];

  /** All routes in the order of `ip route`: by address, longer prefixes first, then metric. */
  list(family: Family): readonly Route[] {
    return this.#routes.filter((each) => each.family === family);
  }

  /**
   * Adds a route; without a device that of the gateway's network is taken.
   * @returns EEXIST, ENETUNREACH (no link to the gateway), ENETDOWN (device is down), EINVAL (host bits set, or nothing to route by)
   */
  add(request: RouteRequest, replace = false): Errno | undefined {
    const family = familyOf(request.destination.address);
    if (networkOf(request.destination).address !== request.destination.address) return errno('EINVAL');
    let device = request.device;
    if (request.gateway !== undefined) {
      const link = this.#find(
        request.gateway,
        (each) => each.gateway === undefined && (!device || each.device === device),
      );
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
      scope: request.scope ?? (request.gateway === undefined ? 'link' : 'global'),
      source: request.source,
      metric: request.metric ?? (family === 6 ? 1024 : 0),
    };
    const same = this.#routes.findIndex(
      (each) => sameDestination(each, route) && each.metric === route.metric && (family === 4 || each.device === device),
    );
    if (same >= 0) {
      if (!replace) return errno('EEXIST');
      this.#routes.splice(same, 1);
    }
    this.#insert(route);
    return undefined;
  }

  /** Deletes the first route that agrees with what is given. @returns ESRCH when there is none */
  remove(request: {
    readonly destination: Cidr;
    readonly gateway?: string | undefined;
    readonly device?: NetworkInterface | undefined;
    readonly metric?: number | undefined;
  }): Errno | undefined {
    const at = this.#routes.findIndex(
      (each) =>
        each.destination.address === request.destination.address &&
        each.destination.prefix === request.destination.prefix &&
        (request.gateway === undefined || each.gateway === request.gateway) &&
        (request.device === undefined || each.device === request.device) &&
        (request.metric === undefined || each.metric === request.metric),
    );
    if (at < 0) return errno('ESRCH');
    this.#routes.splice(at, 1);
    return undefined;
  }

  /** Drops every route for which `gone` holds, as the kernel does when a device or an address goes. */
  prune(gone: (route: Route) => boolean): void {
    this.#routes = this.#routes.filter((each) => !gone(each));
  }

  /** The route to `address`: longest prefix, then lowest metric. */
  find(address: string, device?: NetworkInterface): Route | undefined {
    return this.#find(address, device ? (each) => each.device === device : undefined);
  }

  #find(address: string, only?: (route: Route) => boolean): Route | undefined {
    const family = familyOf(address);
    let best: Route | undefined;
    for (const each of this.#routes) {
      if (each.family !== family || !inCidr(address, each.destination) || (only && !only(each))) continue;
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
    const at = this.#routes.findIndex((each) => before(route, each));
    if (at < 0) this.#routes.push(route);
    else this.#routes.splice(at, 0, route);
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
  if (a.family !== b.family) return a.family < b.family;
  const [left, right] = [bits(a), bits(b)];
  if (left !== right) return left < right;
  if (a.destination.prefix !== b.destination.prefix) return a.destination.prefix > b.destination.prefix;
  return a.metric < b.metric;
}
