/** sleep: lets time pass. */
import { parseDuration } from '../../tool/count.ts';
import { defineTool } from '../../tool/tool.ts';

export const sleep = defineTool({
  name: 'sleep',
  suite: 'coreutils',
  summary: { zh: '等待一段时间', en: 'Lets time pass' },
  usage:
    'sleep [N]...\n\nPause for a time equal to the total of the args given, where each arg can\nhave an optional suffix of (s)econds, (m)inutes, (h)ours, or (d)ays',
  gnuUsage: 'sleep NUMBER[SUFFIX]...',
  busybox: { short: '', stopAtOperand: true },
  gnu: { short: '', stopAtOperand: true },
  *run(call) {
    if (call.operands.length === 0) return call.misuse('missing operand');
    let seconds = 0;
    let bad = false;
    for (const word of call.operands) {
      const value = ['inf', 'infinity'].includes(word) ? 1e9 : parseDuration(word);
      if (value !== undefined) {
        seconds += value;
        continue;
      }
      bad = true;
      if (call.busybox) return call.complain(`invalid number '${word}'`);
      call.complain(`invalid time interval ${call.quote(word)}`);
    }
    if (bad) return call.misuse(undefined);
    yield* call.context.sleep(seconds * 1000);
    return 0;
  },
});
