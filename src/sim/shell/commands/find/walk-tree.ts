/** find: walks directories and tests what it meets: names, kinds, sizes, times; prints, runs commands, deletes. */
import { isErrno } from '../../../linux/errno.ts';
import type { FileStatus } from '../../../linux/fs/vfs.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { readAccounts, type Accounts } from '../../process-table/accounts.ts';
import { listingDate, modeText } from '../../tool/file-mode.ts';
import { findOnPath } from '../../tool/run-program.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';
import { readExpression, type Expression, type FindProblem } from './expression.ts';
import { compilePattern, matchesPattern } from '../../interpreter/glob-pattern.ts';

export const find = defineTool({
  name: 'find',
  suite: 'findutils',
  summary: { zh: '在目录树里查找文件', en: 'Finds files in directories' },
  usage:
    'find [-HL] [PATH]... [OPTIONS] [ACTIONS]\n\nSearch for files and perform actions on them.\nFirst failed action stops processing of current file.\nDefaults: PATH is current directory, action is -print',
  gnuUsage: 'find [-H] [-L] [-P] [-Olevel] [-D debugopts] [path...] [expression]',
  busybox: { short: '', raw: true },
  gnu: { short: '', raw: true },
  version: 'find (GNU findutils) 4.9.0',
  run: (call) => runFind(call, call.operands),
});

interface Meeting {
  readonly path: string;
  readonly name: string;
  readonly status: FileStatus;
  readonly depth: number;
}

interface Search {
  readonly call: ToolCall;
  readonly expression: Expression;
  readonly minDepth: number;
  readonly maxDepth: number;
  readonly depthFirst: boolean;
  readonly oneDevice: boolean;
  readonly now: number;
  readonly accounts: Accounts;
  status: number;
  over: boolean;
  pruned: boolean;
  readonly batches: Map<readonly string[], string[]>;
}

/** The whole of find: its options are words of an expression, not of getopt. */
function* runFind(call: ToolCall, words: readonly string[]): Blocking<number> {
  const rest = [...words];
  while (rest[0] !== undefined && /^-[HLP]$/.test(rest[0])) rest.shift();
  const roots: string[] = [];
  while (rest[0] !== undefined && !/^(?:-.|[!(),])/.test(rest[0])) roots.push(rest.shift() ?? '');
  const parsed = readExpression(rest);
  if ('problem' in parsed) return complain(call, parsed.problem);
  for (const [index, word] of rest.entries()) {
    if (word !== '-newer') continue;
    const reference = rest[index + 1] ?? '';
    const found = call.context.kernel.vfs.stat(call.context.process, reference);
    if (isErrno(found)) return call.complain(call.busybox ? `can't stat '${reference}': ${found.text}` : `${call.quote(reference)}: ${found.text}`);
  }
  const search: Search = {
    call,
    expression: parsed.expression,
    minDepth: parsed.minDepth,
    maxDepth: parsed.maxDepth,
    depthFirst: parsed.depthFirst,
    oneDevice: parsed.oneDevice,
    now: call.context.simulation.wallClock,
    accounts: yield* readAccounts(call.context),
    status: 0,
    over: false,
    pruned: false,
    batches: new Map(),
  };
  for (const root of roots.length > 0 ? roots : ['.']) {
    if (search.over) break;
    yield* visit(search, root, { depth: 0, device: undefined });
  }
  for (const [command, paths] of search.batches)
    if (paths.length > 0)
      yield* runCommand(
        search,
        command.flatMap((each) => (each === '{}' ? paths : [each])),
      );
  return search.status;
}

function complain(call: ToolCall, problem: FindProblem): number {
  if (call.busybox) {
    call.complain(
      problem.kind === 'unknown'
        ? `unrecognized: ${problem.word}`
        : problem.kind === 'missing'
          ? `option ${problem.word} requires an argument`
          : `invalid argument '${problem.word}'${call.busybox && problem.kind === 'type' ? " to '-type'" : ''}`,
    );
    if (problem.kind === 'unknown') call.misuse(undefined);
    return 1;
  }
  return call.complain(
    problem.kind === 'unknown'
      ? problem.word.startsWith('-')
        ? `unknown predicate \`${problem.word}'`
        : `paths must precede expression: \`${problem.word}'`
      : problem.kind === 'missing'
        ? `missing argument to \`${problem.word}'`
        : `Unknown argument to -type: ${problem.word}`,
  );
}

function* visit(search: Search, path: string, at: { readonly depth: number; readonly device: string | undefined }): Blocking<void> {
  const { call } = search;
  const { vfs } = call.context.kernel;
  const status = vfs.stat(call.context.process, path, false);
  if (isErrno(status)) {
    search.status = call.complain(`${call.busybox ? path : call.quote(path)}: ${status.text}`);
    return;
  }
  const meeting: Meeting = { path, name: path.replace(/\/+$/, '').split('/').at(-1) ?? path, status, depth: at.depth };
  const wanted = at.depth >= search.minDepth;
  search.pruned = false;
  if (!search.depthFirst && wanted) yield* evaluate(search, search.expression, meeting);
  const pruned = search.pruned;
  if (
    status.kind === 'directory' &&
    at.depth < search.maxDepth &&
    !pruned &&
    !search.over &&
    !(search.oneDevice && at.device !== undefined && at.device !== status.device)
  ) {
    const names = vfs.readdir(call.context.process, path);
    if (isErrno(names)) search.status = call.complain(`${call.busybox ? path : call.quote(path)}: ${names.text}`);
    else {
      for (const name of names) {
        if (search.over) break;
        yield* visit(search, path.endsWith('/') ? `${path}${name}` : `${path}/${name}`, { depth: at.depth + 1, device: status.device });
      }
    }
    yield* call.context.flush();
    yield* call.context.checkpoint();
  }
  if (search.depthFirst && wanted) yield* evaluate(search, search.expression, meeting);
}

function* evaluate(search: Search, expression: Expression, meeting: Meeting): Blocking<boolean> {
  const { call } = search;
  switch (expression.kind) {
    case 'and':
      return (yield* evaluate(search, expression.left, meeting)) && (yield* evaluate(search, expression.right, meeting));
    case 'or':
      return (yield* evaluate(search, expression.left, meeting)) || (yield* evaluate(search, expression.right, meeting));
    case 'list':
      yield* evaluate(search, expression.left, meeting);
      return yield* evaluate(search, expression.right, meeting);
    case 'not':
      return !(yield* evaluate(search, expression.operand, meeting));
    case 'constant':
      return expression.value;
    case 'test':
      return matches(search, expression, meeting);
    case 'print':
      call.out(expression.format === undefined ? `${meeting.path}${expression.end}` : printed(search, expression.format, meeting));
      return true;
    case 'list-long': {
      const { status } = meeting;
      call.out(
        `${String(status.inode).padStart(9)} ${String(Math.ceil(status.size / 1024)).padStart(6)} ${modeText(status.kind, status.mode)} ${String(status.links).padStart(3)} ${(search.accounts.user(status.uid) ?? String(status.uid)).padEnd(8)} ${(search.accounts.group(status.gid) ?? String(status.gid)).padEnd(8)} ${String(status.size).padStart(8)} ${listingDate(status.modified, search.now)} ${meeting.path}\n`,
      );
      return true;
    }
    case 'prune':
      search.pruned = true;
      return true;
    case 'quit':
      search.over = true;
      return true;
    case 'delete': {
      const failure = call.context.kernel.vfs.remove(call.context.process, meeting.path, meeting.status.kind === 'directory');
      if (!failure) return true;
      search.status = call.complain(call.busybox ? `${meeting.path}: ${failure.text}` : `cannot delete ${call.quote(meeting.path)}: ${failure.text}`);
      return false;
    }
    case 'exec':
      if (expression.together) {
        const batch = search.batches.get(expression.command) ?? [];
        search.batches.set(expression.command, batch);
        batch.push(meeting.path);
        return true;
      }
      return (
        (yield* runCommand(
          search,
          expression.command.map((each) => each.replaceAll('{}', meeting.path)),
        )) === 0
      );
  }
}

function matches(search: Search, test: Extract<Expression, { kind: 'test' }>, meeting: Meeting): boolean {
  const { status } = meeting;
  const { value } = test;
  const pattern = (text: string, fold: boolean): boolean =>
    matchesPattern(compilePattern(fold ? value.toLowerCase() : value), fold ? text.toLowerCase() : text);
  const number = (actual: number, text = value): boolean => {
    const wanted = Number(text.replace(/^[-+]/, ''));
    return text.startsWith('+') ? actual > wanted : text.startsWith('-') ? actual < wanted : actual === wanted;
  };
  switch (test.name) {
    case '-name':
      return pattern(meeting.name, false);
    case '-iname':
      return pattern(meeting.name, true);
    case '-path':
    case '-wholename':
      return pattern(meeting.path, false);
    case '-ipath':
      return pattern(meeting.path, true);
    case '-type':
      return value
        .split(',')
        .includes({ file: 'f', directory: 'd', symlink: 'l', 'character-device': 'c', 'block-device': 'b', fifo: 'p', socket: 's' }[status.kind]);
    case '-empty':
      if (status.kind === 'file') return status.size === 0;
      return status.kind === 'directory' && namesIn(search, meeting.path).length === 0;
    case '-size': {
      const unit = { c: 1, w: 2, b: 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[value.slice(-1) as 'c'] as number | undefined;
      return number(Math.ceil(status.size / (unit ?? 512)), unit === undefined ? value : value.slice(0, -1));
    }
    case '-mtime':
    case '-ctime':
    case '-atime':
      return number(Math.floor((search.now - status.modified) / 86_400_000));
    case '-mmin':
    case '-cmin':
    case '-amin':
      return number(Math.ceil((search.now - status.modified) / 60_000));
    case '-user':
      return (search.accounts.userId(value) ?? Number(value)) === status.uid;
    case '-group':
      return (search.accounts.groupId(value) ?? Number(value)) === status.gid;
    case '-perm': {
      const bits = Number.parseInt(value.replace(/^[-/+]/, ''), 8);
      return value.startsWith('-')
        ? (status.mode & bits) === bits
        : /^[/+]/.test(value)
          ? (status.mode & bits) !== 0
          : (status.mode & 0o7777) === bits;
    }
    case '-links':
      return number(status.links);
    case '-inum':
      return number(status.inode);
    case '-newer': {
      const other = search.call.context.kernel.vfs.stat(search.call.context.process, value);
      return !isErrno(other) && status.modified > other.modified;
    }
    default:
      return true;
  }
}

function namesIn(search: Search, path: string): readonly string[] {
  const names = search.call.context.kernel.vfs.readdir(search.call.context.process, path);
  return isErrno(names) ? ['?'] : names;
}

function printed(search: Search, format: string, { path, name, status, depth }: Meeting): string {
  return format
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\0/g, '\0')
    .replace(/%([pfhsmMugGUdiyn%])/g, (_, code: string) => {
      const values: Readonly<Record<string, string>> = {
        p: path,
        f: name,
        h: path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.',
        s: String(status.size),
        m: (status.mode & 0o7777).toString(8),
        M: modeText(status.kind, status.mode),
        u: search.accounts.user(status.uid) ?? String(status.uid),
        g: search.accounts.group(status.gid) ?? String(status.gid),
        U: String(status.uid),
        G: String(status.gid),
        d: String(depth),
        i: String(status.inode),
        n: String(status.links),
        y: modeText(status.kind, 0).charAt(0).replace('-', 'f'),
        '%': '%',
      };
      return values[code] ?? '';
    });
}

function* runCommand(search: Search, words: readonly string[]): Blocking<number> {
  const { call } = search;
  const [name = ''] = words;
  const path = findOnPath(call.context, name);
  const child = isErrno(path) ? path : call.context.spawn(path, { argv: words });
  if (isErrno(child)) {
    search.status = call.complain(call.busybox ? `${name}: ${child.text}` : `${call.quote(name)}: ${child.text}`);
    return 1;
  }
  for (;;) {
    const change = yield* call.context.wait(0);
    if (isErrno(change) && change.code !== 'EINTR') return 1;
    if (!isErrno(change) && change.process === child) return change.change.kind === 'exited' ? change.change.code : 1;
  }
}
