/** hexdump, hd and od: bytes as numbers. */
import { isErrno } from '../../../linux/errno.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { readInput } from '../../tool/input.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';
import { utf8Bytes } from '../../bytes/utf8-bytes.ts';
import { canonicalRow, rowsOf, wordRow, characterRow } from './dump-rows.ts';

const USAGE = 'hexdump [-bcdoxCv] [-e FMT] [-f FMT_FILE] [-n LEN] [-s OFS] [FILE]...\n\nDisplay FILEs (or stdin) in a user specified format';

export const hexdump = defineTool({
  name: 'hexdump',
  suite: 'util-linux',
  summary: { zh: '以十六进制显示内容', en: 'Shows bytes in hexadecimal' },
  usage: USAGE,
  gnuUsage: 'hexdump [options] <file>...',
  busybox: { short: 'bcdoxCvn:s:e:f:' },
  gnu: { short: 'bcdoxCvn:s:e:f:' },
  run: (call) =>
    dump(
      call,
      call.has('C')
        ? 'canonical'
        : call.has('c')
          ? 'characters'
          : call.has('b')
            ? 'octal-bytes'
            : call.has('d')
              ? 'decimal'
              : call.has('o')
                ? 'octal'
                : 'hexadecimal',
    ),
});

export const hd = defineTool({
  name: 'hd',
  suite: 'util-linux',
  summary: { zh: '以十六进制显示内容', en: 'Shows bytes in hexadecimal' },
  usage: 'hd FILE...\n\nhd is an alias for hexdump -C',
  busybox: { short: 'vn:s:' },
  gnu: { short: 'vn:s:' },
  run: (call) => dump(call, 'canonical'),
});

export const od = defineTool({
  name: 'od',
  suite: 'coreutils',
  summary: { zh: '以八进制等形式显示内容', en: 'Dumps bytes' },
  usage:
    'od [-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j SKIP] [-S MINSTR] [-w WIDTH] [FILE]...\n\nPrint FILEs (or stdin) unambiguously, as octal bytes by default',
  gnuUsage: 'od [OPTION]... [FILE]...',
  busybox: { short: 'abcdfhilovxst:A:N:j:w::' },
  gnu: {
    short: 'abcdfhilovxst:A:N:j:w::',
    long: { format: 'required', 'address-radix': 'required', 'read-bytes': 'required', 'skip-bytes': 'required' },
  },
  *run(call) {
    const type = call.value('t', 'format') ?? '';
    const style: Style =
      call.has('c') || type.startsWith('c')
        ? 'characters'
        : call.has('b') || type === 'o1'
          ? 'octal-bytes'
          : type.startsWith('x1')
            ? 'hexadecimal-bytes'
            : call.has('x', 'h') || type.startsWith('x')
              ? 'hexadecimal'
              : call.has('d') || type.startsWith('u')
                ? 'decimal'
                : 'octal';
    return yield* dump(call, style, { radix: call.value('A', 'address-radix') ?? 'o', narrow: true });
  },
});

type Style = 'canonical' | 'characters' | 'octal-bytes' | 'hexadecimal-bytes' | 'decimal' | 'octal' | 'hexadecimal';

function* dump(call: ToolCall, style: Style, od?: { readonly radix: string; readonly narrow: boolean }): Running {
  let text = '';
  let status = 0;
  for (const path of call.operands.length > 0 ? call.operands : ['-']) {
    const piece = yield* readInput(call.context, path);
    if (isErrno(piece)) status = call.complain(`${path}: ${piece.text}`);
    else text += piece;
  }
  if (status !== 0 && text === '') return status;
  const skip = Number(call.value('s', 'j', 'skip-bytes') ?? 0);
  const limit = Number(call.value('n', 'N', 'read-bytes') ?? Number.POSITIVE_INFINITY);
  const bytes = utf8Bytes(text).slice(skip, skip + limit);
  const address = (offset: number): string => {
    if (style === 'canonical') return offset.toString(16).padStart(8, '0');
    if (!od) return offset.toString(16).padStart(7, '0');
    return od.radix === 'n' ? '' : offset.toString(od.radix === 'x' ? 16 : od.radix === 'd' ? 10 : 8).padStart(od.radix === 'x' ? 6 : 7, '0');
  };
  let previous: string | undefined;
  let starred = false;
  for (const [index, row] of rowsOf(bytes).entries()) {
    const shown =
      style === 'canonical'
        ? canonicalRow(row)
        : style === 'characters' || style.endsWith('-bytes')
          ? characterRow(row, style as 'characters')
          : wordRow(row, { style: style as 'octal', narrow: od !== undefined });
    if (shown === previous && row.length === 16 && !call.has('v')) {
      if (!starred) call.out('*\n');
      starred = true;
      continue;
    }
    previous = shown;
    starred = false;
    call.out(`${address(skip + index * 16)}${shown}\n`);
  }
  if (bytes.length > 0 || od) {
    const end = address(skip + bytes.length);
    if (end !== '') call.out(`${end}\n`);
  }
  yield* call.context.flush();
  return status;
}
