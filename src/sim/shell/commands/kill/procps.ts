/** kill of procps-ng 4.0.2 (/bin/kill); shells have a kill of their own. */
import { procpsSignal } from '../../process-table/procps-match.ts';
import { signalNames, signalTable } from '../../signals/procps-list.ts';
import { SIGNAL_NUMBERS, signalName, type SignalName } from '../../../linux/process/signals.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Command } from '../../command.ts';

const USAGE = `
Usage:
 kill [options] <pid> [...]

Options:
 <pid> [...]            send signal to every <pid> listed
 -<signal>, -s, --signal <signal>
                        specify the <signal> to be sent
 -l, --list=[<signal>]  list all signal names, or convert one to a name
 -L, --table            list all signal names in a nice table
`;

function list(context: ProcessContext, word: string | undefined): number {
  if (word === undefined) {
    context.out(signalNames());
    return 0;
  }
  const signal = /^\d+$/.test(word) ? signalName(Number(word) & 127) : procpsSignal(word);
  if (signal === undefined || signal === 'none') {
    context.err(`${context.argv[0] ?? 'kill'}: unknown signal name ${word}\n`);
    return 0;
  }
  context.out(/^\d+$/.test(word) ? `${signal === 'SIGIO' ? 'POLL' : signal.slice(3)}\n` : `${SIGNAL_NUMBERS[signal]}\n`);
  return 0;
}

export const command: Command = {
  name: 'kill',
  suite: 'procps',
  summary: { zh: '向进程发送信号', en: 'Send a signal to processes' },
  options: ['-s', '-l', '-L'],
  // eslint-disable-next-line require-yield -- sending a signal never blocks
  *run(context) {
    const name = context.argv[0] ?? 'kill';
    const pids: string[] = [];
    let signal: SignalName | 'none' = 'SIGTERM';
    const words = [...context.args];
    for (let word = words.shift(); word !== undefined; word = words.shift()) {
      if (word === '-l' || word === '--list') return list(context, words.shift());
      if (word.startsWith('--list=')) return list(context, word.slice(7));
      if (word === '-L' || word === '--table') {
        context.out(signalTable());
        return 0;
      }
      if (word === '--help' || word === '-h') {
        context.out(USAGE);
        return 0;
      }
      if (word === '-V' || word === '--version') {
        context.out('kill from procps-ng 4.0.2\n');
        return 0;
      }
      if (word === '--') {
        pids.push(...words);
        break;
      }
      const isPid = !word.startsWith('-') || (pids.length > 0 && /^-\d+$/.test(word));
      if (isPid) {
        pids.push(word);
        continue;
      }
      const given =
        word === '-s' || word === '--signal' ? words.shift() : word.startsWith('-s') && procpsSignal(word.slice(2)) ? word.slice(2) : word.slice(1);
      const parsed = given === undefined ? undefined : procpsSignal(given);
      if (parsed === undefined) {
        context.err(`${name}: invalid argument ${(given ?? 's').slice(0, 1)}\n${USAGE}`);
        return 1;
      }
      signal = parsed;
    }
    if (pids.length === 0) {
      context.err(USAGE);
      return 1;
    }
    let code = 0;
    for (const word of pids) {
      if (!/^-?\d+$/.test(word)) {
        context.err(`${name}: failed to parse argument: '${word}'\n`);
        return 1;
      }
      const failed = context.kill(Number(word), signal === 'none' ? undefined : signal);
      if (!failed) continue;
      context.err(`${name}: (${word}): ${failed.text}\n`);
      code = 1;
    }
    return code;
  },
};
