/** df: how full mounted file systems are, as the process sees them in its own mount table. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { sizeText } from '../../tool/size-text.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';
import { gnuReport, type Row } from './gnu-report.ts';

/** Inodes are not counted here: as many as mke2fs makes by default, tmpfs one per page; as full as the space. */
function inodesOf(type: string, size: number, used: number): { readonly inodes: number; readonly inodesUsed: number } {
  const each = type === 'tmpfs' ? 4 : 16;
  return { inodes: Math.floor(size / each), inodesUsed: Math.min(Math.floor(size / each), Math.ceil(used / 32) + 1) };
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
    const human = call.has('h');
    const inodes = call.has('i');
    const types = call.has('T');
    let status = 0;
    let rows: Row[] = [];
    if (call.operands.length === 0)
      rows = (yield* mountedRows(call)).filter((each) => !call.busybox || call.value('t') === undefined || each.type === call.value('t'));
    for (const path of call.operands) {
      const found = call.context.kernel.vfs.statfs(call.context.process, path);
      if (isErrno(found)) status = call.complain(call.busybox ? `${path}: can't find mount point` : `${path}: ${found.text}`);
      else {
        const { source, type, target, size, used } = found;
        rows.push({ source, type, target, size, used, file: path, ...inodesOf(type, size, used) });
      }
    }
    if (!call.busybox) return gnuReport(call, rows, status);
    const unit = call.has('m') ? 1024 : 1;
    const amount = (kibibytes: number): string => (human ? sizeText(kibibytes * 1024, 'busybox') : String(Math.ceil(kibibytes / unit)));
    // It rounds to the nearest percent.
    const percent = (used: number, size: number): string => (size === 0 ? '0%' : `${Math.round((used * 100) / size)}%`);
    const blocks = inodes ? 'Inodes' : human ? 'Size' : call.has('m') ? '1M-blocks' : call.has('P') ? '1024-blocks' : '1K-blocks';
    const table = rows.map((row) => [
      row.source,
      ...(types ? [row.type] : []),
      ...(inodes
        ? [String(row.inodes), String(row.inodesUsed), String(row.inodes - row.inodesUsed), percent(row.inodesUsed, row.inodes)]
        : [amount(row.size), amount(row.used), amount(row.size - row.used), percent(row.used, row.size)]),
      row.target,
    ]);
    call.out(busyboxTable(table, { types, blocks, human, posix: call.has('P') }));
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
    rows.push({ source, type, target, size: found.size, used: found.used, file: '-', ...inodesOf(type, found.size, found.used) });
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
  const head = `Filesystem           ${types ? 'Type       ' : ''}${(human || blocks === 'Inodes' ? blocks.padStart(9) : blocks).padEnd(15)}Used Available ${posix ? 'Capacity' : 'Use%'} Mounted on\n`;
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
