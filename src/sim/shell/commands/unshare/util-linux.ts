/** unshare of util-linux 2.38.1. */
import type { NamespaceKind } from '../../../linux/namespace/inode.ts';
import { KIND_NAMES } from '../../namespace/namespace-names.ts';
import { SIGNAL_NUMBERS } from '../../../linux/process/signals.ts';
import { has, parseOptions, valueOf, type ParsedOptions } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';
import { separate } from './unshare.ts';

const LONG = {
  mount: 'optional',
  uts: 'optional',
  ipc: 'optional',
  net: 'optional',
  pid: 'optional',
  user: 'optional',
  cgroup: 'optional',
  time: 'optional',
  fork: 'none',
  'kill-child': 'optional',
  'mount-proc': 'optional',
  'map-user': 'required',
  'map-group': 'required',
  'map-root-user': 'none',
  'map-current-user': 'none',
  'map-auto': 'none',
  propagation: 'required',
  setgroups: 'required',
  'keep-caps': 'none',
  root: 'required',
  wd: 'required',
  setuid: 'required',
  setgid: 'required',
  monotonic: 'required',
  boottime: 'required',
  help: 'none',
  version: 'none',
} as const;

export const command: Command = {
  name: 'unshare',
  suite: 'util-linux',
  summary: { zh: '在新的命名空间里运行程序', en: 'Run a program in new namespaces' },
  options: ['-m', '-u', '-i', '-n', '-p', '-U', '-C', '-T', '-f', '-r', '-c', '-R', '-w', '--mount-proc', '--propagation'],
  *run(context) {
    const parsed = parseOptions(context.args, { short: 'fhVmuinpCTUrR:w:S:G:c', long: LONG, stopAtOperand: true });
    if (parsed.kind === 'mistake') {
      context.err(`unshare: ${parsed.message}\nTry 'unshare --help' for more information.\n`);
      return 1;
    }
    if (has(parsed, 'h', 'help')) {
      context.out('\nUsage:\n unshare [options] [<program> [<argument>...]]\n\nRun a program with some namespaces unshared from the parent.\n');
      return 0;
    }
    if (has(parsed, 'V', 'version')) {
      context.out('unshare from util-linux 2.38.1\n');
      return 0;
    }
    const refused = mistakeIn(parsed);
    if (refused !== undefined) {
      context.err(`unshare: ${refused}\n`);
      return 1;
    }
    const mapRoot = has(parsed, 'r', 'map-root-user');
    const mapSame = has(parsed, 'c', 'map-current-user');
    const mountProc = has(parsed, 'mount-proc') ? (valueOf(parsed, 'mount-proc') ?? '/proc') : undefined;
    const kinds = new Set<NamespaceKind>(KIND_NAMES.filter(({ letter, long }) => has(parsed, letter, long)).map(({ kind }) => kind));
    if (mapRoot || mapSame) kinds.add('user');
    if (mountProc !== undefined) kinds.add('mnt');
    return yield* separate(context, {
      kinds,
      fork: has(parsed, 'f', 'fork', 'kill-child'),
      mapRoot,
      mapSame,
      mountProc,
      root: valueOf(parsed, 'R', 'root'),
      directory: valueOf(parsed, 'w', 'wd'),
      program: parsed.operands,
      words: {
        refused: (error) => `unshare: unshare failed: ${error.text}\n`,
        cannotMap: (error) => `unshare: write failed /proc/self/uid_map: ${error.text}\n`,
        cannotRun: (program, error) => `unshare: failed to execute ${program}: ${error.text}\n`,
        cannotMount: (path, error) => `unshare: mount ${path} failed: ${error.text}\n`,
      },
    });
  },
};

const PROPAGATIONS = new Set(['slave', 'private', 'shared', 'unchanged']);

/** What is refused before anything is unshared (sys-utils/unshare.c main). */
function mistakeIn(parsed: ParsedOptions): string | undefined {
  const propagation = valueOf(parsed, 'propagation');
  if (propagation !== undefined && !PROPAGATIONS.has(propagation)) return `unsupported propagation mode: ${propagation}`;
  const setgroups = valueOf(parsed, 'setgroups');
  if (setgroups !== undefined && setgroups !== 'allow' && setgroups !== 'deny') return `unsupported --setgroups argument '${setgroups}'`;
  for (const [letter, long, what] of [
    ['S', 'setuid', 'uid'],
    ['G', 'setgid', 'gid'],
    ['map-user', 'map-user', 'uid'],
    ['map-group', 'map-group', 'gid'],
  ] as const) {
    const number = valueOf(parsed, letter, long);
    if (number !== undefined && !/^\d+$/.test(number)) return `failed to parse ${what}: '${number}'`;
  }
  const child = valueOf(parsed, 'kill-child');
  if (child !== undefined && signalByName(child) === undefined) return `unknown signal: ${child}`;
  if (has(parsed, 'monotonic', 'boottime') && !has(parsed, 'T', 'time'))
    return 'options --monotonic and --boottime require unsharing of a time namespace (-t)';
  if (setgroups === 'allow' && has(parsed, 'r', 'map-root-user', 'c', 'map-current-user', 'map-group'))
    return 'options --setgroups=allow and --map-group are mutually exclusive';
  return undefined;
}

function signalByName(word: string): string | undefined {
  if (/^\d+$/.test(word)) return word;
  const name = `SIG${word.toUpperCase().replace(/^SIG/, '')}`;
  return name in SIGNAL_NUMBERS ? name : undefined;
}
