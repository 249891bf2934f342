/** kill of BusyBox 1.37 (procps/kill.c). */
import { parseSignal, type ParsedSignal } from '../../signals/busybox-signals.ts';
import { listSignals } from '../../signals/list-busybox-signals.ts';
import { sendParsed } from '../../signals/signal-processes.ts';
import { wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import type { Command } from '../../command.ts';

const USAGE = 'kill [-l] [-SIG] PID...';

export const command: Command = {
  name: 'kill',
  suite: 'busybox',
  summary: { zh: '向进程发送信号', en: 'Send a signal to processes' },
  options: ['-l', '-s'],
  // eslint-disable-next-line require-yield -- sending a signal never blocks
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    let words = [...context.args];
    let signal: ParsedSignal = { kind: 'signal', name: 'SIGTERM' };
    const [first = ''] = words;
    if (first === '-l') return listSignals(context, 'kill', words.slice(1));
    if (first.startsWith('-') && first !== '--' && first !== '-') {
      const long = first === '-s' && words[1] !== undefined;
      const text = long ? (words[1] ?? '') : first.slice(1);
      const parsed = parseSignal(text);
      if (!parsed) {
        context.err(`kill: bad signal name '${text}'\n`);
        return 1;
      }
      signal = parsed;
      words = words.slice(long ? 2 : 1);
    } else if (first === '--') words = words.slice(1);
    if (words.length === 0) {
      context.err('kill: you need to specify whom to kill\n');
      return 1;
    }
    let errors = 0;
    for (const word of words) {
      if (!/^-?\d+$/.test(word)) {
        context.err(`kill: invalid number '${word}'\n`);
        errors++;
        continue;
      }
      const failed = sendParsed(context, Number(word), signal);
      if (!failed) continue;
      context.err(`kill: can't kill pid ${word}: ${failed.text}\n`);
      errors++;
    }
    return errors;
  },
};
