/** ipcrm of BusyBox 1.37 (util-linux/ipcrm.c), with the old form `ipcrm shm|msg|sem ID...`. */
import { busyboxMistake, wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { parseOptions } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';
import { complaint, FAMILY_OF_LETTER, idOfKey, parseNumber, removeById, type IpcFamily } from './ipcrm.ts';

const USAGE = 'ipcrm [-MQS key] [-mqs id]';

export const command: Command = {
  name: 'ipcrm',
  suite: 'busybox',
  summary: { zh: '删除 System V IPC 对象', en: 'Remove System V IPC objects' },
  options: ['-m', '-q', '-s', '-M', '-Q', '-S'],
  // eslint-disable-next-line require-yield -- nothing here can block
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const [first, ...rest] = context.args;
    let errors = 0;
    if (first === 'shm' || first === 'msg' || first === 'sem') {
      if (rest.length === 0) {
        writeBusyboxUsage(context, USAGE);
        return 1;
      }
      for (const word of rest) {
        const id = parseNumber(word);
        if (id === undefined) {
          context.err(`ipcrm: invalid id: ${word}\n`);
          return 1;
        }
        const failed = removeById(context, first satisfies IpcFamily, id);
        if (!failed) continue;
        context.err(`ipcrm: can't remove id ${word}: ${failed.text}\n`);
        errors++;
      }
      if (errors === 0) context.out('resource(s) deleted\n');
      return errors > 0 ? 1 : 0;
    }
    const parsed = parseOptions(context.args, { short: 'q:m:s:Q:M:S:' });
    if (parsed.kind === 'mistake') return busyboxMistake(context, { name: 'ipcrm', message: parsed.message, usage: USAGE });
    if (parsed.operands.length > 0) {
      writeBusyboxUsage(context, USAGE);
      return 1;
    }
    for (const { name, value = '' } of parsed.options) {
      const family = FAMILY_OF_LETTER[name] ?? 'shm';
      const isKey = name === name.toUpperCase();
      const number = parseNumber(value);
      if (number === undefined) {
        context.err(`ipcrm: invalid number '${value}'\n`);
        return 1;
      }
      if (isKey && number === 0) {
        errors++;
        context.err(`ipcrm: illegal key (${value})\n`);
        continue;
      }
      const id = isKey ? idOfKey(context, family, number) : number;
      if (id === undefined) {
        errors++;
        context.err(`ipcrm: invalid key (${value})\n`);
        continue;
      }
      const failed = removeById(context, family, id);
      if (!failed) continue;
      errors++;
      context.err(`ipcrm: ${complaint(failed, isKey ? 'key' : 'id')} (${value})\n`);
    }
    return errors;
  },
};
