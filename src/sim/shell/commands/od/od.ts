/** od, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const od = borrowTool({
  name: 'od',
  summary: { zh: '以八进制等形式显示内容', en: 'Dumps bytes' },
  usage:
    'od [-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j SKIP] [-S MINSTR] [-w WIDTH] [FILE]...\n\nPrint FILEs (or stdin) unambiguously, as octal bytes by default',
  gnuUsage: 'od [OPTION]... [FILE]...',
  short: 'abcdfhilovxst:A:N:j:w:',
  missing: 'plain',
  gnuMissing: 'plain',
});
