/** renice of util-linux 2.38.1. */
import { readAccounts } from '../../process-table/accounts.ts';
import type { Command } from '../../command.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { setNice } from './renice.ts';

const KINDS = { p: 'process ID', g: 'process group ID', u: 'user ID' } as const;

function hint(context: ProcessContext, message: string): number {
  context.err(`renice: ${message}\nTry 'renice --help' for more information.\n`);
  return 1;
}

export const command: Command = {
  name: 'renice',
  suite: 'util-linux',
  summary: { zh: '改变进程的优先级', en: 'Change the niceness of processes' },
  options: ['-n', '-p', '-g', '-u'],
  *run(context) {
    const words = [...context.args];
    if (words[0] === '--help' || words[0] === '-h') {
      context.out('\nUsage:\n renice [-n|--priority|--relative] <priority> [-p|--pid] <pid>...\n');
      return 0;
    }
    if (words[0] === '-V' || words[0] === '--version') {
      context.out('renice from util-linux 2.38.1\n');
      return 0;
    }
    const relative = words[0] === '--relative';
    if (words[0] === '-n' || words[0] === '--priority' || relative) words.shift();
    if (words.length < 2) return hint(context, 'not enough arguments');
    const amount = words.shift() ?? '';
    if (!/^[+-]?\d+$/.test(amount)) return hint(context, `invalid priority '${amount}'`);
    const accounts = yield* readAccounts(context);
    const own = context.process.namespaces.pid;
    let which: keyof typeof KINDS = 'p';
    let code = 0;
    for (const word of words) {
      const option = /^(?:-([pgu])|--(pid|pgrp|user))$/.exec(word);
      if (option) {
        which = option[1] === 'g' || option[2] === 'pgrp' ? 'g' : option[1] === 'u' || option[2] === 'user' ? 'u' : 'p';
        continue;
      }
      const id =
        which === 'u' ? (accounts.userId(word) ?? (/^\d+$/.test(word) ? Number(word) : undefined)) : /^\d+$/.test(word) ? Number(word) : undefined;
      if (id === undefined) {
        context.err(which === 'u' ? `renice: unknown user ${word}\n` : `renice: bad ${KINDS[which]} value: ${word}\n`);
        code = 1;
        continue;
      }
      const found = own
        .processes()
        .filter((each) => (which === 'p' ? own.find(id) === each : which === 'g' ? each.group === own.find(id) : each.credentials.uid === id));
      const [first] = found;
      if (!first) {
        context.err(`renice: failed to get priority for ${word} (${KINDS[which]}): No such process\n`);
        code = 1;
        continue;
      }
      const before = first.nice;
      const failed = found
        .map((each) => setNice(context, each, relative ? each.nice + Number(amount) : Number(amount)))
        .find((each) => each !== undefined);
      if (failed) {
        context.err(`renice: failed to set priority for ${word} (${KINDS[which]}): ${failed.text}\n`);
        code = 1;
        continue;
      }
      context.out(`${word} (${KINDS[which]}) old priority ${before}, new priority ${first.nice}\n`);
    }
    return code;
  },
};
