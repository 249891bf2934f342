/** who in both families: nobody is logged in on these machines. */
import { defineTool } from '../../tool/tool.ts';

export const who = defineTool({
  name: 'who',
  suite: 'coreutils',
  summary: { zh: '显示谁登录着', en: 'Show who is logged in' },
  usage: 'who [-aH]',
  gnuUsage: 'who [OPTION]... [ FILE | ARG1 ARG2 ]',
  busybox: { short: 'aH' },
  gnu: { short: 'abdlmpqrstuwHT', long: { all: 'none', boot: 'none', count: 'none', heading: 'none' } },
  // eslint-disable-next-line require-yield -- nothing here can block
  *run(call) {
    if (call.has('q', 'count')) call.out('\n# users=0\n');
    else if (call.has('H', 'heading'))
      call.out(call.busybox ? 'USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n' : 'NAME     LINE         TIME             COMMENT\n');
    return 0;
  },
});
