/** expand, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const expand = borrowTool({
  name: 'expand',
  summary: { zh: '把制表符换成空格', en: 'Turns tabs into blanks' },
  usage: 'expand [-i] [-t N] [FILE]...\n\nConvert tabs to spaces, writing to stdout',
  gnuUsage: 'expand [OPTION]... [FILE]...',
  short: 'it:',
  missing: 'plain',
  gnuMissing: 'plain',
});
