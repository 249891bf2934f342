/** cp and mv: copies and moves files and directories. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { baseName, copyTree, joinPath, removeTree } from '../../tool/copy-tree.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const cp = defineTool({
  name: 'cp',
  suite: 'coreutils',
  summary: { zh: '复制文件', en: 'Copies files' },
  usage: 'cp [-arPLHpfinlsTu] SOURCE DEST\nor: cp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }\n\nCopy SOURCEs to DEST',
  gnuUsage: 'cp [OPTION]... [-T] SOURCE DEST',
  busybox: { short: 'arRPLHpdfinlsTut:v' },
  gnu: {
    short: 'abdfHilLnpPrRsS:t:Tuvx',
    long: {
      archive: 'none',
      recursive: 'none',
      force: 'none',
      'no-clobber': 'none',
      verbose: 'none',
      'target-directory': 'required',
      'no-target-directory': 'none',
      preserve: 'optional',
      parents: 'none',
      'no-dereference': 'none',
      update: 'none',
      interactive: 'none',
    },
  },
  run: (call) => each(call, 'cp'),
});

export const mv = defineTool({
  name: 'mv',
  suite: 'coreutils',
  summary: { zh: '移动或改名', en: 'Moves and renames files' },
  usage: 'mv [-finT] SOURCE DEST\nor: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }\n\nRename SOURCE to DEST, or move SOURCEs to DIRECTORY',
  gnuUsage: 'mv [OPTION]... [-T] SOURCE DEST',
  busybox: { short: 'finTt:v' },
  gnu: {
    short: 'bfinS:t:Tuv',
    long: {
      force: 'none',
      'no-clobber': 'none',
      verbose: 'none',
      'target-directory': 'required',
      'no-target-directory': 'none',
      interactive: 'none',
    },
  },
  run: (call) => each(call, 'mv'),
});

function* each(call: ToolCall, how: 'cp' | 'mv'): Running {
  const { context } = call;
  const { vfs } = context.kernel;
  const given = call.value('t', 'target-directory');
  const sources = given === undefined ? call.operands.slice(0, -1) : call.operands;
  const target = given ?? call.operands.at(-1);
  if (target === undefined) return call.misuse('missing file operand');
  if (sources.length === 0) return call.misuse(`missing destination file operand after '${target}'`);
  const status = vfs.stat(context.process, target);
  const directory = !isErrno(status) && status.kind === 'directory' && !call.has('T', 'no-target-directory');
  if ((sources.length > 1 || given !== undefined) && !directory) {
    if (call.busybox) return call.complain(isErrno(status) ? `can't stat '${target}': ${status.text}` : `target '${target}' is not a directory`);
    return call.complain(`target '${target}': ${isErrno(status) ? status.text : 'Not a directory'}`);
  }
  let complete = true;
  for (const source of sources) {
    const to = directory ? joinPath(target, baseName(source)) : target;
    if (call.has('n', 'no-clobber') && !isErrno(vfs.stat(context.process, to))) continue;
    const done = how === 'cp' ? yield* copyOne(call, source, to) : yield* moveOne(call, source, to);
    if (!done) complete = false;
    else if (call.has('v', 'verbose')) call.out(how === 'cp' || call.busybox ? `'${source}' -> '${to}'\n` : `renamed '${source}' -> '${to}'\n`);
  }
  return complete ? 0 : 1;
}

function* copyOne(call: ToolCall, source: string, to: string): Blocking<boolean> {
  const { vfs } = call.context.kernel;
  const a = vfs.realpath(call.context.process, source);
  const b = vfs.realpath(call.context.process, to);
  if (!isErrno(a) && !isErrno(b) && a === b) {
    call.complain(`'${source}' and '${to}' are the same file`);
    return false;
  }
  const archive = call.has('a', 'archive', 'd');
  return yield* copyTree(call, [source, to], {
    recursive: archive || call.has('r', 'R', 'recursive'),
    links: archive || call.has('P', 'no-dereference'),
    preserve: archive || call.has('p', 'preserve'),
  });
}

function* moveOne(call: ToolCall, source: string, to: string): Blocking<boolean> {
  const { context } = call;
  const status = context.kernel.vfs.stat(context.process, source, false);
  if (isErrno(status)) {
    call.complain(call.busybox ? `can't rename '${source}': ${status.text}` : `cannot stat '${source}': ${status.text}`);
    return false;
  }
  const failure = context.kernel.vfs.rename(context.process, source, to);
  if (!failure) return true;
  if (failure.code === 'EXDEV')
    return (yield* copyTree(call, [source, to], { recursive: true, links: true, preserve: true })) && (yield* removeTree(call, source));
  call.complain(call.busybox ? `can't rename '${source}': ${failure.text}` : `cannot move '${source}' to '${to}': ${failure.text}`);
  return false;
}
