/** `kill -l` of BusyBox 1.37, the program's and the shell's (procps/kill.c). */
import type { ProcessContext } from '../../linux/process/process-context.ts';
import { parseSignal, shortName, signalList } from './busybox-signals.ts';

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
