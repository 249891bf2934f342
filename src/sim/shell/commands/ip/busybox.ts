/** ip of BusyBox 1.37 (networking/ip.c): reading everything, changing addresses, links and routes. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import { broadcastOf, familyOf, inCidr, parseAddress, parseCidr, type Cidr, type Family } from '../../../linux/net/address.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { busyboxAddressText, busyboxHardwareLine, busyboxLinkLine, busyboxRouteLine } from './busybox-text.ts';
import { IpCall } from './ip-call.ts';

const USAGE = `ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]

OPTIONS := -f[amily] inet|inet6|link | -o[neline]

ip addr add|del IFADDR dev IFACE | show|flush [dev IFACE] [to PREFIX]
ip route list|flush|add|del|change|append|replace|test ROUTE
ip link set IFACE [up|down] [arp on|off] [multicast on|off]
\t[promisc on|off] [mtu NUM] [name NAME] [qlen NUM] [address MAC]
\t[master IFACE | nomaster] [netns PID] [type TYPE ARGS]
ip tunnel add|change|del|show [NAME]
\t[mode ipip|gre|sit] [remote ADDR] [local ADDR] [ttl TTL]
ip neigh show|flush [to PREFIX] [dev DEV] [nud STATE]
ip rule [list] | add|del SELECTOR ACTION`;

/** index_in_substrings: an exact word, or the only one that begins so. */
function choose<T extends string>(typed: string, words: readonly T[]): T | undefined {
  const exact = words.find((each) => each === typed);
  if (exact !== undefined) return exact;
  const matching = words.filter((each) => each.startsWith(typed));
  return matching.length === 1 ? matching[0] : undefined;
}

/** What a mistake ends with: the message behind `ip: `, and the exit code. */
class Complaint {
  readonly message: string;
  readonly code: number;
  constructor(message: string, code = 1) {
    this.message = message;
    this.code = code;
  }
}

type Result = Complaint | undefined;

function invalid(word: string, what = 'ip', code = 1): Complaint {
  return new Complaint(`invalid argument '${word}' to '${what}'`, code);
}

function answer(result: Errno | undefined | unknown, call = 'RTNETLINK answers'): Result {
  return isErrno(result) ? new Complaint(`${call}: ${result.text}`, 2) : undefined;
}

const INCOMPLETE = new Complaint('command line is not complete, try "help"');

function missing(name: string): Complaint {
  return new Complaint(`can't find device '${name}'`);
}

class BusyboxIp {
  readonly #call: IpCall;

  constructor(call: IpCall) {
    this.#call = call;
  }

  address(words: readonly string[]): Result {
    const [typed = 'show', ...rest] = words;
    switch (choose(typed, ['add', 'change', 'chg', 'replace', 'delete', 'list', 'show', 'lst', 'flush'])) {
      case 'list':
      case 'show':
      case 'lst':
        return this.#showAddresses(rest);
      case 'flush':
        return this.#flushAddresses(rest);
      case 'add':
      case 'change':
      case 'chg':
      case 'replace':
        return this.#changeAddress(rest, 'add');
      case 'delete':
        return this.#changeAddress(rest, 'delete');
      case undefined:
        return invalid(typed);
    }
  }

  #showAddresses(words: readonly string[]): Result {
    let name: string | undefined;
    let network: Cidr | undefined;
    let onlyUp = false;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      if (word === 'to') network = parseCidr(words[++at] ?? '');
      else if (word === 'up') onlyUp = true;
      else if (word === 'scope' || word === 'label') at++;
      else if (word === 'dev') {
        name = words[++at];
        if (name === undefined) return INCOMPLETE;
      } else if (name === undefined) name = word;
      else return new Complaint(`duplicate "dev": "${word}"`);
    }
    const { net, options } = this.#call;
    if (name !== undefined && !this.#call.find(name)) return missing(name);
    for (const device of net.interfaces.list()) {
      if ((name !== undefined && device.name !== name) || (onlyUp && !device.up)) continue;
      const held = device.addresses.filter(
        (each) => (options.family === undefined || each.family === options.family) && (!network || inCidr(each.address, network)),
      );
      const filtered = options.family === 4 || options.family === 6 || network !== undefined;
      if (filtered && held.length === 0) continue;
      if (options.oneline) {
        for (const each of held)
          this.#call.out(`${device.index}: ${device.name}    ${busyboxAddressText(each)}\n       valid_lft forever preferred_lft forever\n`);
        continue;
      }
      let text = busyboxLinkLine(device, net);
      if (!filtered) text += busyboxHardwareLine(device);
      for (const each of held) text += `    ${busyboxAddressText(each)}\n       valid_lft forever preferred_lft forever\n`;
      this.#call.out(text);
    }
    return undefined;
  }

  #flushAddresses(words: readonly string[]): Result {
    if (words.length === 0) return new Complaint('flush requires arguments');
    const name = words[0] === 'dev' ? words[1] : words[0];
    const device = name === undefined ? undefined : this.#call.find(name);
    if (!device) return missing(name ?? '');
    for (const each of device.addresses) {
      if (this.#call.refused) return answer(this.#call.refused);
      this.#call.net.interfaces.removeAddress(device, each);
    }
    return undefined;
  }

  #changeAddress(words: readonly string[], action: 'add' | 'delete'): Result {
    let text: string | undefined;
    let name: string | undefined;
    let broadcast: string | undefined;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      if (['dev', 'brd', 'broadcast', 'scope', 'label', 'peer', 'local'].includes(word)) {
        const value = words[++at];
        if (value === undefined) return INCOMPLETE;
        if (word === 'dev') name = value;
        else if (word === 'brd' || word === 'broadcast') broadcast = value;
        else if (word === 'local') text = value;
      } else text = word;
    }
    if (name === undefined) return new Complaint('need "dev" argument');
    const address = parseCidr(text ?? '');
    if (text === undefined || !address) return new Complaint('RTNETLINK answers: Numerical result out of range', 2);
    const device = this.#call.find(name);
    if (!device) return missing(name);
    const { refused, net } = this.#call;
    if (refused) return answer(refused);
    if (action === 'delete') {
      const held = device.addresses.find((each) => each.address === address.address && (!text.includes('/') || each.prefix === address.prefix));
      return answer(net.interfaces.removeAddress(device, held ?? address));
    }
    const brd = broadcast === '+' || broadcast === '-' ? broadcastOf(address) : broadcast;
    return answer(net.interfaces.addAddress(device, address, brd === undefined ? {} : { broadcast: brd }));
  }

  link(words: readonly string[]): Result {
    const [typed = 'show', ...rest] = words;
    switch (choose(typed, ['add', 'delete', 'set', 'show', 'lst', 'list'])) {
      case 'show':
      case 'list':
      case 'lst': {
        const name = rest[0] === 'dev' ? rest[1] : rest[0];
        if (name !== undefined && name !== 'up' && !this.#call.find(name)) return missing(name);
        for (const device of this.#call.net.interfaces.list()) {
          if (name === 'up' ? !device.up : name !== undefined && device.name !== name) continue;
          this.#call.out(busyboxLinkLine(device, this.#call.net) + busyboxHardwareLine(device));
        }
        return undefined;
      }
      case 'set':
        return this.#setLink(rest);
      case 'add':
        return this.#addLink(rest);
      case 'delete': {
        const name = rest[0] === 'dev' ? rest[1] : rest[0];
        if (name === undefined) return INCOMPLETE;
        const device = this.#call.find(name);
        if (!device) return missing(name);
        return answer(this.#call.refused ?? this.#call.net.interfaces.remove(device));
      }
      case undefined:
        return invalid(typed, 'ip', 2);
    }
  }

  #addLink(words: readonly string[]): Result {
    const at = words.indexOf('type');
    const type = at < 0 ? undefined : words[at + 1];
    const head = words.slice(0, at < 0 ? undefined : at).filter((word) => word !== 'dev' && word !== 'name');
    if (type === undefined) return new Complaint('need "type" argument');
    const name = head[0] ?? `${type}0`;
    const { refused, net } = this.#call;
    if (refused) return answer(refused);
    if (type === 'bridge') return answer(net.interfaces.addBridge(name));
    if (type === 'veth') {
      const peer = words.indexOf('peer');
      const peerName = peer < 0 ? undefined : words[peer + 1] === 'name' ? words[peer + 2] : words[peer + 1];
      let free = 0;
      while (net.interfaces.find(`veth${free}`) || name === `veth${free}`) free++;
      return answer(net.interfaces.addVethPair(name, { peer: { table: net.interfaces, name: peerName ?? `veth${free}` } }));
    }
    return answer(net.interfaces.addDummy());
  }

  #setLink(words: readonly string[]): Result {
    const rest = words[0] === 'dev' ? words.slice(1) : words;
    const [name, ...settings] = rest;
    if (name === undefined) return INCOMPLETE;
    const device = this.#call.find(name);
    const { refused, net } = this.#call;
    for (let at = 0; at < settings.length; at++) {
      const word = settings[at] ?? '';
      if (word === 'up' || word === 'down') {
        if (!device) return new Complaint('SIOCGIFFLAGS: No such device', 2);
        if (device.up === (word === 'up')) continue;
        if (refused) return new Complaint(`SIOCSIFFLAGS: ${refused.text}`, 2);
        net.interfaces.setUp(device, word === 'up');
        continue;
      }
      if (
        word !== 'nomaster' &&
        !['mtu', 'name', 'qlen', 'txqueuelen', 'txqlen', 'address', 'master', 'promisc', 'arp', 'multicast', 'netns'].includes(word)
      )
        return invalid(word, 'ip', 2);
      const value = word === 'nomaster' ? '' : settings[++at];
      if (value === undefined) return INCOMPLETE;
      if (!device) return new Complaint(word === 'mtu' ? 'SIOCSIFMTU: No such device' : `SIOCGIFFLAGS: No such device`, 2);
      if (refused)
        return new Complaint(
          `${word === 'mtu' ? 'SIOCSIFMTU' : word === 'name' ? 'SIOCSIFNAME' : word === 'address' ? 'SIOCSIFHWADDR' : word.endsWith('len') ? 'SIOCSIFXQLEN' : word === 'promisc' ? 'SIOCSIFFLAGS' : 'RTNETLINK answers'}: ${refused.text}`,
          2,
        );
      if (word === 'mtu') {
        if (Number(value) < 68) return new Complaint('SIOCSIFMTU: Invalid argument', 2);
        device.mtu = Number(value);
      } else if (word === 'name') {
        const failed = net.interfaces.rename(device, value);
        if (failed) return new Complaint(`SIOCSIFNAME: ${failed.text}`, 2);
      } else if (word === 'address') net.interfaces.setMac(device, value.toLowerCase());
      else if (word.endsWith('len')) device.txQueueLength = Number(value);
      else if (word === 'promisc') device.promiscuous = value === 'on';
      else if (word === 'master' || word === 'nomaster') {
        const bridge = word === 'master' ? this.#call.find(value) : undefined;
        if (word === 'master' && !bridge) return missing(value);
        const failed = net.interfaces.setMaster(device, bridge);
        if (failed) return answer(failed);
      }
    }
    return undefined;
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
    return answer(net.routes.add({ ...request, source: values.get('src') }, action === 'replace'));
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

const OBJECTS = ['address', 'route', 'r', 'link', 'tunnel', 'tunl', 'rule', 'neigh'] as const;

export const command: Command = {
  name: 'ip',
  suite: 'busybox',
  summary: { zh: '查看与设置接口、地址和路由', en: 'Show and set interfaces, addresses and routes' },
  options: ['-4', '-6', '-f', '-o'],
  // eslint-disable-next-line require-yield -- it asks the kernel and prints
  *run(context): Running {
    const usage = (code: number): number => {
      writeBusyboxUsage(context, USAGE);
      return code;
    };
    if (wantsHelp(context)) return usage(0);
    const call = new IpCall(context, {
      family: undefined,
      brief: false,
      details: false,
      statistics: 0,
      oneline: false,
      json: false,
      pretty: false,
      resolve: false,
      all: false,
    });
    let at = 0;
    for (; context.args[at]?.startsWith('-'); at++) {
      const word = (context.args[at] ?? '').replace(/^--?/, '');
      if (word === '4') call.options.family = 4;
      else if (word === '6') call.options.family = 6;
      else if (word === '0') call.options.family = 'link';
      else if (word !== '' && 'oneline'.startsWith(word)) call.options.oneline = true;
      else if (word !== '' && 'family'.startsWith(word)) {
        const value = context.args[++at] ?? '';
        const families = { inet: 4, inet6: 6, link: 'link' } as const;
        if (value !== 'inet' && value !== 'inet6' && value !== 'link') {
          context.err(`ip: invalid argument '${value}' to 'family'\n`);
          return 1;
        }
        call.options.family = families[value];
      } else return usage(1);
    }
    const [typed, ...rest] = context.args.slice(at);
    const object = typed === undefined ? undefined : choose(typed, OBJECTS);
    if (object === undefined) return usage(1);
    const ip = new BusyboxIp(call);
    const run = (): Result => {
      switch (object) {
        case 'address':
          return ip.address(rest);
        case 'link': {
          // do_iplink: xfunc_error_retval is 2 for all its mistakes.
          const complaint = ip.link(rest);
          return complaint && new Complaint(complaint.message, 2);
        }
        case 'route':
        case 'r':
          return ip.route(rest);
        case 'neigh':
          return ip.neighbours(rest);
        case 'rule':
          if (rest[0] === undefined || 'list'.startsWith(rest[0]))
            context.out('0:\tfrom all lookup local \n32766:\tfrom all lookup main \n32767:\tfrom all lookup default \n');
          else return answer(call.refused) ?? invalid(rest[0]);
          return undefined;
        case 'tunnel':
        case 'tunl':
          return undefined;
      }
    };
    const complaint = run();
    if (!complaint) return 0;
    context.err(`ip: ${complaint.message}\n`);
    return complaint.code;
  },
};
