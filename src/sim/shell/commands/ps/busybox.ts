/** ps of BusyBox 1.37 (procps/ps.c): shows everything, whatever is selected; -e, -f and words without a dash are ignored. */
import type { Accounts } from '../../process-table/accounts.ts';
import { readAccounts } from '../../process-table/accounts.ts';
import { busyboxCommandLine } from '../../process-table/busybox-command-line.ts';
import { visibleProcesses, type VisibleProcess } from '../../process-table/visible-processes.ts';
import { wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { screenSize } from '../../process-table/screen-size.ts';
import type { Command } from '../../command.ts';

const USAGE = 'ps [-o COL1,COL2=HEADER] [-T]';

interface Column {
  readonly name: string;
  readonly header: string;
  readonly width: number;
  /** Numbers stand on the right. */
  readonly right?: boolean;
  readonly value: (process: VisibleProcess, view: View) => string;
}

interface View {
  readonly accounts: Accounts;
  readonly now: number;
}

/** procps/ps.c out_spec, in the order in which an error lists them. */
const COLUMNS: readonly Column[] = [
  { name: 'user', header: 'USER', width: 8, value: (each, view) => view.accounts.user(each.uid) ?? String(each.uid) },
  { name: 'group', header: 'GROUP', width: 8, value: (each, view) => view.accounts.group(each.gid) ?? String(each.gid) },
  { name: 'comm', header: 'COMMAND', width: 16, value: (each) => each.comm },
  { name: 'args', header: 'COMMAND', width: 256, value: (each) => busyboxCommandLine(each) },
  { name: 'pid', header: 'PID', width: 5, right: true, value: (each) => String(each.pid) },
  { name: 'ppid', header: 'PPID', width: 5, right: true, value: (each) => String(each.parent) },
  { name: 'pgid', header: 'PGID', width: 5, right: true, value: (each) => String(each.group) },
  { name: 'etime', header: 'ELAPSED', width: 7, right: true, value: (each, view) => minutes(view.now - each.started) },
  { name: 'nice', header: 'NI', width: 5, right: true, value: (each) => String(each.nice) },
  { name: 'rgroup', header: 'RGROUP', width: 8, value: (each, view) => view.accounts.group(each.gid) ?? String(each.gid) },
  { name: 'ruser', header: 'RUSER', width: 8, value: (each, view) => view.accounts.user(each.uid) ?? String(each.uid) },
  { name: 'time', header: 'TIME', width: 5, right: true, value: (each) => minutes(each.cpuTime) },
  { name: 'tty', header: 'TT', width: 6, value: (each) => terminalNumber(each.tty) },
  { name: 'vsz', header: 'VSZ', width: 4, right: true, value: (each) => size(each.virtual) },
  { name: 'sid', header: 'SID', width: 5, right: true, value: (each) => String(each.session) },
  { name: 'stat', header: 'STAT', width: 4, value: (each) => stat(each) },
  { name: 'rss', header: 'RSS', width: 4, right: true, value: (each) => size(each.resident) },
];

const DEFAULT = ['pid', 'user', 'time', 'args'];

/** `5:03`; from 1000 minutes on `17h05`, from 100 hours on `4d08` (procps/ps.c format_time). */
function minutes(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const minute = Math.floor(seconds / 60);
  if (minute < 1000) return `${minute}:${String(seconds % 60).padStart(2, '0')}`;
  const hour = Math.floor(minute / 60);
  if (hour < 100) return `${hour}h${String(minute % 60).padStart(2, '0')}`;
  return `${Math.floor(hour / 24)}d${String(hour % 24).padStart(2, '0')}`;
}

/** Major and minor number of the terminal; 0,0 is `?`. */
function terminalNumber(tty: string | undefined): string {
  return tty === undefined ? '?' : `136,${tty.split('/')[1] ?? '0'}`;
}

/** At most four characters: KiB, then `12m`, `1.2g` (libbb smart_ulltoa4). */
export function size(kib: number): string {
  if (kib < 10_000) return String(kib);
  let value = kib;
  for (const unit of 'mgt') {
    value /= 1024;
    if (value < 9.95) return `${value.toFixed(1)}${unit}`;
    if (value < 1000) return `${Math.round(value)}${unit}`;
  }
  return `${Math.round(value)}t`;
}

/** State, then W for nothing resident, then < or N for niceness (libbb/procps.c). */
export function stat(process: VisibleProcess): string {
  const nice = process.nice < 0 ? '<' : process.nice > 0 ? 'N' : '';
  const swapped = process.resident === 0 && process.state !== 'Z' ? 'W' : '';
  return `${process.state}${swapped}${nice}`;
}

type Chosen = Column & { readonly shown: string };

/** The columns of all -o words. @returns undefined after the complaint about an unknown one */
function choose(context: ProcessContext, lists: readonly string[]): readonly Chosen[] | undefined {
  const chosen: Chosen[] = [];
  for (const list of lists) {
    let rest = list;
    for (;;) {
      const equals = /^([^,=]*)=/.exec(rest);
      const comma = rest.indexOf(',');
      const hasTitle = equals !== null;
      const name = hasTitle ? (equals[1] ?? '') : comma < 0 ? rest : rest.slice(0, comma);
      const column = COLUMNS.find((each) => each.name === name);
      if (!column) {
        context.err(`ps: bad -o argument '${name}', supported arguments: ${COLUMNS.map((each) => each.name).join(',')}\n`);
        return undefined;
      }
      if (hasTitle) {
        // `name=` without a text hides the header and keeps the width; with a text, that decides the width.
        const title = rest.slice(name.length + 1).split(',')[0] ?? '';
        chosen.push({ ...column, shown: title, width: title === '' ? column.width : title.length });
        rest = rest.slice(name.length + 1 + title.length);
      } else {
        chosen.push({ ...column, shown: column.header });
        rest = rest.slice(name.length);
      }
      if (!rest.startsWith(',')) break;
      rest = rest.slice(1);
    }
  }
  return chosen;
}

function row(columns: readonly Chosen[], cell: (column: Chosen) => string, options: { readonly header: boolean; readonly limit: number }): string {
  let line = '';
  for (const [index, column] of columns.entries()) {
    const isLast = index === columns.length - 1;
    const text = column.right && !options.header ? cell(column) : cell(column).slice(0, column.width);
    line += isLast
      ? column.right && !options.header
        ? text.padStart(column.width)
        : text
      : column.right && !options.header
        ? `${text.padStart(column.width)} `
        : `${text.padEnd(column.width)} `;
  }
  return line.slice(0, options.limit);
}

export const command: Command = {
  name: 'ps',
  suite: 'busybox',
  summary: { zh: '列出进程', en: 'List processes' },
  options: ['-o', '-T'],
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const lists: string[] = [];
    let threads = false;
    const words = [...context.args];
    for (let word = words.shift(); word !== undefined; word = words.shift()) {
      if (word === '--') break;
      if (!word.startsWith('-') || word === '-') continue;
      for (let at = 1; at < word.length; at++) {
        const letter = word.charAt(at);
        // -a, -A, -d, -e, -f, -l … are taken and ignored "for compatibility" (getopt string "o:*aAdefl"T).
        if (letter === 'T') threads = true;
        else if (letter === 'o') {
          const value = word.slice(at + 1) === '' ? words.shift() : word.slice(at + 1);
          if (value === undefined) {
            context.err(`ps: option requires an argument -- 'o'\n`);
            writeBusyboxUsage(context, USAGE);
            return 1;
          }
          lists.push(value);
          break;
        } else if (!'aAdeflZ'.includes(letter)) {
          context.err(word.startsWith('--') ? `ps: unrecognized option '${word}'\n` : `ps: invalid option -- '${letter}'\n`);
          writeBusyboxUsage(context, USAGE);
          return 1;
        }
      }
    }
    const columns = choose(context, lists.length > 0 ? lists : [DEFAULT.join(',')]);
    if (!columns) return 1;
    const view: View = { accounts: yield* readAccounts(context), now: context.simulation.wallClock };
    const limit = screenSize(context)?.columns ?? Number.POSITIVE_INFINITY;
    if (columns.some((column) => column.shown !== '')) context.out(`${row(columns, (column) => column.shown, { header: true, limit })}\n`);
    for (const process of visibleProcesses(context)) {
      const lines = threads ? Math.max(1, process.threads) : 1;
      for (let line = 0; line < lines; line++) {
        const shown = line === 0 ? process : { ...process, pid: process.pid + line };
        context.out(`${row(columns, (column) => column.value(shown, view), { header: false, limit })}\n`);
      }
      yield* context.flush();
    }
    return 0;
  },
};
