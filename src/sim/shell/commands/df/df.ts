/** df: how full mounted file systems are, as the process sees them in its own mount table. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { sizeText } from '../../tool/size-text.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

interface Row {
  readonly source: string;
  readonly type: string;
  readonly target: string;
  readonly size: number;
  readonly used: number;
}

export const df = defineTool({
  name: 'df',
  suite: 'coreutils',
  summary: { zh: '显示文件系统的用量', en: 'Shows how full file systems are' },
  usage:
    'df [-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...\n\nPrint filesystem usage statistics\n\n\t-P\tPOSIX output format\n\t-k\t1024-byte blocks (default)\n\t-m\t1M-byte blocks\n\t-h\tHuman readable (e.g. 1K 243M 2G)\n\t-T\tPrint filesystem type\n\t-a\tShow all filesystems\n\t-i\tInodes',
  gnuUsage: 'df [OPTION]... [FILE]...',
  busybox: { short: 'PkmhTaiB:t:' },
  gnu: {
    short: 'PkmhHTaiB:t:lx:',
    long: {
      all: 'none',
      'human-readable': 'none',
      si: 'none',
      inodes: 'none',
      portability: 'none',
      'print-type': 'none',
      type: 'required',
      local: 'none',
      'exclude-type': 'required',
      total: 'none',
      'block-size': 'required',
      output: 'optional',
      sync: 'none',
      'no-sync': 'none',
    },
  },
  *run(call) {
    const human = call.has('h', 'human-readable', 'H', 'si');
    const types = call.has('T', 'print-type');
    let status = 0;
    let rows: Row[] = [];
    if (call.operands.length === 0)
      rows = (yield* mountedRows(call)).filter((each) => call.value('t', 'type') === undefined || each.type === call.value('t', 'type'));
    for (const path of call.operands) {
      const found = call.context.kernel.vfs.statfs(call.context.process, path);
      if (isErrno(found)) status = call.complain(call.busybox ? `${path}: can't find mount point` : `${path}: ${found.text}`);
      else rows.push({ source: found.source, type: found.type, target: found.target, size: found.size, used: found.used });
    }
    if (rows.length === 0 && !call.busybox) return status;
    const unit = call.has('m') ? 1024 : 1;
    const amount = (kibibytes: number): string => (human ? sizeText(kibibytes * 1024, call.family) : String(Math.ceil(kibibytes / unit)));
    // BusyBox rounds to the nearest percent, GNU rounds up.
    const percent = (row: Row): string =>
      row.size === 0 ? (call.busybox ? '0%' : '-') : `${(call.busybox ? Math.round : Math.ceil)((row.used * 100) / row.size)}%`;
    const blocks = human ? 'Size' : call.has('m') ? '1M-blocks' : call.has('P') ? '1024-blocks' : '1K-blocks';
    const table = rows.map((row) => [
      row.source,
      ...(types ? [row.type] : []),
      amount(row.size),
      amount(row.used),
      amount(row.size - row.used),
      percent(row),
      row.target,
    ]);
    call.out(
      call.busybox ? busyboxTable(table, { types, blocks, human, posix: call.has('P') }) : gnuTable(table, { types, blocks, human, posix: false }),
    );
    return status;
  },
});

function* mountedRows(call: ToolCall): Blocking<Row[]> {
  const text = yield* call.context.readFile('/proc/mounts');
  if (isErrno(text)) return [];
  const rows: Row[] = [];
  const devices = new Set<string>();
  for (const line of text.split('\n')) {
    const [source = '', target = '', type = ''] = line.split(' ');
    if (target === '') continue;
    const found = call.context.kernel.vfs.statfs(call.context.process, target);
    if (isErrno(found) || (found.size === 0 && !call.has('a', 'all'))) continue;
    if (!call.busybox && source.startsWith('/dev/') && devices.has(source) && !call.has('a', 'all')) continue;
    devices.add(source);
    rows.push({ source, type, target, size: found.size, used: found.used });
  }
  return rows;
}

interface Heading {
  readonly types: boolean;
  readonly blocks: string;
  readonly human: boolean;
  readonly posix: boolean;
}

function busyboxTable(rows: readonly (readonly string[])[], { types, blocks, human, posix }: Heading): string {
  const head = `Filesystem           ${types ? 'Type       ' : ''}${(human ? '     Size' : blocks).padEnd(15)}Used Available ${posix ? 'Capacity' : 'Use%'} Mounted on\n`;
  return (
    head +
    rows
      .map((row) => {
        const [source = '', ...rest] = row;
        const type = types ? ` ${(rest.shift() ?? '').padEnd(10)}` : '';
        const [size = '', used = '', left = '', use = '', target = ''] = rest;
        const name = source.length > 20 ? `${source}\n${' '.repeat(20)}` : source.padEnd(20);
        return `${name}${type} ${size.padStart(9)} ${used.padStart(9)} ${left.padStart(9)} ${use.padStart(4)} ${target}\n`;
      })
      .join('')
  );
}

function gnuTable(rows: readonly (readonly string[])[], { types, blocks, human }: Heading): string {
  const head = ['Filesystem', ...(types ? ['Type'] : []), blocks, 'Used', human ? 'Avail' : 'Available', 'Use%', 'Mounted on'];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const minimum = [14, ...(types ? [4] : []), human ? 5 : 5, human ? 5 : 5, 5, 4];
  return all
    .map((row) =>
      row
        .map((cell, column) => {
          const width = Math.max(widths[column] ?? 0, minimum[column] ?? 0);
          if (column === row.length - 1) return cell;
          return column === 0 || (types && column === 1) ? cell.padEnd(width) : cell.padStart(width);
        })
        .join(' '),
    )
    .map((line) => `${line}\n`)
    .join('');
}
