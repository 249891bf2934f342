/** ps of procps-ng 4.0.2: which processes, which columns, in which order. */
import { isErrno } from '../../../linux/errno.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { pidIn } from '../../../linux/process/process.ts';
import { machineMemory } from '../../../linux/fs/proc/machine-memory.ts';
import { readAccounts, type Accounts } from '../../process-table/accounts.ts';
import { procNamespace, visibleProcess, visibleProcesses, type VisibleProcess } from '../../process-table/visible-processes.ts';
import { screenSize } from '../../process-table/screen-size.ts';
import type { Command } from '../../command.ts';
import { parsePsArguments } from './procps-arguments.ts';
import type { PsRequest, Selector } from './procps-request.ts';
import { ADDRESS_AND_SIZE, COLUMNS, USER_AS_UID, type Column, type View } from './procps-columns.ts';
import { growForest } from './procps-forest.ts';
import { layOut } from './procps-layout.ts';

const HELP = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`;

function fail(context: ProcessContext, message: string): number {
  context.err(`error: ${message}\n${HELP}`);
  return 1;
}

function column(name: string): Column {
  const found = COLUMNS[name];
  if (!found) throw new Error(`ps has no column ${name}`);
  return found;
}

const columns = (...names: readonly string[]): readonly Column[] => names.map(column);

/** The columns of the given options when -o is not among them (src/ps/sortformat.c). */
function standardColumns(request: PsRequest): readonly Column[] {
  const thread = request.threads === 'T' ? ['spid'] : request.threads === 'L' ? ['lwp'] : [];
  const command = request.trueName ? 'ucomm' : 'command';
  switch (request.bsdFormat) {
    case 'u': {
      const user = request.numeric ? 'uid' : 'user';
      return columns(
        user,
        'pid',
        ...thread,
        'pcpu',
        ...(request.threads === 'L' ? ['nlwp'] : []),
        'pmem',
        'vsz',
        'rss',
        'tname',
        'stat',
        'start_time',
        'bsdtime',
        command,
      );
    }
    case 'l':
      return columns('f', 'uid', 'pid', 'ppid', 'priority', 'ni', 'vsz', 'rss', 'wchan', 'stat', 'tname', 'bsdtime', command);
    case 'j':
      return columns('ppid', 'pid', 'pgid', 'sid', 'tname', 'tpgid', 'stat', 'uid', 'bsdtime', command);
    case 's':
      return columns('uid', 'pid', 'pending', 'blocked', 'ignored', 'caught', 'stat', 'tname', 'bsdtime', command);
    case 'X':
      return columns('pid', 'stackp', 'esp', 'eip', 'timeout', 'alarm', 'stat', 'tname', 'bsdtime', command);
    case 'v':
      return columns('pid', 'tname', 'stat', 'bsdtime', 'maj_flt', 'trs', 'drs', 'rss', 'pmem', command);
    default:
  }
  const unix = request.full || request.long || request.jobs || request.scheduling || request.extraFull;
  const simpleBsd = request.bsd && !unix;
  if (simpleBsd || (!unix && request.environment)) return columns('pid', ...thread, 'tname', 'stat', 'bsdtime', command);
  const nlwp = request.threads === 'L' && request.full ? ['nlwp'] : [];
  const end = [...(request.full ? ['stime'] : []), 'tname', 'time', request.full ? 'cmd' : 'ucmd'];
  const groups = request.jobs ? ['pgid', 'sid'] : [];
  if (request.long) {
    const size = request.noAddress ? columns('rss', 'sz') : [ADDRESS_AND_SIZE];
    return [
      ...(request.noAddress ? columns('s') : columns('f', 's')),
      ...(request.full ? [USER_AS_UID] : columns('uid')),
      ...columns('pid', 'ppid', ...groups, ...thread, 'c', ...nlwp, ...(request.scheduling ? ['cls'] : []), 'opri', 'ni'),
      ...size,
      ...columns('wchan', ...end),
    ];
  }
  if (request.full)
    return [
      USER_AS_UID,
      ...columns(
        'pid',
        'ppid',
        ...groups,
        ...thread,
        ...(request.scheduling ? ['cls', 'pri'] : ['c']),
        ...nlwp,
        ...(request.extraFull ? ['sz', 'rss', 'psr'] : []),
        ...end,
      ),
    ];
  return columns('pid', ...groups, ...thread, ...(request.scheduling ? ['cls', 'pri'] : []), ...end);
}

interface Chosen {
  readonly columns: readonly Column[];
  readonly hidden: boolean;
}

/** @returns the name of an unknown column */
function chosenColumns(request: PsRequest): Chosen | string {
  if (request.formats.length === 0) {
    if (request.security === 'context') return { columns: columns('pid', 'context', 'command'), hidden: false };
    return { columns: [...(request.security ? columns('label') : []), ...standardColumns(request)], hidden: false };
  }
  const chosen: Column[] = [];
  for (const item of request.formats) {
    const { name, title } = item;
    const found = Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;
    if (!found) return name;
    const header = title ?? found.header;
    const wanted = item.width ?? found.width;
    chosen.push(title === undefined && item.width === undefined ? found : { ...found, header, width: Math.max(wanted, header.length) });
  }
  if (request.added) {
    return { columns: [...columns('pid'), ...chosen, ...columns('s', 'tname', 'time', 'command')], hidden: false };
  }
  return { columns: chosen, hidden: request.formats.every((item) => item.title === '') };
}

interface Self {
  readonly uid: number;
  readonly tty: string | undefined;
}

/** @returns undefined when a name in a list does not exist */
function idsOf(names: readonly string[], find: (name: string) => number | undefined): readonly number[] | undefined {
  const ids = names.map((name) => find(name) ?? (/^\d+$/.test(name) ? Number(name) : undefined));
  return ids.every((id) => id !== undefined) ? ids : undefined;
}

type Test = (process: VisibleProcess) => boolean;

function testOf(selector: Selector, accounts: Accounts, self: Self): Test | string {
  switch (selector.kind) {
    case 'pid':
    case 'lwp':
      return (each) => selector.numbers.includes(each.pid);
    case 'ppid':
      return (each) => selector.numbers.includes(each.parent);
    case 'session':
      return (each) => selector.numbers.includes(each.session);
    case 'command':
      return (each) => selector.names.some((name) => name.slice(0, 15) === each.comm);
    case 'user': {
      const ids = idsOf(selector.names, (name) => accounts.userId(name));
      return ids ? (each) => ids.includes(each.uid) : 'user name does not exist';
    }
    case 'group': {
      const ids = idsOf(selector.names, (name) => accounts.groupId(name));
      return ids ? (each) => ids.includes(each.gid) : 'group name does not exist';
    }
    case 'own-terminal':
      return (each) => each.tty === self.tty;
    case 'terminal': {
      const names = selector.names.map((name) => name.replace(/^\/dev\//, ''));
      if (!names.every((name) => /^(pts\/\d+|\d+|tty\w*|console|\?|-)$/.test(name))) return 'TTY could not be found';
      return (each) =>
        names.some((name) => (name === '?' || name === '-' ? each.tty === undefined : each.tty === name || each.tty === `pts/${name}`));
    }
  }
}

/** Terminals that are asked for have to exist. */
function missingTerminal(context: ProcessContext, request: PsRequest): string | undefined {
  for (const selector of request.selectors) {
    if (selector.kind !== 'terminal') continue;
    for (const name of selector.names) {
      const device = name.replace(/^\/dev\//, '');
      if (
        device !== '?' &&
        device !== '-' &&
        [device, `pts/${device}`, `tty${device}`].every((each) => isErrno(context.kernel.vfs.stat(context.process, `/dev/${each}`)))
      )
        return 'TTY could not be found';
    }
  }
  return undefined;
}

function selection(request: PsRequest, accounts: Accounts, self: Self): Test | string {
  const tests: Test[] = [];
  for (const selector of request.selectors) {
    const test = testOf(selector, accounts, self);
    if (typeof test === 'string') return test;
    tests.push(test);
  }
  if (request.all || (request.bsdAll && request.bsdNoTerminal)) tests.push(() => true);
  else {
    if (request.bsdAll) tests.push((each) => each.tty !== undefined);
    if (request.bsdNoTerminal) tests.push((each) => each.uid === self.uid);
  }
  if (request.withTerminal) tests.push((each) => each.session !== each.pid && each.tty !== undefined);
  if (request.allButLeaders) tests.push((each) => each.session !== each.pid);
  if (tests.length === 0) {
    // Without any selection: own processes; at the own terminal, or (BSD) at any.
    tests.push(
      request.bsd
        ? (each) => each.uid === self.uid && each.tty !== undefined && each.tty === self.tty
        : (each) => each.uid === self.uid && each.tty === self.tty,
    );
  }
  return (each) => tests.some((test) => test(each)) !== request.negate && (!request.running || each.state === 'R');
}

function sorted(processes: readonly VisibleProcess[], request: PsRequest, view: View): readonly VisibleProcess[] | string {
  const keys: { readonly column: Column; readonly sign: number }[] = [];
  for (const key of request.sort) {
    const found = Object.hasOwn(COLUMNS, key.name) ? COLUMNS[key.name] : undefined;
    if (!found) return 'unknown sort specifier';
    keys.push({ column: found, sign: key.reverse ? -1 : 1 });
  }
  return [...processes].sort((a, b) => {
    for (const { column: by, sign } of keys) {
      const difference = by.order ? by.order(a, view) - by.order(b, view) : compareTexts(by.value(a, view), by.value(b, view));
      if (difference !== 0) return sign * difference;
    }
    return 0;
  });
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export const command: Command = {
  name: 'ps',
  suite: 'procps',
  summary: { zh: '列出进程', en: 'List processes' },
  options: [
    '-e',
    '-f',
    '-F',
    '-l',
    '-j',
    '-H',
    '-L',
    '-T',
    '-o',
    '-C',
    '-p',
    '-u',
    '-t',
    '-s',
    '--forest',
    '--sort',
    '--ppid',
    '--no-headers',
    'aux',
    'axf',
  ],
  *run(context) {
    const request = parsePsArguments(context.args);
    if ('error' in request) return fail(context, request.error);
    if (request.action !== 'list') {
      context.out(request.action === 'version' ? 'ps from procps-ng 4.0.2\n' : HELP);
      return 0;
    }
    const namespace = procNamespace(context);
    const ownNumber = namespace && pidIn(context.process, namespace);
    // It asks for itself by the number that getpid gives, which may be of another namespace than the mounted /proc.
    const own = pidIn(context.process, context.process.namespaces.pid);
    if (!namespace || ownNumber === undefined || own === undefined || visibleProcess(context, own) === undefined) {
      context.err('fatal library error, lookup self\n');
      return 1;
    }
    const accounts = yield* readAccounts(context);
    const me = visibleProcess(context, ownNumber);
    const missing = missingTerminal(context, request);
    const test = missing ?? selection(request, accounts, { uid: me?.uid ?? 0, tty: me?.tty });
    if (typeof test === 'string') return fail(context, test);
    const chosen = chosenColumns(request);
    if (typeof chosen === 'string') return fail(context, `unknown user-defined format specifier "${chosen}"`);
    const branchByPid = new Map<number, string>();
    const view: View = {
      accounts,
      now: context.simulation.wallClock,
      memory: machineMemory(context.kernel).total,
      environment: request.environment,
      branch: (each) => branchByPid.get(each.pid) ?? '',
      tpgid: (each) => (each.tty === undefined ? -1 : (foregroundGroup(each) ?? -1)),
    };
    let listed = sorted(visibleProcesses(context).filter(test), request, view);
    if (typeof listed === 'string') return fail(context, listed);
    if (request.tree) {
      const forest = growForest(listed, request.tree);
      for (const [pid, branch] of forest.branchByPid) branchByPid.set(pid, branch);
      listed = forest.ordered;
    }
    const tty = screenSize(context);
    const limit = tty === undefined || request.wide > 1 ? Number.POSITIVE_INFINITY : (request.columns ?? tty.columns) + (request.wide === 1 ? 52 : 0);
    if (request.headers && !chosen.hidden) context.out(`${layOut(chosen.columns, (each) => each.header, { limit, header: true })}\n`);
    for (const each of listed) {
      const behind = request.threads === 'm' ? 1 : 0;
      const lines = request.threads ? each.threads + behind : 1;
      for (let line = 0; line < lines; line++) {
        const cell = (one: Column): string =>
          behind === 1 && line > 0 && OF_PROCESSES.has(one) ? '-' : threadCell(one, each, { view, line: Math.max(0, line - behind) });
        context.out(`${layOut(chosen.columns, cell, { limit, header: false })}\n`);
      }
      yield* context.flush();
    }
    return listed.length > 0 ? 0 : 1;
  },
};

/** What a line of a thread behind its process leaves out. */
const OF_PROCESSES: ReadonlySet<Column> = new Set(columns('pid', 'ppid', 'tname', 'tty', 'ucmd', 'ucomm', 'cmd', 'command', 'args', 'comm'));

/** Thread ids follow their process's own. */
function threadCell(one: Column, process: VisibleProcess, at: { readonly view: View; readonly line: number }): string {
  const isThreadId = one === COLUMNS['lwp'] || one === COLUMNS['spid'] || one === COLUMNS['tid'];
  return isThreadId ? String(process.pid + at.line) : one.value(process, at.view);
}

function foregroundGroup(each: VisibleProcess): number | undefined {
  const group = each.process.tty?.foreground as typeof each.process | undefined;
  return group && pidIn(group, each.process.kernel.initial.pid);
}
