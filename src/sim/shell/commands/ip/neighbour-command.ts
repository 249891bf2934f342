/** `ip neighbour` of iproute2 6.1 (ip/ipneigh.c). */
import { inCidr, parseAddress, parseCidr } from '../../../linux/net/address.ts';
import { mistake, pick, type IpCall } from './ip-call.ts';

const COMMANDS = ['add', 'change', 'chg', 'replace', 'delete', 'get', 'show', 'lst', 'list', 'flush', 'help'] as const;

/** @param words what follows `ip neigh` */
export function neighbourCommand(call: IpCall, words: readonly string[]): number {
  const [typed, ...rest] = words;
  const command = typed === undefined ? 'show' : pick(typed, COMMANDS);
  switch (command) {
    case 'show':
    case 'lst':
    case 'list':
      return show(call, rest);
    case 'flush':
      return flush(call, rest);
    case 'add':
    case 'replace':
    case 'change':
    case 'chg':
    case 'delete':
    case 'get':
      return change(call, rest, command);
    case 'help':
      return call.fail(mistake('Usage: ip neigh { add | del | change | replace }\n'));
    case undefined:
      return call.fail(mistake(`Command "${typed ?? ''}" is unknown, try "ip neigh help".\n`));
  }
}

const STATES = ['PERMANENT', 'REACHABLE', 'NOARP', 'NONE', 'STALE', 'INCOMPLETE', 'DELAY', 'PROBE', 'FAILED', 'ALL'];

interface Selection {
  readonly device: string | undefined;
  readonly to: string | undefined;
  readonly states: ReadonlySet<string> | undefined;
}

function select(words: readonly string[]): Selection {
  let device: string | undefined;
  let to: string | undefined;
  let states: Set<string> | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === 'dev') device = words[++at];
    else if (word === 'nud') (states ??= new Set()).add((words[++at] ?? '').toUpperCase());
    else if (word === 'to') to = words[++at];
    else if (word !== 'all' && word !== 'proxy' && word !== 'unused') to = word;
  }
  return { device, to, states };
}

function chosen(call: IpCall, selection: Selection): ReturnType<IpCall['net']['neighbours']['list']> {
  const cidr = selection.to === undefined ? undefined : parseCidr(selection.to);
  return call.net.neighbours
    .list()
    .filter(
      (each) =>
        (selection.device === undefined || each.device.name === selection.device) &&
        (call.options.family === undefined || (call.options.family === 6) === each.address.includes(':')) &&
        (!cidr || inCidr(each.address, cidr)) &&
        (!selection.states || selection.states.has(each.state) || selection.states.has('ALL')),
    );
}

function show(call: IpCall, words: readonly string[]): number {
  const selection = select(words);
  const odd = [...(selection.states ?? [])].find((each) => !STATES.includes(each));
  if (odd !== undefined) return call.fail(mistake(`Error: argument "${odd.toLowerCase()}" is wrong: nud state is bad\n`));
  if (selection.device !== undefined && !call.find(selection.device)) return call.fail(mistake(`Cannot find device "${selection.device}"\n`, 1));
  const entries = chosen(call, selection);
  if (call.options.json) {
    call.json(
      entries.map((each) => ({
        dst: each.address,
        dev: each.device.name,
        ...(each.mac === undefined ? {} : { lladdr: each.mac }),
        state: [each.state],
      })),
    );
    return 0;
  }
  for (const each of entries) {
    const parts = [each.address];
    if (selection.device === undefined) parts.push(`dev ${each.device.name}`);
    if (each.mac !== undefined) parts.push(`lladdr ${each.mac}`);
    if (call.options.statistics > 0) parts.push(`${each.state === 'REACHABLE' ? ' ref 1' : ''} used 0/0/0probes ${each.probes}`);
    call.out(`${parts.join(' ')} ${each.state} \n`);
  }
  return 0;
}

function flush(call: IpCall, words: readonly string[]): number {
  if (words.length === 0) return call.fail(mistake('Flush requires arguments.\n', 1));
  const { refused } = call;
  const entries = chosen(call, select(words)).filter((each) => each.state !== 'PERMANENT');
  if (refused && entries.length > 0) return call.fail(mistake(`Failed to send flush request: ${refused.text}\n`, 1));
  for (const each of entries) call.net.neighbours.remove(each.device, each.address);
  return 0;
}

function change(call: IpCall, words: readonly string[], action: 'add' | 'replace' | 'change' | 'chg' | 'delete' | 'get'): number {
  let address: string | undefined;
  const values = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === 'lladdr' || word === 'dev' || word === 'nud') values.set(word, words[++at] ?? '');
    else if (word !== 'to' && word !== 'proxy' && word !== 'router') {
      address = parseAddress(word);
      if (address === undefined) return call.fail(mistake(`Error: any valid address is expected rather than "${word}".\n`, 1));
    }
  }
  const name = values.get('dev');
  if (name === undefined || address === undefined) return call.fail(mistake('Device and destination are required arguments.\n', 255));
  const device = call.find(name);
  if (!device) return call.fail(mistake(`Cannot find device "${name}"\n`, 1));
  const known = call.net.neighbours.find(device, address);
  if (action === 'get') {
    if (!known) return call.fail(mistake('Error: Neighbour entry not found.\n', 2));
    call.out(`${address} dev ${name}${known.mac === undefined ? '' : ` lladdr ${known.mac}`} ${known.state} \n`);
    return 0;
  }
  const { refused } = call;
  if (refused) return call.answered(refused);
  if (action === 'delete') {
    if (call.net.neighbours.remove(device, address)) return 0;
    return call.fail(mistake('RTNETLINK answers: No such file or directory\n', 2));
  }
  if (action === 'add' && known) return call.fail(mistake('RTNETLINK answers: File exists\n', 2));
  if ((action === 'change' || action === 'chg') && !known) return call.fail(mistake('RTNETLINK answers: No such file or directory\n', 2));
  const mac = values.get('lladdr');
  const state = values.get('nud')?.toUpperCase() ?? 'PERMANENT';
  if (state === 'FAILED') {
    call.net.neighbours.setLearnt(device, address, { mac, state });
    return 0;
  }
  if (mac === undefined) return call.fail(mistake('Error: No link layer address given.\n', 2));
  if (!/^(?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2}$/i.test(mac)) return call.fail(mistake(`"${mac}" is invalid lladdr.\n`, 1));
  if (state === 'REACHABLE' || state === 'STALE') {
    call.net.neighbours.setLearnt(device, address, { mac: mac.toLowerCase(), state });
    return 0;
  }
  call.net.neighbours.setPermanent(device, address, mac.toLowerCase());
  return 0;
}
