/** nl, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const nl = borrowTool({
  name: 'nl',
  summary: { zh: '给行编号', en: 'Numbers lines' },
  usage: 'nl [OPTIONS] [FILE]...\n\nWrite FILEs to standard output with line numbers added',
  gnuUsage: 'nl [OPTION]... [FILE]...',
  short: 'b:i:l:n:s:v:w:p',
  missing: 'plain',
  gnuMissing: 'plain',
});
