/** ip of iproute2 6.1 (ip/ip.c): options, then an object and what to do with it, in its network namespace. */
import { isErrno } from '../../../linux/errno.ts';
import { setns } from '../../../linux/namespace/setns.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { addressCommand } from './address-command.ts';
import { IpCall, mistake, pick, type IpOptions } from './ip-call.ts';
import { linkCommand } from './link-command.ts';
import { findNamespace } from './named-namespaces.ts';
import { neighbourCommand } from './neighbour-command.ts';
import { monitorCommand } from './monitor-command.ts';
import { netnsCommand } from './netns-command.ts';
import { routeCommand } from './route-command.ts';

/** In the order of ip.c's table: the first that begins with what was typed. */
const OBJECTS = [
  'address',
  'addrlabel',
  'maddress',
  'route',
  'rule',
  'neighbor',
  'neighbour',
  'ntable',
  'ntbl',
  'link',
  'l2tp',
  'fou',
  'ila',
  'macsec',
  'tunnel',
  'tunl',
  'tuntap',
  'tap',
  'token',
  'tcpmetrics',
  'monitor',
  'xfrm',
  'mroute',
  'mrule',
  'netns',
  'netconf',
  'vrf',
  'sr',
  'nexthop',
  'mptcp',
  'ioam',
  'help',
] as const;

const USAGE = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
       ip [ -force ] -batch filename
where  OBJECT := { address | addrlabel | amt | fou | help | ila | ioam | l2tp |
                   link | macsec | maddress | monitor | mptcp | mroute | mrule |
                   neighbor | neighbour | netconf | netns | nexthop | ntable |
                   ntbl | route | rule | sr | tap | tcpmetrics |
                   token | tunnel | tuntap | vrf | xfrm }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -r[esolve] |
                    -h[uman-readable] | -iec | -j[son] | -p[retty] |
                    -f[amily] { inet | inet6 | mpls | bridge | link } |
                    -4 | -6 | -M | -B | -0 |
                    -l[oops] { maximum-addr-flush-attempts } | -br[ief] |
                    -o[neline] | -t[imestamp] | -ts[hort] | -b[atch] [filename] |
                    -rc[vbuf] [size] | -n[etns] name | -N[umeric] | -a[ll] |
                    -c[olor]}
`;

const LONG_OPTIONS = [
  'loops',
  'family',
  '4',
  '6',
  '0',
  'M',
  'B',
  'human-readable',
  'human',
  'iec',
  'stats',
  'statistics',
  'details',
  'resolve',
  'oneline',
  'timestamp',
  'tshort',
  'Version',
  'force',
  'batch',
  'brief',
  'json',
  'pretty',
  'rcvbuf',
  'color',
  'help',
  'netns',
  'Numeric',
  'all',
  'echo',
] as const;

type Parsed =
  | { readonly kind: 'parsed'; readonly options: IpOptions; readonly rest: readonly string[]; readonly namespace: string | undefined }
  | { readonly kind: 'end'; readonly out: string; readonly err: string; readonly code: number };

function readOptions(words: readonly string[]): Parsed {
  const options: IpOptions = {
    family: undefined,
    brief: false,
    details: false,
    statistics: 0,
    oneline: false,
    json: false,
    pretty: false,
    resolve: false,
    all: false,
  };
  let namespace: string | undefined;
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) break;
    if (word === '--') {
      at++;
      break;
    }
    const typed = word.replace(/^--?/, '').replace(/=.*$/, '');
    // -b alone stands for -batch, -br for -brief; the table's order decides.
    switch (pick(typed, LONG_OPTIONS)) {
      case 'family': {
        const value = words[++at];
        if (value === 'inet') options.family = 4;
        else if (value === 'inet6') options.family = 6;
        else if (value === 'link') options.family = 'link';
        else if (value !== 'bridge' && value !== 'mpls')
          return { kind: 'end', out: '', err: `Error: argument "${value ?? ''}" is wrong: invalid protocol family\n\n`, code: 255 };
        break;
      }
      case '4':
        options.family = 4;
        break;
      case '6':
        options.family = 6;
        break;
      case '0':
        options.family = 'link';
        break;
      case 'stats':
      case 'statistics':
        options.statistics++;
        break;
      case 'details':
        options.details = true;
        break;
      case 'resolve':
        options.resolve = true;
        break;
      case 'oneline':
        options.oneline = true;
        break;
      case 'brief':
        options.brief = true;
        break;
      case 'json':
        options.json = true;
        break;
      case 'pretty':
        options.pretty = true;
        break;
      case 'all':
        options.all = true;
        break;
      case 'netns':
        namespace = words[++at];
        break;
      case 'loops':
      case 'rcvbuf':
        at++;
        break;
      case 'batch': {
        const file = words[at + 1] ?? '';
        return { kind: 'end', out: '', err: `Cannot open file "${file}" for reading: No such file or directory\n`, code: 1 };
      }
      case 'Version':
        return { kind: 'end', out: 'ip utility, iproute2-6.1.0, libbpf 1.1.2\n', err: '', code: 0 };
      case 'help':
        return { kind: 'end', out: '', err: USAGE, code: 255 };
      case undefined:
        return { kind: 'end', out: '', err: `Option "${word}" is unknown, try "ip -help".\n`, code: 255 };
      default:
        break;
    }
  }
  return { kind: 'parsed', options, rest: words.slice(at), namespace };
}

const RULE_COMMANDS = ['list', 'lst', 'show', 'save', 'restore', 'add', 'delete', 'flush', 'help'] as const;

function* dispatch(context: ProcessContext, options: IpOptions, words: readonly string[]): Running {
  const [typed, ...rest] = words;
  const call = new IpCall(context, options);
  if (typed === undefined) return call.fail(mistake(USAGE));
  const object = pick(typed, OBJECTS);
  switch (object) {
    case 'address':
      return addressCommand(call, rest);
    case 'link':
      return linkCommand(call, rest);
    case 'route':
      return routeCommand(call, rest);
    case 'neighbor':
    case 'neighbour':
      return neighbourCommand(call, rest);
    case 'netns':
      return yield* netnsCommand(call, rest);
    case 'rule':
      if (rest[0] !== undefined && pick(rest[0], RULE_COMMANDS) === undefined)
        return call.fail(mistake(`Command "${rest[0]}" is unknown, try "ip rule help".\n`));
      if (rest[0] !== undefined && !['list', 'show', 'lst'].some((each) => each.startsWith(rest[0] ?? '')))
        return call.answered(call.refused) || call.fail(mistake('RTNETLINK answers: Operation not supported\n', 2));
      call.out(
        options.family === 6
          ? '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n'
          : '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n',
      );
      return 0;
    case 'maddress': {
      const dev = rest.indexOf('dev');
      for (const device of call.net.interfaces.list()) {
        if (dev >= 0 && device.name !== rest[dev + 1]) continue;
        const loopback = device.kind === 'loopback';
        call.out(
          `${device.index}:\t${device.name}\n${loopback ? '' : '\tlink  33:33:00:00:00:01\n\tlink  01:00:5e:00:00:01\n'}\tinet  224.0.0.1\n\tinet6 ff02::1\n\tinet6 ff01::1\n`,
        );
      }
      return 0;
    }
    case 'help':
      return call.fail(mistake(USAGE));
    case 'monitor':
      return yield* monitorCommand(call, rest);
    case 'vrf':
      call.out('Name              Table\n-----------------------\nNo VRF has been configured\n');
      return 0;
    case undefined:
      return call.fail(mistake(`Object "${typed}" is unknown, try "ip help".\n`, 1));
    default:
      return 0;
  }
}

export const command: Command = {
  name: 'ip',
  suite: 'iproute2',
  summary: { zh: '查看与设置接口、地址、路由和邻居', en: 'Show and set interfaces, addresses, routes and neighbours' },
  options: ['-4', '-6', '-br', '-d', '-s', '-o', '-j', '-p', '-n'],
  *run(context) {
    const parsed = readOptions(context.args);
    if (parsed.kind === 'end') {
      context.out(parsed.out);
      context.err(parsed.err);
      return parsed.code;
    }
    if (parsed.namespace !== undefined) {
      const namespace = findNamespace(context, parsed.namespace);
      if (!namespace) {
        context.err(`Cannot open network namespace "${parsed.namespace}": No such file or directory\n`);
        return 255;
      }
      const failed = setns(context.process, namespace);
      if (isErrno(failed)) {
        context.err(`setting the network namespace "${parsed.namespace}" failed: ${failed.text}\n`);
        return 255;
      }
    }
    return yield* dispatch(context, parsed.options, parsed.rest);
  },
};
