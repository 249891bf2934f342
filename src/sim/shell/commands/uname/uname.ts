/** uname in both families: what the kernel and the UTS namespace say. */
import { defineTool } from '../../tool/tool.ts';

const ORDER = ['s', 'n', 'r', 'v', 'm', 'p', 'i', 'o'] as const;

const LONG = {
  all: 'none',
  'kernel-name': 'none',
  nodename: 'none',
  'kernel-release': 'none',
  'kernel-version': 'none',
  machine: 'none',
  processor: 'none',
  'hardware-platform': 'none',
  'operating-system': 'none',
} as const;

const SHORT_OF: Readonly<Record<string, string>> = {
  all: 'a',
  'kernel-name': 's',
  nodename: 'n',
  'kernel-release': 'r',
  'kernel-version': 'v',
  machine: 'm',
  processor: 'p',
  'hardware-platform': 'i',
  'operating-system': 'o',
};

/** As the recorded kernel describes its build. */
export const KERNEL_VERSION = '#1 SMP PREEMPT_DYNAMIC @0';

export const uname = defineTool({
  name: 'uname',
  suite: 'coreutils',
  summary: { zh: '显示系统信息', en: 'Print system information' },
  usage: 'uname [-amnrspvio]',
  gnuUsage: 'uname [OPTION]...',
  busybox: { short: 'snrvmpioa', long: LONG },
  gnu: { short: 'asnrvmpio', long: LONG },
  // eslint-disable-next-line require-yield -- nothing here can block
  *run(call) {
    const [extra] = call.operands;
    if (extra !== undefined) return call.misuse(`extra operand ${call.quote(extra)}`);
    const { context } = call;
    const letters = new Set(call.parsed.options.map(({ name }) => SHORT_OF[name] ?? name));
    const all = letters.has('a');
    const values: Readonly<Record<(typeof ORDER)[number], string>> = {
      s: 'Linux',
      n: context.process.namespaces.uts.hostname,
      r: context.kernel.release,
      v: KERNEL_VERSION,
      m: 'x86_64',
      p: 'unknown',
      i: 'unknown',
      o: 'GNU/Linux',
    };
    const chosen = ORDER.filter((letter) => (all && values[letter] !== 'unknown') || letters.has(letter));
    context.out(`${(chosen.length > 0 ? chosen : (['s'] as const)).map((letter) => values[letter]).join(' ')}\n`);
    return 0;
  },
});
