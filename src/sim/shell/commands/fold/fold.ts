/** fold, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const fold = borrowTool({
  name: 'fold',
  summary: { zh: '把长行折断', en: 'Wraps lines' },
  usage: 'fold [-bs] [-w WIDTH] [FILE]...\n\nWrap input lines in FILEs (or stdin), writing to stdout',
  gnuUsage: 'fold [OPTION]... [FILE]...',
  short: 'bsw:',
  missing: 'plain',
  gnuMissing: 'plain',
});
