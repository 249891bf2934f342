/** id, whoami, groups: who the process is. */
import { idInside } from '../../../linux/namespace/namespaces.ts';
import { readAccounts, type Accounts } from '../../process-table/accounts.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const id = defineTool({
  name: 'id',
  suite: 'coreutils',
  summary: { zh: '显示当前用户和组', en: 'Shows user and groups' },
  usage:
    'id [-ugGnr] [USER]\n\nPrint information about USER or the current user\n\n\t-u\tUser ID\n\t-g\tGroup ID\n\t-G\tSupplementary group IDs\n\t-n\tPrint names instead of numbers\n\t-r\tPrint real ID instead of effective ID',
  gnuUsage: 'id [OPTION]... [USER]...',
  busybox: { short: 'ugGnr' },
  gnu: { short: 'aZgGnruz', long: { context: 'none', group: 'none', groups: 'none', name: 'none', real: 'none', user: 'none', zero: 'none' } },
  *run(call) {
    const { context } = call;
    const ways = [
      ['u', 'user'],
      ['g', 'group'],
      ['G', 'groups'],
    ].filter((names) => call.has(...names)).length;
    if (call.busybox) {
      if (ways > 1 || (ways === 0 && call.has('n', 'r')) || call.operands.length > 1) return call.misuse(undefined);
    } else if (call.has('Z', 'context')) return call.complain('--context (-Z) works only on an SELinux-enabled kernel');
    else if (ways > 1) return call.complain('cannot print "only" of more than one choice');
    else if (ways === 0 && call.has('n', 'name', 'r', 'real')) return call.complain('cannot print only names or real IDs in default format');
    else if (ways === 0 && call.has('z', 'zero')) return call.complain('option --zero not permitted in default format');
    const accounts = yield* readAccounts(context);
    let status = 0;
    for (const name of call.operands.length > 0 ? call.operands : [undefined]) status = show(call, accounts, name) || status;
    return status;
  },
});

function show(call: ToolCall, accounts: Accounts, name: string | undefined): number {
  const { context } = call;
  const { credentials, namespaces } = context.process;
  let uid = idInside(namespaces.user.uidMap, credentials.uid);
  let gid = idInside(namespaces.user.gidMap, credentials.gid);
  let groups = credentials.groups.map((each) => idInside(namespaces.user.gidMap, each));
  if (name !== undefined) {
    const known =
      accounts.userId(name) ?? (!call.busybox && /^\d+$/.test(name) && accounts.user(Number(name)) !== undefined ? Number(name) : undefined);
    if (known === undefined) return call.complain(call.busybox ? `unknown user ${name}` : `${call.quote(name)}: no such user`);
    uid = known;
    gid = accounts.mainGroup(known) ?? known;
    groups = [gid, ...accounts.memberships(accounts.user(known) ?? name).filter((each) => each !== gid)];
  }
  // BusyBox tells what getgroups(2) says; GNU begins with the group of the process.
  const all = call.busybox && groups.includes(gid) ? groups : [gid, ...groups.filter((each) => each !== gid)];
  const named = call.has('n', 'name');
  const user = (each: number): string => (named ? (accounts.user(each) ?? String(each)) : String(each));
  const group = (each: number): string => (named ? (accounts.group(each) ?? String(each)) : String(each));
  if (call.has('u', 'user')) return print(call.context.out.bind(context), user(uid));
  if (call.has('g', 'group')) return print(call.context.out.bind(context), group(gid));
  // BusyBox's -G begins with the group of the process, its full form does not.
  if (call.has('G', 'groups')) return print(call.context.out.bind(context), [...new Set([gid, ...all])].map((each) => group(each)).join(' '));
  const part = (value: number, text: string | undefined): string => `${value}${text === undefined ? '' : `(${text})`}`;
  const listed = groups.length > 0 || !call.busybox ? ` groups=${all.map((each) => part(each, accounts.group(each))).join(',')}` : '';
  call.out(`uid=${part(uid, accounts.user(uid))} gid=${part(gid, accounts.group(gid))}${listed}\n`);
  return 0;
}

function print(out: (text: string) => void, text: string): number {
  out(`${text}\n`);
  return 0;
}

export const whoami = defineTool({
  name: 'whoami',
  suite: 'coreutils',
  summary: { zh: '显示当前用户名', en: "Shows the user's name" },
  usage: 'whoami\n\nPrint the user name associated with the current effective user id',
  gnuUsage: 'whoami [OPTION]...',
  busybox: { short: '' },
  gnu: { short: '' },
  *run(call) {
    if (call.operands.length > 0) return call.misuse(`extra operand ${call.quote(call.operands[0] ?? '')}`);
    const accounts = yield* readAccounts(call.context);
    const { credentials, namespaces } = call.context.process;
    const uid = idInside(namespaces.user.uidMap, credentials.uid);
    const name = accounts.user(uid);
    if (name === undefined) return call.complain(call.busybox ? `unknown uid ${uid}` : `cannot find name for user ID ${uid}`);
    call.out(`${name}\n`);
    return 0;
  },
});

export const groups = defineTool({
  name: 'groups',
  suite: 'coreutils',
  summary: { zh: '显示所属的组', en: 'Shows the groups' },
  usage: 'groups [USER]\n\nPrint the groups USER is in',
  gnuUsage: 'groups [OPTION]... [USERNAME]...',
  busybox: { short: '' },
  gnu: { short: '' },
  *run(call) {
    const accounts = yield* readAccounts(call.context);
    const { credentials, namespaces } = call.context.process;
    const [name] = call.operands;
    if (name !== undefined) {
      const known = accounts.userId(name);
      if (known === undefined) return call.complain(call.busybox ? `unknown user ${name}` : `${call.quote(name)}: no such user`);
      const own = [...new Set([accounts.mainGroup(known) ?? known, ...accounts.memberships(name)])];
      const list = own.map((each) => accounts.group(each) ?? String(each)).join(' ');
      call.out(call.busybox ? `${list}\n` : `${name} : ${list}\n`);
      return 0;
    }
    const all = [...new Set([credentials.gid, ...credentials.groups])].map((each) => idInside(namespaces.user.gidMap, each));
    call.out(`${all.map((each) => accounts.group(each) ?? String(each)).join(' ')}\n`);
    return 0;
  },
});
