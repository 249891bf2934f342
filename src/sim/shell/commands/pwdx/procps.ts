/** pwdx of procps-ng 4.0.2: working directories of processes. */
import { isErrno } from '../../../linux/errno.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'pwdx',
  suite: 'procps',
  summary: { zh: '显示进程的工作目录', en: 'Show working directories of processes' },
  // eslint-disable-next-line require-yield -- reads links only
  *run(context) {
    if (context.args.length === 0) {
      context.err('\nUsage:\n pwdx [options] pid...\n');
      return 1;
    }
    let code = 0;
    for (const word of context.args) {
      if (!/^\d+$/.test(word)) {
        context.err(`pwdx: invalid process id: ${word}\n`);
        return 1;
      }
      const target = context.kernel.vfs.readlink(context.process, `/proc/${word}/cwd`);
      if (isErrno(target)) {
        context.err(`${word}: ${target.code === 'ENOENT' ? 'No such process' : target.text}\n`);
        code = 1;
      } else context.out(`${word}: ${target}\n`);
    }
    return code;
  },
};
