/** ip of iproute2 6.1 (ip/ip.c): options, then an object and what to do with it, in its network namespace. */
import { isErrno } from '../../../linux/errno.ts';
import { setns } from '../../../linux/namespace/setns.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { readInput } from '../../tool/input.ts';
import { addressCommand } from './address-command.ts';
import { IpCall, mistake, pick, plainOptions, type IpOptions } from './ip-call.ts';
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
  'tcp_metrics',
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
  | {
      readonly kind: 'parsed';
      readonly options: IpOptions;
      readonly rest: readonly string[];
      readonly namespace: string | undefined;
      readonly batch: string | undefined;
      readonly force: boolean;
    }
  | { readonly kind: 'end'; readonly out: string; readonly err: string; readonly code: number };

function readOptions(words: readonly string[], terminal: boolean): Parsed {
  const options = plainOptions();
  let namespace: string | undefined;
  let batch: string | undefined;
  let force = false;
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) break;
    if (word === '--') {
      at++;
      break;
    }
    const typed = word.replace(/^--?/, '').replace(/=(?:always|auto|never)$/, '');
    // -b alone stands for -batch, -br for -brief; the table's order decides.
    switch (pick(typed, LONG_OPTIONS)) {
      case 'family': {
        const value = words[++at];
        if (value === 'inet') options.family = 4;
        else if (value === 'inet6') options.family = 6;
        else if (value === 'link') options.family = 'link';
        else if (value !== 'bridge' && value !== 'mpls')
          return { kind: 'end', out: '', err: `Error: argument "${value ?? ''}" is wrong: invalid protocol family\n`, code: 255 };
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
        namespace = words[++at] ?? '(null)';
        break;
      case 'color':
        options.color = word.endsWith('=auto') ? terminal : !word.endsWith('=never');
        break;
      case 'Numeric':
        options.numeric = true;
        break;
      case 'force':
        force = true;
        break;
      case 'loops':
      case 'rcvbuf':
        at++;
        break;
      case 'batch':
        batch = words[++at] ?? '-';
        break;
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
  return { kind: 'parsed', options, rest: words.slice(at), namespace, batch, force };
}

const RULE_USAGE = `Usage: ip rule { add | del } SELECTOR ACTION
       ip rule { flush | save | restore }
       ip rule [ list [ SELECTOR ]]
`;

const RULE_COMMANDS = ['list', 'lst', 'show', 'save', 'restore', 'add', 'delete', 'flush', 'help'] as const;

/** `ip maddress`: the groups that every interface joins, and the one of each of its IPv6 addresses (ip/ipmaddr.c). */
function multicastAddresses(call: IpCall, words: readonly string[]): void {
  const name = words.find((word, index) => word !== 'dev' && (index > 0 || !'show'.startsWith(word)));
  const { family } = call.options;
  for (const device of call.net.interfaces.list()) {
    if (name !== undefined && device.name !== name) continue;
    const ends = device.addressesOf(6).map((each) =>
      each.address
        .split(':')
        .slice(-2)
        .map((part) => part.padStart(4, '0'))
        .join('')
        .slice(2),
    );
    const solicited = device.kind === 'loopback' ? [] : ends;
    const lines = [`${device.index}:\t${device.name}`];
    if (device.kind !== 'loopback' && (family === undefined || family === 'link'))
      lines.push(
        '\tlink  33:33:00:00:00:01',
        '\tlink  01:00:5e:00:00:01',
        ...solicited.map((end) => `\tlink  33:33:ff:${end.replace(/(..)(?=.)/g, '$1:')}`),
      );
    if (family === undefined || family === 4) lines.push('\tinet  224.0.0.1');
    if (family === undefined || family === 6)
      lines.push(
        ...solicited.map((end) => `\tinet6 ff02::1:ff${end.slice(0, 2)}:${end.slice(2).replace(/^0+(?=.)/, '')}`),
        '\tinet6 ff02::1',
        '\tinet6 ff01::1',
      );
    call.out(`${lines.join('\n')}\n`);
  }
}

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
      if (rest[0] === 'help') return call.fail(mistake(RULE_USAGE));
      if (rest[0] !== undefined && !['list', 'show', 'lst'].some((each) => each.startsWith(rest[0] ?? '')))
        return (
          call.answered(call.refused) ||
          call.fail(mistake(`RTNETLINK answers: ${'delete'.startsWith(rest[0]) ? 'No such file or directory' : 'Operation not supported'}\n`, 2))
        );
      if (options.json) {
        const tables = ['local', 'main', ...(options.family === 6 ? [] : ['default'])];
        call.json(tables.map((table, index) => ({ priority: [0, 32_766, 32_767][index], src: 'all', table })));
        return 0;
      }
      call.out(
        options.family === 6
          ? '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n'
          : '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n',
      );
      return 0;
    case 'maddress':
      multicastAddresses(call, rest);
      return 0;
    case 'token':
      for (const device of call.net.interfaces.list()) if (device.kind !== 'loopback') call.out(`token :: dev ${device.name}\n`);
      return 0;
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

/** One command per line of a file; the first that fails ends it, unless forced (lib/utils.c do_batch). */
function* batch(context: ProcessContext, { options, force }: { readonly options: IpOptions; readonly force: boolean }, file: string): Running {
  const text = yield* readInput(context, file);
  if (isErrno(text)) {
    context.err(`Cannot open file "${file}" for reading: ${text.text}\n`);
    return 1;
  }
  let result = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const words = line
      .replace(/#.*/, '')
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length === 0 || (yield* dispatch(context, options, words)) === 0) continue;
    context.err(`Command failed ${file}:${index + 1}\n`);
    result = 1;
    if (!force) break;
  }
  return result;
}

export const command: Command = {
  name: 'ip',
  suite: 'iproute2',
  summary: { zh: '查看与设置接口、地址、路由和邻居', en: 'Show and set interfaces, addresses, routes and neighbours' },
  options: ['-4', '-6', '-br', '-d', '-s', '-o', '-j', '-p', '-n'],
  *run(context) {
    const parsed = readOptions(context.args, context.process.files.get(1)?.tty !== undefined);
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
    if (parsed.batch !== undefined) return yield* batch(context, parsed, parsed.batch);
    return yield* dispatch(context, parsed.options, parsed.rest);
  },
};
