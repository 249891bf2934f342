/** diff: what differs between two files, in the normal form (GNU's default) and the unified one (BusyBox's only one). */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { baseName, joinPath } from '../../tool/copy-tree.ts';
import { readInput } from '../../tool/input.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';
import { hunksOf, type Change } from './line-changes.ts';

export const diff = defineTool({
  name: 'diff',
  suite: 'coreutils',
  summary: { zh: '比较两个文件', en: 'Compares two files' },
  usage: 'diff [-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2\n\nCompare files line by line and output the differences between them',
  gnuUsage: 'diff [OPTION]... FILES',
  busybox: { short: 'abBdiNqrTstuwL:S:U:' },
  gnu: {
    short: 'abBcdiNqrsuwyU:',
    long: {
      unified: 'optional',
      brief: 'none',
      recursive: 'none',
      'new-file': 'none',
      'ignore-case': 'none',
      'ignore-all-space': 'none',
      'report-identical-files': 'none',
      color: 'optional',
      label: 'required',
    },
  },
  mistake: 2,
  version: 'diff (GNU diffutils) 3.8',
  *run(call) {
    const [left, right, extra] = call.operands;
    if (left === undefined || right === undefined) {
      if (call.busybox) return call.misuse(undefined);
      call.complain(`missing operand after '${left ?? 'diff'}'`);
      call.complain("Try 'diff --help' for more information.");
      return 2;
    }
    if (extra !== undefined) return call.misuse(`extra operand '${extra}'`);
    return yield* comparePaths(call, left, right);
  },
});

function* comparePaths(call: ToolCall, left: string, right: string): Blocking<number> {
  const { vfs } = call.context.kernel;
  const { process } = call.context;
  const kinds = [left, right].map((each) => (each === '-' ? undefined : vfs.stat(process, each)));
  let failed = false;
  kinds.forEach((each, index) => {
    if (!isErrno(each) || (call.has('N', 'new-file') && each.code === 'ENOENT')) return;
    const path = index === 0 ? left : right;
    if (!(call.busybox && failed)) call.complain(call.busybox ? `can't stat '${path}': ${each.text}` : `${path}: ${each.text}`);
    failed = true;
  });
  if (failed) return 2;
  const [a, b] = kinds.map((each) => each !== undefined && !isErrno(each) && each.kind === 'directory');
  if (a && b) return yield* compareDirectories(call, left, right);
  return yield* compareFiles(call, a ? joinPath(left, baseName(right)) : left, b ? joinPath(right, baseName(left)) : right);
}

function* compareDirectories(call: ToolCall, left: string, right: string): Blocking<number> {
  const { vfs } = call.context.kernel;
  const names = (path: string): readonly string[] => {
    const found = vfs.readdir(call.context.process, path);
    return isErrno(found) ? [] : found;
  };
  const [a, b] = [names(left), names(right)];
  let status = 0;
  for (const name of [...new Set([...a, ...b])].sort()) {
    if (!a.includes(name) || !b.includes(name)) {
      call.out(`Only in ${a.includes(name) ? left : right}: ${name}\n`);
      status = Math.max(status, 1);
      continue;
    }
    const paths = [joinPath(left, name), joinPath(right, name)] as const;
    const directories = paths.map((each) => vfs.stat(call.context.process, each)).map((each) => !isErrno(each) && each.kind === 'directory');
    if (directories.every(Boolean)) {
      if (call.has('r', 'recursive')) status = Math.max(status, yield* compareDirectories(call, ...paths));
      else call.out(`Common subdirectories: ${paths[0]} and ${paths[1]}\n`);
    } else status = Math.max(status, yield* compareFiles(call, ...paths));
  }
  return status;
}

function* compareFiles(call: ToolCall, left: string, right: string): Blocking<number> {
  const texts: string[] = [];
  for (const path of [left, right]) {
    const text = yield* readInput(call.context, path);
    if (isErrno(text)) {
      if (!(call.has('N', 'new-file') && text.code === 'ENOENT')) {
        call.complain(call.busybox ? `can't stat '${path}': ${text.text}` : `${path}: ${text.text}`);
        return 2;
      }
      texts.push('');
    } else texts.push(text);
  }
  const [a = '', b = ''] = texts;
  if (a === b) {
    if (call.has('s', 'report-identical-files')) call.out(`Files ${left} and ${right} are identical\n`);
    return 0;
  }
  const key = (line: string): string => {
    const folded = call.has('i', 'ignore-case') ? line.toLowerCase() : line;
    return call.has('w', 'ignore-all-space') ? folded.replace(/\s+/g, '') : call.has('b') ? folded.replace(/\s+/g, ' ').trimEnd() : folded;
  };
  const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const changes = hunksOf(lines(a), lines(b), key);
  if (changes.length === 0) return 0;
  if (call.has('q', 'brief')) call.out(`Files ${left} and ${right} differ\n`);
  else if (call.busybox || call.has('u', 'U', 'unified')) call.out(unified(call, { left, right, a: lines(a), b: lines(b), changes }));
  else call.out(normal(lines(a), lines(b), changes));
  return 1;
}

function marked(sign: string, line: string): string {
  return line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`;
}

function normal(a: readonly string[], b: readonly string[], changes: readonly Change[]): string {
  const range = (from: number, to: number): string => (to - from <= 1 ? String(Math.max(from + (to > from ? 1 : 0), 0)) : `${from + 1},${to}`);
  return changes
    .map(({ from, to, newFrom, newTo }) => {
      const letter = from === to ? 'a' : newFrom === newTo ? 'd' : 'c';
      const removed = a
        .slice(from, to)
        .map((each) => marked('< ', each))
        .join('');
      const added = b
        .slice(newFrom, newTo)
        .map((each) => marked('> ', each))
        .join('');
      return `${range(from, to)}${letter}${range(newFrom, newTo)}\n${removed}${letter === 'c' ? '---\n' : ''}${added}`;
    })
    .join('');
}

function unified(
  call: ToolCall,
  files: {
    readonly left: string;
    readonly right: string;
    readonly a: readonly string[];
    readonly b: readonly string[];
    readonly changes: readonly Change[];
  },
): string {
  const around = Number(call.value('U', 'unified') ?? '3');
  const { a, b, changes } = files;
  const stamp = (path: string): string => {
    if (call.busybox) return '';
    const status = call.context.kernel.vfs.stat(call.context.process, path);
    return isErrno(status)
      ? ''
      : `\t${new Date(status.modified)
          .toISOString()
          .replace('T', ' ')
          .replace(/\.(\d+)Z$/, '.$1000000 +0000')}`;
  };
  const label = call.parsed.options.filter((each) => each.name === 'L' || each.name === 'label').map((each) => each.value ?? '');
  let text = `--- ${label[0] ?? files.left + stamp(files.left)}\n+++ ${label[1] ?? files.right + stamp(files.right)}\n`;
  for (let index = 0; index < changes.length;) {
    const group: Change[] = [];
    do group.push(changes[index++] as Change);
    while (index < changes.length && (changes[index]?.from ?? 0) - (group.at(-1)?.to ?? 0) <= around * 2);
    const first = group[0];
    const last = group.at(-1);
    if (!first || !last) break;
    const start = Math.max(0, first.from - around);
    const end = Math.min(a.length, last.to + around);
    const newStart = Math.max(0, first.newFrom - (first.from - start));
    const newEnd = Math.min(b.length, last.newTo + (end - last.to));
    const range = (from: number, to: number): string => (to - from === 1 ? String(from + 1) : `${to === from ? from : from + 1},${to - from}`);
    text += `@@ -${range(start, end)} +${range(newStart, newEnd)} @@\n`;
    let at = start;
    for (const change of group) {
      text += a
        .slice(at, change.from)
        .map((each) => marked(' ', each))
        .join('');
      text += a
        .slice(change.from, change.to)
        .map((each) => marked('-', each))
        .join('');
      text += b
        .slice(change.newFrom, change.newTo)
        .map((each) => marked('+', each))
        .join('');
      at = change.to;
    }
    text += a
      .slice(at, end)
      .map((each) => marked(' ', each))
      .join('');
  }
  return text;
}
