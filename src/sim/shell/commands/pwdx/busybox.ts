/** pwdx of BusyBox 1.37 (procps/pwdx.c): working directories of processes. */
import { isErrno } from '../../../linux/errno.ts';
import { defineTool } from '../../tool/tool.ts';

const rules = { short: '' } as const;

export const { busybox: command } = defineTool({
  name: 'pwdx',
  suite: 'procps',
  summary: { zh: '显示进程的工作目录', en: 'Show working directories of processes' },
  usage: 'pwdx PID...\n\nShow current directory for PIDs',
  busybox: rules,
  gnu: rules,
  // eslint-disable-next-line require-yield -- reads links only
  *run(call) {
    if (call.operands.length === 0) return call.misuse(undefined);
    for (const word of call.operands) {
      const pid = word.replace('/proc/', '');
      if (!/^\d+$/.test(pid)) return call.complain(`invalid number '${word}'`);
      const target = call.context.kernel.vfs.readlink(call.context.process, `/proc/${pid}/cwd`);
      call.out(`${word}: ${isErrno(target) ? (target.code === 'ENOENT' ? 'No such process' : target.text) : target}\n`);
    }
    return 0;
  },
});
