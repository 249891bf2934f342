/** arch in both families. */
import { defineTool } from '../../tool/tool.ts';

export const arch = defineTool({
  name: 'arch',
  suite: 'coreutils',
  summary: { zh: '显示处理器架构', en: 'Print the machine architecture' },
  usage: 'arch',
  gnuUsage: 'arch [OPTION]...',
  busybox: { short: '' },
  gnu: { short: '' },
  // eslint-disable-next-line require-yield -- nothing here can block
  *run(call) {
    const [extra] = call.operands;
    if (extra !== undefined && !call.busybox) return call.misuse(`extra operand ${call.quote(extra)}`);
    call.out('x86_64\n');
    return 0;
  },
});
