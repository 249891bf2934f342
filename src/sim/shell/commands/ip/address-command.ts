/** `ip address` of iproute2 6.1 (ip/ipaddress.c). */
import { broadcastOf, familyOf, inCidr, type Cidr } from '../../../linux/net/address.ts';
import type { InterfaceAddress, NetworkInterface } from '../../../linux/net/network-interface.ts';
import { compilePattern, matchesPattern } from '../../interpreter/glob-pattern.ts';
import { selectDevices } from './device-selection.ts';
import { mistake, pick, readPrefix, type IpCall } from './ip-call.ts';
import { briefStart, hardwareLines, headerLine, linkJson, statisticsLines, linkName, peerNamespaceText } from './link-view.ts';

const COMMANDS = ['add', 'change', 'chg', 'replace', 'delete', 'show', 'lst', 'list', 'flush', 'save', 'showdump', 'restore', 'help'] as const;

const HELP = `Usage: ip address {add|change|replace} IFADDR dev IFNAME [ LIFETIME ]
                                                      [ CONFFLAG-LIST ]
       ip address del IFADDR dev IFNAME [mngtmpaddr]
       ip address {save|flush} [ dev IFNAME ] [ scope SCOPE-ID ]
                            [ to PREFIX ] [ FLAG-LIST ] [ label LABEL ] [up]
       ip address [ show [ dev IFNAME ] [ scope SCOPE-ID ] [ master DEVICE ]
                         [ nomaster ]
                         [ type TYPE ] [ to PREFIX ] [ FLAG-LIST ]
                         [ label LABEL ] [up] [ vrf NAME ] ]
       ip address {showdump|restore}
`;

/** @param words what follows `ip address` */
export function addressCommand(call: IpCall, words: readonly string[]): number {
  const [typed, ...rest] = words;
  if (typed === undefined) return show(call, []);
  const command = pick(typed, COMMANDS);
  switch (command) {
    case 'show':
    case 'lst':
    case 'list':
      return show(call, rest);
    case 'add':
    case 'change':
    case 'chg':
    case 'replace':
      return change(call, rest, command === 'add' ? 'add' : 'replace');
    case 'delete':
      return change(call, rest, 'delete');
    case 'flush':
      return flush(call, rest);
    case 'help':
      return call.fail(mistake(HELP));
    case undefined:
    default:
      return call.fail(mistake(`Command "${typed}" is unknown, try "ip address help".\n`));
  }
}

export function addressText(each: InterfaceAddress): string {
  return each.family === 4
    ? `inet ${each.address}/${each.prefix}${each.broadcast === undefined ? '' : ` brd ${each.broadcast}`} scope ${each.scope}${each.secondary ? ' secondary' : ''} ${each.label}`
    : `inet6 ${each.address}/${each.prefix} scope ${each.scope} `;
}

const FOREVER = 'valid_lft forever preferred_lft forever';

function show(call: IpCall, words: readonly string[]): number {
  const selection = selectDevices(call, words);
  if (selection.kind === 'mistake') return call.fail(selection);
  const { options, net } = call;
  const prefix = selection.to === undefined ? undefined : readPrefix(selection.to);
  const pattern = selection.label === undefined ? undefined : compilePattern(selection.label);
  // `to` says a family by itself (ip/ipaddress.c ipaddr_list_flush_or_save).
  const family = options.family ?? (prefix && familyOf(prefix.address));
  const wanted = (device: NetworkInterface): readonly InterfaceAddress[] =>
    device.addresses.filter(
      (each) =>
        (family === undefined || each.family === family) &&
        (!pattern || matchesPattern(pattern, each.label)) &&
        (!selection.kept || selection.kept(each)) &&
        (!prefix || inCidr(each.address, prefix)) &&
        (selection.scope === undefined || each.scope === selection.scope),
    );
  const filtered = family === 4 || family === 6 || (selection.scope ?? pattern ?? selection.kept) !== undefined;
  const devices = selection.devices.filter((device) => !filtered || wanted(device).length > 0);
  if (options.json && options.brief) {
    call.json(
      devices.map((device) => ({
        ...linkName(device, net),
        operstate: device.operationalState,
        addr_info: wanted(device).map(({ address, prefix: prefixlen }) => ({ local: address, prefixlen })),
      })),
    );
    return 0;
  }
  if (options.json) {
    call.json(
      devices.map((device) => ({
        ...linkJson(device, net, { ...options, mode: false, hardware: family === undefined || family === 'link' }),
        addr_info: wanted(device).map(addressJson),
      })),
    );
    return 0;
  }
  for (const device of devices) {
    const addresses = wanted(device);
    if (options.brief) {
      call.out(`${briefStart(device, net)}${addresses.map((each) => `${each.address}/${each.prefix} `).join('')}\n`);
      continue;
    }
    if (options.oneline) {
      for (const each of addresses) call.out(`${device.index}: ${device.name}    ${addressText(each)}\n       ${FOREVER}\n`);
      continue;
    }
    // With a label the line of the interface stays away (ip/ipaddress.c print_addrinfo alone).
    let text = pattern ? '' : headerLine(device, net, { mode: false, family6: options.family === 6 && !selection.named });
    if (pattern) text = '';
    else if (family === undefined || family === 'link') text += hardwareLines(device, net, { details: options.details, mode: false });
    else text = text.replace(/ ?\n$/, `${peerNamespaceText(device, net)}\n`);
    for (const each of addresses) text += `    ${addressText(each)}\n       ${FOREVER}\n`;
    if (options.statistics > 0 && !filtered) text += statisticsLines(device, options.statistics);
    call.out(text);
  }
  return 0;
}

function addressJson(each: InterfaceAddress): Record<string, unknown> {
  return {
    family: each.family === 4 ? 'inet' : 'inet6',
    local: each.address,
    prefixlen: each.prefix,
    ...(each.broadcast === undefined ? {} : { broadcast: each.broadcast }),
    scope: each.scope,
    ...(each.secondary ? { secondary: true } : {}),
    ...(each.family === 4 ? { label: each.label } : {}),
    valid_life_time: 4_294_967_295,
    preferred_life_time: 4_294_967_295,
  };
}

function change(call: IpCall, words: readonly string[], action: 'add' | 'replace' | 'delete'): number {
  let address: Cidr | undefined;
  let hasPrefix = false;
  let name: string | undefined;
  let broadcast: string | undefined;
  let scope: InterfaceAddress['scope'] | undefined;
  let label: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const next = (): string | undefined => words[++at];
    if (word === 'dev') {
      name = next();
      if (name === undefined) return call.fail(mistake('Command line is not complete. Try option "help"\n'));
    } else if (word === 'brd' || word === 'broadcast') broadcast = next();
    else if (word === 'scope') {
      const value = next();
      if (value !== 'global' && value !== 'link' && value !== 'host')
        return call.fail(mistake(`Error: argument "${value ?? ''}" is wrong: invalid scope value.\n`));
      scope = value;
    } else if (word === 'label') label = next();
    else if (['valid_lft', 'preferred_lft', 'metric', 'peer', 'anycast'].includes(word)) next();
    else if (['nodad', 'noprefixroute', 'home', 'mngtmpaddr', 'autojoin'].includes(word)) continue;
    else {
      const text = word === 'local' ? (next() ?? '') : word;
      if (address) return call.fail(mistake(`Error: either "local" is duplicate, or "${word}" is a garbage.\n`));
      const parsed = readPrefix(text);
      if (!parsed) return call.fail(mistake(`Error: any valid prefix is expected rather than "${text}".\n`, 1));
      address = parsed;
      hasPrefix = text.includes('/');
    }
  }
  if (name === undefined) return call.fail(mistake('Not enough information: "dev" argument is required.\n', 1));
  if (!address) return call.fail(mistake('RTNETLINK answers: Operation not supported\n', 2));
  const wildcard = action === 'delete' && !hasPrefix;
  if (wildcard)
    call.context.err(
      `Warning: Executing wildcard deletion to stay compatible with old scripts.\n         Explicitly specify the prefix length (${address.address}/${address.prefix}) to avoid this warning.\n         This special behaviour is likely to disappear in further releases,\n         fix your scripts!\n`,
    );
  const device = call.find(name);
  if (!device) return call.fail(mistake(`Cannot find device "${name}"\n`, 1));
  const { refused } = call;
  if (refused) return call.answered(refused);
  if (action === 'delete') {
    const { address: wanted } = address;
    const held = device.addresses.find((each) => each.address === wanted && (wildcard || each.prefix === address.prefix));
    const words4 = { EADDRNOTAVAIL: 'Error: ipv4: Address not found.' };
    return call.answered(
      call.net.interfaces.removeAddress(device, held ?? address),
      familyOf(wanted) === 4 ? words4 : { EADDRNOTAVAIL: 'Error: ipv6: address not found.' },
    );
  }
  const usual = broadcast === '+' || broadcast === '-' ? broadcastOf(address) : broadcast;
  const result = call.net.interfaces.addAddress(device, address, {
    ...(usual === undefined ? {} : { broadcast: usual }),
    ...(scope === undefined ? {} : { scope }),
    ...(label === undefined ? {} : { label }),
  });
  if (action === 'replace' && result?.code === 'EEXIST') return 0;
  return call.answered(result, {
    EEXIST: familyOf(address.address) === 4 ? 'Error: ipv4: Address already assigned.' : 'Error: ipv6: address already assigned.',
  });
}

function flush(call: IpCall, words: readonly string[]): number {
  if (words.length === 0) return call.fail(mistake('Flush requires arguments.\n', 1));
  const selection = selectDevices(call, words);
  if (selection.kind === 'mistake') return call.fail(selection);
  const { refused } = call;
  const pattern = selection.label === undefined ? undefined : compilePattern(selection.label);
  let gone = 0;
  for (const device of selection.devices) {
    for (const each of device.addresses) {
      if (call.options.family !== undefined && each.family !== call.options.family) continue;
      if (selection.scope !== undefined && each.scope !== selection.scope) continue;
      if (refused) return call.fail(mistake(`Failed to send flush request: ${refused.text}\n`, 1));
      if (pattern && !matchesPattern(pattern, each.label)) continue;
      call.net.interfaces.removeAddress(device, each);
      gone++;
    }
  }
  if (call.options.statistics > 0)
    call.out(gone === 0 ? 'Nothing to flush.\n' : `\n*** Round 1, deleting ${gone} addresses ***\n*** Flush is complete after 1 round ***\n`);
  return 0;
}
