/** The program behind sh, ash, dash and bash: reads its words and runs a text, a file, its input, or a person at a terminal. */
import { isErrno } from '../../linux/errno.ts';
import type { Program, Running } from '../../linux/process/wait.ts';
import { executor } from './execute.ts';
import { runInteractive } from './interactive.ts';
import type { DialectName } from './parse-script.ts';
import { parseScript } from './parse-script.ts';
import { runExitTrap } from './run-traps.ts';
import { OPTION_LETTERS, Shell } from './shell.ts';
import { Unwind } from './unwind.ts';

interface Invocation {
  readonly command: string | undefined;
  readonly options: readonly string[];
  readonly operands: readonly string[];
  readonly interactive: boolean;
  readonly login: boolean;
  readonly fromInput: boolean;
  readonly problem: string | undefined;
}

export function shellProgram(dialect: DialectName): Program {
  return function* (context) {
    const shell = new Shell({ context, dialect, executor, arg0: context.argv[0] ?? dialect });
    const invocation = readInvocation(context.args, dialect);
    if (invocation.problem !== undefined) {
      context.err(invocation.problem === '--version' ? '' : `${shell.arg0}: ${invocation.problem}`);
      if (invocation.problem === '--version') context.out(VERSION);
      return invocation.problem === '--version' ? 0 : 2;
    }
    takeEnvironment(shell);
    for (const letter of invocation.options) {
      const option = OPTION_LETTERS[letter];
      if (option) shell.options.add(option);
    }
    const terminal = context.process.files.get(0)?.tty;
    const interactive =
      invocation.interactive ||
      (invocation.command === undefined &&
        (invocation.operands.length === 0 || invocation.fromInput) &&
        terminal !== undefined &&
        context.process.files.get(2)?.tty !== undefined);
    // ash and dash catch SIGINT while they run a script (trap.c setsignal): a first process, which no signal of its own ends, leaves with it.
    if (!interactive && dialect !== 'bash' && context.pid === 1)
      context.handle('SIGINT', () => {
        context.simulation.after(MOMENT, () => {
          context.kernel.exit(context.process, { kind: 'exited', code: 130 });
        });
      });
    try {
      if (invocation.command !== undefined) {
        const [name, ...rest] = invocation.operands;
        shell.arg0 = name ?? shell.arg0;
        shell.script = name;
        shell.positional = rest;
        shell.lastStatus = yield* executor.text(shell, invocation.command, { kind: 'command', tail: true });
      } else if (invocation.operands.length > 0 && !invocation.fromInput) {
        return yield* runFile(shell, invocation.operands);
      } else {
        shell.positional = invocation.operands;
        if (interactive) return yield* runInteractive(shell, { login: invocation.login });
        shell.lastStatus = yield* runInput(shell);
      }
    } catch (reason) {
      if (!(reason instanceof Unwind)) throw reason;
      if ('status' in reason.reason) shell.lastStatus = reason.reason.status;
    }
    return yield* runExitTrap(shell);
  };
}

/** Virtual milliseconds until a shell that was interrupted has left. */
const MOMENT = 3;

const VERSION =
  'GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\nCopyright (C) 2022 Free Software Foundation, Inc.\nLicense GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>\n\nThis is free software; you are free to change and redistribute it.\nThere is NO WARRANTY, to the extent permitted by law.\n';

function readInvocation(args: readonly string[], dialect: DialectName): Invocation {
  const options: string[] = [];
  let wantsCommand = false;
  let interactive = false;
  let login = false;
  let fromInput = false;
  let index = 0;
  const result = (problem: string | undefined, command?: string): Invocation => ({
    command,
    options,
    operands: args.slice(index),
    interactive,
    login,
    fromInput,
    problem,
  });
  for (; index < args.length; index++) {
    const word = args[index] ?? '';
    if (word === '--' || word === '-') {
      index++;
      break;
    }
    if (word.startsWith('--')) {
      if (dialect === 'bash' && word === '--version') return result('--version');
      if (dialect === 'bash' && ['--login', '--norc', '--noprofile', '--posix', '--noediting', '--restricted'].includes(word)) {
        login ||= word === '--login';
        continue;
      }
      return result(dialect === 'bash' ? `${word}: invalid option\n` : `illegal option ${word}\n`);
    }
    if (!/^[-+]./.test(word)) break;
    for (const letter of word.slice(1)) {
      if (letter === 'c') wantsCommand = true;
      else if (letter === 'i') interactive = true;
      else if (letter === 'l') login = true;
      else if (letter === 's') fromInput = true;
      else if (letter === 'o' || letter === 'O') index++;
      else if (letter in OPTION_LETTERS || 'hkptBEHPTrDq'.includes(letter)) options.push(letter);
      else
        return result(
          dialect === 'bash'
            ? `${word.charAt(0)}${letter}: invalid option\n`
            : dialect === 'ash'
              ? `illegal option -${letter}\n`
              : `0: Illegal option -${letter}\n`,
        );
    }
  }
  if (!wantsCommand) return result(undefined);
  const command = args[index++];
  if (command === undefined)
    return result(
      dialect === 'bash' ? '-c: option requires an argument\n' : dialect === 'ash' ? '-c requires an argument\n' : '0: -c requires an argument\n',
    );
  return result(undefined, command);
}

/** What a shell sets in its environment before it starts: PWD, SHLVL, and in bash the last command. */
function takeEnvironment(shell: Shell): void {
  const { variables } = shell;
  const inherited = variables.get('PWD');
  const same = inherited !== undefined && sameDirectory(shell, inherited);
  if (same) shell.logicalDirectory = inherited;
  variables.set('PWD', shell.logicalDirectory, { exported: true });
  if (shell.dialect.name !== 'dash') variables.set('SHLVL', String(Number(variables.get('SHLVL') ?? '0') + 1), { exported: true });
  shell.previousDirectory = variables.get('OLDPWD');
  if (variables.get('IFS') === undefined || variables.find('IFS')?.exported) variables.set('IFS', ' \t\n', { exported: false });
  variables.set('OPTIND', '1');
  const presets = PRESETS[shell.dialect.name];
  for (const [name, value] of Object.entries(presets)) if (name !== 'PATH' || variables.get('PATH') === undefined) variables.set(name, value);
}

const DEBIAN_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Variables that a shell gives itself without exporting them. */
const PRESETS: Readonly<Record<DialectName, Readonly<Record<string, string>>>> = {
  bash: { PATH: DEBIAN_PATH, PS4: '+ ' },
  dash: { PATH: DEBIAN_PATH, PS2: '> ', PS4: '+ ' },
  ash: { PATH: '/sbin:/usr/sbin:/bin:/usr/bin', PS1: '\\w \\$ ', PS2: '> ', PS4: '+ ' },
};

function sameDirectory(shell: Shell, path: string): boolean {
  if (!path.startsWith('/')) return false;
  const real = shell.context.kernel.vfs.realpath(shell.context.process, path);
  return !isErrno(real) && real === shell.context.cwd;
}

function* runFile(shell: Shell, operands: readonly string[]): Running {
  const [path = '', ...rest] = operands;
  const text = yield* shell.context.readFile(path);
  if (isErrno(text)) {
    const { name } = shell.dialect;
    shell.context.err(
      name === 'bash'
        ? `${shell.arg0}: ${path}: ${text.text}\n`
        : name === 'ash'
          ? `${shell.arg0}: can't open '${path}': ${text.text}\n`
          : `${shell.arg0}: 0: cannot open ${path}: ${text.code === 'ENOENT' ? 'No such file' : text.text}\n`,
    );
    return name === 'bash' ? (text.code === 'ENOENT' ? 127 : 126) : 2;
  }
  shell.arg0 = path;
  shell.script = path;
  shell.positional = rest;
  shell.source = 'file';
  try {
    shell.lastStatus = yield* executor.text(shell, text, { kind: 'file', tail: true });
  } catch (reason) {
    if (!(reason instanceof Unwind)) throw reason;
    if ('status' in reason.reason) shell.lastStatus = reason.reason.status;
  }
  return yield* runExitTrap(shell);
}

/** Commands from a pipe or file on standard input: each is run as soon as it is complete. */
function* runInput(shell: Shell): Running {
  shell.source = 'stdin';
  let pending = '';
  let firstLine = 1;
  for (;;) {
    const line = yield* shell.context.readLine(0);
    if (line !== undefined) {
      pending += `${line}\n`;
      const script = parseScript(pending, shell.dialect.name);
      const incomplete =
        script.problem?.kind === 'unclosed' ||
        script.problem?.kind === 'unfinished' ||
        script.openHereDocuments.length > 0 ||
        /(?:^|[^\\])(?:\\\\)*\\\n$/.test(pending);
      if (incomplete) continue;
    }
    if (pending !== '') {
      const script = parseScript(pending, shell.dialect.name, firstLine);
      if (script.statements.length > 0) shell.lastStatus = yield* executor.list(shell, script.statements);
      if (script.problem) {
        shell.context.err(shell.dialect.syntax(script.problem, { ...shell.where, source: shell.dialect.name === 'bash' ? 'file' : 'command' }));
        return 2;
      }
      firstLine += pending.split('\n').length - 1;
      pending = '';
    }
    if (line === undefined) return shell.lastStatus;
  }
}
