/** top of procps-ng 4.0.2: the summary and the task area, in batch mode or on a screen that is redrawn every three seconds. */
import { isErrno } from '../../../linux/errno.ts';
import { machineMemory } from '../../../linux/fs/proc/machine-memory.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import { readAccounts, type Accounts } from '../../process-table/accounts.ts';
import { CpuMeter, type CpuShares } from '../../process-table/cpu-meter.ts';
import { uptimeLine } from '../../process-table/load.ts';
import { visibleProcesses, type VisibleProcess } from '../../process-table/visible-processes.ts';
import { screenSize } from '../../process-table/screen-size.ts';
import type { Command } from '../../command.ts';

const BOLD = '\u001b(B\u001b[m\u001b[39;49m\u001b[1m';
const PLAIN = '\u001b(B\u001b[m\u001b[39;49m';
const END_OF_LINE = '\u001b[K';
const TITLE = '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND';
/** The command's column is nine cells wide unless -w makes lines longer. */
const COMMAND_WIDTH = 8;

interface Settings {
  readonly batch: boolean;
  readonly pids: ReadonlySet<number> | undefined;
  readonly user: string | undefined;
  sort: 'cpu' | 'memory' | 'time' | 'pid';
  commandLine: boolean;
  readonly wide: boolean;
}

/** Marks every figure of a summary line as bold on a screen. */
type Figure = (text: string) => string;

const tenths = (perMille: number): string => `${Math.floor(perMille / 10)}.${perMille % 10}`;
const mebibytes = (kib: number): string => (kib / 1024).toFixed(1);

/** `1:11.06`; from 100 hours on without hundredths. */
function timePlus(milliseconds: number): string {
  const hundredths = Math.floor(milliseconds / 10);
  const minutes = Math.floor(hundredths / 6000);
  return `${minutes}:${String(Math.floor(hundredths / 100) % 60).padStart(2, '0')}.${String(hundredths % 100).padStart(2, '0')}`;
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}+` : text;
}

function row(
  each: VisibleProcess,
  shares: CpuShares,
  view: { readonly accounts: Accounts; readonly total: number; readonly settings: Settings; readonly width: number },
): string {
  const name = view.settings.commandLine ? each.argv.join(' ') || `[${each.comm}]` : each.comm;
  const command = view.settings.wide ? name : cut(name, view.width);
  return [
    String(each.pid).padStart(7),
    cut(view.accounts.user(each.uid) ?? String(each.uid), 8).padEnd(8),
    String(20 + each.nice).padStart(3),
    String(each.nice).padStart(3),
    String(each.virtual).padStart(7),
    String(each.resident).padStart(6),
    String(Math.floor(each.resident * 0.8)).padStart(6),
    each.state,
    tenths(shares.shareByPid.get(each.pid) ?? 0).padStart(5),
    tenths(Math.round((each.resident * 1000) / view.total)).padStart(5),
    timePlus(each.cpuTime).padStart(9),
    command,
  ].join(' ');
}

function* summary(
  context: ProcessContext,
  processes: readonly VisibleProcess[],
  { shares, figure }: { readonly shares: CpuShares; readonly figure: Figure },
): Blocking<readonly string[]> {
  const memory = machineMemory(context.kernel);
  const count = (states: string): string => figure(` ${String(processes.filter((each) => states.includes(each.state)).length).padStart(3)} `);
  const cpu = (perMille: number): string => figure(`${tenths(perMille).padStart(5)} `);
  const amount = (kib: number): string => figure(` ${mebibytes(kib).padStart(8)} `);
  return [
    `top - ${yield* uptimeLine(context, '0 user')}`,
    `Tasks:${figure(` ${String(processes.length).padStart(3)} `)}total,${count('R')}running,${count('S')}sleeping,${count('T')}stopped,${count('Z')}zombie`,
    `%Cpu(s):${cpu(shares.user)}us,${cpu(0)}sy,${cpu(0)}ni,${cpu(shares.idle)}id,${cpu(0)}wa,${cpu(0)}hi,${cpu(0)}si,${cpu(0)}st `,
    `MiB Mem :${amount(memory.total)}total,${amount(memory.free)}free,${amount(memory.used)}used,${amount(memory.buffers + memory.cached)}buff/cache     `,
    `MiB Swap:${amount(0)}total,${amount(0)}free,${amount(0)}used.${amount(memory.available)}avail Mem `,
  ];
}

class Screen {
  readonly #context: ProcessContext;
  readonly #settings: Settings;
  readonly #meter = new CpuMeter();

  constructor(context: ProcessContext, settings: Settings) {
    this.#context = context;
    this.#settings = settings;
  }

  *draw(first: boolean): Blocking<void> {
    const context = this.#context;
    const settings = this.#settings;
    const tty = settings.batch ? undefined : screenSize(context);
    const accounts = yield* readAccounts(context);
    const uid = settings.user === undefined ? undefined : (accounts.userId(settings.user) ?? Number(settings.user));
    const processes = visibleProcesses(context).filter((each) => (settings.pids?.has(each.pid) ?? true) && (uid === undefined || each.uid === uid));
    const shares = this.#meter.look(processes, context.simulation.now);
    const total = machineMemory(context.kernel).total;
    const width = tty ? Math.max(COMMAND_WIDTH, tty.columns - TITLE.length + 'COMMAND'.length) : COMMAND_WIDTH;
    const rows = [...processes].sort((a, b) => this.#compare(a, b, shares)).map((each) => row(each, shares, { accounts, total, settings, width }));
    const figure: Figure = tty ? (text) => `${BOLD}${text}${PLAIN}` : (text) => text;
    const head = yield* summary(context, processes, { shares, figure });
    if (!tty) {
      context.out(`${first ? '' : '\n'}${head.join('\n')}\n\n${TITLE}\n${rows.join('\n')}\n`);
      return;
    }
    const shown = rows.slice(0, Math.max(0, tty.rows - head.length - 2)).map((line) => `${PLAIN}${line.slice(0, tty.columns)}${END_OF_LINE}`);
    const blank = Array.from({ length: Math.max(0, tty.rows - head.length - 2 - shown.length) }, () => END_OF_LINE);
    const lines = [
      ...head.map((line) => `${line}${END_OF_LINE}`),
      END_OF_LINE,
      `\u001b[7m${TITLE.padEnd(tty.columns).slice(0, tty.columns)}${PLAIN}${END_OF_LINE}`,
      ...shown,
      ...blank,
    ];
    context.out(`${first ? '\u001b[?1h\u001b=\u001b[?25l\u001b[H\u001b[2J\u001b(B\u001b[m' : '\u001b[H'}${lines.join('\n')}`);
  }

  #compare(a: VisibleProcess, b: VisibleProcess, shares: CpuShares): number {
    const { sort } = this.#settings;
    const byShare = (shares.shareByPid.get(b.pid) ?? 0) - (shares.shareByPid.get(a.pid) ?? 0);
    const order = sort === 'cpu' ? byShare : sort === 'memory' ? b.resident - a.resident : sort === 'time' ? b.cpuTime - a.cpuTime : b.pid - a.pid;
    return order || a.pid - b.pid;
  }
}

const USAGE = `
Usage:
 top [options]
`;

const SORTS: Readonly<Record<string, Settings['sort']>> = {
  '%CPU': 'cpu',
  '%MEM': 'memory',
  'TIME+': 'time',
  TIME: 'time',
  PID: 'pid',
  RES: 'memory',
};

export const command: Command = {
  name: 'top',
  suite: 'procps',
  summary: { zh: '实时显示进程', en: 'Show processes as they run' },
  options: ['-b', '-n', '-d', '-p', '-u', '-c', '-o', '-w', '-H'],
  *run(context) {
    const parsed = parseOptions(
      context.args.map((word, index) => (index === 0 && /^[a-zA-Z]/.test(word) ? `-${word}` : word)),
      { short: 'bcd:E:e:Hhin:Oo:p:Ssu:U:Vw::1' },
    );
    if (parsed.kind === 'mistake') {
      context.err(`top: ${parsed.message}\n`);
      return 0;
    }
    if (has(parsed, 'h')) {
      context.out(USAGE);
      return 0;
    }
    if (has(parsed, 'V')) {
      context.out('top from procps-ng 4.0.2\n');
      return 0;
    }
    const pidWords = parsed.options.filter((option) => option.name === 'p').flatMap((option) => (option.value ?? '').split(','));
    const bad = pidWords.find((word) => !/^\d+$/.test(word));
    if (bad !== undefined) {
      context.err(`top: bad pid '${bad}'\n`);
      return 1;
    }
    const field = valueOf(parsed, 'o')?.replace(/^[+-]/, '');
    if (field !== undefined && !Object.hasOwn(SORTS, field)) {
      context.err(`top: unrecognized field name '${field}'\n`);
      return 1;
    }
    const delay = valueOf(parsed, 'd') ?? '3';
    if (!/^\d+(\.\d*)?$/.test(delay)) {
      context.err(`top: bad delay interval '${delay}'\n`);
      return 1;
    }
    const user = valueOf(parsed, 'u', 'U');
    if (user !== undefined && !/^\d+$/.test(user) && (yield* readAccounts(context)).userId(user) === undefined) {
      context.err('top: Invalid user\n');
      return 1;
    }
    const batch = has(parsed, 'b');
    if (!batch && !context.process.files.get(0)?.tty) {
      // Without a type of terminal it does not come as far as asking for one.
      if (context.env.has('TERM')) context.err('top: failed tty get\n');
      return 1;
    }
    const settings: Settings = {
      batch,
      pids: pidWords.length > 0 ? new Set(pidWords.map((word) => (word === '0' ? context.pid : Number(word)))) : undefined,
      user,
      sort: field === undefined ? 'cpu' : (SORTS[field] ?? 'cpu'),
      commandLine: has(parsed, 'c'),
      wide: has(parsed, 'w'),
    };
    const count = valueOf(parsed, 'n');
    if (count !== undefined && !/^\d+$/.test(count)) {
      context.err(`top: bad iterations argument '${count}'\n`);
      return 1;
    }
    return yield* show(context, settings, { rounds: count === undefined ? Number.POSITIVE_INFINITY : Number(count), delay: Number(delay) * 1000 });
  },
};

function* show(context: ProcessContext, settings: Settings, pace: { readonly rounds: number; readonly delay: number }): Running {
  const tty = settings.batch ? undefined : context.process.files.get(0)?.tty;
  const saved = tty?.modes;
  tty?.setModes({ canonical: false, echo: false });
  let interrupted = false;
  if (tty) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      context.handle(signal, () => {
        interrupted = true;
      });
  }
  const screen = new Screen(context, settings);
  for (let round = 1; ; round++) {
    yield* screen.draw(round === 1);
    if (round >= pace.rounds) break;
    if (!tty) {
      yield* context.sleep(pace.delay);
      continue;
    }
    if (yield* waitForKey(context, settings, { deadline: context.simulation.now + pace.delay, interrupted: () => interrupted })) break;
  }
  if (tty && saved) {
    tty.setModes(saved);
    context.out(`\u001b[?1l\u001b>\u001b[${(tty.rows || 24) + 1};1H\n\u001b[?12l\u001b[?25h\u001b[K`);
  }
  return 0;
}

/** @returns whether a key or a signal asked to end */
function* waitForKey(
  context: ProcessContext,
  settings: Settings,
  wait: { readonly deadline: number; readonly interrupted: () => boolean },
): Blocking<boolean> {
  for (;;) {
    const key = yield* context.read(0, { max: 1, deadline: wait.deadline });
    if (wait.interrupted()) return true;
    if (isErrno(key)) {
      if (key.code === 'EINTR') continue;
      return key.code !== 'EAGAIN';
    }
    if (key === '' || key === 'q') return true;
    const sort = ({ P: 'cpu', M: 'memory', T: 'time', N: 'pid' } as const)[key];
    if (sort) settings.sort = sort;
    else if (key === 'c') settings.commandLine = !settings.commandLine;
    else if (key !== ' ' && key !== '\n') continue;
    return false;
  }
}
