/** paste, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const paste = borrowTool({
  name: 'paste',
  summary: { zh: '把多个文件的行并排', en: 'Joins lines side by side' },
  usage: 'paste [-d LIST] [-s] [FILE]...\n\nPaste lines from each input file together using LIST as delimiters',
  gnuUsage: 'paste [OPTION]... [FILE]...',
  short: 'd:s',
  missing: 'plain',
  gnuMissing: 'plain',
});
