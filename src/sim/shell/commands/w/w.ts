/** w in both families: nobody is logged in on these machines. */
import { uptimeLine } from '../../process-table/load.ts';
import { defineTool } from '../../tool/tool.ts';

export const w = defineTool({
  name: 'w',
  suite: 'procps',
  summary: { zh: '显示谁登录着', en: 'Show who is logged in' },
  usage: 'w',
  gnuUsage: 'w [options] [user]',
  version: 'w from procps-ng 4.0.2',
  busybox: { short: '' },
  gnu: { short: 'husfoiV', long: { 'no-header': 'none', 'no-current': 'none', short: 'none', from: 'none', 'old-style': 'none', 'ip-addr': 'none' } },
  *run(call) {
    if (call.has('V') && !call.busybox) {
      call.out('w from procps-ng 4.0.2\n');
      return 0;
    }
    if (call.busybox) call.out('USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n');
    else if (!call.has('h', 'no-header'))
      call.out(` ${yield* uptimeLine(call.context, '0 user')}\nUSER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT\n`);
    return 0;
  },
});
