/** free in both families: the same table with a different width of its first column, and other words for sizes. */
import { machineMemory } from '../../../linux/fs/proc/machine-memory.ts';
import { defineTool } from '../../tool/tool.ts';

const COLUMNS = ['total', 'used', 'free', 'shared', 'buff/cache', 'available'] as const;

/** Three significant cells: `23Gi` or (BusyBox) `23.5G`. */
function human(kib: number, busybox: boolean): string {
  if (kib === 0) return busybox ? '0' : '0B';
  let value = kib;
  for (const unit of ['K', 'M', 'G', 'T']) {
    if (value < 1024) {
      if (busybox) return `${value < 1000 ? value.toFixed(1) : Math.round(value)}${unit}`;
      return `${value < 10 && value % 1 !== 0 ? value.toFixed(1) : Math.floor(value)}${unit}i`;
    }
    value /= 1024;
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
    short: 'bkmghlts:c:wVL',
    long: {
      bytes: 'none',
      kibi: 'none',
      kilo: 'none',
      mebi: 'none',
      mega: 'none',
      gibi: 'none',
      giga: 'none',
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
  // eslint-disable-next-line require-yield -- reads figures only
  *run(call) {
    if (call.has('V') && !call.busybox) {
      call.out('free from procps-ng 4.0.2\n');
      return 0;
    }
    const count = call.value('c', 'count');
    if (count !== undefined && !/^\d+$/.test(count)) return call.complain(`failed to parse count argument: '${count}'`);
    const memory = machineMemory(call.context.kernel);
    const unit = call.has('b', 'bytes') ? 1 / 1024 : call.has('m', 'mebi') ? 1024 : call.has('g', 'gibi') ? 1024 * 1024 : 1;
    const text = (kib: number): string => (call.has('h', 'human') ? human(kib, call.busybox) : String(Math.floor(kib / unit)));
    const wide = call.has('w', 'wide');
    const cache = memory.buffers + memory.cached;
    const titles = wide ? ['total', 'used', 'free', 'shared', 'buffers', 'cache', 'available'] : COLUMNS;
    const figures = [memory.total, memory.used, memory.free, memory.shared, ...(wide ? [memory.buffers, memory.cached] : [cache]), memory.available];
    const indent = call.busybox ? 7 : 8;
    const row = (name: string, cells: readonly string[]): string => `${name.padEnd(indent)}${cells.map((cell) => cell.padStart(12)).join('')}\n`;
    call.out(row('', titles));
    call.out(row('Mem:', figures.map(text)));
    call.out(
      row(
        'Swap:',
        ['0', '0', '0'].map((zero) => (call.has('h', 'human') && !call.busybox ? `${zero}B` : zero)),
      ),
    );
    if (call.has('t', 'total')) call.out(row('Total:', [memory.total, memory.used, memory.free].map(text)));
    return 0;
  },
});
