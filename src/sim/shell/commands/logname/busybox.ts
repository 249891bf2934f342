/** logname of BusyBox 1.37: nobody is logged in on these machines. */
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'logname',
  suite: 'busybox',
  summary: { zh: '显示登录名', en: 'Show the name of the user who logged in' },
  *run(context) {
    yield* context.checkpoint();
    context.err('logname: getlogin: No such device or address\n');
    return 1;
  },
};
