/** lscpu of util-linux 2.38.1, as far as the processors of the simulated machines are known. */
import { parseOptions } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';

const FACTS: readonly (readonly [string, string])[] = [
  ['Architecture', 'x86_64'],
  ['  CPU op-mode(s)', '32-bit, 64-bit'],
  ['  Byte Order', 'Little Endian'],
  ['CPU(s)', '2'],
  ['  On-line CPU(s) list', '0,1'],
];

export const command: Command = {
  name: 'lscpu',
  suite: 'util-linux',
  summary: { zh: '显示处理器信息', en: 'Show the processors' },
  // eslint-disable-next-line require-yield -- nothing here can block
  *run(context) {
    const parsed = parseOptions(context.args, { short: 'aBbcCe::hJp::rs:VxyH', long: { help: 'none', version: 'none' } });
    if (parsed.kind === 'mistake') {
      context.err(`lscpu: ${parsed.message}\nTry 'lscpu --help' for more information.\n`);
      return 1;
    }
    if (parsed.options.some((option) => option.name === 'V' || option.name === 'version')) {
      context.out('lscpu from util-linux 2.38.1\n');
      return 0;
    }
    for (const [name, value] of FACTS) context.out(`${`${name}:`.padEnd(40)} ${value}\n`);
    return 0;
  },
};
