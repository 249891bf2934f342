/** pgrep of BusyBox 1.37. */
import { matchProcesses } from '../../process-table/busybox-match.ts';
import { has } from '../../options/parse-options.ts';
import { wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import type { Command } from '../../command.ts';

const USAGE = 'pgrep [-flanovx] [-s SID|-P PPID|PATTERN]';

export const command: Command = {
  name: 'pgrep',
  suite: 'busybox',
  summary: { zh: '按名字找进程号', en: 'Find process ids by name' },
  options: ['-f', '-l', '-a', '-n', '-o', '-v', '-x', '-s', '-P'],
  // eslint-disable-next-line require-yield -- reads the process table only
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const matches = matchProcesses(context, { name: 'pgrep', usage: USAGE, short: 'vlafxons:P:', words: context.args });
    if (typeof matches === 'number') return matches;
    for (const { process, shown } of matches.found) {
      const text =
        has(matches.parsed, 'a') && has(matches.parsed, 'f')
          ? ` ${process.argv.join(' ') || process.comm}`
          : has(matches.parsed, 'l', 'a')
            ? ` ${shown}`
            : '';
      context.out(`${process.pid}${text}\n`);
    }
    return matches.found.length > 0 ? 0 : 1;
  },
};
