/** ip of BusyBox 1.37 (networking/ip.c): reading everything, changing addresses, links and routes. */
import { errno } from '../../../linux/errno.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { answer, choose, Complaint, invalid, type Result } from './busybox-complaint.ts';
import { BusyboxDevices } from './busybox-devices.ts';
import { BusyboxRoutes } from './busybox-routes.ts';
import { IpCall, plainOptions } from './ip-call.ts';

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

const OBJECTS = ['address', 'route', 'r', 'link', 'tunnel', 'tunl', 'rule', 'neigh'] as const;

/** An applet such as `ipaddr`: it is `ip` with the object already said. */
export function ipObject(name: string, object: string): Command {
  return { ...command, name, run: (context) => runIp(context, [object, ...context.args]) };
}

export const command: Command = {
  name: 'ip',
  suite: 'busybox',
  summary: { zh: '查看与设置接口、地址和路由', en: 'Show and set interfaces, addresses and routes' },
  options: ['-4', '-6', '-f', '-o'],
  run: (context) => runIp(context, context.args),
};

// eslint-disable-next-line require-yield -- it asks the kernel and prints
function* runIp(context: ProcessContext, words: readonly string[]): Running {
  const usage = (code: number): number => {
    writeBusyboxUsage(context, USAGE);
    return code;
  };
  if (wantsHelp(context)) return usage(0);
  const call = new IpCall(context, plainOptions());
  let at = 0;
  for (; words[at]?.startsWith('-'); at++) {
    const word = (words[at] ?? '').replace(/^--?/, '');
    if (word === '4') call.options.family = 4;
    else if (word === '6') call.options.family = 6;
    else if (word === '0') call.options.family = 'link';
    else if (word !== '' && 'oneline'.startsWith(word)) call.options.oneline = true;
    else if (word !== '' && 'family'.startsWith(word)) {
      const value = words[++at] ?? '';
      const families = { inet: 4, inet6: 6, link: 'link' } as const;
      if (value !== 'inet' && value !== 'inet6' && value !== 'link') {
        context.err(`ip: invalid argument '${value}' to 'family'\n`);
        return 1;
      }
      call.options.family = families[value];
    } else return usage(1);
  }
  const [typed, ...rest] = words.slice(at);
  const object = typed === undefined ? undefined : choose(typed, OBJECTS);
  if (object === undefined) return usage(1);
  const devices = new BusyboxDevices(call);
  const routes = new BusyboxRoutes(call);
  const run = (): Result => {
    switch (object) {
      case 'address':
        return devices.address(rest);
      case 'link': {
        // do_iplink: xfunc_error_retval is 2 for all its mistakes.
        const complaint = devices.link(rest);
        return complaint && new Complaint(complaint.message, complaint.message.endsWith('lladdr') ? complaint.code : 2);
      }
      case 'route':
      case 'r':
        return routes.route(rest);
      case 'neigh':
        return routes.neighbours(rest);
      case 'rule':
        if (rest[0] === undefined || ['list', 'show'].some((each) => each.startsWith(rest[0] ?? '')))
          context.out('0:\tfrom all lookup local \n32766:\tfrom all lookup main \n32767:\tfrom all lookup default \n');
        else if (choose(rest[0], ['add', 'delete']) === undefined) return invalid(rest[0]);
        else return answer(call.refused ?? errno('delete'.startsWith(rest[0]) ? 'ENOENT' : 'EOPNOTSUPP'));
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
}
