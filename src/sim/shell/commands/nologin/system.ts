/** nologin of Debian's login package: the shell of accounts that may not log in. */
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'nologin',
  suite: 'system',
  summary: { zh: '礼貌地拒绝登录', en: 'Politely refuse a login' },
  // eslint-disable-next-line require-yield -- it only says one thing
  *run(context) {
    context.out('This account is currently not available.\n');
    return 1;
  },
};
