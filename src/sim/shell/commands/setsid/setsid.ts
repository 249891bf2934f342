/** setsid in both families: a session of one's own, without a terminal. */
import { isErrno } from '../../../linux/errno.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { execute } from '../../namespace/run-shell.ts';
import { passOn } from '../nsenter/nsenter.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

function* start(context: ProcessContext, call: ToolCall): Running {
  const [name = ''] = call.operands;
  const failed = yield* execute(context, call.operands);
  context.err(call.busybox ? `setsid: can't execute '${name}': ${failed.text}\n` : `setsid: failed to execute ${name}: ${failed.text}\n`);
  return failed.code === 'ENOENT' ? 127 : 126;
}

function* run(call: ToolCall): Running {
  const { context } = call;
  if (call.has('V') && !call.busybox) {
    call.out('setsid from util-linux 2.38.1\n');
    return 0;
  }
  if (call.operands.length === 0) return call.misuse('no command specified');
  const { process } = context;
  // A group leader cannot make a session: a child does, and the parent does not wait unless it is told to.
  if (process.group === process || call.has('f', 'fork')) {
    const child = context.fork((inner) => start(inner, call), { argv: context.argv, newSession: true });
    if (isErrno(child)) return call.complain(`fork: ${child.text}`);
    return call.has('w', 'wait') ? yield* passOn(context) : 0;
  }
  process.session = process;
  process.group = process;
  process.tty = undefined;
  return yield* start(context, call);
}

export const setsid = defineTool({
  name: 'setsid',
  suite: 'util-linux',
  summary: { zh: '在新会话里运行程序', en: 'Run a program in a new session' },
  usage: 'setsid [-c] PROG ARGS',
  gnuUsage: 'setsid [options] <program> [arguments ...]',
  version: 'setsid from util-linux 2.38.1',
  busybox: { short: 'c', stopAtOperand: true },
  gnu: { short: 'Vhcfw', long: { ctty: 'none', fork: 'none', wait: 'none', version: 'none', help: 'none' }, stopAtOperand: true },
  run,
});
