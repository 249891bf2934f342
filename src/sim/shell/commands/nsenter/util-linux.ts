/** nsenter of util-linux 2.38.1. */
import { KIND_NAMES, openNamespace } from '../../namespace/namespace-names.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import type { NamespaceKind } from '../../../linux/namespace/inode.ts';
import type { Command } from '../../command.ts';
import { enter, type Wanted } from './nsenter.ts';

const LONG = {
  all: 'none',
  target: 'required',
  mount: 'optional',
  uts: 'optional',
  ipc: 'optional',
  net: 'optional',
  pid: 'optional',
  user: 'optional',
  cgroup: 'optional',
  time: 'optional',
  setuid: 'required',
  setgid: 'required',
  root: 'optional',
  wd: 'optional',
  wdns: 'required',
  'no-fork': 'none',
  'preserve-credentials': 'none',
  'follow-context': 'none',
  help: 'none',
  version: 'none',
} as const;

function mistake(context: ProcessContext, message: string): number {
  context.err(`nsenter: ${message}\nTry 'nsenter --help' for more information.\n`);
  return 1;
}

export const command: Command = {
  name: 'nsenter',
  suite: 'util-linux',
  summary: { zh: '在别的命名空间里运行程序', en: 'Run a program in other namespaces' },
  options: ['-t', '-a', '-m', '-u', '-i', '-n', '-p', '-U', '-C', '-T', '-S', '-G', '-r', '-w', '-F'],
  *run(context) {
    const parsed = parseOptions(context.args, { short: 'hVat:m::u::i::n::p::C::U::T::S:G:r::w::W:FZ', long: LONG, stopAtOperand: true });
    if (parsed.kind === 'mistake') return mistake(context, parsed.message);
    if (has(parsed, 'h', 'help')) {
      context.out('\nUsage:\n nsenter [options] [<program> [<argument>...]]\n\nRun a program with namespaces of other processes.\n');
      return 0;
    }
    if (has(parsed, 'V', 'version')) {
      context.out('nsenter from util-linux 2.38.1\n');
      return 0;
    }
    const target = valueOf(parsed, 't', 'target');
    if (target !== undefined && !/^\d+$/.test(target)) {
      context.err(`nsenter: failed to parse pid: '${target}'\n`);
      return 1;
    }
    for (const [letter, long, what] of [
      ['S', 'setuid', 'uid'],
      ['G', 'setgid', 'gid'],
    ] as const) {
      const number = valueOf(parsed, letter, long);
      if (number === undefined || /^\d+$/.test(number)) continue;
      context.err(`nsenter: failed to parse ${what}: '${number}'\n`);
      return 1;
    }
    const all = has(parsed, 'a', 'all');
    const wanted: Wanted[] = [];
    for (const { kind, letter, long } of KIND_NAMES) {
      const given = has(parsed, letter, long);
      if (!given && !all) continue;
      const value = valueOf(parsed, letter, long)?.replace(/^=/, '');
      if (value === undefined && target === undefined)
        return usage(context, given ? `neither filename nor target pid supplied for ns/${kind}` : 'no target PID specified for --all');
      const path = value ?? `/proc/${target ?? ''}/ns/${kind}`;
      // --all leaves out what is the same anyway; a user namespace cannot be joined twice.
      if (!given && isOwn(context, path, kind)) continue;
      wanted.push({ kind, path });
    }
    const user = wanted.some((each) => each.kind === 'user') && !has(parsed, 'preserve-credentials');
    return yield* enter(context, {
      wanted,
      program: parsed.operands,
      fork: !has(parsed, 'F', 'no-fork'),
      root: has(parsed, 'r', 'root') ? (valueOf(parsed, 'r', 'root') ?? `/proc/${target ?? ''}/root`) : undefined,
      directory: has(parsed, 'w', 'wd') ? (valueOf(parsed, 'w', 'wd') ?? `/proc/${target ?? ''}/cwd`) : undefined,
      directoryInside: valueOf(parsed, 'W', 'wdns'),
      uid: numberOr(valueOf(parsed, 'S', 'setuid'), user ? 0 : undefined),
      gid: numberOr(valueOf(parsed, 'G', 'setgid'), user ? 0 : undefined),
      words: {
        cannotOpen: (path, error) => `nsenter: cannot open ${path}: ${error.text}\n`,
        cannotJoin: (kind, error) => `nsenter: reassociate to namespace 'ns/${kind}' failed: ${error.text}\n`,
        cannotRun: (program, error) => `nsenter: failed to execute ${program}: ${error.text}\n`,
      },
    });
  },
};

function isOwn(context: ProcessContext, path: string, kind: NamespaceKind): boolean {
  const { process } = context;
  return openNamespace(context, path) === (kind === 'user' ? process.credentials.user : process.namespaces[kind]);
}

function usage(context: ProcessContext, message: string): number {
  context.err(`nsenter: ${message}\n`);
  return 1;
}

function numberOr(text: string | undefined, otherwise: number | undefined): number | undefined {
  return text === undefined ? otherwise : Number(text);
}
