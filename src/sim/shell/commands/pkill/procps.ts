/** pkill of procps-ng 4.0.2. */
import { isSignalWord, matchAsProcps, procpsSignal } from '../../process-table/procps-match.ts';
import { errno } from '../../../linux/errno.ts';
import { has, valueOf } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'pkill',
  suite: 'procps',
  summary: { zh: '按名字给进程发信号', en: 'Signal processes by name' },
  options: ['-c', '-e', '-f', '-g', '-G', '-i', '-n', '-o', '-P', '-s', '-t', '-u', '-U', '-v', '-x', '--signal'],
  *run(context) {
    const signalWord = context.args.find((word) => isSignalWord(word));
    const words = context.args.filter((word) => word !== signalWord);
    const matches = yield* matchAsProcps(context, { name: 'pkill', short: 'eq:hVLF:fcinoxP:O:Ag:s:u:U:G:t:r:', words });
    if (typeof matches === 'number') return matches;
    const { parsed, found } = matches;
    const text = valueOf(parsed, 'signal') ?? signalWord?.slice(1) ?? 'TERM';
    const signal = procpsSignal(text);
    let sent = 0;
    for (const each of found) {
      // A name that is none becomes -1, which the kernel refuses.
      const failed = signal === undefined ? errno('EINVAL') : context.kill(each.pid, signal === 'none' ? undefined : signal);
      if (failed) {
        if (failed.code !== 'ESRCH') context.err(`pkill: killing pid ${each.pid} failed: ${failed.text}\n`);
        continue;
      }
      sent++;
      if (has(parsed, 'e', 'echo')) context.out(`${each.comm} killed (pid ${each.pid})\n`);
    }
    if (has(parsed, 'c', 'count')) context.out(`${found.length}\n`);
    return sent > 0 ? 0 : 1;
  },
};
