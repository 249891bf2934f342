/** The columns of procps' ps (src/ps/output.c format_array): names, headers, widths, alignment, and what stands in them. */
import type { Accounts } from '../../process-table/accounts.ts';
import type { VisibleProcess } from '../../process-table/visible-processes.ts';
import { SIGNAL_NUMBERS } from '../../../linux/process/signals.ts';
import { NAMESPACE_KINDS } from '../../../linux/namespace/namespaces.ts';

export interface View {
  readonly accounts: Accounts;
  /** Unix milliseconds. */
  readonly now: number;
  /** KiB of the machine. */
  readonly memory: number;
  /** The environment is shown behind the command (BSD option e). */
  readonly environment: boolean;
  /** Drawn before the command: the branches of --forest or the blanks of -H. */
  readonly branch: (process: VisibleProcess) => string;
  readonly tpgid: (process: VisibleProcess) => number;
}

export interface Column {
  readonly header: string;
  readonly width: number;
  readonly align: 'left' | 'right' | 'user' | 'unlimited';
  readonly value: (process: VisibleProcess, view: View) => string;
  /** For --sort; without it the texts are compared. */
  readonly order?: (process: VisibleProcess, view: View) => number;
}

const DAY = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
/** Digits of kernel.pid_max (4194304) on the recorded machines. */
const PID_WIDTH = 7;

const two = (value: number): string => String(value).padStart(2, '0');

function number(header: string, width: number, value: (process: VisibleProcess, view: View) => number): Column {
  return { header, width, align: 'right', value: (each, view) => String(value(each, view)), order: value };
}

function left(header: string, width: number, value: (process: VisibleProcess, view: View) => string): Column {
  return { header, width, align: 'left', value: (each, view) => value(each, view).slice(0, width) };
}

function right(header: string, width: number, value: (process: VisibleProcess, view: View) => string): Column {
  return { header, width, align: 'right', value };
}

/** Names that are too long lose their end to a `+`. */
function account(header: string, text: (process: VisibleProcess, view: View) => string): Column {
  return {
    header,
    width: 8,
    align: 'user',
    value: (each, view) => {
      const name = text(each, view);
      return name.length > 8 ? `${name.slice(0, 7)}+` : name;
    },
  };
}

const userName = (each: VisibleProcess, view: View): string => view.accounts.user(each.uid) ?? String(each.uid);
const groupName = (each: VisibleProcess, view: View): string => view.accounts.group(each.gid) ?? String(each.gid);

function age(each: VisibleProcess, view: View): number {
  return Math.max(0, Math.floor((view.now - each.started) / 1000));
}

/** [DD-]hh:mm:ss */
function clock(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const rest = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days > 0 ? `${two(days)}-${rest}` : rest;
}

/** [[DD-]hh:]mm:ss */
function elapsed(seconds: number): string {
  const full = clock(seconds);
  return seconds < 3600 ? full.slice(3) : full;
}

function bsdTime(each: VisibleProcess): string {
  const seconds = Math.floor(each.cpuTime / 1000);
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** The clock on the same day, else month and day. */
function startTime(each: VisibleProcess, view: View): string {
  const date = new Date(each.started);
  const sameDay = Math.floor(each.started / DAY) === Math.floor(view.now / DAY);
  return sameDay ? `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}` : `${MONTHS[date.getUTCMonth()] ?? ''}${two(date.getUTCDate())}`;
}

function longStart(each: VisibleProcess): string {
  const date = new Date(each.started);
  const day = String(date.getUTCDate()).padStart(2);
  return `${DAYS[date.getUTCDay()] ?? ''} ${MONTHS[date.getUTCMonth()] ?? ''} ${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${date.getUTCFullYear()}`;
}

/** Per mille of a CPU since the start. */
function cpuShare(each: VisibleProcess, view: View): number {
  const seconds = age(each, view);
  return seconds === 0 ? 0 : Math.min(999, Math.floor(each.cpuTime / seconds));
}

function tenths(perMille: number): string {
  return `${Math.floor(perMille / 10)}.${perMille % 10}`;
}

function memoryShare(each: VisibleProcess, view: View): number {
  return Math.floor((each.resident * 1000) / view.memory);
}

/** State, < or N for niceness, s for a session leader, l for threads, + for the foreground. */
function stat(each: VisibleProcess): string {
  return `${each.state}${each.nice < 0 ? '<' : each.nice > 0 ? 'N' : ''}${each.session === each.pid ? 's' : ''}${each.threads > 1 ? 'l' : ''}${each.foreground ? '+' : ''}`;
}

export function commandName(each: VisibleProcess): string {
  return `${each.comm}${each.state === 'Z' ? ' <defunct>' : ''}`;
}

/** With arguments; `[name]` where there are none. */
export function commandLine(each: VisibleProcess): string {
  return each.argv.length === 0 ? `[${each.comm}]${each.state === 'Z' ? ' <defunct>' : ''}` : each.argv.join(' ');
}

function full(each: VisibleProcess, view: View): string {
  const environment = view.environment && each.argv.length > 0 ? [...each.process.env].map(([name, value]) => ` ${name}=${value}`).join('') : '';
  return `${view.branch(each)}${commandLine(each)}${environment}`;
}

const named = (header: string): Column => ({
  header,
  width: 15,
  align: 'unlimited',
  value: (each, view) => `${view.branch(each)}${commandName(each)}`,
});
const args = (header: string): Column => ({ header, width: 27, align: 'unlimited', value: full });
const pid = (header: string, value: (process: VisibleProcess) => number): Column => number(header, PID_WIDTH, value);
const terminal = (header: string): Column => left(header, 8, (each) => each.tty ?? '?');
const time = (header: string): Column => ({ ...right(header, 8, (each) => clock(Math.floor(each.cpuTime / 1000))), order: (each) => each.cpuTime });

const namespaceColumns: Readonly<Record<string, Column>> = Object.fromEntries(
  NAMESPACE_KINDS.map((kind) => [
    `${kind}ns`,
    number(`${kind.toUpperCase()}NS`, 10, (each) => (kind === 'user' ? each.process.credentials.user.inode : each.process.namespaces[kind].inode)),
  ]),
);

/** A mask of signals in hexadecimal; nothing in this world blocks one or leaves it pending. */
function signalSet(each: VisibleProcess, which: string): string {
  let mask = 0n;
  for (const [name, action] of each.process.actions) {
    if ((which === 'IGNORED' && action === 'ignore') || (which === 'CAUGHT' && typeof action === 'function'))
      mask |= 1n << BigInt(SIGNAL_NUMBERS[name] - 1);
  }
  return mask.toString(16).padStart(16, '0');
}

const signalSets: Readonly<Record<string, Column>> = Object.fromEntries(
  [
    ['PENDING', 'pending', 'sig'],
    ['BLOCKED', 'blocked', 'sigmask', 'sig_block'],
    ['IGNORED', 'ignored', 'sigignore', 'sig_ignore'],
    ['CAUGHT', 'caught', 'sigcatch', 'sig_catch'],
  ].flatMap(([header = '', ...names]) => names.map((name) => [name, right(header, 16, (each) => signalSet(each, header))] as const)),
);

const addresses: Readonly<Record<string, Column>> = Object.fromEntries(
  ['eip', 'esp', 'stackp'].map((name) => [name, right(name.toUpperCase(), 16, () => '0000000000000000')]),
);

/** By every name that -o and --sort take. */
export const COLUMNS: Readonly<Record<string, Column>> = {
  ...namespaceColumns,
  ...signalSets,
  ...addresses,
  user: account('USER', userName),
  euser: account('EUSER', userName),
  uname: account('USER', userName),
  ruser: account('RUSER', userName),
  fuser: account('FUSER', userName),
  suser: account('SUSER', userName),
  group: account('GROUP', groupName),
  egroup: account('EGROUP', groupName),
  rgroup: account('RGROUP', groupName),
  fgroup: account('FGROUP', groupName),
  sgroup: account('SGROUP', groupName),
  uid: number('UID', 5, (each) => each.uid),
  euid: number('EUID', 5, (each) => each.uid),
  ruid: number('RUID', 5, (each) => each.uid),
  suid: number('SUID', 5, (each) => each.uid),
  fuid: number('FUID', 5, (each) => each.uid),
  gid: number('GID', 5, (each) => each.gid),
  egid: number('EGID', 5, (each) => each.gid),
  rgid: number('RGID', 5, (each) => each.gid),
  sgid: number('SGID', 5, (each) => each.gid),
  fgid: number('FGID', 5, (each) => each.gid),
  pid: pid('PID', (each) => each.pid),
  tgid: pid('TGID', (each) => each.pid),
  tid: pid('TID', (each) => each.pid),
  lwp: pid('LWP', (each) => each.pid),
  spid: pid('SPID', (each) => each.pid),
  ppid: pid('PPID', (each) => each.parent),
  pgid: pid('PGID', (each) => each.group),
  pgrp: pid('PGRP', (each) => each.group),
  sid: pid('SID', (each) => each.session),
  sess: pid('SESS', (each) => each.session),
  session: pid('SESS', (each) => each.session),
  tpgid: number('TPGID', PID_WIDTH, (each, view) => view.tpgid(each)),
  nlwp: number('NLWP', 4, (each) => each.threads),
  thcount: number('THCNT', 5, (each) => each.threads),
  comm: named('COMMAND'),
  ucmd: named('CMD'),
  ucomm: named('COMMAND'),
  args: args('COMMAND'),
  cmd: args('CMD'),
  command: args('COMMAND'),
  tty: terminal('TT'),
  tt: terminal('TT'),
  tname: terminal('TTY'),
  time: time('TIME'),
  cputime: time('TIME'),
  atime: time('TIME'),
  bsdtime: { ...right('TIME', 6, bsdTime), order: (each) => each.cpuTime },
  cputimes: number('TIME', 8, (each) => Math.floor(each.cpuTime / 1000)),
  etime: { ...right('ELAPSED', 11, (each, view) => elapsed(age(each, view))), order: age },
  etimes: number('ELAPSED', 7, age),
  start: {
    ...right('STARTED', 8, (each, view) =>
      Math.floor(each.started / DAY) === Math.floor(view.now / DAY)
        ? new Date(each.started).toISOString().slice(11, 19)
        : `  ${startTime(each, view)}`,
    ),
    order: (each) => each.started,
  },
  lstart: { ...right('STARTED', 24, longStart), order: (each) => each.started },
  stime: { ...right('STIME', 5, startTime), order: (each) => each.started },
  start_time: { ...right('START', 5, startTime), order: (each) => each.started },
  bsdstart: { ...right('START', 6, startTime), order: (each) => each.started },
  stat: left('STAT', 4, stat),
  state: left('S', 1, (each) => each.state),
  s: left('S', 1, (each) => each.state),
  ni: number('NI', 3, (each) => each.nice),
  nice: number('NI', 3, (each) => each.nice),
  pri: number('PRI', 3, (each) => 19 - each.nice),
  priority: number('PRI', 3, (each) => 20 + each.nice),
  opri: number('PRI', 3, (each) => 80 + each.nice),
  vsz: number('VSZ', 6, (each) => each.virtual),
  vsize: number('VSZ', 6, (each) => each.virtual),
  sz: number('SZ', 5, (each) => Math.ceil(each.virtual / 4)),
  size: number('SIZE', 5, (each) => Math.ceil(each.virtual / 8)),
  rss: number('RSS', 5, (each) => each.resident),
  rssize: number('RSS', 5, (each) => each.resident),
  rsz: number('RSZ', 5, (each) => each.resident),
  drs: number('DRS', 5, (each) => each.virtual),
  trs: number('TRS', 4, () => 0),
  pcpu: { ...right('%CPU', 4, (each, view) => tenths(cpuShare(each, view))), order: cpuShare },
  '%cpu': { ...right('%CPU', 4, (each, view) => tenths(cpuShare(each, view))), order: cpuShare },
  pmem: { ...right('%MEM', 4, (each, view) => tenths(memoryShare(each, view))), order: memoryShare },
  '%mem': { ...right('%MEM', 4, (each, view) => tenths(memoryShare(each, view))), order: memoryShare },
  c: number('C', 2, (each, view) => Math.min(99, Math.floor(cpuShare(each, view) / 10))),
  cp: number('CP', 3, cpuShare),
  psr: number('PSR', 3, () => 0),
  maj_flt: number('MAJFL', 6, () => 0),
  min_flt: number('MINFL', 6, () => 0),
  wchan: left('WCHAN', 6, () => '-'),
  f: right('F', 1, () => '4'),
  flag: right('F', 1, () => '4'),
  flags: right('F', 1, () => '4'),
  cls: right('CLS', 3, () => 'TS'),
  class: left('CLS', 3, () => 'TS'),
  policy: left('POL', 3, () => 'TS'),
  rtprio: right('RTPRIO', 6, () => '-'),
  sched: right('SCH', 3, () => '0'),
  sgi_p: right('P', 1, (each) => (each.state === 'R' ? '0' : '*')),
  timeout: right('TMOUT', 5, () => '-'),
  alarm: right('ALARM', 5, () => '-'),
  cpuid: number('CPUID', 5, () => 0),
  lastcpu: number('C', 3, () => 0),
  context: left('CONTEXT', 31, () => '-'),
  fname: left('COMMAND', 8, (each) => each.comm),
  majflt: number('MAJFLT', 6, () => 0),
  minflt: number('MINFLT', 6, () => 0),
  fsuid: number('FSUID', 5, (each) => each.uid),
  fsgid: number('FSGID', 5, (each) => each.gid),
  fsuser: account('FSUSER', userName),
  fsgroup: account('FSGROUP', groupName),
  supgid: left('SUPGID', 20, (each) => each.process.credentials.groups.join(',') || '-'),
  supgrp: left('SUPGRP', 20, (each, view) => each.process.credentials.groups.map((gid) => view.accounts.group(gid) ?? String(gid)).join(',') || '-'),
  environ: left('ENVIRONMENT', 11, () => '-'),
  nwchan: left('WCHAN', 6, () => '-'),
  lsession: left('SESSION', 11, () => '-'),
  machine: left('MACHINE', 31, () => '-'),
  unit: left('UNIT', 31, () => '-'),
  uunit: left('UUNIT', 31, () => '-'),
  slice: left('SLICE', 31, () => '-.slice'),
  ouid: right('OWNER', 5, () => '-'),
  seat: left('SEAT', 11, () => '-'),
  numa: number('NUMA', 4, () => 0),
  lxc: left('LXC', 8, () => '-'),
  pss: number('PSS', 5, (each) => each.resident),
  uss: number('USS', 5, (each) => each.resident),
  cgroup: left('CGROUP', 27, (each) => `12:cpu:${each.process.cgroup}`),
  exe: left('EXE', 27, (each) => each.process.exe),
  label: left('LABEL', 31, () => '-'),
};

/** Two of -l that share their place: ADDR is never known, SZ is in pages. */
export const ADDRESS_AND_SIZE: Column = left('ADDR SZ', 7, (each) => `- ${String(Math.ceil(each.virtual / 4)).padStart(5)}`);

/** The user as -f heads it. */
export const USER_AS_UID: Column = account('UID', userName);
