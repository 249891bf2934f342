/** ls: names and properties of files, in columns on a terminal. Colours and widths follow the family. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import type { FileStatus } from '../../../linux/fs/vfs.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { readAccounts, type Accounts } from '../../process-table/accounts.ts';
import { listingDate, modeText } from '../../tool/file-mode.ts';
import { sizeText } from '../../tool/size-text.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';
import { layOut } from './columns.ts';
import { colored } from './colors.ts';

export interface Entry {
  /** As it is shown. */
  readonly name: string;
  readonly path: string;
  readonly status: FileStatus;
  readonly target: string | undefined;
  /** A link whose target had to be shown and could not be read. */
  readonly unreadable: boolean;
}

export const ls = defineTool({
  name: 'ls',
  suite: 'coreutils',
  summary: { zh: '列出文件', en: 'Lists files' },
  usage: 'ls [-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...\n\nList directory contents',
  gnuUsage: 'ls [OPTION]... [FILE]...',
  busybox: { short: '1AaCxdLHRFplinshrSXvctugkw:T:', long: { 'full-time': 'none', 'group-directories-first': 'none', color: 'optional' } },
  gnu: {
    short: '1AaBbCcDdFfGgHhIiklLmNnopqQrRsStTuUvw:xXZ',
    long: {
      all: 'none',
      'almost-all': 'none',
      color: 'optional',
      directory: 'none',
      'human-readable': 'none',
      inode: 'none',
      recursive: 'none',
      reverse: 'none',
      size: 'none',
      sort: 'required',
      time: 'required',
      'full-time': 'none',
      classify: 'optional',
      'group-directories-first': 'none',
      'no-group': 'none',
      'numeric-uid-gid': 'none',
      dereference: 'none',
      'time-style': 'required',
    },
  },
  mistake: 2,
  run: list,
});

function* list(call: ToolCall): Running {
  const accounts = yield* readAccounts(call.context);
  const paths = call.operands.length > 0 ? call.operands : ['.'];
  const long = call.has('l', 'g', 'o', 'n', 'full-time', 'numeric-uid-gid');
  const directories: Entry[] = [];
  const files: Entry[] = [];
  let status = 0;
  for (const path of paths) {
    const entry = entryOf(call, path, path);
    if (isErrno(entry)) {
      status = call.busybox ? call.complain(`${path}: ${entry.text}`) : (call.complain(`cannot access '${path}': ${entry.text}`), 2);
      continue;
    }
    const linked = entry.status.kind === 'symlink' && !long ? call.context.kernel.vfs.stat(call.context.process, path) : entry.status;
    // BusyBox stops at links that lead nowhere; GNU falls back to the link itself, but not when it may not look.
    if (isErrno(linked) && (call.busybox || (linked.code !== 'ENOENT' && linked.code !== 'ELOOP'))) {
      status = call.busybox ? call.complain(`${path}: ${linked.text}`) : (call.complain(`cannot access '${path}': ${linked.text}`), 2);
      continue;
    }
    // GNU takes a link that it was asked about and cannot read seriously; of one in a directory it says 1 (ls.c file_failure).
    if (entry.unreadable && !call.busybox) status = 2;
    if (!isErrno(linked) && linked.kind === 'directory' && !call.has('d', 'directory')) directories.push(entry);
    else files.push(entry);
  }
  const several = paths.length > 1 || call.has('R', 'recursive');
  show(call, sorted(call, files), { accounts, total: false });
  for (const [index, directory] of sorted(call, directories).entries()) {
    if (several) call.out(`${index > 0 || files.length > 0 ? '\n' : ''}${directory.name}:\n`);
    status = Math.max(status, yield* listDirectory(call, directory.path, accounts));
  }
  return status;
}

function* listDirectory(call: ToolCall, path: string, accounts: Accounts): Running {
  const { context } = call;
  const names = context.kernel.vfs.readdir(context.process, path);
  if (isErrno(names))
    return call.busybox ? call.complain(`can't open '${path}': ${names.text}`) : (call.complain(`cannot open directory '${path}': ${names.text}`), 2);
  const all = call.has('a', 'all');
  const shown = all ? ['.', '..', ...names] : call.has('A', 'almost-all') ? names : names.filter((each) => !each.startsWith('.'));
  const entries = shown
    .map((each) => entryOf(call, path.endsWith('/') ? `${path}${each}` : `${path}/${each}`, each))
    .filter((each): each is Entry => !isErrno(each));
  const order = sorted(call, entries);
  show(call, order, { accounts, total: true });
  yield* context.flush();
  yield* context.checkpoint();
  let status = !call.busybox && order.some((each) => each.unreadable) ? 1 : 0;
  if (call.has('R', 'recursive')) {
    for (const each of order) {
      if (each.status.kind !== 'directory' || each.name === '.' || each.name === '..') continue;
      call.out(`\n${each.path}:\n`);
      status = Math.max(status, yield* listDirectory(call, each.path, accounts));
    }
  }
  return status;
}

function entryOf(call: ToolCall, path: string, name: string): Entry | Errno {
  const { vfs } = call.context.kernel;
  const { process } = call.context;
  const through = call.has('L', 'dereference');
  const status = vfs.stat(process, path, through);
  if (isErrno(status)) return status;
  const target = status.kind === 'symlink' ? vfs.readlink(process, path) : undefined;
  const unreadable = isErrno(target) && call.has('l');
  if (unreadable) call.complain(call.busybox ? `${path}: cannot read link: ${target.text}` : `cannot read symbolic link '${path}': ${target.text}`);
  return { name, path, status, unreadable, target: target === undefined || isErrno(target) ? undefined : target };
}

function sorted(call: ToolCall, entries: readonly Entry[]): Entry[] {
  if (call.has('U', 'f')) return [...entries];
  const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const byName = (a: Entry, b: Entry): number => byText(a.name, b.name);
  const extension = (each: Entry): string => each.name.split('.').slice(1).at(-1) ?? '';
  const order = entries.toSorted((a, b) => {
    if (call.has('t') || call.value('sort') === 'time') return b.status.modified - a.status.modified || byName(a, b);
    if (call.has('S') || call.value('sort') === 'size') return b.status.size - a.status.size || byName(a, b);
    if (call.has('X')) return byText(extension(a), extension(b)) || byName(a, b);
    return byName(a, b);
  });
  if (call.has('group-directories-first')) order.sort((a, b) => Number(b.status.kind === 'directory') - Number(a.status.kind === 'directory'));
  return call.has('r', 'reverse') ? order.reverse() : order;
}

function show(call: ToolCall, entries: readonly Entry[], how: { readonly accounts: Accounts; readonly total: boolean }): void {
  const tty = call.context.process.files.get(1)?.tty;
  const color = usesColor(call, tty !== undefined);
  const long = call.has('l', 'g', 'o', 'n', 'full-time', 'numeric-uid-gid');
  const blocks = entries.reduce((sum, each) => sum + blocksOf(each.status), 0);
  if (how.total && (long || call.has('s', 'size')))
    call.out(`total ${call.has('h', 'human-readable') ? sizeText(blocks * 1024, call.family) : blocks}\n`);
  if (entries.length === 0) return;
  const inodes = call.has('i', 'inode');
  const inodeWidth = Math.max(...entries.map((each) => String(each.status.inode).length));
  const label = (each: Entry): string => colored(each, { family: call.family, on: color }) + classified(call, each);
  const front = (each: Entry): string =>
    `${inodes ? `${String(each.status.inode).padStart(call.busybox ? 7 : inodeWidth)} ` : ''}${call.has('s', 'size') ? `${String(blocksOf(each.status)).padStart(4)} ` : ''}`;
  if (long) {
    const minorWidth = Math.max(...entries.map((each) => String(each.status.special?.minor ?? '').length));
    const rows = entries.map((each) => longRow(call, each, { accounts: how.accounts, minorWidth }));
    const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row.cells[column] ?? '').length)));
    entries.forEach((each, index) => {
      const row = rows[index];
      if (!row) return;
      const [links = '', user = '', group = '', size = ''] = row.cells;
      const cells = call.busybox
        ? [links.padStart(4), ...(call.has('g') ? [] : [user.padEnd(8)]), ...(call.has('o') ? [] : [group.padEnd(8)]), size.padStart(9)]
        : [
            links.padStart(widths[0] ?? 0),
            ...(call.has('g') ? [] : [user.padEnd(widths[1] ?? 0)]),
            ...(call.has('o', 'G', 'no-group') ? [] : [group.padEnd(widths[2] ?? 0)]),
            size.padStart(widths[3] ?? 0),
          ];
      const arrow = each.target === undefined ? '' : ` -> ${each.target}`;
      call.out(`${front(each)}${modeText(each.status.kind, each.status.mode)} ${cells.join(' ')} ${row.date} ${label(each)}${arrow}\n`);
    });
    return;
  }
  const columns = call.has('C', 'x') || (tty !== undefined && !call.has('1'));
  if (call.has('m')) {
    call.out(`${entries.map((each) => label(each)).join(', ')}\n`);
    return;
  }
  if (!columns) {
    for (const each of entries) call.out(`${front(each)}${label(each)}\n`);
    return;
  }
  const items = entries.map((each) => ({ text: front(each) + label(each), width: (front(each) + each.name + classified(call, each)).length }));
  const width = Number(call.value('w') ?? tty?.columns ?? 80);
  call.out(layOut(items, { width, family: call.family, across: call.has('x') }));
}

function usesColor(call: ToolCall, tty: boolean): boolean {
  const wanted = call.parsed.options.find((each) => each.name === 'color');
  if (wanted) return wanted.value === 'always' || wanted.value === undefined || (wanted.value === 'auto' && tty);
  return call.busybox && tty && (call.context.env.get('TERM') ?? 'dumb') !== 'dumb';
}

function classified(call: ToolCall, { status }: Entry): string {
  const all = call.has('F', 'classify');
  if (status.kind === 'directory' && (all || call.has('p'))) return '/';
  if (!all) return '';
  if (status.kind === 'symlink') return '@';
  if (status.kind === 'fifo') return '|';
  if (status.kind === 'socket') return '=';
  return status.kind === 'file' && (status.mode & 0o111) !== 0 ? '*' : '';
}

function blocksOf(status: FileStatus): number {
  return status.blocks;
}

/** @param listing `minorWidth`: characters of its longest minor device number, which GNU aligns by */
function longRow(
  call: ToolCall,
  { status }: Entry,
  { accounts, minorWidth }: { readonly accounts: Accounts; readonly minorWidth: number },
): { readonly cells: readonly string[]; readonly date: string } {
  const numeric = call.has('n', 'numeric-uid-gid');
  const { uid, gid } = status;
  const { special } = status;
  const size = special
    ? call.busybox
      ? `${String(special.major).padStart(4)},${String(special.minor).padStart(4)}`
      : `${special.major}, ${String(special.minor).padStart(minorWidth)}`
    : call.has('h', 'human-readable')
      ? sizeText(status.size, call.family)
      : String(status.size);
  const now = call.context.simulation.wallClock;
  const date = call.has('full-time')
    ? new Date(status.modified)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, call.busybox ? ' +0000' : '.000000000 +0000')
    : listingDate(status.modified, now);
  return {
    cells: [
      String(status.links),
      numeric ? String(uid) : (accounts.user(uid) ?? String(uid)),
      numeric ? String(gid) : (accounts.group(gid) ?? String(gid)),
      size,
    ],
    date,
  };
}
