/** brctl of bridge-utils 1.7 (brctl/brctl_cmd.c). */
import type { NetworkInterface } from '../../../linux/net/network-interface.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { addBridge, bridgeLines, bridgesOf, changePort, deleteBridge } from '../../network/bridge-change.ts';

const USAGE = `Usage: brctl [commands]
commands:
\taddbr     \t<bridge>\t\tadd bridge
\tdelbr     \t<bridge>\t\tdelete bridge
\taddif     \t<bridge> <device>\tadd interface to bridge
\tdelif     \t<bridge> <device>\tdelete interface from bridge
\thairpin   \t<bridge> <port> {on|off}\tturn hairpin on/off
\tsetageing \t<bridge> <time>\t\tset ageing time
\tsetbridgeprio\t<bridge> <prio>\t\tset bridge priority
\tsetfd     \t<bridge> <time>\t\tset bridge forward delay
\tsethello  \t<bridge> <time>\t\tset hello time
\tsetmaxage \t<bridge> <time>\t\tset max message age
\tsetpathcost\t<bridge> <port> <cost>\tset path cost
\tsetportprio\t<bridge> <port> <prio>\tset port priority
\tshow      \t[ <bridge> ]\t\tshow a list of bridges
\tshowmacs  \t<bridge>\t\tshow a list of mac addrs
\tshowstp   \t<bridge>\t\tshow bridge stp info
\tstp       \t<bridge> {on|off}\tturn stp on/off
`;

const ARGUMENTS: Readonly<Record<string, number>> = {
  addbr: 1,
  delbr: 1,
  addif: 2,
  delif: 2,
  hairpin: 3,
  setageing: 2,
  setbridgeprio: 2,
  setfd: 2,
  sethello: 2,
  setmaxage: 2,
  setpathcost: 3,
  setportprio: 3,
  show: 0,
  showmacs: 1,
  showstp: 1,
  stp: 2,
};

export const command: Command = {
  name: 'brctl',
  suite: 'bridge-utils',
  summary: { zh: '查看或修改网桥', en: 'Show or change bridges' },
  options: ['show', 'showmacs', 'addbr', 'delbr', 'addif', 'delif'],
  // eslint-disable-next-line require-yield -- it asks the kernel and prints
  *run(context): Running {
    const [verb, ...words] = context.args;
    const fail = (text: string): number => {
      context.err(`${text}\n`);
      return 1;
    };
    if (verb === undefined) {
      context.out(USAGE);
      return 1;
    }
    if (verb === '-V' || verb === '--version') {
      context.out('bridge-utils, 1.7\n');
      return 0;
    }
    if (verb === '-h' || verb === '--help') {
      context.out(USAGE);
      return 0;
    }
    const needed = Object.hasOwn(ARGUMENTS, verb) ? ARGUMENTS[verb] : undefined;
    if (needed === undefined) {
      context.err(`never heard of command [${verb}]\n`);
      context.out(USAGE);
      return 1;
    }
    if (words.length < needed) {
      const [line = ''] = USAGE.split('\n').filter((each) => each.trim().split(/\s/)[0] === verb);
      context.out(`Incorrect number of arguments for command\nUsage: brctl ${line.trim().replace(/\s*\t/, ' ')}\n`);
      return 1;
    }
    const [name = '', device = ''] = words;
    const { interfaces } = context.process.namespaces.net;
    const bridge = interfaces.find(name);
    const isBridge = bridge?.kind === 'bridge';
    switch (verb) {
      case 'show': {
        const missing = words.find((each) => interfaces.find(each)?.kind !== 'bridge');
        if (missing !== undefined) return fail(interfaces.find(missing) ? `device ${missing} is not a bridge!` : `bridge ${missing} does not exist!`);
        const chosen = words.length === 0 ? bridgesOf(context) : words.flatMap((each) => interfaces.find(each) ?? []);
        context.out(bridgeLines(chosen));
        return 0;
      }
      case 'showmacs': {
        if (!isBridge) return fail(`read of forward table failed: No such device`);
        context.out('port no\tmac addr\t\tis local?\tageing timer\n');
        for (const [index, port] of [...bridge.ports].entries()) {
          context.out(`${String(index + 1).padStart(3)}\t${port.mac}\tyes\t\t   0.00\n`);
          if (port.peer) context.out(`${String(index + 1).padStart(3)}\t${port.peer.mac}\tno\t\t   1.00\n`);
        }
        return 0;
      }
      case 'showstp':
        if (!isBridge) return fail(`${name}: can't get info No such device`);
        context.out(spanningTree(bridge));
        return 0;
      case 'addbr': {
        const failed = addBridge(context, name);
        if (!failed) return 0;
        return fail(
          failed.code === 'EEXIST' ? `device ${name} already exists; can't create bridge with the same name` : `add bridge failed: ${failed.text}`,
        );
      }
      case 'delbr': {
        const failed = deleteBridge(context, name);
        if (!failed) return 0;
        if (failed.code === 'ENXIO') return fail(`bridge ${name} doesn't exist; can't delete it`);
        return fail(failed.code === 'EBUSY' ? `bridge ${name} is still up; can't delete it` : `can't delete bridge ${name}: ${failed.text}`);
      }
      case 'addif':
      case 'delif': {
        for (const each of words.slice(1)) {
          const failed = changePort(context, { bridge: name, device: each, add: verb === 'addif' });
          if (!failed) continue;
          if (failed.code === 'ENODEV') return fail(interfaces.find(each) ? `bridge ${name} does not exist!` : `interface ${each} does not exist!`);
          if (failed.code === 'EBUSY') return fail(`device ${each} is already a member of a bridge; can't add it to bridge ${name}.`);
          if (failed.code === 'EINVAL' && verb === 'delif') return fail(`device ${each} is not a port of ${name}`);
          return fail(verb === 'addif' ? `can't add ${each} to bridge ${name}: ${failed.text}` : `can't delete ${each} from ${name}: ${failed.text}`);
        }
        return 0;
      }
      case 'hairpin': {
        const port = interfaces.find(device);
        if (!port) return fail(`interface ${device} does not exist!`);
        if (!isBridge) return fail(`bridge ${name} does not exist!`);
        port.hairpin = ['on', 'yes', '1'].includes(words[2] ?? '');
        return 0;
      }
      case 'stp':
        if (!isBridge) return fail('set stp status failed: No such device');
        if (!['on', 'yes', '1', 'off', 'no', '0'].includes(device)) return fail('expect on/off for argument');
        bridge.spanningTree = ['on', 'yes', '1'].includes(device);
        return 0;
      default:
        return isBridge ? 0 : fail(`set ${verb.slice(3)} failed: No such device`);
    }
  },
};

/** `showstp`, with the spanning tree protocol off, as it is by default (brctl/brctl_disp.c). */
function spanningTree(bridge: NetworkInterface): string {
  const id = `8000.${bridge.mac.replaceAll(':', '')}`;
  let text = `${bridge.name}
 bridge id\t\t${id}
 designated root\t${id}
 root port\t\t   0\t\t\tpath cost\t\t   0
 max age\t\t  20.00\t\t\tbridge max age\t\t  20.00
 hello time\t\t   2.00\t\t\tbridge hello time\t   2.00
 forward delay\t\t  15.00\t\t\tbridge forward delay\t  15.00
 ageing time\t\t 300.00
 hello timer\t\t   0.00\t\t\ttcn timer\t\t   0.00
 topology change timer\t   0.00\t\t\tgc timer\t\t 120.00
 flags\t\t\t


`;
  for (const [index, port] of [...bridge.ports].entries()) {
    const number = (0x8001 + index).toString(16);
    text += `${port.name} (${index + 1})
 port id\t\t${number}\t\t\tstate\t\t${(port.carrier ? 'forwarding' : 'disabled').padStart(15)}
 designated root\t${id}\tpath cost\t\t   2
 designated bridge\t${id}\tmessage age timer\t   0.00
 designated port\t${number}\t\t\tforward delay timer\t   0.00
 designated cost\t   0\t\t\thold timer\t\t   0.00
 flags\t\t\t
${port.hairpin ? ' hairpin mode\t\t   1\n' : ''}
`;
  }
  return text;
}
