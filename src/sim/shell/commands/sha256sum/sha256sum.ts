/** sha256sum, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const sha256sum = borrowTool({
  name: 'sha256sum',
  summary: { zh: '计算 SHA-256 校验和', en: 'Computes SHA-256 sums' },
  usage: 'sha256sum [-c[sw]] [FILE]...\n\nPrint or check SHA256 checksums',
  gnuUsage: 'sha256sum [OPTION]... [FILE]...',
  short: 'csw',
  missing: 'open',
  gnuMissing: 'plain',
});
