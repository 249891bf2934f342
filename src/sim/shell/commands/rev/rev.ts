/** rev, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const rev = borrowTool({
  name: 'rev',
  summary: { zh: '把每行反过来', en: 'Reverses lines' },
  usage: 'rev [FILE]...\n\nReverse lines of FILE',
  gnuUsage: 'rev [options] [<file> ...]',
  short: '',
  missing: 'plain',
  gnuMissing: 'plain',
});
