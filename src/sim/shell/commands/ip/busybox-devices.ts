/** `ip address` and `ip link` of BusyBox 1.37 (networking/libiproute/ipaddress.c, iplink.c). */
import { broadcastOf, inCidr, parseCidr, type Cidr } from '../../../linux/net/address.ts';
import type { InterfaceAddress } from '../../../linux/net/network-interface.ts';
import { answer, choose, Complaint, INCOMPLETE, invalid, missing, type Result } from './busybox-complaint.ts';
import { busyboxAddressText, busyboxHardwareLine, busyboxLinkLine } from './busybox-text.ts';
import type { IpCall } from './ip-call.ts';
import { findNamespace } from './named-namespaces.ts';

/** The words of `ip link set` (iplink.c do_set). */
const SETTINGS = new Set(['up', 'down', 'nomaster', 'mtu', 'name', 'qlen', 'address', 'master', 'promisc', 'arp', 'multicast', 'netns']);

function isScope(text: string | undefined): text is InterfaceAddress['scope'] {
  return text === 'global' || text === 'link' || text === 'host';
}

/** fnmatch(3) of a label, as far as `*` and `?` go. */
function globPattern(text: string): RegExp {
  return new RegExp(
    `^${text
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
  );
}

export class BusyboxDevices {
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
        return this.#changeAddress(rest, typed.startsWith('a') ? 'add' : 'replace');
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
    let scope: string | undefined;
    let label: string | undefined;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      if (word === 'to') network = parseCidr(words[++at] ?? '');
      else if (word === 'up') onlyUp = true;
      else if (word === 'scope') {
        scope = words[++at] ?? '';
        if (!isScope(scope) && scope !== 'all') return invalid(scope, 'scope');
      } else if (word === 'label') label = words[++at];
      else if (word === 'dev') {
        name = words[++at];
        if (name === undefined) return INCOMPLETE;
      } else if (name === undefined) name = word;
      else return new Complaint(`either "dev" is duplicate, or "${word}" is garbage`);
    }
    const { net, options } = this.#call;
    if (name !== undefined && !this.#call.find(name)) return missing(name);
    for (const device of net.interfaces.list()) {
      if ((name !== undefined && device.name !== name) || (onlyUp && !device.up)) continue;
      const held = device.addresses.filter(
        (each) =>
          (options.family === undefined || each.family === options.family) &&
          (!network || inCidr(each.address, network)) &&
          (scope === undefined || each.scope === scope),
      );
      if (label !== undefined && !globPattern(label).test(device.name)) continue;
      const filtered = options.family === 4 || options.family === 6 || network !== undefined;
      if (filtered && held.length === 0) continue;
      if (options.oneline) {
        for (const each of held)
          this.#call.out(`${device.index}: ${device.name}    ${busyboxAddressText(each)}\n       valid_lft forever preferred_lft forever\n`);
        continue;
      }
      let text = busyboxLinkLine(device, net, options.family === 6 ? 'without discipline' : 'whole');
      if (!filtered) text += busyboxHardwareLine(device);
      for (const each of held) text += `    ${busyboxAddressText(each)}\n       valid_lft forever preferred_lft forever\n`;
      this.#call.out(text);
    }
    return undefined;
  }

  #flushAddresses(words: readonly string[]): Result {
    if (words.length === 0) return new Complaint('flush requires an argument');
    const name = words[0] === 'dev' ? words[1] : words[0];
    const device = name === undefined ? undefined : this.#call.find(name);
    if (!device) return missing(name ?? '');
    const { refused, net } = this.#call;
    if (refused && device.addresses.length > 0) return new Complaint(`can't send flush request: ${refused.text}`);
    for (const each of device.addresses) net.interfaces.removeAddress(device, each);
    return undefined;
  }

  #changeAddress(words: readonly string[], action: 'add' | 'replace' | 'delete'): Result {
    let text: string | undefined;
    let name: string | undefined;
    let broadcast: string | undefined;
    let label: string | undefined;
    let scope: string | undefined;
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      if (['dev', 'brd', 'broadcast', 'scope', 'label', 'peer', 'local'].includes(word)) {
        const value = words[++at];
        if (value === undefined) return INCOMPLETE;
        if (word === 'dev') name = value;
        else if (word === 'brd' || word === 'broadcast') broadcast = value;
        else if (word === 'local') text = value;
        else if (word === 'label') label = value;
        else if (word === 'scope') {
          scope = value;
          if (!isScope(value)) return invalid(value, 'scope');
        }
      } else if (text !== undefined) return new Complaint(`either "local" is duplicate, or "${word}" is garbage`);
      else text = word;
    }
    if (name === undefined) return new Complaint('need "dev IFACE"');
    const address = parseCidr(text ?? '');
    if (!address && /\/\d+$/.test(text ?? '') && parseCidr((text ?? '').replace(/\/.*/, '')))
      return new Complaint(`an inet prefix is expected rather than "${(text ?? '').replace(/\/.*/, '')}"`);
    const device = this.#call.find(name);
    if (!device) return missing(name);
    const { refused, net } = this.#call;
    if (refused) return answer(refused);
    if (text === undefined || !address) return new Complaint('RTNETLINK answers: Numerical result out of range', 2);
    if (action === 'delete') {
      const held = device.addresses.find((each) => each.address === address.address && (!text.includes('/') || each.prefix === address.prefix));
      return answer(net.interfaces.removeAddress(device, held ?? address));
    }
    const brd = broadcast === '+' || broadcast === '-' ? broadcastOf(address) : broadcast;
    const added = net.interfaces.addAddress(device, address, { broadcast: brd, label, ...(isScope(scope) ? { scope } : {}) });
    return action === 'replace' && added?.code === 'EEXIST' ? undefined : answer(added);
  }

  link(words: readonly string[]): Result {
    const [typed = 'show', ...rest] = words;
    switch (choose(typed, ['add', 'delete', 'set', 'show', 'lst', 'list'])) {
      case 'show':
      case 'list':
      case 'lst': {
        const name = rest[0] === 'dev' ? rest[1] : rest[0];
        const [odd] = rest.slice(rest[0] === 'dev' ? 2 : 1);
        if (odd !== undefined && odd !== 'up') return new Complaint(`either "dev" is duplicate, or "${odd}" is garbage`);
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
    const { refused, net } = this.#call;
    if (refused) return answer(refused);
    if (type === undefined) return answer(net.interfaces.addDummy());
    const name = head[0] ?? `${type}0`;
    if (type === 'bridge') return answer(net.interfaces.addBridge(name));
    if (type === 'veth') {
      // A name for the other end is not passed on (iplink.c knows no `peer`).
      let free = 0;
      while (net.interfaces.find(`veth${free}`) || name === `veth${free}`) free++;
      return answer(net.interfaces.addVethPair(name, { peer: { table: net.interfaces, name: `veth${free}` } }));
    }
    return answer(net.interfaces.addDummy());
  }

  #setLink(words: readonly string[]): Result {
    const rest = words[0] === 'dev' ? words.slice(1) : words;
    const [name, ...settings] = rest;
    if (words[0] === 'dev' && name === undefined) return INCOMPLETE;
    if (name === undefined || SETTINGS.has(name)) return new Complaint('"dev" requires an argument', 2);
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
      if (!SETTINGS.has(word)) return new Complaint(`either "dev" is duplicate, or "${word}" is garbage`, 2);
      const value = word === 'nomaster' ? '' : settings[++at];
      if (value === undefined) return INCOMPLETE;
      if (!device) return new Complaint(word === 'mtu' ? 'SIOCSIFMTU: No such device' : `SIOCGIFFLAGS: No such device`, 2);
      if (refused)
        return new Complaint(
          `${word === 'mtu' ? 'SIOCSIFMTU' : word === 'name' ? 'SIOCSIFNAME' : word === 'address' ? 'SIOCSIFHWADDR' : word.endsWith('len') ? 'SIOCSIFXQLEN' : word === 'promisc' ? 'SIOCSIFFLAGS' : 'RTNETLINK answers'}: ${refused.text}`,
          2,
        );
      if (word === 'mtu') {
        if (!/^\d+$/.test(value)) return invalid(value, 'mtu', 2);
        if (Number(value) < 68) return new Complaint('SIOCSIFMTU: Invalid argument', 2);
        device.mtu = Number(value);
      } else if (word === 'name') {
        const failed = net.interfaces.rename(device, value);
        if (failed) return new Complaint(`SIOCSIFNAME: ${failed.text}`, 2);
      } else if (word === 'address' && !/^(?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2}$/i.test(value)) return new Complaint(`"${value}" is invalid lladdr`, 1);
      else if (word === 'address') net.interfaces.setMac(device, value.toLowerCase());
      else if (word.endsWith('len')) device.txQueueLength = Number(value);
      else if (word === 'promisc') device.promiscuous = value === 'on';
      else if (word === 'arp') device.withoutArp = value === 'off';
      else if (word === 'multicast') device.withoutMulticast = value === 'off';
      else if (word === 'netns') {
        const target = findNamespace(this.#call.context, value);
        if (!target) return new Complaint('RTNETLINK answers: No such process', 2);
        const failed = net.interfaces.moveTo(device, target.interfaces);
        if (failed) return answer(failed);
      } else if (word === 'master' || word === 'nomaster') {
        const bridge = word === 'master' ? this.#call.find(value) : undefined;
        if (word === 'master' && !bridge) return missing(value);
        const failed = net.interfaces.setMaster(device, bridge);
        if (failed) return answer(failed);
      }
    }
    return undefined;
  }
}
