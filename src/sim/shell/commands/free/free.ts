/** free in both families: the same table with a different width of its first column, and other words for sizes. */
import { machineMemory } from '../../../linux/fs/proc/machine-memory.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

const COLUMNS = ['total', 'used', 'free', 'shared', 'buff/cache', 'available'] as const;

/** Three significant cells: `23Gi`, `25G` (`--si`) or (BusyBox) `23.5G`. */
function human(kib: number, { busybox, si }: { readonly busybox: boolean; readonly si: boolean }): string {
  if (kib === 0) return busybox ? '0' : '0B';
  const step = si ? 1000 : 1024;
  let value = si ? kib * 1.024 : kib;
  for (const unit of ['K', 'M', 'G', 'T']) {
    if (value < step) {
      if (busybox) return `${value < 1000 ? value.toFixed(1) : Math.round(value)}${unit}`;
      return `${value < 10 && value % 1 !== 0 ? value.toFixed(1) : Math.floor(value)}${unit}${si ? '' : 'i'}`;
    }
    value /= step;
  }
  return String(kib);
}

export const free = defineTool({
  name: 'free',
  suite: 'procps',
  summary: { zh: '显示内存使用', en: 'Show memory use' },
  usage: 'free [-bkmgh]',
  gnuUsage: 'free [options]',
  version: 'free from procps-ng 4.0.2',
  busybox: { short: 'bkmgth', long: {} },
  gnu: {
    short: 'bkmghlts:c:wV',
    long: {
      bytes: 'none',
      kibi: 'none',
      kilo: 'none',
      mebi: 'none',
      mega: 'none',
      gibi: 'none',
      giga: 'none',
      tebi: 'none',
      tera: 'none',
      si: 'none',
      human: 'none',
      total: 'none',
      wide: 'none',
      lohi: 'none',
      seconds: 'required',
      count: 'required',
      help: 'none',
      version: 'none',
    },
  },
  *run(call) {
    if (call.has('V') && !call.busybox) {
      call.out('free from procps-ng 4.0.2\n');
      return 0;
    }
    const count = call.value('c', 'count');
    if (count !== undefined && !/^\d+$/.test(count)) return call.complain(`failed to parse count argument: '${count}'`);
    if (!call.busybox && call.operands.length > 0) return call.misuse(undefined);
    const every = call.value('s', 'seconds');
    if (every !== undefined && !/^\d+\.?\d*$/.test(every)) return call.complain(`seconds argument failed: '${every}': Invalid argument`);
    if (every !== undefined && Number(every) <= 0) return call.complain(`seconds argument \`${every}' is not positive number`);
    if (count === '0') return call.complain("failed to parse count argument: '0': Numerical result out of range");
    for (let left = count === undefined ? (every === undefined ? 1 : Infinity) : Number(count); left > 0; left--) {
      report(call);
      if (left === 1) break;
      call.out('\n');
      yield* call.context.flush();
      yield* call.context.sleep(Number(every ?? 1) * 1000);
    }
    return 0;
  },
});

/** How many KiB each option counts in; with --si the binary ones are decimal. */
const UNITS: Readonly<Record<string, number>> = {
  b: 1 / 1024,
  k: 1,
  m: 1024,
  g: 1024 ** 2,
  tebi: 1024 ** 3,
  kilo: 1000 / 1024,
  mega: 1e6 / 1024,
  giga: 1e9 / 1024,
  tera: 1e12 / 1024,
};
const LETTERS: Readonly<Record<string, string>> = { bytes: 'b', kibi: 'k', mebi: 'm', gibi: 'g' };
const DECIMAL: Readonly<Record<string, string>> = { k: 'kilo', m: 'mega', g: 'giga', tebi: 'tera' };

function report(call: ToolCall): void {
  const memory = machineMemory(call.context.kernel);
  const si = call.has('si');
  const given = call.parsed.options.map(({ name }) => LETTERS[name] ?? name).findLast((name) => Object.hasOwn(UNITS, name)) ?? 'k';
  const unit = UNITS[si ? (DECIMAL[given] ?? given) : given] ?? 1;
  const text = (kib: number): string => (call.has('h', 'human') ? human(kib, { busybox: call.busybox, si }) : String(Math.floor(kib / unit)));
  const wide = call.has('w', 'wide');
  const cache = memory.buffers + memory.cached;
  const titles = wide ? ['total', 'used', 'free', 'shared', 'buffers', 'cache', 'available'] : COLUMNS;
  const figures = [memory.total, memory.used, memory.free, memory.shared, ...(wide ? [memory.buffers, memory.cached] : [cache]), memory.available];
  const indent = call.busybox ? 7 : 8;
  const row = (name: string, cells: readonly string[]): string => `${name.padEnd(indent)}${cells.map((cell) => cell.padStart(12)).join('')}\n`;
  call.out(row('', titles));
  call.out(row('Mem:', figures.map(text)));
  if (call.has('l', 'lohi')) {
    call.out(row('Low:', [memory.total, memory.total - memory.free, memory.free].map(text)));
    call.out(row('High:', [0, 0, 0].map(text)));
  }
  call.out(
    row(
      'Swap:',
      ['0', '0', '0'].map((zero) => (call.has('h', 'human') && !call.busybox ? `${zero}B` : zero)),
    ),
  );
  if (call.has('t', 'total')) call.out(row('Total:', [memory.total, memory.used, memory.free].map(text)));
}
