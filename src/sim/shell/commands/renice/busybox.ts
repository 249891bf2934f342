/** renice of BusyBox 1.37 (procps/renice.c). */
import { readAccounts } from '../../process-table/accounts.ts';
import { wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import type { Command } from '../../command.ts';
import { setNice } from './renice.ts';

const USAGE = 'renice [-n] PRIORITY [[-p|g|u] ID...]...';

export const command: Command = {
  name: 'renice',
  suite: 'busybox',
  summary: { zh: '改变进程的优先级', en: 'Change the niceness of processes' },
  options: ['-n', '-p', '-g', '-u'],
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const words = [...context.args];
    const relative = words[0] === '-n';
    if (relative) words.shift();
    const amount = words.shift();
    if (amount === undefined) {
      writeBusyboxUsage(context, USAGE);
      return 1;
    }
    if (!/^[+-]?\d+$/.test(amount)) {
      context.err(`renice: invalid number '${amount}'\n`);
      return 1;
    }
    const accounts = yield* readAccounts(context);
    const own = context.process.namespaces.pid;
    let which = 'p';
    let code = 0;
    for (const word of words) {
      if (/^-[pgu]$/.test(word)) {
        which = word.charAt(1);
        continue;
      }
      const id = which === 'u' ? (accounts.userId(word) ?? Number(word)) : Number(word);
      if (!Number.isInteger(id)) {
        context.err(which === 'u' ? `renice: unknown user ${word}\n` : `renice: invalid number '${word}'\n`);
        return 1;
      }
      const found = own
        .processes()
        .filter((each) => (which === 'p' ? own.find(id) === each : which === 'g' ? each.group === own.find(id) : each.credentials.uid === id));
      if (found.length === 0) {
        context.err('renice: setpriority: No such process\n');
        code = 1;
      }
      for (const each of found) {
        const failed = setNice(context, each, relative ? each.nice + Number(amount) : Number(amount));
        if (!failed) continue;
        context.err(`renice: setpriority: ${failed.text}\n`);
        code = 1;
      }
    }
    return code;
  },
};
