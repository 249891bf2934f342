/** The contract of a builtin: it runs in the shell's own process and may change its state. */
import type { Running } from '../../../linux/process/wait.ts';
import type { Shell } from '../shell.ts';

export interface BuiltinCall {
  readonly shell: Shell;
  /** As typed: `.` and `source` are one builtin under two names. */
  readonly name: string;
  readonly args: readonly string[];
}

export type Builtin = (call: BuiltinCall) => Running;

const USAGE: Readonly<Record<string, string>> = {
  alias: 'alias [-p] [name[=value] ... ]',
  cd: 'cd [-L|[-P [-e]] [-@]] [dir]',
  exec: 'exec [-cl] [-a name] [command [argument ...]] [redirection ...]',
  export: 'export [-fn] [name[=value] ...] or export -p',
  getopts: 'getopts optstring name [arg ...]',
  hash: 'hash [-lr] [-p pathname] [-dt] [name ...]',
  history: 'history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]',
  jobs: 'jobs [-lnprs] [jobspec ...] or jobs -x command [args]',
  kill: 'kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]',
  printf: 'printf [-v var] format [arguments]',
  pwd: 'pwd [-LP]',
  read: 'read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]',
  readonly: 'readonly [-aAf] [name[=value] ...] or readonly -p',
  set: 'set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]',
  shift: 'shift [n]',
  source: 'source filename [arguments]',
  '.': '. filename [arguments]',
  trap: 'trap [-lp] [[arg] signal_spec ...]',
  type: 'type [-afptP] name [name ...]',
  ulimit: 'ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]',
  umask: 'umask [-p] [-S] [mode]',
  unalias: 'unalias [-a] name [name ...]',
  unset: 'unset [-f] [-v] [-n] [name ...]',
  wait: 'wait [-fn] [-p var] [id ...]',
  declare: 'declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]',
  command: 'command [-pVv] command [arg ...]',
  local: 'local [option] name[=value] ...',
  bg: 'bg [job_spec ...]',
  fg: 'fg [job_spec]',
  pushd: 'pushd [-n] [+N | -N | dir]',
  popd: 'popd [-n] [+N | -N]',
  dirs: 'dirs [-clpv] [+N] [-N]',
  disown: 'disown [-h] [-ar] [jobspec ... | pid ...]',
  shopt: 'shopt [-pqsu] [-o] [optname ...]',
  help: 'help [-dms] [pattern ...]',
};

/** The complaint about an option that a builtin does not have. @returns its status */
export function badOption(call: BuiltinCall, option: string): number {
  const { shell, name } = call;
  if (shell.dialect.name === 'bash') {
    shell.complain(`${option}: invalid option`, name);
    usage(call);
    return 2;
  }
  return shell.fail(shell.dialect.name === 'ash' ? `illegal option ${option}` : `Illegal option ${option}`, { builtin: name });
}

/** The usage line that bash prints on standard error. */
export function usage({ shell, name }: BuiltinCall): number {
  shell.context.err(`${name}: usage: ${USAGE[name] ?? name}\n`);
  return 2;
}

/**
 * Splits single-letter options from operands.
 * @returns the letters given and the rest, or the first option that is not among `known`
 */
export function readOptions(
  args: readonly string[],
  known: string,
): { readonly letters: string; readonly rest: readonly string[] } | { readonly bad: string } {
  let letters = '';
  for (const [index, each] of args.entries()) {
    if (each === '--') return { letters, rest: args.slice(index + 1) };
    if (!/^-./.test(each)) return { letters, rest: args.slice(index) };
    for (const letter of each.slice(1)) {
      if (!known.includes(letter)) return { bad: `-${letter}` };
      letters += letter;
    }
  }
  return { letters, rest: [] };
}

export function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}

/** A number argument, such as that of `exit` and `shift`. */
export function numberArgument(call: BuiltinCall, text: string): number | undefined {
  const { shell, name } = call;
  if ((shell.dialect.name === 'bash' ? /^\s*[-+]?\d+\s*$/ : /^\d+$/).test(text)) return Number(text);
  if (shell.dialect.name !== 'bash') shell.fail(`Illegal number: ${text}`, { builtin: name });
  shell.complain(`${text}: numeric argument required`, name);
  return undefined;
}
