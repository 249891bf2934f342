/** md5sum, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const md5sum = borrowTool({
  name: 'md5sum',
  summary: { zh: '计算 MD5 校验和', en: 'Computes MD5 sums' },
  usage: 'md5sum [-c[sw]] [FILE]...\n\nPrint or check MD5 checksums',
  gnuUsage: 'md5sum [OPTION]... [FILE]...',
  short: 'csw',
  missing: 'open',
  gnuMissing: 'plain',
});
