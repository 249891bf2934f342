/** wc: counts of lines, words and bytes. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { byteLength, closeInput, openInput } from '../../tool/input.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

type Counts = Readonly<Record<'lines' | 'words' | 'chars' | 'bytes' | 'longest', number>>;

export const wc = defineTool({
  name: 'wc',
  suite: 'coreutils',
  summary: { zh: '统计行数、词数、字节数', en: 'Counts lines, words and bytes' },
  usage:
    'wc [-cmlwL] [FILE]...\n\nCount lines, words, and bytes for FILEs (or stdin)\n\n\t-c\tCount bytes\n\t-m\tCount characters\n\t-l\tCount newlines\n\t-w\tCount words\n\t-L\tPrint longest line length',
  gnuUsage: 'wc [OPTION]... [FILE]...',
  busybox: { short: 'cmlwL' },
  gnu: { short: 'cmlwL', long: { bytes: 'none', chars: 'none', lines: 'none', words: 'none', 'max-line-length': 'none', total: 'required' } },
  *run(call) {
    const chosen = chosenCounts(call);
    const rows: { readonly counts: Counts; readonly name: string | undefined }[] = [];
    let status = 0;
    for (const path of call.operands.length > 0 ? call.operands : [undefined]) {
      const counts = yield* count(call, path ?? '-', new Set(chosen));
      if (isErrno(counts)) {
        status = call.complain(`${path ?? ''}: ${counts.text}`);
        if (counts.code === 'EISDIR') rows.push({ counts: NOTHING, name: path });
        continue;
      }
      rows.push({ counts, name: path });
    }
    if (call.operands.length > 1) rows.push({ counts: total(rows.map((each) => each.counts)), name: 'total' });
    call.out(rows.map((each) => formatRow(call, each, { chosen, rows })).join(''));
    return status;
  },
});

function chosenCounts(call: ToolCall): readonly (keyof Counts)[] {
  const chosen: (keyof Counts)[] = [];
  if (call.has('l', 'lines')) chosen.push('lines');
  if (call.has('w', 'words')) chosen.push('words');
  if (call.has('m', 'chars')) chosen.push('chars');
  if (call.has('c', 'bytes')) chosen.push('bytes');
  if (call.has('L', 'max-line-length')) chosen.push('longest');
  return chosen.length > 0 ? chosen : ['lines', 'words', 'bytes'];
}

const NOTHING: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 };

/** Counts piece by piece: the input may be longer than any memory. */
function* count(call: ToolCall, path: string, wanted: ReadonlySet<keyof Counts>): Blocking<Counts | Errno> {
  const { context } = call;
  const fd = openInput(context, path);
  if (isErrno(fd)) return fd;
  const counts = { ...NOTHING };
  let length = 0;
  let inWord = false;
  for (;;) {
    const piece = yield* context.read(fd);
    if (isErrno(piece)) {
      if (piece.code === 'EINTR') continue;
      return piece;
    }
    if (piece === '') break;
    counts.bytes += byteLength(piece);
    yield* context.giveWay(piece.length);
    // GNU's tables are as wide as the bytes; all else is counted for who asks.
    if (wanted.size === 1 && wanted.has('bytes')) continue;
    const lines = piece.split('\n');
    counts.lines += lines.length - 1;
    counts.words += (piece.match(/\S+/g)?.length ?? 0) - Number(inWord && /^\S/.test(piece));
    inWord = /\S$/.test(piece);
    counts.chars += piece.length - (piece.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
    for (const [index, line] of lines.entries()) {
      length = (index === 0 ? length : 0) + line.length;
      counts.longest = Math.max(counts.longest, length);
    }
  }
  closeInput(context, fd);
  return counts;
}

function total(all: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): number => all.reduce((value, each) => value + each[key], 0);
  return {
    lines: sum('lines'),
    words: sum('words'),
    chars: sum('chars'),
    bytes: sum('bytes'),
    longest: Math.max(0, ...all.map((each) => each.longest)),
  };
}

/** GNU makes columns as wide as the largest number of bytes, and 7 wide for a pipe; BusyBox 9 wide. */
function formatRow(
  call: ToolCall,
  row: { readonly counts: Counts; readonly name: string | undefined },
  table: { readonly chosen: readonly (keyof Counts)[]; readonly rows: readonly { readonly counts: Counts }[] },
): string {
  const single = table.chosen.length === 1 && call.operands.length < 2;
  const widest = Math.max(...table.rows.map((each) => String(each.counts.bytes).length));
  const width = single ? 1 : call.busybox ? 9 : call.operands.length === 0 ? 7 : widest;
  const numbers = table.chosen.map((key) => String(row.counts[key]).padStart(width)).join(call.busybox && !single ? ' ' : ' ');
  return `${numbers}${row.name === undefined ? '' : ` ${row.name}`}\n`;
}
