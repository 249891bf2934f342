/** `ip link` of iproute2 6.1 (ip/iplink.c). */
import { errno, isErrno, type Errno } from '../../../linux/errno.ts';
import type { NetworkInterface } from '../../../linux/net/network-interface.ts';
import { findNamespace } from './named-namespaces.ts';
import { selectDevices } from './device-selection.ts';
import { mistake, pick, type IpCall } from './ip-call.ts';
import { briefStart, flagsOf, hardwareLines, headerLine, linkJson, statisticsLines, linkName } from './link-view.ts';

const COMMANDS = ['add', 'set', 'change', 'replace', 'delete', 'show', 'lst', 'list', 'xstats', 'afstats', 'property', 'help'] as const;

const HELP = `Usage: ip link add [link DEV | parentdev NAME] [ name ] NAME
		    [ txqueuelen PACKETS ]
		    [ address LLADDR ]
		    [ broadcast LLADDR ]
		    [ mtu MTU ] [index IDX ]
		    [ numtxqueues QUEUE_COUNT ]
		    [ numrxqueues QUEUE_COUNT ]
		    [ netns { PID | NETNSNAME | NETNSFILE } ]
		    type TYPE [ ARGS ]

	ip link delete { DEVICE | dev DEVICE | group DEVGROUP } type TYPE [ ARGS ]
	ip link set { DEVICE | dev DEVICE | group DEVGROUP }
			[ { up | down } ]
			[ mtu MTU ]
			[ name NEWNAME ]
			[ master DEVICE ]
			[ nomaster ]
			[ netns { PID | NETNSNAME | NETNSFILE } ]
	ip link show [ DEVICE | group GROUP ] [up] [master DEV] [vrf NAME] [type TYPE]
		[nomaster]
	ip link help [ TYPE ]
`;

/** @param words what follows `ip link` */
export function linkCommand(call: IpCall, words: readonly string[]): number {
  const [typed, ...rest] = words;
  if (typed === undefined) return show(call, []);
  switch (pick(typed, COMMANDS)) {
    case 'show':
    case 'lst':
    case 'list':
      return show(call, rest);
    case 'add':
    case 'replace':
      return add(call, rest);
    case 'set':
    case 'change':
      return set(call, rest);
    case 'delete':
      return remove(call, rest);
    case 'help':
      return call.fail(mistake(HELP));
    default:
      return call.fail(mistake(`Command "${typed}" is unknown, try "ip link help".\n`));
  }
}

function show(call: IpCall, words: readonly string[]): number {
  const selection = selectDevices(call, words);
  if (selection.kind === 'mistake') return call.fail(selection);
  const { options, net } = call;
  if (options.json) {
    if (options.brief)
      call.json(
        selection.devices.map((device) => ({
          ...linkName(device, net),
          operstate: device.operationalState,
          address: device.mac,
          flags: flagsOf(device, net),
        })),
      );
    else call.json(selection.devices.map((device) => linkJson(device, net, { ...options, mode: true })));
    return 0;
  }
  for (const device of selection.devices) {
    if (options.brief) {
      call.out(`${briefStart(device, net)}${device.mac} <${flagsOf(device, net).join(',')}> \n`);
      continue;
    }
    call.out(
      headerLine(device, net, { mode: true, family6: false }) +
        hardwareLines(device, net, { details: options.details, mode: true }) +
        (options.statistics > 0 ? statisticsLines(device, options.statistics) : ''),
    );
  }
  return 0;
}

/** What `add` and `set` are told, in order. */
function readRequest(
  words: readonly string[],
  flags: readonly string[],
):
  | { readonly values: ReadonlyMap<string, string>; readonly name: string | undefined; readonly type: readonly string[] }
  | { readonly bad: string }
  | { readonly incomplete: true } {
  const values = new Map<string, string>();
  let name: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === 'type') return at + 1 < words.length ? { values, name, type: words.slice(at + 1) } : { incomplete: true };
    if (flags.includes(word)) values.set(word, '');
    else if (
      [
        'dev',
        'name',
        'mtu',
        'txqueuelen',
        'qlen',
        'txqlen',
        'address',
        'master',
        'netns',
        'alias',
        'link',
        'index',
        'promisc',
        'arp',
        'multicast',
        'allmulticast',
        'broadcast',
        'brd',
        'group',
        'numtxqueues',
        'numrxqueues',
      ].includes(word)
    ) {
      const value = words[++at];
      if (value === undefined) return { incomplete: true };
      values.set(word === 'qlen' || word === 'txqlen' ? 'txqueuelen' : word, value);
    } else if (name === undefined && !values.has('dev')) name = word;
    else return { bad: word };
  }
  return { values, name, type: [] };
}

/** What can be on or off. */
const SWITCHES: readonly (readonly [string, (device: NetworkInterface, on: boolean) => void])[] = [
  ['promisc', (device, on) => void (device.promiscuous = on)],
  ['arp', (device, on) => void (device.withoutArp = !on)],
  ['multicast', (device, on) => void (device.withoutMulticast = !on)],
  ['allmulticast', (device, on) => void (device.allMulticast = on)],
];

const INCOMPLETE = 'Command line is not complete. Try option "help"\n';

function add(call: IpCall, words: readonly string[]): number {
  const request = readRequest(words, []);
  if ('incomplete' in request) return call.fail(mistake(INCOMPLETE));
  if ('bad' in request) return call.fail(mistake(`Error: either "dev" is duplicate, or "${request.bad}" is a garbage.\n`));
  const [type, ...rest] = request.type;
  const name = request.values.get('name') ?? request.values.get('dev') ?? request.name;
  if (type === undefined) return call.fail(mistake('Not enough information: "type" argument is required\n', 1));
  const wrong = wrongAddress(request.values.get('address'));
  if (wrong !== undefined) return call.fail(mistake(wrong, 1));
  const odd = type === 'bridge' ? rest.find((word, index) => index % 2 === 0 && !BRIDGE_SETTINGS.has(word)) : undefined;
  if (odd !== undefined)
    return call.fail(mistake(`bridge: unknown command "${odd}"?\nUsage: ... bridge [ fdb_flush ]\n\t\t  [ forward_delay FORWARD_DELAY ]\n`, 1));
  const { refused, net } = call;
  if (refused) return call.answered(refused);
  if (name !== undefined && name.length > 15) return call.fail(mistake('Error: Attribute failed policy validation.\n', 2));
  const given = name ?? freeName(net.interfaces, type);
  const result = make(call, { type, name: given, rest });
  if (result === 'unknown') return call.fail(mistake('Error: Unknown device type.\n', 2));
  // The recorded kernels are built without the other types.
  if (isErrno(result)) return call.answered(result, { EOPNOTSUPP: 'Error: Unknown device type.' });
  const device = net.interfaces.find(given);
  const mtu = request.values.get('mtu');
  if (device && mtu !== undefined) device.mtu = Number(mtu);
  const mac = request.values.get('address');
  if (device && mac !== undefined) net.interfaces.setMac(device, mac);
  return 0;
}

const BRIDGE_SETTINGS: ReadonlySet<string> = new Set([
  'forward_delay',
  'hello_time',
  'max_age',
  'ageing_time',
  'stp_state',
  'priority',
  'vlan_filtering',
  'mcast_snooping',
  'mcast_querier',
  'group_fwd_mask',
  'nf_call_iptables',
  'nf_call_ip6tables',
  'nf_call_arptables',
]);

/** `veth0`, or with the next number that is free beside `taken`. */
function freeName(interfaces: IpCall['net']['interfaces'], type: string, taken?: string): string {
  let free = 0;
  while (interfaces.find(`${type}${free}`) || taken === `${type}${free}`) free++;
  return `${type}${free}`;
}

/** lib/ll_addr.c ll_addr_a2n, and the length that its callers ask for. */
function wrongAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(':');
  if (!parts.every((part) => /^[0-9a-f]{1,2}$/i.test(part)) || parts.length > 6) return `"${text}" is invalid lladdr.\n`;
  return parts.length === 6 ? undefined : `Invalid address length ${parts.length} - must be 6 bytes\n`;
}

function make(
  call: IpCall,
  { type, name, rest }: { readonly type: string; readonly name: string; readonly rest: readonly string[] },
): Errno | 'unknown' | undefined {
  const { interfaces } = call.net;
  if (type === 'bridge') {
    const made = interfaces.addBridge(name);
    return isErrno(made) ? made : undefined;
  }
  if (type === 'veth') {
    const peerWords = rest[0] === 'peer' ? rest.slice(1) : [];
    const peerName = peerWords[0] === 'name' ? peerWords[1] : peerWords[0];
    const netns = peerWords.indexOf('netns');
    const elsewhere = netns < 0 ? undefined : findNamespace(call.context, peerWords[netns + 1] ?? '');
    const table = (elsewhere ?? call.net).interfaces;
    const made = interfaces.addVethPair(name, { peer: { table, name: peerName ?? freeName(table, 'veth', name) } });
    return isErrno(made) ? made : undefined;
  }
  if (['dummy', 'vlan', 'vxlan', 'macvlan', 'ipvlan', 'ifb', 'bond', 'tun', 'wireguard', 'gre', 'ipip', 'vrf', 'team'].includes(type))
    return interfaces.addDummy();
  return 'unknown';
}

function set(call: IpCall, words: readonly string[]): number {
  const request = readRequest(words, ['up', 'down', 'nomaster']);
  if ('incomplete' in request) return call.fail(mistake(INCOMPLETE));
  if ('bad' in request) return call.fail(mistake(`Error: either "dev" is duplicate, or "${request.bad}" is a garbage.\n`));
  const { values } = request;
  const name = values.get('dev') ?? request.name;
  if (name === undefined) return call.fail(mistake('Not enough information: "dev" argument is required.\n'));
  const master = values.get('master');
  const bridge = master === undefined ? undefined : call.find(master);
  if (master !== undefined && !bridge) return call.fail(mistake(`Error: argument "${master}" is wrong: Device does not exist\n\n`));
  const wrong = wrongAddress(values.get('address'));
  if (wrong !== undefined) return call.fail(mistake(wrong, 1));
  const target = values.get('netns');
  const namespace = target === undefined ? undefined : findNamespace(call.context, target);
  if (target !== undefined && !namespace && /^\d+$/.test(target)) return call.fail(mistake('RTNETLINK answers: No such process\n', 2));
  if (target !== undefined && !namespace) return call.fail(mistake(`Error: argument "${target}" is wrong: Invalid "netns" value\n\n`));
  const device = call.find(name);
  if (!device) return call.fail(mistake(`Cannot find device "${name}"\n`, 1));
  if (values.size === 0 && request.type.length === 0) return 0;
  const { refused, net } = call;
  if (refused) return call.answered(refused);
  const { interfaces } = net;
  const mtu = values.get('mtu');
  if (mtu !== undefined) {
    if (!/^\d+$/.test(mtu)) return call.fail(mistake(`Error: argument "${mtu}" is wrong: Invalid "mtu" value\n\n`));
    if (Number(mtu) < 68 && device.kind !== 'loopback') return call.fail(mistake('Error: mtu less than device minimum.\n', 2));
    if (Number(mtu) > 65_535 && device.kind !== 'loopback') return call.fail(mistake('Error: mtu greater than device maximum.\n', 2));
    device.mtu = Number(mtu);
  }
  const mac = values.get('address');
  if (mac !== undefined) interfaces.setMac(device, mac.toLowerCase());
  const queue = values.get('txqueuelen');
  if (queue !== undefined) device.txQueueLength = Number(queue);
  for (const [word, setting] of SWITCHES) {
    const value = values.get(word);
    if (value === undefined) continue;
    if (value !== 'on' && value !== 'off') return call.fail(mistake(`Error: argument of "${word}" must be "on" or "off", not "${value}"\n`));
    setting(device, value === 'on');
  }
  device.alias = values.get('alias') ?? device.alias;
  const tree = request.type[0] === 'bridge' ? request.type.indexOf('stp_state') : -1;
  if (tree >= 0) device.spanningTree = request.type[tree + 1] === '1';
  if (bridge || values.has('nomaster')) {
    const failed = interfaces.setMaster(device, bridge);
    if (failed)
      return bridge?.kind === 'bridge' && device.kind === 'bridge'
        ? call.fail(mistake('Error: Can not enslave a bridge to a bridge.\n', 2))
        : call.answered(bridge && bridge.kind !== 'bridge' ? errno('EOPNOTSUPP') : failed);
  }
  const newName = values.get('name');
  if (newName !== undefined) {
    const failed = interfaces.rename(device, newName);
    if (failed) return call.answered(failed);
  }
  if (values.has('up') || values.has('down')) interfaces.setUp(device, values.has('up'));
  return namespace ? call.answered(interfaces.moveTo(device, namespace.interfaces)) : 0;
}

function remove(call: IpCall, words: readonly string[]): number {
  const request = readRequest(words, []);
  if ('incomplete' in request) return call.fail(mistake(INCOMPLETE));
  if ('bad' in request) return call.fail(mistake(`Error: either "dev" is duplicate, or "${request.bad}" is a garbage.\n`));
  const name = request.values.get('dev') ?? request.name;
  if (name === undefined) return call.fail(mistake('Not enough information: "dev" argument is required.\n'));
  const device = call.find(name);
  if (!device) return call.fail(mistake(`Cannot find device "${name}"\n`, 1));
  const { refused } = call;
  return call.answered(refused ?? call.net.interfaces.remove(device));
}
