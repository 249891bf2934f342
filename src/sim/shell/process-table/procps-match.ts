/** How pgrep and pkill of procps-ng 4.0.2 choose processes (src/pgrep.c). */
import { isErrno } from '../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import { SIGNAL_NUMBERS, type SignalName } from '../../linux/process/signals.ts';
import { pidIn } from '../../linux/process/process.ts';
import { NAMESPACE_KINDS } from '../../linux/namespace/namespaces.ts';
import { has, parseOptions, valueOf, type ParsedOptions } from '../options/parse-options.ts';
import { readAccounts } from './accounts.ts';
import { compilePattern } from './pattern.ts';
import { procNamespace, visibleProcesses, type VisibleProcess } from './visible-processes.ts';

const LONG = {
  signal: 'required',
  ignore: 'none',
  count: 'none',
  delimiter: 'required',
  'list-name': 'none',
  'list-full': 'none',
  full: 'none',
  inverse: 'none',
  lightweight: 'none',
  echo: 'none',
  queue: 'required',
  pgroup: 'required',
  group: 'required',
  'ignore-case': 'none',
  newest: 'none',
  oldest: 'none',
  older: 'required',
  parent: 'required',
  session: 'required',
  terminal: 'required',
  euid: 'required',
  uid: 'required',
  exact: 'none',
  pidfile: 'required',
  logpidfile: 'none',
  runstates: 'required',
  'ignore-ancestors': 'none',
  cgroup: 'required',
  ns: 'required',
  nslist: 'required',
  help: 'none',
  version: 'none',
  wait: 'none',
  'require-handler': 'none',
} as const;

export interface ProcpsMatches {
  readonly parsed: ParsedOptions;
  readonly found: readonly VisibleProcess[];
}

function usage(name: string): string {
  return `\nUsage:\n ${name} [options] <pattern>\n`;
}

function hint(context: ProcessContext, name: string, message: string): number {
  context.err(`${name}: ${message}\nTry \`${name} --help' for more information.\n`);
  return 2;
}

/** @returns the exit code after a mistake that was told (or help), or what matches in the order of the numbers */
export function* matchAsProcps(
  context: ProcessContext,
  request: { readonly name: 'pgrep' | 'pkill'; readonly short: string; readonly words: readonly string[] },
): Blocking<ProcpsMatches | number> {
  const { name } = request;
  const parsed = parseOptions(request.words, { short: request.short, long: LONG });
  if (parsed.kind === 'mistake') {
    context.err(`${name}: ${parsed.message}\n${usage(name)}`);
    return 2;
  }
  if (has(parsed, 'h', 'help')) {
    context.out(usage(name));
    return 0;
  }
  if (has(parsed, 'V', 'version')) {
    context.out(`${name} from procps-ng 4.0.2\n`);
    return 0;
  }
  const pidFile = valueOf(parsed, 'F', 'pidfile');
  const fromFile = pidFile === undefined ? undefined : yield* context.readFile(pidFile);
  if (isErrno(fromFile) || (fromFile !== undefined && !/^\s*\d+/.test(fromFile))) {
    hint(context, name, 'pidfile not valid');
    return 1;
  }
  if ([has(parsed, 'n', 'newest'), has(parsed, 'o', 'oldest'), has(parsed, 'v', 'inverse')].filter(Boolean).length > 1) {
    context.err(usage(name));
    return 2;
  }
  const kinds = valueOf(parsed, 'nslist')?.split(',') ?? [];
  if (kinds.some((kind) => !/^(ipc|mnt|net|pid|user|uts|cgroup|time)$/.test(kind))) {
    return 2;
  }
  if (has(parsed, 'L', 'logpidfile') && pidFile === undefined) return hint(context, name, '-L without -F makes no sense');
  const accounts = yield* readAccounts(context);
  const tests: ((each: VisibleProcess) => boolean)[] = [];
  const list = (...names: readonly string[]): readonly string[] | undefined => valueOf(parsed, ...names)?.split(',');
  const ids = (
    words: readonly string[] | undefined,
    find: (word: string) => number | undefined,
    what: string | undefined,
  ): readonly number[] | string | undefined => {
    if (!words) return undefined;
    const found: number[] = [];
    for (const word of words) {
      const id = find(word) ?? (/^\d+$/.test(word) ? Number(word) : undefined);
      if (id === undefined) return what === undefined ? `not a number: ${word}` : `invalid ${what}: ${word}`;
      found.push(id);
    }
    return found;
  };
  const namespace = procNamespace(context);
  const own = (which: 'group' | 'session'): number => (namespace ? (pidIn(context.process[which], namespace) ?? 0) : 0);
  const criteria: readonly (readonly [readonly number[] | string | undefined, (each: VisibleProcess) => number])[] = [
    [ids(list('P', 'parent'), () => undefined, undefined), (each) => each.parent],
    [ids(list('g', 'pgroup'), (word) => (word === '0' ? own('group') : undefined), 'process group'), (each) => each.group],
    [ids(list('s', 'session'), (word) => (word === '0' ? own('session') : undefined), 'session id'), (each) => each.session],
    [ids(list('u', 'euid'), (word) => accounts.userId(word), 'user name'), (each) => each.uid],
    [ids(list('U', 'uid'), (word) => accounts.userId(word), 'user name'), (each) => each.uid],
    [ids(list('G', 'group'), (word) => accounts.groupId(word), 'group name'), (each) => each.gid],
  ];
  for (const [wanted, value] of criteria) {
    if (typeof wanted === 'string') {
      context.err(`${name}: ${wanted}\n`);
      return 2;
    }
    if (wanted) tests.push((each) => wanted.includes(value(each)));
  }
  const terminals = list('t', 'terminal')?.map((each) => each.replace(/^\/dev\//, ''));
  if (terminals) tests.push((each) => (each.tty === undefined ? terminals.includes('-') : terminals.includes(each.tty)));
  const states = valueOf(parsed, 'r', 'runstates');
  if (states !== undefined) tests.push((each) => states.includes(each.state));
  const older = valueOf(parsed, 'O', 'older');
  if (older !== undefined) tests.push((each) => context.simulation.wallClock - each.started >= Number(older) * 1000);
  if (fromFile !== undefined) tests.push((each) => each.pid === Number.parseInt(fromFile, 10));
  const namespacePid = valueOf(parsed, 'ns');
  if (namespacePid !== undefined) {
    const model = visibleProcesses(context).find((each) => String(each.pid) === namespacePid);
    const compared = NAMESPACE_KINDS.filter((kind) => kinds.length === 0 || kinds.includes(kind));
    tests.push((each) => model !== undefined && compared.every((kind) => each.process.namespaces[kind] === model.process.namespaces[kind]));
  }
  const [pattern] = parsed.operands;
  if (parsed.operands.length > 1) return hint(context, name, 'only one pattern can be provided');
  if (pattern === undefined && tests.length === 0) return hint(context, name, 'no matching criteria specified');
  const full = has(parsed, 'f', 'full');
  if (pattern !== undefined) {
    const compiled = compilePattern(pattern, { whole: has(parsed, 'x', 'exact'), ignoreCase: has(parsed, 'i', 'ignore-case') });
    if (compiled.kind === 'bad') {
      context.err(`${name}: regex error: ${compiled.message}\n`);
      return 2;
    }
    if (!full && pattern.length > 15 && /^[\w-]+$/.test(pattern)) {
      context.err(
        `${name}: pattern that searches for process name longer than 15 characters will result in zero matches\nTry \`${name} -f' option to match against the complete command line.\n`,
      );
    }
    tests.push((each) => compiled.expression.test(full && each.argv.length > 0 ? each.argv.join(' ') : each.comm));
  }
  const cgroups = list('cgroup');
  if (cgroups) tests.push((each) => cgroups.includes(each.process.cgroup));
  if (has(parsed, 'A', 'ignore-ancestors')) {
    const ancestors = new Set<unknown>();
    for (let at = context.process.parent; at; at = at.parent) ancestors.add(at);
    tests.push((each) => !ancestors.has(each.process));
  }
  const inverse = has(parsed, 'v', 'inverse');
  let found = visibleProcesses(context).filter((each) => each.process !== context.process && tests.every((test) => test(each)) !== inverse);
  const byAge = [...found].sort((a, b) => a.started - b.started || a.pid - b.pid);
  if (has(parsed, 'n', 'newest')) found = byAge.slice(-1);
  else if (has(parsed, 'o', 'oldest')) found = byAge.slice(0, 1);
  return { parsed, found };
}

/** A signal by name (with or without SIG, any case) or number. */
export function procpsSignal(text: string): SignalName | 'none' | undefined {
  if (text === '0') return 'none';
  const upper = text.toUpperCase();
  const full = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  const alias = full === 'SIGPOLL' ? 'SIGIO' : full;
  if (Object.hasOwn(SIGNAL_NUMBERS, alias)) return alias as SignalName;
  for (const [name, number] of Object.entries(SIGNAL_NUMBERS)) if (String(number) === text) return name as SignalName;
  return undefined;
}

/** Whether a word before the other options is a signal, as in `pkill -HUP`. */
export function isSignalWord(word: string): boolean {
  return /^-([A-Z][A-Z0-9]*|\d+)$/.test(word) && procpsSignal(word.slice(1)) !== undefined;
}
