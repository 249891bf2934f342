/** su: a shell or command as another user. */
import { isErrno } from '../../../linux/errno.ts';
import { idInside } from '../../../linux/namespace/namespaces.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { capable, type Credentials } from '../../../linux/process/credentials.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const su = defineTool({
  name: 'su',
  suite: 'util-linux',
  summary: { zh: '以另一个用户的身份运行', en: 'Runs as another user' },
  usage:
    "su [-lmp] [-s SH] [-] [USER [FILE ARGS]]\n\nRun shell under USER (by default, root)\n\n\t-,-l\tClear environment, go to home dir, run shell as login shell\n\t-p,-m\tDo not set new $HOME, $SHELL, $USER, $LOGNAME\n\t-c CMD\tCommand to pass to 'sh -c'\n\t-s SH\tShell to use instead of user's default",
  gnuUsage: 'su [options] [-] [<user> [<argument>...]]',
  busybox: { short: 'mplc:s:', stopAtOperand: false },
  gnu: { short: 'mplc:s:', long: { command: 'required', login: 'none', shell: 'required', 'preserve-environment': 'none' } },
  version: 'su from util-linux 2.38.1',
  run: (call) => asUser(call),
});

/** What setuid(2) and setgid(2) of root leave: another user keeps no capabilities. */
export function becomeUser(credentials: Credentials, uid: number, gid: number): Credentials {
  return { ...credentials, uid, gid, groups: [gid], ...(uid === 0 ? {} : { effective: new Set(), permitted: new Set() }) };
}

/** su and runuser: a shell of the user. @param group instead of the user's own */
export function* asUser(call: ToolCall, group?: number): Running {
  const { context } = call;
  const operands = call.operands.filter((each) => each !== '-');
  const login = call.operands.includes('-') || call.has('l', 'login');
  const [name = 'root', ...rest] = operands;
  const table = yield* context.readFile('/etc/passwd');
  const fields = isErrno(table)
    ? undefined
    : table
        .split('\n')
        .map((line) => line.split(':'))
        .find(([user]) => user === name);
  if (!fields)
    return call.complain(
      call.busybox ? `unknown user ${name}` : `user ${name} does not exist or the user entry does not contain all the required fields`,
    );
  const [, , uid = '0', gid = '0', , home = '/', entered = ''] = fields;
  const shell = call.value('s', 'shell') ?? (entered === '' ? '/bin/sh' : entered);
  const { credentials } = context.process;
  if (idInside(credentials.user.uidMap, credentials.uid) !== 0) {
    return call.complain(call.busybox ? 'must be suid to work properly' : 'Authentication failure');
  }
  if (!capable(credentials, 'CAP_SETGID', credentials.user))
    return call.complain(call.busybox ? "can't set groups: Operation not permitted" : 'cannot set groups: Operation not permitted');
  const user = Number(uid);
  const next = becomeUser(credentials, user, group ?? Number(gid));
  const env = new Map(
    login
      ? [
          ['TERM', context.env.get('TERM') ?? ''],
          ['PATH', context.env.get('PATH') ?? ''],
        ]
      : context.env,
  );
  if (!call.has('m', 'p', 'preserve-environment')) {
    env.set('HOME', home);
    env.set('SHELL', shell);
    if (user !== 0 || login) {
      env.set('USER', name);
      env.set('LOGNAME', name);
    }
  }
  const away = login ? context.chdir(home) : undefined;
  if (away)
    call.context.err(
      `${call.name}: ${call.busybox ? `can't change directory to '${home}'` : `warning: cannot change directory to ${home}: ${away.text}`}\n`,
    );
  context.process.credentials = next;
  const command = call.value('c', 'command');
  const base = shell.split('/').at(-1) ?? shell;
  const failure = yield* context.exec(shell, [login ? `-${base}` : base, ...(command === undefined ? [] : ['-c', command]), ...rest], env);
  call.complain(call.busybox ? `can't execute '${shell}': ${failure.text}` : `failed to execute ${shell}: ${failure.text}`);
  return failure.code === 'ENOENT' ? (call.busybox ? 1 : 127) : 126;
}
