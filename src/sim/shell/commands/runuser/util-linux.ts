/** runuser of util-linux 2.38.1 (login-utils/su-common.c): su for root alone, and `-u USER COMMAND` without a shell. */
import { isErrno } from '../../../linux/errno.ts';
import { idInside } from '../../../linux/namespace/namespaces.ts';
import { readAccounts } from '../../process-table/accounts.ts';
import { findOnPath } from '../../tool/run-program.ts';
import { defineTool } from '../../tool/tool.ts';
import { asUser, becomeUser } from '../su/switch-user.ts';

export const { gnu: command } = defineTool({
  name: 'runuser',
  suite: 'util-linux',
  summary: { zh: '以另一个用户的身份运行（只给 root）', en: 'Run as another user (for root alone)' },
  usage: 'runuser [options] -u <user> [[--] <command>]',
  busybox: { short: '' },
  gnu: {
    short: 'mplc:s:u:g:G:fPhVw:',
    long: {
      command: 'required',
      login: 'none',
      shell: 'required',
      'preserve-environment': 'none',
      user: 'required',
      group: 'required',
      'supp-group': 'required',
      fast: 'none',
      pty: 'none',
      help: 'none',
      version: 'none',
    },
    stopAtOperand: false,
  },
  version: 'runuser from util-linux 2.38.1',
  *run(call) {
    const { context } = call;
    if (call.has('V', 'version')) {
      call.out('runuser from util-linux 2.38.1\n');
      return 0;
    }
    if (call.has('h')) {
      call.out('\nUsage:\n runuser [options] -u <user> [[--] <command>]\n');
      return 0;
    }
    const { credentials } = context.process;
    if (idInside(credentials.user.uidMap, credentials.uid) !== 0) return call.complain('may not be used by non-root users');
    const accounts = yield* readAccounts(context);
    const group = call.value('g', 'group') ?? call.value('G', 'supp-group');
    const gid = group === undefined ? undefined : accounts.groupId(group);
    if (group !== undefined && gid === undefined) return call.complain(`group ${group} does not exist`);
    const user = call.value('u', 'user');
    if (user === undefined) return yield* asUser(call, gid);
    if (call.operands.length === 0) return call.complain('no command was specified');
    const uid = accounts.userId(user);
    const main = uid === undefined ? undefined : accounts.mainGroup(uid);
    if (uid === undefined || main === undefined)
      return call.complain(`user ${user} does not exist or the user entry does not contain all the required fields`);
    context.process.credentials = becomeUser(credentials, uid, gid ?? main);
    const table = yield* context.readFile('/etc/passwd');
    const home = isErrno(table)
      ? undefined
      : table
          .split('\n')
          .find((line) => line.startsWith(`${user}:`))
          ?.split(':')[5];
    const env = new Map([...context.env, ['HOME', home ?? '/'], ['USER', user], ['LOGNAME', user]]);
    const path = findOnPath(context, call.operands[0] ?? '');
    const failed = isErrno(path) ? path : yield* context.exec(path, call.operands, env);
    return call.complain(`failed to execute ${call.operands[0] ?? ''}: ${failed.text}`);
  },
});
