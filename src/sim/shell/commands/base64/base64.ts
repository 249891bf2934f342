/** base64, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const base64 = borrowTool({
  name: 'base64',
  summary: { zh: 'Base64 编码与解码', en: 'Encodes and decodes Base64' },
  usage: 'base64 [-d] [-w COL] [FILE]\n\nBase64 encode or decode FILE to standard output',
  gnuUsage: 'base64 [OPTION]... [FILE]',
  short: 'dw:',
  missing: 'plain',
  gnuMissing: 'plain',
});
