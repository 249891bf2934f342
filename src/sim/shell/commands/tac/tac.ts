/** tac, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const tac = borrowTool({
  name: 'tac',
  summary: { zh: '从最后一行开始输出', en: 'Prints lines in reverse' },
  usage: 'tac [FILE]...\n\nConcatenate FILEs and print them in reverse',
  gnuUsage: 'tac [OPTION]... [FILE]...',
  short: '',
  missing: 'plain',
  gnuMissing: 'open-for-reading',
});
