/** Stands in for executables that real machines and images have and this world does not model: it says so instead of pretending. */
import type { Command } from '../../command.ts';

/** As a shell's status for a command that cannot be run. */
const CANNOT_RUN = 126;

export const command: Command = {
  name: 'unmodelled',
  suite: 'system',
  summary: {
    zh: '代表真实系统里有、而这里没有模拟的程序：它会直说',
    en: 'Stands in for programs that exist in life and are not modelled here: it says so',
  },
  // eslint-disable-next-line require-yield -- programs are generators, also those that never wait
  *run(context) {
    const name = (context.argv[0] ?? '').split('/').at(-1) ?? '';
    context.err(`${name}: 这个模拟集群里没有模拟该程序 (not modelled in this simulated cluster)\n`);
    return CANNOT_RUN;
  },
};
