/** tail: the last lines or bytes of files, and with -f what is added later. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { parseCount } from '../../tool/count.ts';
import { openInput } from '../../tool/input.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

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
      const how = { count, lines: bytes === undefined };
      const failure = text.startsWith('+') ? yield* passFrom(call, fd, how) : yield* keepLast(call, fd, how);
      if (failure) status = call.complain(call.busybox ? `${path}: ${failure.text}` : `error reading '${path}': ${failure.text}`);
      yield* context.flush();
    }
    if (opened.length === 0) return call.busybox ? call.complain('no files') : status;
    if (follow) return yield* followFiles(call, opened, headers);
    return status;
  },
});

interface Wanted {
  readonly count: number;
  readonly lines: boolean;
}

/** Newlines in `text`. */
function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** Reads to the end and prints the last part; holds no more than that part needs, however long the input is. */
function* keepLast({ context }: ToolCall, fd: number, { count, lines }: Wanted): Blocking<Errno | undefined> {
  const pieces: { readonly text: string; readonly size: number }[] = [];
  let size = 0;
  let length = 0;
  for (;;) {
    const text = yield* context.read(fd);
    if (isErrno(text)) {
      if (text.code === 'EINTR') continue;
      return text;
    }
    if (text === '') break;
    const piece = { text, size: lines ? newlines(text) : text.length };
    pieces.push(piece);
    size += piece.size;
    length += text.length;
    // One newline more than lines are wanted: the last one may have none.
    for (let first = pieces[0]; first && size - first.size > count; first = pieces[0]) {
      size -= first.size;
      length -= first.text.length;
      pieces.shift();
    }
    yield* context.hold(length);
  }
  context.out(lastPart(pieces.map((each) => each.text).join(''), count, lines));
  return undefined;
}

function lastPart(text: string, count: number, lines: boolean): string {
  if (count === 0) return '';
  if (!lines) return text.slice(-count);
  let at = text.endsWith('\n') ? text.length - 1 : text.length;
  for (let left = count; left > 0 && at >= 0; left--) at = at === 0 ? -1 : text.lastIndexOf('\n', at - 1);
  return text.slice(at + 1);
}

/** `+N`: leaves out what comes before line or byte N, and prints the rest as it comes. */
function* passFrom({ context }: ToolCall, fd: number, { count, lines }: Wanted): Blocking<Errno | undefined> {
  for (let left = Math.max(0, count - 1); ;) {
    const text = yield* context.read(fd);
    if (isErrno(text)) {
      if (text.code === 'EINTR') continue;
      return text;
    }
    if (text === '') return undefined;
    let start = 0;
    if (!lines) {
      start = Math.min(left, text.length);
      left -= start;
    }
    for (; lines && left > 0 && start < text.length; left--) {
      const end = text.indexOf('\n', start);
      start = end < 0 ? text.length : end + 1;
      if (end < 0) break;
    }
    context.out(text.slice(start));
    yield* context.flush();
  }
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
