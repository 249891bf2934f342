/** unshare of BusyBox 1.37 (util-linux/unshare.c): its complaint shows the flags of the system call. */
import type { NamespaceKind } from '../../../linux/namespace/inode.ts';
import { KIND_NAMES } from '../../namespace/namespace-names.ts';
import { busyboxMistake, wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';
import { separate } from './unshare.ts';

const USAGE = 'unshare [OPTIONS] [PROG ARGS]';
const LETTERS = 'muinpU';

const LONG = {
  mount: 'optional',
  uts: 'optional',
  ipc: 'optional',
  net: 'optional',
  pid: 'optional',
  user: 'optional',
  fork: 'none',
  'map-root-user': 'none',
  'mount-proc': 'optional',
  propagation: 'required',
  setgroups: 'required',
} as const;

export const command: Command = {
  name: 'unshare',
  suite: 'busybox',
  summary: { zh: '在新的命名空间里运行程序', en: 'Run a program in new namespaces' },
  options: ['-m', '-u', '-i', '-n', '-p', '-U', '-f', '-r', '--mount-proc'],
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const parsed = parseOptions(context.args, { short: 'muinpUfr', long: LONG, stopAtOperand: true });
    if (parsed.kind === 'mistake') return busyboxMistake(context, { name: 'unshare', message: parsed.message, usage: USAGE });
    const mapRoot = has(parsed, 'r', 'map-root-user');
    const mountProc = has(parsed, 'mount-proc') ? (valueOf(parsed, 'mount-proc') ?? '/proc') : undefined;
    const wanted = KIND_NAMES.filter(
      ({ letter, long, kind }) =>
        LETTERS.includes(letter) && (has(parsed, letter, long) || (kind === 'user' && mapRoot) || (kind === 'mnt' && mountProc !== undefined)),
    );
    const flags = wanted.reduce((sum, { flag }) => sum + flag, 0);
    return yield* separate(context, {
      kinds: new Set<NamespaceKind>(wanted.map(({ kind }) => kind)),
      fork: has(parsed, 'f', 'fork'),
      mapRoot,
      mountProc,
      program: parsed.operands,
      words: {
        refused: (error) => `unshare: unshare(0x${flags.toString(16)}): ${error.text}\n`,
        cannotMap: (error) => `unshare: write error: ${error.text}\n`,
        cannotRun: (program, error) => `unshare: can't execute '${program}': ${error.text}\n`,
        cannotMount: (path, error) => `unshare: mount(${path}): ${error.text}\n`,
      },
    });
  },
};
