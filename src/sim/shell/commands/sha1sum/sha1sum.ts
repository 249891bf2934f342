/** sha1sum, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const sha1sum = borrowTool({
  name: 'sha1sum',
  summary: { zh: '计算 SHA-1 校验和', en: 'Computes SHA-1 sums' },
  usage: 'sha1sum [-c[sw]] [FILE]...\n\nPrint or check SHA1 checksums',
  gnuUsage: 'sha1sum [OPTION]... [FILE]...',
  short: 'csw',
  missing: 'open',
  gnuMissing: 'plain',
});
