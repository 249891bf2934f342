/** last in both families: no logins are recorded on these machines. */
import { isErrno } from '../../../linux/errno.ts';
import { ctime } from '../ipcs/ctime.ts';
import { defineTool } from '../../tool/tool.ts';

export const last = defineTool({
  name: 'last',
  suite: 'util-linux',
  summary: { zh: '显示登录历史', en: 'Show past logins' },
  usage: 'last [-HW] [-f FILE]',
  gnuUsage: 'last [options] [<username>...] [<tty>...]',
  version: 'last from util-linux 2.38.1',
  busybox: { short: 'WHf:' },
  gnu: { short: '0123456789adFf:hin:p:Rs:t:VwxT', long: {} },
  // eslint-disable-next-line require-yield -- nothing here can block
  *run(call) {
    const { simulation, kernel, process } = call.context;
    const file = call.value('f') ?? '/var/log/wtmp';
    const status = kernel.vfs.stat(process, file);
    if (isErrno(status)) return call.complain(call.busybox ? `can't open '${file}': ${status.text}` : `cannot open ${file}: ${status.text}`);
    call.out(`\nwtmp begins ${ctime(Math.floor(simulation.epoch / 86_400_000) * 86_400_000)}\n`);
    return 0;
  },
});
