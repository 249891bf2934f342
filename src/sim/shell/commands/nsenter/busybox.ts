/** nsenter of BusyBox 1.37 (util-linux/nsenter.c). */
import { KIND_NAMES } from '../../namespace/namespace-names.ts';
import { busyboxMistake, wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';
import { enter, type Wanted } from './nsenter.ts';

const USAGE = 'nsenter [OPTIONS] [PROG ARGS]';

const LONG = {
  target: 'required',
  mount: 'optional',
  uts: 'optional',
  ipc: 'optional',
  net: 'optional',
  pid: 'optional',
  user: 'optional',
  setuid: 'required',
  setgid: 'required',
  root: 'optional',
  wd: 'optional',
  'no-fork': 'none',
  'preserve-credentials': 'none',
} as const;

export const command: Command = {
  name: 'nsenter',
  suite: 'busybox',
  summary: { zh: '在别的命名空间里运行程序', en: 'Run a program in other namespaces' },
  options: ['-t', '-m', '-u', '-i', '-n', '-p', '-U', '-S', '-G', '-r', '-w', '-F'],
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const parsed = parseOptions(context.args, { short: 't:m::u::i::n::p::U::S:G:r::w::F', long: LONG, stopAtOperand: true });
    if (parsed.kind === 'mistake') return busyboxMistake(context, { name: 'nsenter', message: parsed.message, usage: USAGE });
    for (const name of ['t', 'S', 'G']) {
      const number = valueOf(parsed, name, { t: 'target', S: 'setuid', G: 'setgid' }[name] ?? name);
      if (number !== undefined && !/^\d+$/.test(number)) {
        context.err(`nsenter: invalid number '${number}'\n`);
        return 1;
      }
    }
    const target = valueOf(parsed, 't', 'target');
    if (target !== undefined && Number(target) === 0) {
      writeBusyboxUsage(context, USAGE);
      return 1;
    }
    const wanted: Wanted[] = [];
    for (const { kind, letter, long } of KIND_NAMES) {
      if (!has(parsed, letter, long)) continue;
      const value = valueOf(parsed, letter, long);
      if (value === undefined && target === undefined) {
        writeBusyboxUsage(context, USAGE);
        return 1;
      }
      wanted.push({ kind, path: value ?? `/proc/${target ?? ''}/ns/${kind}` });
    }
    const user = wanted.some((each) => each.kind === 'user') && !has(parsed, 'preserve-credentials');
    const uid = valueOf(parsed, 'S', 'setuid');
    const gid = valueOf(parsed, 'G', 'setgid');
    return yield* enter(context, {
      wanted,
      program: parsed.operands,
      fork: !has(parsed, 'F', 'no-fork'),
      root: has(parsed, 'r', 'root') ? (valueOf(parsed, 'r', 'root') ?? `/proc/${target ?? ''}/root`) : undefined,
      directory: has(parsed, 'w', 'wd') ? (valueOf(parsed, 'w', 'wd') ?? `/proc/${target ?? ''}/cwd`) : undefined,
      uid: uid === undefined ? (user ? 0 : undefined) : Number(uid),
      gid: gid === undefined ? (user ? 0 : undefined) : Number(gid),
      words: {
        cannotOpen: (path, error) => `nsenter: can't open '${path}': ${error.text}\n`,
        cannotJoin: (kind, error) => `nsenter: setns(): can't reassociate to namespace '${kind}': ${error.text}\n`,
        cannotRun: (program, error) => `nsenter: can't execute '${program}': ${error.text}\n`,
      },
    });
  },
};
