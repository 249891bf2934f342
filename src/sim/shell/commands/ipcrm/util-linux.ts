/** ipcrm of util-linux 2.38.1. */
import { has, parseOptions } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { allIds, complaint, FAMILY_OF_LETTER, idOfKey, parseNumber, removeById, type IpcFamily } from './ipcrm.ts';

const LONG = {
  'shmem-id': 'required',
  'shmem-key': 'required',
  'queue-id': 'required',
  'queue-key': 'required',
  'semaphore-id': 'required',
  'semaphore-key': 'required',
  all: 'optional',
  verbose: 'none',
  version: 'none',
  help: 'none',
} as const;

const LETTER_OF: Readonly<Record<string, string>> = {
  'shmem-id': 'm',
  'shmem-key': 'M',
  'queue-id': 'q',
  'queue-key': 'Q',
  'semaphore-id': 's',
  'semaphore-key': 'S',
};

const NAMES: Readonly<Record<IpcFamily, string>> = { shm: 'shared memory segment', msg: 'message queue', sem: 'semaphore' };

function tryHelp(context: ProcessContext, message: string): number {
  context.err(`ipcrm: ${message}\nTry 'ipcrm --help' for more information.\n`);
  return 1;
}

export const command: Command = {
  name: 'ipcrm',
  suite: 'util-linux',
  summary: { zh: '删除 System V IPC 对象', en: 'Remove System V IPC objects' },
  options: ['-m', '-q', '-s', '-M', '-Q', '-S', '-a', '-v'],
  // eslint-disable-next-line require-yield -- nothing here can block
  *run(context) {
    const [first, ...rest] = context.args;
    let failures = 0;
    const complain = (message: string): void => {
      failures++;
      context.err(`ipcrm: ${message}\n`);
    };
    if (first === 'shm' || first === 'msg' || first === 'sem') {
      if (rest.length === 0) return tryHelp(context, 'not enough arguments');
      for (const word of rest) {
        const id = parseNumber(word);
        const failed = id === undefined ? undefined : removeById(context, first satisfies IpcFamily, id);
        if (id === undefined) complain(`invalid id: ${word}`);
        else if (failed) complain(`${complaint(failed, 'id')} (${word})`);
      }
      if (failures === 0) context.out('resource(s) deleted\n');
      return failures > 0 ? 1 : 0;
    }
    const parsed = parseOptions(context.args, { short: 'q:m:s:Q:M:S:a::vhV', long: LONG });
    if (parsed.kind === 'mistake') return tryHelp(context, parsed.message);
    if (has(parsed, 'h', 'help')) {
      context.out('\nUsage:\n ipcrm [options]\n ipcrm shm|msg|sem <id>...\n');
      return 0;
    }
    if (has(parsed, 'V', 'version')) {
      context.out('ipcrm from util-linux 2.38.1\n');
      return 0;
    }
    let verbose = false;
    for (const { name, value = '' } of parsed.options) {
      if (name === 'a' || name === 'all') {
        if (value !== '' && !['shm', 'msg', 'sem'].includes(value)) {
          context.err(`ipcrm: unknown argument: ${value}\n`);
          return 1;
        }
        const families: readonly IpcFamily[] = value === '' ? ['shm', 'msg', 'sem'] : [value as IpcFamily];
        for (const family of families) for (const id of allIds(context, family)) removeById(context, family, id);
        continue;
      }
      verbose ||= name === 'v' || name === 'verbose';
      const letter = LETTER_OF[name] ?? name;
      const family = FAMILY_OF_LETTER[letter];
      if (!family) continue;
      const isKey = letter === letter.toUpperCase();
      const number = parseNumber(value);
      if (number === undefined) {
        context.err(`ipcrm: failed to parse argument: '${value}'\n`);
        return 1;
      }
      if (isKey && number === 0) {
        complain(`illegal key (${value})`);
        continue;
      }
      const id = isKey ? idOfKey(context, family, number) : number;
      if (id === undefined) {
        complain(`invalid key (${value})`);
        continue;
      }
      if (verbose) context.out(`removing ${NAMES[family]} id \`${id}'\n`);
      const failed = removeById(context, family, id);
      if (failed) complain(`${complaint(failed, isKey ? 'key' : 'id')} (${value})`);
    }
    const [operand] = parsed.operands;
    if (operand !== undefined) return tryHelp(context, `unknown argument: ${operand}`);
    return failures > 0 ? 1 : 0;
  },
};
