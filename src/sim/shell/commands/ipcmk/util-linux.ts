/** ipcmk of util-linux 2.38.1: makes System V objects under random keys. */
import { isErrno } from '../../../linux/errno.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Command } from '../../command.ts';

const LONG = { shmem: 'required', semaphore: 'required', queue: 'none', mode: 'required', help: 'none', version: 'none' } as const;

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** Sizes with letters (lib/strutils.c parse_size). */
function parseSize(text: string): number | undefined {
  const match = /^(\d+)([a-z]{0,3})$/i.exec(text);
  const unit = UNITS[(match?.[2] ?? '').toLowerCase()];
  return match && unit !== undefined ? Number(match[1]) * unit : undefined;
}

function randomKey(context: ProcessContext): number {
  return context.simulation.random.integer(1, 0xffff_ffff);
}

function hint(context: ProcessContext, message: string): number {
  context.err(`ipcmk: ${message}\nTry 'ipcmk --help' for more information.\n`);
  return 1;
}

export const command: Command = {
  name: 'ipcmk',
  suite: 'util-linux',
  summary: { zh: '创建 System V IPC 对象', en: 'Create System V IPC objects' },
  options: ['-M', '-S', '-Q', '-p'],
  // eslint-disable-next-line require-yield -- nothing here can block
  *run(context) {
    const parsed = parseOptions(context.args, { short: 'hM:QS:p:Vh', long: LONG });
    if (parsed.kind === 'mistake') return hint(context, parsed.message);
    if (has(parsed, 'h', 'help')) {
      context.out('\nUsage:\n ipcmk [options]\n\nCreate various IPC resources.\n');
      return 0;
    }
    if (has(parsed, 'V', 'version')) {
      context.out('ipcmk from util-linux 2.38.1\n');
      return 0;
    }
    const modeText = valueOf(parsed, 'p', 'mode') ?? '644';
    const mode = /^[0-7]+$/.test(modeText) ? Number.parseInt(modeText, 8) : undefined;
    if (mode === undefined) {
      context.err(`ipcmk: failed to parse mode: Success\n`);
      return 1;
    }
    const { ipc } = context.process.namespaces;
    const flags = { create: true, exclusive: true, mode };
    const memory = valueOf(parsed, 'M', 'shmem');
    const semaphores = valueOf(parsed, 'S', 'semaphore');
    const queue = has(parsed, 'Q', 'queue');
    if (memory === undefined && semaphores === undefined && !queue) return hint(context, 'bad usage');
    if (memory !== undefined) {
      const size = parseSize(memory);
      if (size === undefined) {
        context.err(`ipcmk: failed to parse size: '${memory}': Invalid argument\n`);
        return 1;
      }
      const made = ipc.shared.get(context.process, randomKey(context), { size, flags });
      if (isErrno(made)) {
        context.err(`ipcmk: create share memory failed: ${made.text}\n`);
        return 1;
      }
      context.out(`Shared memory id: ${made.id}\n`);
    }
    if (queue) {
      const made = ipc.messages.get(context.process, randomKey(context), flags);
      if (isErrno(made)) {
        context.err(`ipcmk: create message queue failed: ${made.text}\n`);
        return 1;
      }
      context.out(`Message queue id: ${made.id}\n`);
    }
    if (semaphores !== undefined) {
      if (!/^-?\d+$/.test(semaphores)) {
        context.err(`ipcmk: failed to parse elements: '${semaphores}'\n`);
        return 1;
      }
      const made = ipc.semaphores.get(context.process, randomKey(context), { count: Number(semaphores), flags });
      if (isErrno(made)) {
        context.err(`ipcmk: create semaphore failed: ${made.text}\n`);
        return 1;
      }
      context.out(`Semaphore id: ${made.id}\n`);
    }
    return 0;
  },
};
