/** `ip route` and `ip neigh` of BusyBox 1.37 (networking/libiproute/iproute.c, ipneigh.c). */
import { isErrno } from '../../../linux/errno.ts';
import { familyOf, inCidr, parseAddress, parseCidr, type Cidr, type Family } from '../../../linux/net/address.ts';
import { answer, choose, Complaint, INCOMPLETE, invalid, missing, type Result } from './busybox-complaint.ts';
import type { Route } from '../../../linux/net/route-table.ts';
import { busyboxLocalLines, busyboxRouteLine } from './busybox-text.ts';
import type { IpCall } from './ip-call.ts';

function isSelected(destination: Cidr, wanted: Cidr, how: string): boolean {
  if (how === 'match') return destination.prefix <= wanted.prefix && inCidr(wanted.address, destination);
  if (how === 'root') return destination.prefix >= wanted.prefix && inCidr(destination.address, wanted);
  return destination.address === wanted.address && destination.prefix === wanted.prefix;
}

export class BusyboxRoutes {
  readonly #call: IpCall;

  constructor(call: IpCall) {
    this.#call = call;
  }

  route(words: readonly string[]): Result {
    const [typed = 'list', ...rest] = words;
    switch (choose(typed, ['a', 'add', 'append', 'change', 'chg', 'delete', 'del', 'get', 'list', 'show', 'prepend', 'replace', 'test', 'flush'])) {
      case 'list':
      case 'show':
        return this.#showRoutes(rest);
      case 'get':
        return this.#getRoute(rest);
      case 'delete':
      case 'del':
        return this.#changeRoute(rest, 'delete');
      case 'append':
        return this.#changeRoute(rest, 'append');
      case 'a':
      case 'add':
      case 'prepend':
        return this.#changeRoute(rest, 'add');
      case 'change':
      case 'chg':
      case 'replace':
      case 'test':
        return this.#changeRoute(rest, 'replace');
      case 'flush':
        if (rest.length === 0) return new Complaint('"ip route flush" requires an argument');
        return this.#flushRoutes(rest);
      case undefined:
        return invalid(typed);
    }
  }

  #flushRoutes(words: readonly string[]): Result {
    const { refused, net } = this.#call;
    if (words[0] === 'cache') {
      const failed = this.#call.context.writeFile('/proc/sys/net/ipv4/route/flush', '-1');
      return failed ? new Complaint(`can't open '/proc/sys/net/ipv4/route/flush': ${failed.text}`, 0) : undefined;
    }
    const going = (route: Route): boolean =>
      words[0] === 'table'
        ? route.family === 4 && (words[1] === 'main' || words[1] === '254')
        : words[0] === 'dev'
          ? route.device.name === words[1]
          : words[0] === 'default'
            ? route.destination.prefix === 0
            : `${route.destination.address}/${route.destination.prefix}` === words[0];
    if (refused) return net.routes.list(4).some(going) ? new Complaint(`can't send flush request: ${refused.text}`) : undefined;
    net.routes.prune(going);
    return undefined;
  }

  #showRoutes(words: readonly string[]): Result {
    const values = new Map<string, string>();
    let prefix: Cidr | undefined;
    let how = 'exact';
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      if (['dev', 'oif', 'table', 'proto', 'protocol', 'scope', 'via', 'src', 'iif'].includes(word)) {
        const value = words[++at];
        if (value === undefined) return INCOMPLETE;
        values.set(word === 'oif' ? 'dev' : word, value);
      } else if (['root', 'match', 'exact'].includes(word)) how = word;
      else if (word !== 'to' && word !== 'default' && word !== 'all' && word !== 'any') {
        // `default` is the prefix of length 0, which selects everything.
        // What is no address selects nothing (utils.c get_prefix_1).
        prefix = parseCidr(word);
        if (!prefix) return undefined;
      }
    }
    const name = values.get('dev');
    if (name !== undefined && !this.#call.find(name)) return missing(name);
    const table = values.get('table') ?? 'main';
    if (!/^(main|local|all|default|cache|\d+)$/.test(table)) return invalid(table, 'table');
    const family: Family = this.#call.options.family === 6 ? 6 : 4;
    const scope = values.get('scope');
    const filtered = new Set(values.keys());
    if (['main', 'all', '254', '0'].includes(table))
      for (const route of this.#call.net.routes.list(family)) {
        if (name !== undefined && route.device.name !== name) continue;
        if (prefix && !isSelected(route.destination, prefix, how)) continue;
        if (scope !== undefined && route.scope !== scope) continue;
        // The source is compared with the bits of a prefix that nobody fills in (iproute.c print_route).
        if (values.has('src')) continue;
        this.#call.out(busyboxRouteLine(route, filtered));
      }
    if (['local', 'all', '255', '0'].includes(table) && family === 4)
      for (const line of busyboxLocalLines(this.#call.net.interfaces.list(), table === 'all' || table === '0')) this.#call.out(line);
    return undefined;
  }

  #getRoute(words: readonly string[]): Result {
    let target: string | undefined;
    let source: string | undefined;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      if (word === 'from') source = words[++at];
      else if (word === 'oif' || word === 'dev' || word === 'iif') at++;
      else if (word !== 'to') {
        target = parseAddress(word.replace(/\/\d+$/, ''));
      }
    }
    if (target === undefined) return new Complaint('need at least destination address');
    const decision = this.#call.net.lookup(target, source === undefined ? {} : { source });
    if (isErrno(decision)) return answer(decision);
    const from = source === undefined ? '' : `from ${source} `;
    const src = source === undefined ? ` src ${decision.source} ` : '';
    this.#call.out(
      decision.kind === 'local'
        ? `local ${target} ${from}dev lo ${src}\n`
        : `${target} ${from}${decision.gateway === undefined ? '' : `via ${decision.gateway} `}dev ${decision.device.name} ${src}\n`,
    );
    return undefined;
  }

  #changeRoute(words: readonly string[], action: 'add' | 'append' | 'replace' | 'delete'): Result {
    const values = new Map<string, string>();
    let destination: Cidr | undefined;
    let refusing: Route['refusing'];
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      if (['via', 'dev', 'oif', 'src', 'metric', 'proto', 'protocol', 'scope', 'table', 'mtu', 'advmss'].includes(word)) {
        const value = words[++at];
        if (value === undefined) return INCOMPLETE;
        values.set(word === 'oif' ? 'dev' : word, value);
      } else if (word === 'default') destination = { address: words.some((each) => each.includes(':')) ? '::' : '0.0.0.0', prefix: 0 };
      else if (word === 'blackhole' || word === 'unreachable' || word === 'prohibit' || word === 'throw') refusing = word;
      else if (word !== 'to' && word !== 'onlink') {
        if (destination) return new Complaint(`either "to" is duplicate, or "${word}" is garbage`);
        if (!parseCidr(word) && parseCidr(word.replace(/\/\d+$/, '')))
          return new Complaint(`an inet prefix is expected rather than "${word.replace(/\/.*/, '')}"`);
        // What is no address has length 0, as `default` has (utils.c get_prefix_1).
        destination = parseCidr(word) ?? { address: '0.0.0.0', prefix: 0 };
      }
    }
    const via = values.get('via');
    if (via !== undefined && parseAddress(via) === undefined) return new Complaint(`an inet address is expected rather than "${via}"`);
    const name = values.get('dev');
    const device = name === undefined ? undefined : this.#call.find(name);
    if (name !== undefined && !device) return missing(name);
    const { refused, net } = this.#call;
    if (refused) return answer(refused);
    if (!destination) return new Complaint('RTNETLINK answers: Invalid argument', 2);
    const metric = values.get('metric');
    const request = {
      destination,
      refusing,
      gateway: via,
      device: refusing === undefined ? device : net.interfaces.loopback,
      metric: metric === undefined ? undefined : Number(metric),
    };
    if (action === 'delete') return answer(net.routes.remove(request));
    return answer(net.routes.add({ ...request, source: values.get('src') }, action === 'add' ? 'new' : action));
  }

  neighbours(words: readonly string[]): Result {
    const [typed = 'show', ...rest] = words;
    const command = choose(typed, ['show', 'flush']);
    if (command === undefined) return invalid(typed);
    if (command === 'flush' && rest.length === 0) return new Complaint('"ip neigh flush" requires an argument');
    let name: string | undefined;
    let to: Cidr | undefined;
    let flushed = 0;
    for (let at = 0; at < rest.length; at++) {
      const word = rest[at] ?? '';
      if (word === 'dev') name = rest[++at];
      else if (word === 'nud') at++;
      else to = parseCidr(word === 'to' ? (rest[++at] ?? '') : word);
    }
    if (name !== undefined && !this.#call.find(name)) return missing(name);
    for (const each of this.#call.net.neighbours.list()) {
      if (
        (name !== undefined && each.device.name !== name) ||
        (to && !inCidr(each.address, to)) ||
        (this.#call.options.family !== undefined && this.#call.options.family !== familyOf(each.address))
      )
        continue;
      const mac = each.mac === undefined ? '' : ` lladdr ${each.mac}`;
      const held = each.state === 'REACHABLE' ? ' ref 1' : '';
      this.#call.out(
        `${each.address}${name === undefined ? ` dev ${each.device.name}` : ''}${mac}${held} used 0/0/0 probes ${each.probes} ${each.state}\n`,
      );
      // What is flushed is shown first (ipneigh.c print_neigh).
      if (command !== 'flush') continue;
      const { refused, net } = this.#call;
      if (refused) return new Complaint(`can't send flush request: ${refused.text}`);
      net.neighbours.remove(each.device, each.address);
      flushed++;
    }
    if (command === 'flush' && flushed === 0) this.#call.out('Nothing to flush\n');
    return undefined;
  }
}
