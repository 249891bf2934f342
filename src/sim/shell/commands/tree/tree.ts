/** tree: a directory and what is below it, drawn. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { joinPath } from '../../tool/copy-tree.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const tree = defineTool({
  name: 'tree',
  suite: 'system',
  summary: { zh: '画出目录树', en: 'Draws a directory tree' },
  usage: 'tree [DIR]...',
  busybox: { short: '' },
  gnu: { short: 'aL:d' },
  *run(call) {
    const counts = { directories: 0, files: 0 };
    for (const path of call.operands.length > 0 ? call.operands : ['.']) {
      const names = call.context.kernel.vfs.readdir(call.context.process, path);
      call.out(`${path}${isErrno(names) ? ' [error opening dir]' : ''}\n`);
      if (!isErrno(names)) yield* draw(call, path, { prefix: '', counts });
    }
    call.out(`\n${counts.directories} director${counts.directories === 1 ? 'y' : 'ies'}, ${counts.files} file${counts.files === 1 ? '' : 's'}\n`);
    return 0;
  },
});

function* draw(
  call: ToolCall,
  path: string,
  at: { readonly prefix: string; readonly counts: { directories: number; files: number } },
): Blocking<void> {
  const { vfs } = call.context.kernel;
  const names = vfs.readdir(call.context.process, path);
  if (isErrno(names)) return;
  const shown = names.filter((each) => !each.startsWith('.'));
  for (const [index, name] of shown.entries()) {
    const last = index === shown.length - 1;
    const child = joinPath(path, name);
    const status = vfs.stat(call.context.process, child, false);
    if (isErrno(status)) continue;
    const target = status.kind === 'symlink' ? vfs.readlink(call.context.process, child) : undefined;
    call.out(`${at.prefix}${last ? '└── ' : '├── '}${name}${target !== undefined && !isErrno(target) ? ` -> ${target}` : ''}\n`);
    if (status.kind !== 'directory') {
      at.counts.files++;
      continue;
    }
    at.counts.directories++;
    yield* draw(call, child, { prefix: `${at.prefix}${last ? '    ' : '│   '}`, counts: at.counts });
  }
  yield* call.context.flush();
  yield* call.context.checkpoint();
}
