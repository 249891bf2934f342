/** `ip route` and `ip neigh` of BusyBox 1.37 (networking/libiproute/iproute.c, ipneigh.c). */
import { isErrno } from '../../../linux/errno.ts';
import { familyOf, inCidr, parseAddress, parseCidr, type Cidr, type Family } from '../../../linux/net/address.ts';
import { answer, choose, Complaint, INCOMPLETE, invalid, missing, type Result } from './busybox-complaint.ts';
import { busyboxRouteLine } from './busybox-text.ts';
import type { IpCall } from './ip-call.ts';

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
      case 'a':
      case 'add':
      case 'append':
      case 'prepend':
        return this.#changeRoute(rest, 'add');
      case 'change':
      case 'chg':
      case 'replace':
      case 'test':
        return this.#changeRoute(rest, 'replace');
      case 'flush':
        if (rest.length === 0) return new Complaint('"ip route flush" requires arguments');
        if (this.#call.refused) return answer(this.#call.refused);
        this.#call.net.routes.prune((route) =>
          rest[0] === 'dev'
            ? route.device.name === rest[1]
            : rest[0] === 'default'
              ? route.destination.prefix === 0
              : `${route.destination.address}/${route.destination.prefix}` === rest[0],
        );
        return undefined;
      case undefined:
        return invalid(typed);
    }
  }

  #showRoutes(words: readonly string[]): Result {
    let name: string | undefined;
    let prefix: Cidr | undefined;
    let table = 'main';
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      if (word === 'dev' || word === 'oif') name = words[++at];
      else if (word === 'table') table = words[++at] ?? 'main';
      else if (['proto', 'protocol', 'scope', 'via', 'src', 'iif'].includes(word)) at++;
      else if (word === 'default') prefix = { address: this.#call.options.family === 6 ? '::' : '0.0.0.0', prefix: 0 };
      else if (!['root', 'match', 'exact', 'to'].includes(word)) {
        prefix = parseCidr(word);
        if (!prefix) return new Complaint(`an inet prefix is expected rather than "${word}"`);
      }
    }
    if (name !== undefined && !this.#call.find(name)) return missing(name);
    const families: readonly Family[] = this.#call.options.family === 6 ? [6] : [4];
    if (table === 'local' || table === 'cache') return undefined;
    for (const family of families) {
      for (const route of this.#call.net.routes.list(family)) {
        if (name !== undefined && route.device.name !== name) continue;
        if (prefix && (route.destination.address !== prefix.address || route.destination.prefix !== prefix.prefix)) continue;
        this.#call.out(busyboxRouteLine(route));
      }
    }
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
        if (target === undefined) return new Complaint(`an inet prefix is expected rather than "${word}"`);
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

  #changeRoute(words: readonly string[], action: 'add' | 'replace' | 'delete'): Result {
    const values = new Map<string, string>();
    let destination: Cidr | undefined;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      if (['via', 'dev', 'oif', 'src', 'metric', 'proto', 'protocol', 'scope', 'table', 'mtu', 'advmss'].includes(word)) {
        const value = words[++at];
        if (value === undefined) return INCOMPLETE;
        values.set(word === 'oif' ? 'dev' : word, value);
      } else if (word === 'default') destination = { address: words.some((each) => each.includes(':')) ? '::' : '0.0.0.0', prefix: 0 };
      else if (word !== 'to' && word !== 'onlink') {
        destination = parseCidr(word);
        if (!destination) return new Complaint(`an inet prefix is expected rather than "${word}"`);
      }
    }
    const name = values.get('dev');
    const device = name === undefined ? undefined : this.#call.find(name);
    if (name !== undefined && !device) return missing(name);
    const { refused, net } = this.#call;
    if (refused) return answer(refused);
    if (!destination) return new Complaint('RTNETLINK answers: Invalid argument', 2);
    const metric = values.get('metric');
    const request = { destination, gateway: values.get('via'), device, metric: metric === undefined ? undefined : Number(metric) };
    if (action === 'delete') return answer(net.routes.remove(request));
    return answer(net.routes.add({ ...request, source: values.get('src') }, action === 'replace' ? 'replace' : 'new'));
  }

  neighbours(words: readonly string[]): Result {
    const [typed = 'show', ...rest] = words;
    const command = choose(typed, ['show', 'flush']);
    if (command === undefined) return invalid(typed);
    let name: string | undefined;
    let to: Cidr | undefined;
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
      if (command === 'flush') {
        if (this.#call.refused) return answer(this.#call.refused);
        this.#call.net.neighbours.remove(each.device, each.address);
        continue;
      }
      const mac = each.mac === undefined ? '' : ` lladdr ${each.mac}`;
      const held = each.state === 'REACHABLE' ? ' ref 1' : '';
      this.#call.out(
        `${each.address}${name === undefined ? ` dev ${each.device.name}` : ''}${mac}${held} used 0/0/0 probes ${each.probes} ${each.state}\n`,
      );
    }
    return undefined;
  }
}
