/** findmnt of util-linux 2.38.1 (misc-utils/findmnt.c): the mount table as a tree or a list, from /proc/self/mountinfo. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

interface MountLine {
  readonly id: number;
  readonly parent: number;
  readonly device: string;
  readonly root: string;
  readonly target: string;
  readonly type: string;
  readonly source: string;
  readonly vfs: string;
  readonly fs: string;
  readonly propagation: string;
}

/** By header; `tree` is the branch before TARGET. */
const COLUMNS: Readonly<Record<string, (mount: MountLine) => string>> = {
  TARGET: (each) => each.target,
  SOURCE: (each) => (each.root === '/' || each.root === '' ? each.source : `${each.source}[${each.root}]`),
  FSTYPE: (each) => each.type,
  OPTIONS: (each) => joined(each.vfs, each.fs),
  'VFS-OPTIONS': (each) => each.vfs,
  'FS-OPTIONS': (each) => each.fs,
  PROPAGATION: (each) => each.propagation,
  'MAJ:MIN': (each) => each.device,
  FSROOT: (each) => each.root,
  ID: (each) => String(each.id),
  PARENT: (each) => String(each.parent),
  LABEL: () => '',
  UUID: () => '',
};

/** Options of the mount, then those of the file system that it does not repeat. */
function joined(vfs: string, fs: string): string {
  const own = vfs.split(',');
  return [...own, ...fs.split(',').filter((each) => each !== '' && each !== 'rw' && each !== 'ro' && !own.includes(each))].join(',');
}

export const { gnu: command } = defineTool({
  name: 'findmnt',
  suite: 'util-linux',
  summary: { zh: '查看挂载表', en: 'Shows the mount table' },
  usage: 'findmnt [options] [<device> | <mountpoint>]',
  busybox: { short: '' },
  gnu: {
    short: 'aAbcCDeEfFhiJklmMnN:o:O:pPrRsS:t:T:uUvVwyx',
    long: {
      noheadings: 'none',
      output: 'required',
      types: 'required',
      target: 'required',
      source: 'required',
      mountpoint: 'required',
      json: 'none',
      list: 'none',
      raw: 'none',
      pairs: 'none',
      submounts: 'none',
      'first-only': 'none',
      all: 'none',
      real: 'none',
      pseudo: 'none',
      help: 'none',
      version: 'none',
    },
  },
  version: 'findmnt from util-linux 2.38.1',
  *run(call) {
    if (call.has('V', 'version')) {
      call.out('findmnt from util-linux 2.38.1\n');
      return 0;
    }
    const names = (call.value('o', 'output') ?? 'TARGET,SOURCE,FSTYPE,OPTIONS').split(',').map((each) => each.toUpperCase());
    const unknown = names.find((each) => !Object.hasOwn(COLUMNS, each));
    if (unknown !== undefined) return call.complain(`unknown column: ${(call.value('o', 'output') ?? '').split(',')[names.indexOf(unknown)] ?? ''}`);
    const all = yield* mounts(call);
    const wanted = chosen(call, all);
    if (wanted.length === 0) return 1;
    const filtered = call.operands.length > 0 || call.has('t', 'types', 'T', 'target', 'S', 'source', 'l', 'list', 'r', 'raw', 'P', 'pairs');
    const branches = filtered ? new Map<MountLine, string>() : branchesOf(all);
    const cells = (each: MountLine): string[] =>
      names.map((name) => (name === 'TARGET' ? (branches.get(each) ?? '') : '') + (COLUMNS[name]?.(each) ?? ''));
    const rows = (filtered ? wanted : [...branches.keys()]).map((each) => cells(each));
    write(call, names, rows);
    return 0;
  },
});

function* mounts(call: ToolCall): Blocking<readonly MountLine[]> {
  const text = yield* call.context.readFile('/proc/self/mountinfo');
  if (isErrno(text)) return [];
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const fields = line.split(' ');
      const dash = fields.indexOf('-');
      const tags = fields.slice(6, dash);
      return {
        id: Number(fields[0]),
        parent: Number(fields[1]),
        device: fields[2] ?? '',
        root: fields[3] ?? '',
        target: fields[4] ?? '',
        vfs: fields[5] ?? '',
        type: fields[dash + 1] ?? '',
        source: fields[dash + 2] ?? '',
        fs: fields[dash + 3] ?? '',
        propagation: tags.some((tag) => tag.startsWith('shared:')) ? 'shared' : 'private',
      };
    });
}

function chosen(call: ToolCall, all: readonly MountLine[]): readonly MountLine[] {
  const types = call.value('t', 'types')?.split(',');
  const [what, below] = call.operands;
  const within = call.value('T', 'target');
  const source = call.value('S', 'source');
  let list = all.filter((each) => types === undefined || types.includes(each.type));
  if (source !== undefined) list = list.filter((each) => each.source === source);
  if (within !== undefined) {
    const real = call.context.kernel.vfs.realpath(call.context.process, within);
    const holders = isErrno(real) ? [] : list.filter((each) => each.target === '/' || real === each.target || real.startsWith(`${each.target}/`));
    return holders.sort((a, b) => b.target.length - a.target.length).slice(0, 1);
  }
  if (what !== undefined) {
    const target = what.length > 1 ? what.replace(/\/$/, '') : what;
    list = list.filter(
      (each) => each.target === target || (below === undefined ? each.source === what : each.target === below && each.source === what),
    );
    // Of mounts over each other the last is the one that is seen.
    const tops = list.filter((each, index) => !list.some((other, at) => at > index && other.target === each.target));
    return call.has('f', 'first-only') ? tops.slice(0, 1) : tops;
  }
  return list;
}

/** Every mount below its parent, with the lines that draw the tree. */
function branchesOf(all: readonly MountLine[]): Map<MountLine, string> {
  const branches = new Map<MountLine, string>();
  const walk = (mount: MountLine, own: string, below: string): void => {
    branches.set(mount, own);
    const children = all.filter((each) => each.parent === mount.id && each !== mount);
    children.forEach((child, index) => {
      const last = index === children.length - 1;
      walk(child, `${below}${last ? '`-' : '|-'}`, `${below}${last ? '  ' : '| '}`);
    });
  };
  for (const mount of all) if (!branches.has(mount) && !all.some((each) => each.id === mount.parent && each !== mount)) walk(mount, '', '');
  return branches;
}

function write(call: ToolCall, names: readonly string[], rows: readonly (readonly string[])[]): void {
  if (call.has('J', 'json')) {
    const objects = rows.map(
      (row) => `      {\n${names.map((name, at) => `         "${name.toLowerCase()}": ${JSON.stringify(row[at] ?? '')}`).join(',\n')}\n      }`,
    );
    call.out(
      `{\n   "filesystems": [\n${objects
        .join(',')
        .replaceAll('},      {', '},{')
        .replace(/\},\s*\{/g, '},{')}\n   ]\n}\n`,
    );
    return;
  }
  if (call.has('P', 'pairs')) {
    for (const row of rows) call.out(`${names.map((name, at) => `${name}="${row[at] ?? ''}"`).join(' ')}\n`);
    return;
  }
  const table = call.has('n', 'noheadings') ? rows : [names, ...rows];
  if (call.has('r', 'raw')) {
    for (const row of table) call.out(`${row.join(' ')}\n`);
    return;
  }
  const widths = names.map((_, at) => Math.max(...table.map((row) => (row[at] ?? '').length)));
  for (const row of table) call.out(`${row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join(' ')}\n`);
}
