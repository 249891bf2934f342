/** users of BusyBox 1.37: nobody is logged in on these machines. */
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'users',
  suite: 'busybox',
  summary: { zh: '显示登录着的用户', en: 'Show the names of users who are logged in' },
  *run(context) {
    yield* context.checkpoint();
    context.out('\n');
    return 0;
  },
};
