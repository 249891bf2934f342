/** stat and du: what the kernel knows of a file, and how much room trees take. */
import { isErrno } from '../../../linux/errno.ts';
import type { FileStatus } from '../../../linux/fs/vfs.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { readAccounts, type Accounts } from '../../process-table/accounts.ts';
import { joinPath } from '../../tool/copy-tree.ts';
import { modeText } from '../../tool/file-mode.ts';
import { sizeText } from '../../tool/size-text.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

const KINDS: Readonly<Record<FileStatus['kind'], string>> = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  'character-device': 'character special file',
  'block-device': 'block special file',
  fifo: 'fifo',
  socket: 'socket',
};

export const stat = defineTool({
  name: 'stat',
  suite: 'coreutils',
  summary: { zh: '显示文件的属性', en: 'Shows what is known of a file' },
  usage: 'stat [-ltf] [-c FMT] FILE...\n\nDisplay file (default) or filesystem status',
  gnuUsage: 'stat [OPTION]... FILE...',
  busybox: { short: 'ltfLc:' },
  gnu: { short: 'Lftc:', long: { format: 'required', printf: 'required', dereference: 'none', 'file-system': 'none', terse: 'none' } },
  *run(call) {
    if (call.operands.length === 0) return call.misuse('missing operand');
    const accounts = yield* readAccounts(call.context);
    let status = 0;
    for (const path of call.operands) {
      const { vfs } = call.context.kernel;
      const found = vfs.stat(call.context.process, path, call.has('L', 'dereference'));
      if (isErrno(found)) {
        status = call.complain(call.busybox ? `can't stat '${path}': ${found.text}` : `cannot statx '${path}': ${found.text}`);
        continue;
      }
      const target = found.kind === 'symlink' ? vfs.readlink(call.context.process, path) : undefined;
      const name =
        target !== undefined && !isErrno(target)
          ? { plain: path, quoted: `${call.busybox ? `'${path}'` : `'${path}'`} -> '${target}'`, long: `${path} -> ${target}` }
          : { plain: path, quoted: `'${path}'`, long: path };
      const format = call.value('c', 'format', 'printf');
      if (format !== undefined) call.out(filled(call, format, { status: found, accounts, name }) + (call.has('printf') ? '' : '\n'));
      else call.out(described(call, { status: found, accounts, name }));
    }
    return status;
  },
});

interface Subject {
  readonly status: FileStatus;
  readonly accounts: Accounts;
  readonly name: { readonly plain: string; readonly quoted: string; readonly long: string };
}

function timeText(milliseconds: number): string {
  return new Date(milliseconds)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.(\d+)Z$/, '.$1000000 +0000');
}

function values(call: ToolCall, { status, accounts, name }: Subject): Readonly<Record<string, string>> {
  const { uid, gid } = status;
  return {
    n: name.plain,
    N: call.busybox && status.kind !== 'symlink' ? name.plain : name.quoted,
    s: String(status.size),
    b: String(Math.ceil(status.size / 4096) * 8),
    B: '512',
    f: status.mode.toString(16),
    F: status.kind === 'file' && status.size === 0 ? 'regular empty file' : KINDS[status.kind],
    u: String(uid),
    g: String(gid),
    U: accounts.user(uid) ?? 'UNKNOWN',
    G: accounts.group(gid) ?? 'UNKNOWN',
    a: (status.mode & 0o7777).toString(8),
    A: modeText(status.kind, status.mode),
    i: String(status.inode),
    h: String(status.links),
    d: '65024',
    D: 'fe00',
    o: '4096',
    t: '0',
    T: '0',
    x: timeText(status.modified),
    y: timeText(status.modified),
    z: timeText(status.modified),
    w: '-',
    X: String(Math.floor(status.modified / 1000)),
    Y: String(Math.floor(status.modified / 1000)),
    Z: String(Math.floor(status.modified / 1000)),
    W: '0',
    m: '/',
    '%': '%',
  };
}

function filled(call: ToolCall, format: string, subject: Subject): string {
  const known = values(call, subject);
  return format
    .replace(/%(-?\d*)([a-zA-Z%])/g, (whole, width: string, code: string) => {
      const value = known[code];
      return value === undefined ? whole : width.startsWith('-') ? value.padEnd(-Number(width)) : value.padStart(Number(width));
    })
    .replace(/\\n/g, call.has('printf') ? '\n' : '\\n')
    .replace(/\\t/g, call.has('printf') ? '\t' : '\\t');
}

function described(call: ToolCall, subject: Subject): string {
  const get = values(call, subject);
  const v = (code: string): string => get[code] ?? '';
  const access = `Access: (${v('a').padStart(4, '0')}/${v('A')})  Uid: (${v('u').padStart(5)}/${v('U').padStart(8)})   Gid: (${v('g').padStart(5)}/${v('G').padStart(8)})\n`;
  const times = `Access: ${v('x')}\nModify: ${v('y')}\nChange: ${v('z')}\n`;
  const head = `  File: ${subject.name.long}\n  Size: ${v('s').padEnd(10)}\tBlocks: ${v('b').padEnd(10)} IO Block: ${v('o').padEnd(6)} ${v('F')}\n`;
  if (call.busybox) return `${head}Device: ${v('D')}h/${v('d')}d\tInode: ${v('i').padEnd(10)}  Links: ${v('h')}\n${access}${times}`;
  return `${head}Device: 254,0\tInode: ${v('i').padEnd(11)} Links: ${v('h')}\n${access}${times} Birth: -\n`;
}

export const du = defineTool({
  name: 'du',
  suite: 'coreutils',
  summary: { zh: '显示目录占用的空间', en: 'Shows how much room trees take' },
  usage: 'du [-aHLdclsxhmk] [FILE]...\n\nSummarize disk space used for FILEs (or directories)',
  gnuUsage: 'du [OPTION]... [FILE]...',
  busybox: { short: 'aHLd:clsxhmkb' },
  gnu: {
    short: 'abBcd:DhHkLlmsSxX:0',
    long: {
      all: 'none',
      'human-readable': 'none',
      summarize: 'none',
      'max-depth': 'required',
      total: 'none',
      bytes: 'none',
      'one-file-system': 'none',
    },
  },
  *run(call) {
    const depth = call.has('s', 'summarize') ? 0 : Number(call.value('d', 'max-depth') ?? Number.POSITIVE_INFINITY);
    const show = (kibibytes: number): string =>
      call.has('h', 'human-readable')
        ? kibibytes === 0
          ? '0'
          : sizeText(kibibytes * 1024, call.family)
        : String(call.has('m') ? Math.ceil(kibibytes / 1024) : kibibytes);
    let status = 0;
    let total = 0;
    function* measure(path: string, level: number): Blocking<number> {
      const { vfs } = call.context.kernel;
      const found = vfs.stat(call.context.process, path, false);
      if (isErrno(found)) {
        status = call.complain(call.busybox ? `${path}: ${found.text}` : `cannot access '${path}': ${found.text}`);
        return 0;
      }
      let size = found.kind === 'file' || found.kind === 'directory' ? Math.ceil(found.size / 4096) * 4 : 0;
      const directory = found.kind === 'directory';
      if (directory) {
        const names = vfs.readdir(call.context.process, path);
        if (isErrno(names)) status = call.complain(call.busybox ? `${path}: ${names.text}` : `cannot read directory '${path}': ${names.text}`);
        else for (const name of names) size += yield* measure(joinPath(path, name), level + 1);
        yield* call.context.checkpoint();
      }
      if (level <= depth && (directory || level === 0 || call.has('a', 'all'))) call.out(`${show(size)}\t${path}\n`);
      return size;
    }
    for (const path of call.operands.length > 0 ? call.operands : ['.']) total += yield* measure(path, 0);
    if (call.has('c', 'total')) call.out(`${show(total)}\ttotal\n`);
    return status;
  },
});
