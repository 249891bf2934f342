/** vi: asks the world's front end for an editor and waits for it; without one it is a small vi on the terminal. */
import { WaitQueue } from '../../../engine/wait-queue.ts';
import { isErrno } from '../../../linux/errno.ts';
import { defineTool } from '../../tool/tool.ts';
import { VisualEditor } from '../../vi/visual-editor.ts';

export const vi = defineTool({
  name: 'vi',
  suite: 'vim',
  summary: { zh: '编辑文件', en: 'Edits a file' },
  usage:
    'vi [-c CMD] [-R] [-H] [FILE]...\n\nEdit FILE\n\n\t-c CMD\tInitial command to run ($EXINIT and ~/.exrc also available)\n\t-R\tRead-only\n\t-H\tList available features',
  gnuUsage: 'vim [arguments] [file ..]       edit specified file(s)',
  busybox: { short: 'c:RH' },
  gnu: { short: 'c:RnNeEsvywXu:i:T:o::O::p::' },
  version: 'VIM - Vi IMproved 9.0 (2022 Jun 28, compiled May 04 2023 10:24:44)',
  *run(call) {
    const { context } = call;
    const screen = context.process.files.get(1)?.tty;
    if (!screen || context.process.files.get(0)?.tty === undefined) {
      if (!call.busybox) context.err(screen ? '' : 'Vim: Warning: Output is not to a terminal\nVim: Warning: Input is not from a terminal\n');
      return 1;
    }
    const [path] = call.operands;
    const found = path === undefined ? '' : yield* context.readFile(path);
    if (isErrno(found) && found.code !== 'ENOENT') return call.complain(`${path ?? ''}: ${found.text}`);
    const text = isErrno(found) ? '' : found;
    if (path !== undefined && context.kernel.editor) {
      const closed = new WaitQueue();
      let open = true;
      const taken = context.kernel.editor({
        path: path.startsWith('/') ? path : `${context.cwd === '/' ? '' : context.cwd}/${path}`,
        text,
        save: (next) => {
          context.writeFile(path, next);
        },
        close: () => {
          open = false;
          closed.notify();
        },
      });
      if (taken) {
        while (open) yield* context.waitFor([closed]);
        return 0;
      }
    }
    const editor = new VisualEditor({
      context,
      tty: screen,
      path,
      text,
      isNew: isErrno(found),
      readonly: call.has('R'),
      save: (to, next) => context.writeFile(to, next),
    });
    return yield* editor.run();
  },
});
