/** head: the first lines or bytes of files; stops reading as soon as it has them. */
import { isErrno } from '../../../linux/errno.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { parseCount } from '../../tool/count.ts';
import { closeInput, openInput } from '../../tool/input.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const head = defineTool({
  name: 'head',
  suite: 'coreutils',
  summary: { zh: '输出开头的若干行', en: 'Prints the first lines' },
  usage:
    'head [OPTIONS] [FILE]...\n\nPrint first 10 lines of FILEs (or stdin).\nWith more than one FILE, precede each with a filename header.\n\n\t-n N[bkm]\tPrint first N lines\n\t-n -N[bkm]\tPrint all except N last lines\n\t-c [-]N[bkm]\tPrint first N bytes\n\t\t\t(b:*512 k:*1024 m:*1024^2)\n\t-q\t\tNever print headers\n\t-v\t\tAlways print headers',
  gnuUsage: 'head [OPTION]... [FILE]...',
  busybox: { short: 'n:c:qv0123456789' },
  gnu: { short: 'n:c:qvz0123456789', long: { lines: 'required', bytes: 'required', quiet: 'none', silent: 'none', verbose: 'none' } },
  *run(call) {
    const digits = call.parsed.options
      .filter((each) => /^\d$/.test(each.name))
      .map((each) => each.name)
      .join('');
    const bytes = call.value('c', 'bytes');
    const text = bytes ?? call.value('n', 'lines') ?? (digits === '' ? '10' : digits);
    const count = parseCount(text.replace(/^[-+]/, ''));
    if (count === undefined)
      return call.complain(
        call.busybox ? `invalid number '${text}'` : `invalid number of ${bytes === undefined ? 'lines' : 'bytes'}: ${call.quote(text)}`,
      );
    const files = call.operands.length > 0 ? call.operands : ['-'];
    const headers = call.has('v', 'verbose') || (files.length > 1 && !call.has('q', 'quiet', 'silent'));
    let status = 0;
    let first = true;
    for (const path of files) {
      const fd = openInput(call.context, path);
      if (isErrno(fd)) {
        status = call.complain(call.busybox ? `${path}: ${fd.text}` : `cannot open '${path}' for reading: ${fd.text}`);
        continue;
      }
      if (headers) call.out(`${first ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`);
      first = false;
      status = Math.max(status, yield* copy(call, { fd, path, count, lines: bytes === undefined, except: text.startsWith('-') }));
      closeInput(call.context, fd);
    }
    return status;
  },
});

function* copy(
  call: ToolCall,
  what: { readonly fd: number; readonly path: string; readonly count: number; readonly lines: boolean; readonly except: boolean },
): Running {
  const { context } = call;
  let left = what.count;
  let kept = '';
  while (what.except || left > 0) {
    const piece = yield* context.read(what.fd, what.lines || what.except ? {} : { max: left });
    if (isErrno(piece)) {
      if (piece.code === 'EINTR') continue;
      return call.complain(call.busybox ? `${what.path}: ${piece.text}` : `error reading '${what.path}': ${piece.text}`);
    }
    if (piece === '') break;
    if (what.except) {
      kept += piece;
      yield* context.hold(kept.length);
      continue;
    }
    if (!what.lines) {
      left -= piece.length;
      const failure = call.context.write(1, piece);
      if (failure) return call.complain(`write error: ${failure.text}`);
      yield* context.flush();
      continue;
    }
    let at = 0;
    while (left > 0) {
      const end = piece.indexOf('\n', at);
      if (end < 0) {
        at = piece.length;
        break;
      }
      at = end + 1;
      left--;
    }
    call.out(piece.slice(0, at));
    yield* context.flush();
  }
  if (what.except) {
    const parts = what.lines ? (kept.match(/[^\n]*\n|[^\n]+$/g) ?? []) : [...kept];
    call.out(parts.slice(0, Math.max(0, parts.length - what.count)).join(''));
  }
  return 0;
}
