/** ipcs of BusyBox 1.37 (util-linux/ipcs.c). */
import { readAccounts } from '../../process-table/accounts.ts';
import { busyboxMistake, wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';
import { IpcsReport, type IpcsOutput, type IpcsResource, type IpcsWords } from './ipcs.ts';

const USAGE = 'ipcs [[-smq] -i SHMID] | [[-asmq] [-tcplu]]';

const WORDS: IpcsWords = {
  messages: { creator: 'Message Queues: Creators/Owners', limits: 'Messages: Limits', summary: 'Messages: Status' },
  memory: { pid: 'Shared Memory Creator/Last-op' },
  semaphores: { time: 'Shared Memory Operation/Change Times', timeId: 'shmid' },
  totalMemory: 'max total shared memory (pages) = 18446744073692774399',
  swap: 'Swap performance: 0 attempts\t0 successes',
};

const OUTPUTS: Readonly<Record<string, IpcsOutput>> = { t: 'time', c: 'creator', p: 'pid', l: 'limits', u: 'summary' };

export const command: Command = {
  name: 'ipcs',
  suite: 'busybox',
  summary: { zh: '列出 System V IPC 对象', en: 'List System V IPC objects' },
  options: ['-m', '-q', '-s', '-a', '-t', '-c', '-p', '-l', '-u', '-i'],
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const parsed = parseOptions(context.args, { short: 'tcplui:aqsm' });
    if (parsed.kind === 'mistake') return busyboxMistake(context, { name: 'ipcs', message: parsed.message, usage: USAGE });
    const report = new IpcsReport(context, yield* readAccounts(context), WORDS);
    const id = valueOf(parsed, 'i');
    if (id !== undefined) {
      if (!has(parsed, 'm', 'q', 's')) {
        writeBusyboxUsage(context, USAGE);
        return 1;
      }
      if (!/^\d+$/.test(id)) {
        context.err(`ipcs: invalid number '${id}'\n`);
        return 1;
      }
      const { ipc } = context.process.namespaces;
      for (const [letter, call] of [
        ['m', 'shmctl'],
        ['q', 'msgctl'],
        ['s', 'semctl'],
      ] as const) {
        if (!has(parsed, letter)) continue;
        const text =
          letter === 'm'
            ? mapped(ipc.shared.table.find(Number(id)), (each) => report.segment(each))
            : letter === 'q'
              ? mapped(ipc.messages.table.find(Number(id)), (each) => report.queue(each))
              : mapped(ipc.semaphores.table.find(Number(id)), (each) => report.array(each));
        if (text === undefined) context.err(`ipcs: ${call}: Invalid argument\n`);
        else context.out(text);
      }
      return 0;
    }
    const output = parsed.options.map(({ name }) => OUTPUTS[name]).findLast((each) => each !== undefined) ?? 'status';
    const chosen: IpcsResource[] = [];
    const all = has(parsed, 'a') || !has(parsed, 'm', 'q', 's');
    if (all || has(parsed, 'q')) chosen.push('messages');
    if (all || has(parsed, 'm')) chosen.push('memory');
    if (all || has(parsed, 's')) chosen.push('semaphores');
    context.out(report.text(chosen, output));
    return 0;
  },
};

/** The result of `make` where there is something. */
export function mapped<T>(value: T | undefined, make: (value: T) => string): string | undefined {
  return value === undefined ? undefined : make(value);
}
