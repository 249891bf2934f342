/** tail: the last lines or bytes of files, and with -f what is added later. */
import { isErrno } from '../../../linux/errno.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { parseCount } from '../../tool/count.ts';
import { openInput } from '../../tool/input.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

/** Characters kept of a long input. */
const LIMIT = 8_000_000;

export const tail = defineTool({
  name: 'tail',
  suite: 'coreutils',
  summary: { zh: '输出末尾的若干行', en: 'Prints the last lines' },
  usage:
    'tail [OPTIONS] [FILE]...\n\nPrint last 10 lines of FILEs (or stdin) to.\nWith more than one FILE, precede each with a filename header.\n\n\t-c [+]N[bkm]\tPrint last N bytes\n\t-n N[bkm]\tPrint last N lines\n\t-n +N[bkm]\tStart on Nth line and print the rest\n\t\t\t(b:*512 k:*1024 m:*1024^2)\n\t-q\t\tNever print headers\n\t-v\t\tAlways print headers\n\t-f\t\tPrint data as file grows\n\t-F\t\tSame as -f, but keep retrying\n\t-s SECONDS\tWait SECONDS between reads with -f',
  gnuUsage: 'tail [OPTION]... [FILE]...',
  busybox: { short: 'n:c:qvfFs:0123456789' },
  gnu: {
    short: 'n:c:qvfFs:z0123456789',
    long: {
      lines: 'required',
      bytes: 'required',
      quiet: 'none',
      silent: 'none',
      verbose: 'none',
      follow: 'optional',
      retry: 'none',
      pid: 'required',
      'sleep-interval': 'required',
    },
  },
  *run(call) {
    const { context } = call;
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
    const follow = call.has('f', 'F', 'follow');
    const opened: { readonly path: string; readonly fd: number }[] = [];
    let status = 0;
    for (const path of files) {
      const fd = openInput(context, path);
      if (isErrno(fd)) {
        status = call.complain(call.busybox ? `can't open '${path}': ${fd.text}` : `cannot open '${path}' for reading: ${fd.text}`);
        continue;
      }
      if (headers) call.out(`${opened.length === 0 ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`);
      opened.push({ path, fd });
      const kept = yield* context.readAll(fd);
      if (isErrno(kept)) {
        status = call.complain(call.busybox ? `${path}: ${kept.text}` : `error reading '${path}': ${kept.text}`);
        continue;
      }
      call.out(lastPart(kept.slice(-LIMIT), count, { lines: bytes === undefined, fromStart: text.startsWith('+') }));
      yield* context.flush();
    }
    if (opened.length === 0) return call.busybox ? call.complain('no files') : status;
    if (follow) return yield* followFiles(call, opened, headers);
    return status;
  },
});

function lastPart(text: string, count: number, how: { readonly lines: boolean; readonly fromStart: boolean }): string {
  if (!how.fromStart) {
    if (!how.lines) return count === 0 ? '' : text.slice(-count);
    let at = text.endsWith('\n') ? text.length - 1 : text.length;
    if (count === 0) return '';
    for (let left = count; left > 0 && at >= 0; left--) at = at === 0 ? -1 : text.lastIndexOf('\n', at - 1);
    return text.slice(at + 1);
  }
  const parts = how.lines ? (text.match(/[^\n]*\n|[^\n]+$/g) ?? []) : [...text];
  return parts.slice(Math.max(0, count - 1)).join('');
}

function* followFiles(call: ToolCall, opened: readonly { readonly path: string; readonly fd: number }[], headers: boolean): Running {
  const { context } = call;
  const interval = Math.max(0.05, Number(call.value('s', 'sleep-interval') ?? '1')) * 1000;
  let shown = opened.at(-1)?.path;
  for (;;) {
    for (const { path, fd } of opened) {
      const file = context.process.files.get(fd);
      const piece = file?.read({ max: 65_536 });
      if (typeof piece !== 'string' || piece === '') continue;
      if (headers && shown !== path) call.out(`\n==> ${path} <==\n`);
      shown = path;
      call.out(piece);
      yield* context.flush();
    }
    yield* context.sleep(interval);
  }
}
