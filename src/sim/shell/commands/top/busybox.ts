/** top of BusyBox 1.37 (procps/top.c): a screenful every five seconds, keys, and batch mode. */
import { isErrno } from '../../../linux/errno.ts';
import { machineMemory } from '../../../linux/fs/proc/machine-memory.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { busyboxMistake, wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import { readAccounts } from '../../process-table/accounts.ts';
import { busyboxCommandLine } from '../../process-table/busybox-command-line.ts';
import { CpuMeter } from '../../process-table/cpu-meter.ts';
import { loadAverages } from '../../process-table/load.ts';
import { visibleProcesses, type VisibleProcess } from '../../process-table/visible-processes.ts';
import { screenSize } from '../../process-table/screen-size.ts';
import type { Command } from '../../command.ts';

const USAGE = 'top [-bmH] [-n COUNT] [-d SECONDS]';

interface Settings {
  readonly batch: boolean;
  sort: 'cpu' | 'memory' | 'time' | 'pid';
  reverse: boolean;
}

/** Five cells of the VSZ column: KiB, then `1336m`. */
function virtualSize(kib: number): string {
  return kib >= 100_000 ? `${Math.floor(kib / 1024)}m`.padStart(6) : String(kib).padStart(6);
}

function tenths(perMille: number): string {
  return `${Math.floor(perMille / 10)}.${perMille % 10}`;
}

class Screen {
  readonly #context: ProcessContext;
  readonly #settings: Settings;
  readonly #meter = new CpuMeter();

  constructor(context: ProcessContext, settings: Settings) {
    this.#context = context;
    this.#settings = settings;
  }

  *draw(): Blocking<void> {
    const context = this.#context;
    const { batch } = this.#settings;
    const tty = batch ? undefined : screenSize(context);
    const columns = tty?.columns ?? Number.POSITIVE_INFINITY;
    const memory = machineMemory(context.kernel);
    const accounts = yield* readAccounts(context);
    const processes = visibleProcesses(context);
    const shares = this.#meter.look(processes, context.simulation.now);
    const [one = '0.00', five = '0.00', fifteen = '0.00', running = '1/1', last = '1'] = yield* loadAverages(context);
    const head = [
      `Mem: ${memory.used}K used, ${memory.free}K free, ${memory.shared}K shrd, ${memory.buffers}K buff, ${memory.cached}K cached`,
      `CPU: ${percent(shares.user)} usr ${percent(0)} sys ${percent(0)} nic ${percent(shares.idle)} idle ${percent(0)} io ${percent(0)} irq ${percent(0)} sirq`,
      `Load average: ${one} ${five} ${fifteen} ${running} ${last}`,
    ].map((line) => line.slice(0, columns));
    const title = '  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND';
    const rows = [...processes]
      .sort((a, b) => this.#compare(a, b, shares.shareByPid))
      .map((each) => {
        const share = Math.floor((each.virtual * 1000) / memory.total);
        const cells = [
          String(each.pid).padStart(5),
          String(each.parent).padStart(5),
          (accounts.user(each.uid) ?? String(each.uid)).slice(0, 8).padEnd(8),
          each.state.padEnd(3).padEnd(4).slice(0, 3),
          `${virtualSize(each.virtual)}`,
          tenths(share).padStart(4),
          '0'.padStart(3),
          tenths(shares.shareByPid.get(each.pid) ?? 0).padStart(4),
        ];
        return `${cells.join(' ')} ${busyboxCommandLine(each)}`.slice(0, columns);
      });
    const shown = tty ? rows.slice(0, Math.max(0, tty.rows - head.length - 2)) : rows;
    const start = batch ? '' : '\u001b[H\u001b[J';
    const heading = batch ? title : `\u001b[7m${title}\u001b[m`;
    context.out(`${start}${head.join('\n')}\n${heading}${shown.map((line) => `\n${line}`).join('')}${batch ? '\n\n' : '\r'}`);
    yield* context.flush();
  }

  #compare(a: VisibleProcess, b: VisibleProcess, shareByPid: ReadonlyMap<number, number>): number {
    const { sort, reverse } = this.#settings;
    const byShare = (shareByPid.get(b.pid) ?? 0) - (shareByPid.get(a.pid) ?? 0);
    const byMemory = b.virtual - a.virtual;
    const byTime = b.cpuTime - a.cpuTime;
    const order = sort === 'cpu' ? byShare || byMemory : sort === 'memory' ? byMemory : sort === 'time' ? byTime : b.pid - a.pid;
    return (order || a.pid - b.pid) * (reverse ? -1 : 1);
  }
}

function percent(perMille: number): string {
  return `${tenths(perMille).padStart(4)}%`;
}

export const command: Command = {
  name: 'top',
  suite: 'busybox',
  summary: { zh: '实时显示进程', en: 'Show processes as they run' },
  options: ['-b', '-n', '-d', '-m', '-H'],
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    // Words without a dash get one (libbb make_all_argv_opts), but for the values of options.
    const words = context.args.map((word, index) => (word.startsWith('-') || /^-?[nd]$/.test(context.args[index - 1] ?? '') ? word : `-${word}`));
    const parsed = parseOptions(words, { short: 'd:n:bHm' });
    if (parsed.kind === 'mistake') return busyboxMistake(context, { name: 'top', message: parsed.message, usage: USAGE });
    const count = valueOf(parsed, 'n');
    const delay = valueOf(parsed, 'd') ?? '5';
    for (const number of [count ?? '1', delay]) {
      if (!/^\d+(\.\d+)?$/.test(number)) {
        context.err(`top: invalid number '${number}'\n`);
        return 1;
      }
    }
    const batch = has(parsed, 'b');
    const settings: Settings = { batch, sort: 'cpu', reverse: false };
    return yield* show(context, settings, { rounds: count === undefined ? Number.POSITIVE_INFINITY : Number(count), delay: Number(delay) * 1000 });
  },
};

function* show(context: ProcessContext, settings: Settings, pace: { readonly rounds: number; readonly delay: number }): Running {
  const input = context.process.files.get(0);
  const tty = settings.batch ? undefined : input?.tty;
  const saved = tty?.modes;
  tty?.setModes({ canonical: false, echo: false, signals: false });
  const screen = new Screen(context, settings);
  for (let round = 1; ; round++) {
    yield* screen.draw();
    if (round >= pace.rounds) break;
    if (yield* waitForKey(context, settings, { delay: pace.delay, interactive: tty !== undefined })) break;
  }
  if (saved) tty?.setModes(saved);
  if (!settings.batch) context.out('\n');
  return 0;
}

/** Waits until the next round. @returns whether a key asked to end */
function* waitForKey(
  context: ProcessContext,
  settings: Settings,
  wait: { readonly delay: number; readonly interactive: boolean },
): Blocking<boolean> {
  const deadline = context.simulation.now + wait.delay;
  if (!wait.interactive) {
    yield* context.sleep(wait.delay);
    return false;
  }
  for (;;) {
    const key = yield* context.read(0, { max: 1, deadline });
    if (isErrno(key)) {
      if (key.code === 'EINTR') continue;
      return key.code !== 'EAGAIN';
    }
    if (key === '' || key === '\u0003' || key.toLowerCase() === 'q') return true;
    const sort = ({ n: 'pid', m: 'memory', p: 'cpu', t: 'time' } as const)[key.toLowerCase()];
    if (sort) settings.sort = sort;
    else if (key.toLowerCase() === 'r') settings.reverse = !settings.reverse;
    else if (key !== ' ') continue;
    return false;
  }
}
