/** pkill of BusyBox 1.37. */
import { matchProcesses } from '../../process-table/busybox-match.ts';
import { has } from '../../options/parse-options.ts';
import { wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { parseSignal, signalList, type ParsedSignal } from '../../signals/busybox-signals.ts';
import { sendParsed } from '../../signals/signal-processes.ts';
import type { Command } from '../../command.ts';

const USAGE = 'pkill [-l|-SIGNAL] [-xfvnoe] [-s SID|-P PPID|PATTERN]';

export const command: Command = {
  name: 'pkill',
  suite: 'busybox',
  summary: { zh: '按名字给进程发信号', en: 'Signal processes by name' },
  options: ['-l', '-f', '-x', '-v', '-n', '-o', '-e', '-s', '-P'],
  // eslint-disable-next-line require-yield -- sending a signal never blocks
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    let words = [...context.args];
    if (words[0] === '-l') {
      context.out(signalList());
      return 0;
    }
    let signal: ParsedSignal = { kind: 'signal', name: 'SIGTERM' };
    const given = words[0]?.startsWith('-') ? parseSignal(words[0].slice(1)) : undefined;
    if (given) {
      signal = given;
      words = words.slice(1);
    }
    const matches = matchProcesses(context, { name: 'pkill', usage: USAGE, short: 'vlfxones:P:', words });
    if (typeof matches === 'number') return matches;
    for (const { process, shown } of matches.found) {
      const failed = sendParsed(context, process.pid, signal);
      if (failed) context.err(`pkill: kill: ${failed.text}\n`);
      else if (has(matches.parsed, 'e')) context.out(`${shown} killed (pid ${process.pid})\n`);
    }
    return matches.found.length > 0 ? 0 : 1;
  },
};
