/** yes: the same line again and again, as fast as somebody reads it. */
import { defineTool } from '../../tool/tool.ts';

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
    for (;;) {
      const failure = call.context.write(1, line.repeat(64));
      if (failure) return 1;
      yield* call.context.flush();
      yield* call.context.sleep(1);
    }
  },
});
