/** setpriv of util-linux 2.38.1 (sys-utils/setpriv.c): runs a program with other ids, groups and capabilities. */
import { CAPABILITIES, capable, type Capability, type Credentials } from '../../../linux/process/credentials.ts';
import { execute } from '../../namespace/run-shell.ts';
import { readAccounts, type Accounts } from '../../process-table/accounts.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

const LONG = {
  dump: 'none',
  nnp: 'none',
  'no-new-privs': 'none',
  'inh-caps': 'required',
  'ambient-caps': 'required',
  'bounding-set': 'required',
  ruid: 'required',
  euid: 'required',
  reuid: 'required',
  rgid: 'required',
  egid: 'required',
  regid: 'required',
  'clear-groups': 'none',
  'keep-groups': 'none',
  'init-groups': 'none',
  groups: 'required',
  'list-caps': 'none',
  pdeathsig: 'required',
  'reset-env': 'none',
  help: 'none',
  version: 'none',
} as const;

export const { gnu: command } = defineTool({
  name: 'setpriv',
  suite: 'util-linux',
  summary: { zh: '以别的身份与权能运行程序', en: 'Run a program with other ids and capabilities' },
  usage: 'setpriv [options] <program> [<argument>...]',
  busybox: { short: '' },
  gnu: { short: 'dhV', long: LONG, stopAtOperand: true },
  *run(call) {
    const { context } = call;
    if (call.has('V', 'version')) {
      call.out('setpriv from util-linux 2.38.1\n');
      return 0;
    }
    if (call.has('h', 'help')) {
      call.out('\nUsage:\n setpriv [options] <program> [<argument>...]\n\nRun a program with different privilege settings.\n');
      return 0;
    }
    if (call.has('list-caps')) {
      call.out(CAPABILITIES.map((each) => `${shortName(each)}\n`).join(''));
      return 0;
    }
    const accounts = yield* readAccounts(context);
    if (call.has('d', 'dump')) {
      call.out(dump(context.process.credentials));
      return 0;
    }
    const [program] = call.operands;
    const next = changed(call, accounts);
    if (typeof next === 'string') return call.complain(next);
    if (program === undefined) return call.complain('No program specified');
    context.process.credentials = next;
    const failed = yield* execute(context, call.operands);
    call.complain(`failed to execute ${program}: ${failed.text}`);
    return failed.code === 'ENOENT' ? 127 : 126;
  },
});

function shortName(capability: Capability): string {
  return capability.slice(4).toLowerCase();
}

function dump(credentials: Credentials): string {
  const { uid, gid, groups } = credentials;
  return [
    `uid: ${uid}`,
    `euid: ${uid}`,
    `gid: ${gid}`,
    `egid: ${gid}`,
    `Supplementary groups: ${groups.length === 0 ? '[none]' : groups.join(',')}`,
    `no_new_privs: ${Number(credentials.noNewPrivileges)}`,
    'Inheritable capabilities: [none]',
    'Ambient capabilities: [none]',
    `Capability bounding set: ${
      CAPABILITIES.filter((each) => credentials.bounding.has(each))
        .map(shortName)
        .join(',') || '[none]'
    }`,
    'Securebits: [none]',
    'Parent death signal: [none]',
    '',
  ].join('\n');
}

/** @returns the new credentials, or the complaint */
function changed(call: ToolCall, accounts: Accounts): Credentials | string {
  const { credentials } = call.context.process;
  let next: Credentials = credentials;
  const number = (text: string, find: (name: string) => number | undefined): number | undefined => (/^\d+$/.test(text) ? Number(text) : find(text));
  for (const name of ['reuid', 'ruid', 'euid'] as const) {
    const text = call.value(name);
    if (text === undefined) continue;
    const uid = number(text, (each) => accounts.userId(each));
    if (uid === undefined) return `failed to parse ${name}: '${text}'`;
    next = { ...next, uid };
  }
  for (const name of ['regid', 'rgid', 'egid'] as const) {
    const text = call.value(name);
    if (text === undefined) continue;
    const gid = number(text, (each) => accounts.groupId(each));
    if (gid === undefined) return `failed to parse ${name}: '${text}'`;
    next = { ...next, gid };
  }
  const listed = call.value('groups');
  if (listed !== undefined) {
    const ids = listed.split(',').map((each) => number(each, (name) => accounts.groupId(name)));
    const wrong = listed.split(',').find((_, at) => ids[at] === undefined);
    if (wrong !== undefined) return `Invalid supplementary group id: '${wrong}'`;
    next = { ...next, groups: ids.filter((each) => each !== undefined) };
  } else if (call.has('clear-groups')) next = { ...next, groups: [] };
  else if (call.has('init-groups')) next = { ...next, groups: accounts.memberships(accounts.user(next.uid) ?? '') };
  if (next.gid !== credentials.gid && !call.has('clear-groups', 'keep-groups', 'init-groups', 'groups'))
    return '--[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups';
  const bounding = capabilities(call.value('bounding-set'), credentials.bounding);
  if (typeof bounding === 'string') return bounding;
  for (const name of ['inh-caps', 'ambient-caps']) {
    const wrong = capabilities(call.value(name), new Set());
    if (typeof wrong === 'string') return wrong;
  }
  if (next.uid !== credentials.uid && !capable(credentials, 'CAP_SETUID', credentials.user)) return 'setresuid failed: Operation not permitted';
  if (next.gid !== credentials.gid && !capable(credentials, 'CAP_SETGID', credentials.user)) return 'setresgid failed: Operation not permitted';
  if (next.groups !== credentials.groups && !capable(credentials, 'CAP_SETGID', credentials.user)) return 'setgroups failed: Operation not permitted';
  // Whoever stops being root loses what it held (kernel: cap_emulate_setxuid).
  const kept: ReadonlySet<Capability> = next.uid === 0 ? new Set([...credentials.permitted].filter((each) => bounding.has(each))) : new Set();
  return { ...next, bounding, permitted: kept, effective: kept, noNewPrivileges: credentials.noNewPrivileges || call.has('nnp', 'no-new-privs') };
}

/** `+name,-name,-all` applied to `before`. */
function capabilities(text: string | undefined, before: ReadonlySet<Capability>): ReadonlySet<Capability> | string {
  const result = new Set(before);
  for (const word of text?.split(',') ?? []) {
    const sign = word.charAt(0);
    const name = word.slice(1);
    if (sign !== '+' && sign !== '-') return `bad capability string`;
    const meant = name === 'all' ? CAPABILITIES : CAPABILITIES.filter((each) => shortName(each) === name);
    if (meant.length === 0) return `unknown capability "${name}"`;
    for (const each of meant) {
      if (sign === '+') result.add(each);
      else result.delete(each);
    }
  }
  return result;
}
