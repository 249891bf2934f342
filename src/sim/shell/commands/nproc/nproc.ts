/** nproc in both families: the recorded machines have two processors. */
import { defineTool } from '../../tool/tool.ts';

const PROCESSORS = 2;

export const nproc = defineTool({
  name: 'nproc',
  suite: 'coreutils',
  summary: { zh: '显示可用处理器数', en: 'Print the number of processors' },
  usage: 'nproc [--all] [--ignore=N]',
  gnuUsage: 'nproc [OPTION]...',
  busybox: { short: '', long: { all: 'none', ignore: 'required' } },
  gnu: { short: '', long: { all: 'none', ignore: 'required' } },
  // eslint-disable-next-line require-yield -- nothing here can block
  *run(call) {
    const [extra] = call.operands;
    if (extra !== undefined && !call.busybox) return call.misuse(`extra operand ${call.quote(extra)}`);
    const ignore = call.value('ignore') ?? '0';
    if (!/^\d+$/.test(ignore)) return call.complain(call.busybox ? `invalid number '${ignore}'` : `invalid number: ${call.quote(ignore)}`);
    call.out(`${Math.max(1, PROCESSORS - Number(ignore))}\n`);
    return 0;
  },
});
