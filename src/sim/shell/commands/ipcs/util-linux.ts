/** ipcs of util-linux 2.38.1. */
import { readAccounts } from '../../process-table/accounts.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';
import { mapped } from './busybox.ts';
import { IpcsReport, type IpcsOutput, type IpcsResource, type IpcsWords } from './ipcs.ts';

const WORDS: IpcsWords = {
  messages: { creator: 'Message Queues Creators/Owners', limits: 'Messages Limits', summary: 'Messages Status' },
  memory: { pid: 'Shared Memory Creator/Last-op PIDs' },
  semaphores: { time: 'Semaphore Operation/Change Times', timeId: 'semid' },
  totalMemory: 'max total shared memory (kbytes) = 18446744073709551612',
  swap: 'Swap performance: 0 attempts\t 0 successes',
};

const LONG = {
  id: 'required',
  shmems: 'none',
  queues: 'none',
  semaphores: 'none',
  all: 'none',
  time: 'none',
  pid: 'none',
  creator: 'none',
  limits: 'none',
  summary: 'none',
  human: 'none',
  bytes: 'none',
  version: 'none',
  help: 'none',
} as const;

const OUTPUTS: Readonly<Record<string, IpcsOutput>> = {
  t: 'time',
  time: 'time',
  c: 'creator',
  creator: 'creator',
  p: 'pid',
  pid: 'pid',
  l: 'limits',
  limits: 'limits',
  u: 'summary',
  summary: 'summary',
};

export const command: Command = {
  name: 'ipcs',
  suite: 'util-linux',
  summary: { zh: '列出 System V IPC 对象', en: 'List System V IPC objects' },
  options: ['-m', '-q', '-s', '-a', '-t', '-c', '-p', '-l', '-u', '-i'],
  *run(context) {
    const parsed = parseOptions(context.args, { short: 'i:mqsatcplubVh', long: LONG });
    if (parsed.kind === 'mistake') {
      context.err(`ipcs: ${parsed.message}\nTry 'ipcs --help' for more information.\n`);
      return 1;
    }
    if (has(parsed, 'h', 'help')) {
      context.out('\nUsage:\n ipcs [resource-option...] [output-option]\n ipcs -m|-q|-s -i <id>\n');
      return 0;
    }
    if (has(parsed, 'V', 'version')) {
      context.out('ipcs from util-linux 2.38.1\n');
      return 0;
    }
    const report = new IpcsReport(context, yield* readAccounts(context), WORDS);
    const memory = has(parsed, 'm', 'shmems');
    const queues = has(parsed, 'q', 'queues');
    const semaphores = has(parsed, 's', 'semaphores');
    const id = valueOf(parsed, 'i', 'id');
    if (id !== undefined) {
      if (!/^\d+$/.test(id)) {
        context.err(`ipcs: failed to parse id argument: '${id}'\n`);
        return 1;
      }
      if ([memory, queues, semaphores].filter(Boolean).length !== 1) {
        context.err('ipcs: when using an ID, a single resource must be specified\n');
        return 1;
      }
      const { ipc } = context.process.namespaces;
      const text = memory
        ? mapped(ipc.shared.table.find(Number(id)), (each) => report.segment(each))
        : queues
          ? mapped(ipc.messages.table.find(Number(id)), (each) => report.queue(each))
          : mapped(ipc.semaphores.table.find(Number(id)), (each) => report.array(each));
      if (text === undefined) context.err(`ipcs: id ${id} not found\n`);
      else context.out(text);
      return 0;
    }
    const output = parsed.options.map(({ name }) => OUTPUTS[name]).findLast((each) => each !== undefined) ?? 'status';
    const all = has(parsed, 'a', 'all') || !(memory || queues || semaphores);
    const chosen: IpcsResource[] = [];
    if (all || queues) chosen.push('messages');
    if (all || memory) chosen.push('memory');
    if (all || semaphores) chosen.push('semaphores');
    context.out(report.text(chosen, output));
    return 0;
  },
};
