/**
 * `ip monitor` of iproute2 6.1 (ip/ipmonitor.c): links, addresses, routes of the main table and neighbours as they change. It
 * compares the namespace with what it saw a moment ago; the kernel's own order of messages within one change is not modelled.
 */
import type { Running } from '../../../linux/process/wait.ts';
import { addressText } from './address-command.ts';
import { mistake, pick, type IpCall } from './ip-call.ts';
import { hardwareLines, headerLine } from './link-view.ts';
import { mainRouteTexts } from './route-view.ts';

const OBJECTS = [
  'link',
  'address',
  'route',
  'mroute',
  'maddress',
  'prefix',
  'neigh',
  'neighbor',
  'neighbour',
  'netconf',
  'rule',
  'nsid',
  'nexthop',
  'stats',
  'all',
  'help',
] as const;

const HELP = `Usage: ip monitor [ all | OBJECTS ] [ FILE ] [ label ] [ all-nsid ] [ dev DEVICE ]
OBJECTS :=  address | link | mroute | maddress | neigh | netconf |
            nexthop | nsid | prefix | route | rule | stats
FILE := file FILENAME
`;

/** Milliseconds between two looks. */
const PAUSE = 20;
const FOREVER = 'valid_lft forever preferred_lft forever';

type Snapshot = ReadonlyMap<string, string>;

function snapshot(call: IpCall, objects: ReadonlySet<string>, label: (name: string) => string): Snapshot {
  const seen = new Map<string, string>();
  const { net } = call;
  const wants = (name: string): boolean => objects.size === 0 || objects.has(name);
  for (const device of net.interfaces.list()) {
    if (wants('link'))
      seen.set(
        `link ${device.index}`,
        label('LINK') +
          headerLine(device, net, { mode: false, family6: false }).replace(/ qlen \d+\n/, ' \n') +
          hardwareLines(device, net, { details: false, mode: true }),
      );
    if (wants('address'))
      for (const each of device.addresses)
        seen.set(
          `address ${device.index} ${each.address}/${each.prefix}`,
          `${label('ADDR')}${device.index}: ${device.name}    ${addressText(each)}\n       ${FOREVER}\n`,
        );
    if (wants('neigh'))
      for (const each of net.neighbours.list().filter((neighbour) => neighbour.device === device))
        seen.set(
          `neigh ${device.index} ${each.address}`,
          `${label('NEIGH')}${each.address} dev ${device.name} ${each.mac === undefined ? '' : `lladdr ${each.mac} `}${each.state} \n`,
        );
  }
  if (wants('route')) for (const text of mainRouteTexts(call)) seen.set(`route ${text}`, label('ROUTE') + text);
  return seen;
}

/** @param words what follows `ip monitor` */
export function* monitorCommand(call: IpCall, words: readonly string[]): Running {
  const objects = new Set<string>();
  let labelled = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === 'dev' || word === 'file') at++;
    else if (word === 'label') labelled = true;
    else if (word !== 'all-nsid') {
      const object = pick(word, OBJECTS);
      if (object === 'help') return call.fail(mistake(HELP));
      if (object === undefined) return call.fail(mistake(`Argument "${word}" is unknown, try "ip monitor help".\n`));
      if (object === 'all') labelled = true;
      else objects.add(object.startsWith('neigh') ? 'neigh' : object);
    }
  }
  const label = (name: string): string => (labelled ? `[${name}]` : '');
  const look = (): Snapshot => snapshot(call, objects, label);
  for (let before = look(); ;) {
    yield* call.context.sleep(PAUSE);
    const now = look();
    for (const [key, text] of before) if (!now.has(key)) call.out(text.replace(/^(\[\w+\])?/, '$1Deleted '));
    for (const [key, text] of now) if (before.get(key) !== text) call.out(text);
    before = now;
  }
}
