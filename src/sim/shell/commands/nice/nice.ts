/** nice in both families. */
import { capable } from '../../../linux/process/credentials.ts';
import { execute } from '../../namespace/run-shell.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';
import type { Running } from '../../../linux/process/wait.ts';

function* run(call: ToolCall): Running {
  const { context } = call;
  const adjust = call.value('n', 'adjustment');
  const [name] = call.operands;
  if (name === undefined) {
    if (adjust !== undefined) return call.misuse('a command must be given with an adjustment');
    call.out(`${context.process.nice}\n`);
    return 0;
  }
  if (adjust !== undefined && !/^[+-]?\d+$/.test(adjust)) {
    call.complain(call.busybox ? `invalid number '${adjust}'` : `invalid adjustment ${call.quote(adjust)}`);
    return call.busybox ? 1 : 125;
  }
  const wanted = Math.max(-20, Math.min(19, context.process.nice + Number(adjust ?? 10)));
  if (wanted < context.process.nice && !capable(context.process.credentials, 'CAP_SYS_NICE', context.kernel.initial.user)) {
    if (call.busybox) return call.complain('setpriority(-20): Permission denied'.replace('-20', String(wanted)));
    call.complain('cannot set niceness: Permission denied');
  } else context.process.nice = wanted;
  const failed = yield* execute(context, call.operands);
  call.complain(call.busybox ? `can't execute '${name}': ${failed.text}` : `${call.quote(name)}: ${failed.text}`);
  return failed.code === 'ENOENT' ? 127 : 126;
}

export const nice = defineTool({
  name: 'nice',
  suite: 'coreutils',
  summary: { zh: '以别的优先级运行程序', en: 'Run a program with another niceness' },
  usage: 'nice [-n ADJUST] [PROG ARGS]',
  gnuUsage: 'nice [OPTION] [COMMAND [ARG]...]',
  mistake: 125,
  busybox: { short: 'n:', stopAtOperand: true },
  gnu: { short: 'n:', long: { adjustment: 'required' }, stopAtOperand: true },
  run,
});
