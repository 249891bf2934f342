/** comm, as the filter library does it. */
import { borrowTool } from '../../filter/borrowed-tool.ts';

export const comm = borrowTool({
  name: 'comm',
  summary: { zh: '比较两个已排序的文件', en: 'Compares sorted files' },
  usage: 'comm [-123] FILE1 FILE2\n\nCompare FILE1 with FILE2',
  gnuUsage: 'comm [OPTION]... FILE1 FILE2',
  short: '123',
  missing: 'open',
  gnuMissing: 'plain',
});
