/** which: the files that names stand for along PATH. */
import { isErrno } from '../../../linux/errno.ts';
import { defineTool } from '../../tool/tool.ts';

export const which = defineTool({
  name: 'which',
  suite: 'system',
  summary: { zh: '查找命令所在的文件', en: 'Finds the file of a command' },
  usage: 'which [-a] COMMAND...\n\nLocate COMMAND\n\n\t-a\tShow all matches',
  busybox: { short: 'a' },
  gnu: { short: 'as' },
  *run(call) {
    yield* call.context.flush();
    if (call.operands.length === 0) return call.busybox ? call.misuse(undefined) : 1;
    const { context } = call;
    const { vfs } = context.kernel;
    const runnable = (path: string): boolean => {
      const status = vfs.stat(context.process, path);
      return !isErrno(status) && status.kind !== 'directory' && vfs.access(context.process, path, { execute: true }) === undefined;
    };
    let status = 0;
    for (const name of call.operands) {
      const candidates = name.includes('/')
        ? [name]
        : (context.env.get('PATH') ?? '/sbin:/usr/sbin:/bin:/usr/bin').split(':').map((each) => `${each === '' ? '.' : each}/${name}`);
      const found = candidates.filter((each) => runnable(each));
      if (found.length === 0) status = 1;
      for (const path of call.has('a') ? found : found.slice(0, 1)) call.out(`${path}\n`);
    }
    return status;
  },
});
