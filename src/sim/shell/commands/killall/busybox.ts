/** killall of BusyBox 1.37 (procps/kill.c). */
import { isNamed } from '../../process-table/find-by-name.ts';
import { visibleProcesses } from '../../process-table/visible-processes.ts';
import { wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { parseSignal, type ParsedSignal } from '../../signals/busybox-signals.ts';
import { sendParsed } from '../../signals/signal-processes.ts';
import { listSignals } from '../../signals/list-busybox-signals.ts';
import type { Command } from '../../command.ts';

const USAGE = 'killall [-lq] [-SIG] PROCESS_NAME...';

export const command: Command = {
  name: 'killall',
  suite: 'busybox',
  summary: { zh: '按程序名给进程发信号', en: 'Signal all processes of a program' },
  options: ['-l', '-q'],
  // eslint-disable-next-line require-yield -- sending a signal never blocks
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    let words = [...context.args];
    if (words[0] === '-l') return listSignals(context, 'killall', words.slice(1));
    let quiet = false;
    let signal: ParsedSignal = { kind: 'signal', name: 'SIGTERM' };
    for (let [word] = words; word?.startsWith('-') && word !== '--'; [word] = words) {
      words = words.slice(1);
      if (word === '-q') {
        quiet = true;
        continue;
      }
      const parsed = parseSignal(word.slice(1));
      if (!parsed) {
        context.err(`killall: bad signal name '${word.slice(1)}'\n`);
        return 1;
      }
      signal = parsed;
    }
    if (words[0] === '--') words = words.slice(1);
    if (words.length === 0) {
      context.err('killall: you need to specify whom to kill\n');
      return 1;
    }
    let errors = 0;
    for (const name of words) {
      const found = visibleProcesses(context).filter((each) => each.process !== context.process && isNamed(each, name));
      if (found.length === 0) {
        errors++;
        if (!quiet) context.err(`killall: ${name}: no process killed\n`);
      }
      for (const each of found) {
        const failed = sendParsed(context, each.pid, signal);
        if (!failed) continue;
        errors++;
        if (!quiet) context.err(`killall: can't kill pid ${each.pid}: ${failed.text}\n`);
      }
    }
    return errors;
  },
};
