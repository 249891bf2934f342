/** yes: the same line again and again, as fast as somebody reads it. */
import { defineTool } from '../../tool/tool.ts';

/** Characters per write(2), as GNU's yes fills its buffer. */
const CHUNK = 8192;

export const yes = defineTool({
  name: 'yes',
  suite: 'coreutils',
  summary: { zh: '不停地输出同一行', en: 'Prints a line for ever' },
  usage: 'yes [STRING]\n\nRepeatedly print a line with all specified STRINGs',
  gnuUsage: 'yes [STRING]...',
  busybox: { short: '', stopAtOperand: true },
  gnu: { short: '', stopAtOperand: true },
  *run(call) {
    const line = `${call.operands.length > 0 ? call.operands.join(' ') : 'y'}\n`;
    const many = line.repeat(Math.ceil(CHUNK / line.length));
    for (;;) {
      const failure = call.context.write(1, many);
      if (failure) return failure.code === 'EPIPE' ? 1 : call.complain(`standard output: ${failure.text}`);
      yield* call.context.flush();
      yield* call.context.checkpoint();
    }
  },
});
