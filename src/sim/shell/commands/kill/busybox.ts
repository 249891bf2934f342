/** kill of BusyBox 1.37 (procps/kill.c). */
import { parseSignal, shortName, signalList, type ParsedSignal } from '../../signals/busybox-signals.ts';
import { sendParsed } from '../../signals/signal-processes.ts';
import { wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Command } from '../../command.ts';

const USAGE = 'kill [-l] [-SIG] PID...';

/** `-l [NAME or NUMBER]...`; exit statuses above 127 stand for their signal. */
export function listSignals(context: ProcessContext, name: string, words: readonly string[]): number {
  if (words.length === 0) {
    context.out(signalList());
    return 0;
  }
  for (const word of words) {
    if (/^\d+$/.test(word)) {
      const number = Number(word) & 127;
      context.out(`${shortName(number)}\n`);
      continue;
    }
    const parsed = parseSignal(word);
    if (!parsed) {
      context.err(`${name}: unknown signal '${word}'\n`);
      return 1;
    }
    context.out(`${parsed.kind === 'signal' ? numberOf(parsed.name) : parsed.kind === 'none' ? 0 : parsed.number}\n`);
  }
  return 0;
}

function numberOf(name: string): number {
  for (let number = 1; number < 32; number++) if (`SIG${shortName(number)}` === name || (number === 29 && name === 'SIGIO')) return number;
  return 0;
}

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
