/** cd and the stack of directories; umask and ulimit, the other things that a shell can only do to itself. */
import { errno } from '../../../linux/errno.ts';
import type { Shell } from '../shell.ts';
import { changedMode } from '../../tool/file-mode.ts';
import { badOption, readOptions, type Builtin, type BuiltinCall } from './builtin.ts';

export const cd: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  const options = readOptions(call.args, shell.dialect.name === 'bash' ? 'LPe@' : 'LP');
  if ('bad' in options && call.args[0] !== '-') return badOption(call, options.bad);
  const rest = 'rest' in options ? options.rest : call.args;
  if (shell.dialect.name === 'bash' && rest.length > 1) {
    shell.complain('too many arguments', 'cd');
    return 1;
  }
  let target = rest[0] ?? shell.variables.get('HOME');
  if (target === undefined) {
    if (shell.dialect.name !== 'bash') return 0;
    shell.complain('HOME not set', 'cd');
    return 1;
  }
  let announce = false;
  if (target === '-') {
    const previous = shell.variables.get('OLDPWD') ?? (shell.dialect.name === 'bash' ? undefined : shell.logicalDirectory);
    if (previous === undefined) {
      shell.complain('OLDPWD not set', 'cd');
      return 1;
    }
    target = previous;
    announce = true;
  }
  const status = changeDirectory(call, target, 'letters' in options && options.letters.endsWith('P'));
  if (status === 0 && announce) shell.context.out(`${shell.logicalDirectory}\n`);
  return status;
};

/** Longest path of a system call, its end counted (PATH_MAX). */
const PATH_MAX = 4096;

/**
 * Goes to `target` and takes down where that is: as one got there, or with `physical` (`-P`) as the kernel names it. Bash goes on where its
 * own name for the place is too long for a system call (builtins/cd.def change_to_directory), the others do not (dash cd.c, BusyBox ash.c).
 */
function changeDirectory({ shell }: BuiltinCall, target: string, physical = false): number {
  const { context } = shell;
  const before = shell.logicalDirectory;
  const isLong = before.length + target.length >= PATH_MAX;
  const logical = physical || (isLong && shell.dialect.name === 'bash') ? undefined : logicalPath(before, target);
  const failure = (logical?.length ?? 0) >= PATH_MAX ? errno('ENAMETOOLONG') : context.chdir(target === '' ? '.' : target);
  if (failure) {
    if (shell.dialect.name === 'bash') {
      shell.complain(`${target}: ${failure.text}`, 'cd');
      return 1;
    }
    shell.complain(`can't cd to ${target}${shell.dialect.name === 'ash' ? `: ${failure.text}` : ''}`, 'cd');
    return shell.dialect.name === 'ash' && shell.interactive ? 1 : 2;
  }
  // `..` leads back along the way one came, through links.
  const isThere = logical !== undefined && (!/(?:^|\/)\.\.(?:\/|$)/.test(target) || !context.chdir(logical));
  shell.logicalDirectory = isThere ? logical : context.cwd;
  shell.previousDirectory = before;
  shell.variables.set('OLDPWD', before, { exported: true });
  shell.variables.set('PWD', shell.logicalDirectory, { exported: true });
  return 0;
}

/** `target` seen from `base`, with `.` and `..` taken away as text. */
function logicalPath(base: string, target: string): string {
  const parts: string[] = [];
  for (const part of (target.startsWith('/') ? target : `${base}/${target}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function shortened(shell: Shell, path: string): string {
  const home = shell.variables.get('HOME');
  if (home === undefined || home === '' || home === '/') return path;
  return path === home ? '~' : path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

export const dirs: Builtin = function* ({ shell }) {
  yield* [];
  shell.context.out(`${[shell.logicalDirectory, ...shell.directoryStack].map((each) => shortened(shell, each)).join(' ')}\n`);
  return 0;
};

export const pushd: Builtin = function* (call) {
  const { shell, args } = call;
  const target = args[0] ?? shell.directoryStack[0];
  if (target === undefined) {
    shell.complain('no other directory', 'pushd');
    return 1;
  }
  const before = shell.logicalDirectory;
  const status = changeDirectory({ ...call, name: 'pushd' }, target);
  if (status !== 0) return status;
  if (args[0] === undefined) shell.directoryStack.shift();
  shell.directoryStack.unshift(before);
  return yield* dirs(call);
};

export const popd: Builtin = function* (call) {
  const { shell } = call;
  const target = shell.directoryStack[0];
  if (target === undefined) {
    shell.complain('directory stack empty', 'popd');
    return 1;
  }
  const status = changeDirectory(call, target);
  if (status !== 0) return status;
  shell.directoryStack.shift();
  return yield* dirs(call);
};

export const umask: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  const { process } = shell.context;
  const options = readOptions(call.args, 'pS');
  if ('bad' in options) return badOption(call, options.bad);
  const mode = options.rest[0];
  if (mode === undefined) {
    const bits = (shift: number): string => ['r', 'w', 'x'].filter((_, index) => ((~process.umask >> shift) & (4 >> index)) !== 0).join('');
    shell.context.out(options.letters.includes('S') ? `u=${bits(6)},g=${bits(3)},o=${bits(0)}\n` : `${process.umask.toString(8).padStart(4, '0')}\n`);
    return 0;
  }
  const symbolic = /^\d/.test(mode) ? undefined : changedMode(mode, ~process.umask & 0o777, { directory: true, umask: 0 });
  if (symbolic !== undefined) {
    process.umask = ~symbolic & 0o777;
    return 0;
  }
  if (!/^[0-7]{1,4}$/.test(mode)) {
    if (/^\d/.test(mode) || shell.dialect.name === 'ash')
      shell.complain(
        shell.dialect.name === 'bash'
          ? `${mode}: octal number out of range`
          : `${shell.dialect.name === 'ash' ? 'illegal mode' : 'Illegal number'}: ${mode}`,
        'umask',
      );
    else shell.complain(`\`${mode.slice(0, 1)}': invalid symbolic mode operator`, 'umask');
    return shell.dialect.name === 'bash' ? 1 : 2;
  }
  process.umask = Number.parseInt(mode, 8) & 0o777;
  return 0;
};

const LIMITS: Readonly<Record<string, readonly [text: string, unit: string, value: string]>> = {
  c: ['core file size', 'blocks', '0'],
  d: ['data seg size', 'kbytes', 'unlimited'],
  e: ['scheduling priority', '', '0'],
  f: ['file size', 'blocks', 'unlimited'],
  i: ['pending signals', '', '95933'],
  l: ['max locked memory', 'kbytes', '8192'],
  m: ['max memory size', 'kbytes', 'unlimited'],
  n: ['open files', '', '1048576'],
  p: ['pipe size', '512 bytes', '8'],
  q: ['POSIX message queues', 'bytes', '819200'],
  r: ['real-time priority', '', '0'],
  s: ['stack size', 'kbytes', '8192'],
  t: ['cpu time', 'seconds', 'unlimited'],
  u: ['max user processes', '', 'unlimited'],
  v: ['virtual memory', 'kbytes', 'unlimited'],
  x: ['file locks', '', 'unlimited'],
};

export const ulimit: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  const options = readOptions(call.args, 'SHabcdefiklmnpqrstuvxPRT');
  if ('bad' in options) {
    if (shell.dialect.name !== 'ash') return badOption(call, options.bad);
    shell.context.err(`ulimit: invalid option -- '${options.bad.slice(1)}'\n`);
    return 1;
  }
  const letters = [...options.letters].filter((each) => !'SH'.includes(each));
  if (letters.includes('a')) {
    for (const [letter, [text, unit, value]] of Object.entries(LIMITS))
      shell.context.out(`${text.padEnd(28)}${`(${unit === '' ? '' : `${unit}, `}-${letter})`.padStart(14)} ${value}\n`);
    return 0;
  }
  if (options.rest.length > 0) return 0;
  for (const letter of letters.length > 0 ? letters : ['f']) shell.context.out(`${LIMITS[letter]?.[2] ?? 'unlimited'}\n`);
  return 0;
};
