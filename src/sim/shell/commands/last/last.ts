/** last in both families: no logins are recorded on these machines. */
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
    const { simulation } = call.context;
    call.out(`\nwtmp begins ${ctime(Math.floor(simulation.epoch / 86_400_000) * 86_400_000)}\n`);
    return 0;
  },
});
