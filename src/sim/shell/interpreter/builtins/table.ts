/** Which builtins which shell has. */
import { SPECIAL_BUILTINS } from './special-builtins.ts';
import type { DialectName } from '../parse-script.ts';
import type { Builtin } from './builtin.ts';
import { evaluate, exec, exit, loopControl, makeCommand, makeType, returns, source, trap } from './control.ts';
import { cd, dirs, popd, pushd, ulimit, umask } from './directories.ts';
import { bg, disown, fg, jobs, wait } from './jobs.ts';
import { kill } from './kill.ts';
import { alias, hash, history, makeHelp, shopt, times, unalias } from './names.ts';
import { echo, fail, printf, pwd, succeed, test } from './output.ts';
import { mapfile, read } from './read.ts';
import { declare, getopts, letValue, mark, set, shift, unset } from './variables.ts';

type Table = ReadonlyMap<string, Builtin>;

const POSIX: readonly (readonly [string, Builtin])[] = [
  ['.', source],
  [':', succeed],
  ['[', test],
  ['alias', alias],
  ['bg', bg],
  ['break', loopControl],
  ['cd', cd],
  ['continue', loopControl],
  ['echo', echo],
  ['eval', evaluate],
  ['exec', exec],
  ['exit', exit],
  ['export', mark],
  ['false', fail],
  ['fg', fg],
  ['getopts', getopts],
  ['hash', hash],
  ['jobs', jobs],
  ['kill', kill],
  ['local', declare],
  ['printf', printf],
  ['pwd', pwd],
  ['read', read],
  ['readonly', mark],
  ['return', returns],
  ['set', set],
  ['shift', shift],
  ['test', test],
  ['times', times],
  ['trap', trap],
  ['true', succeed],
  ['ulimit', ulimit],
  ['umask', umask],
  ['unalias', unalias],
  ['unset', unset],
  ['wait', wait],
];

const ASH: readonly (readonly [string, Builtin])[] = [
  ['chdir', cd],
  ['history', history],
  ['let', letValue],
  ['source', source],
];

const BASH: readonly (readonly [string, Builtin])[] = [
  ['bind', succeed],
  ['compgen', succeed],
  ['complete', succeed],
  ['compopt', succeed],
  ['declare', declare],
  ['dirs', dirs],
  ['disown', disown],
  ['enable', succeed],
  ['history', history],
  ['let', letValue],
  ['logout', exit],
  ['mapfile', mapfile],
  ['popd', popd],
  ['pushd', pushd],
  ['readarray', mapfile],
  ['shopt', shopt],
  ['source', source],
  ['typeset', declare],
];

function tableOf(entries: readonly (readonly [string, Builtin])[], extra: readonly string[]): Table {
  const table = new Map(entries);
  const has = (name: string): boolean => table.has(name);
  table.set('command', makeCommand(has));
  table.set('type', makeType(has));
  if (extra.includes('builtin')) table.set('builtin', makeCommand(has));
  if (extra.includes('help'))
    table.set(
      'help',
      makeHelp(() => [...table.keys()].sort()),
    );
  return table;
}

const TABLES: Readonly<Record<DialectName, Table>> = {
  bash: tableOf([...POSIX, ...BASH], ['builtin', 'help']),
  ash: tableOf([...POSIX, ...ASH], ['help']),
  dash: tableOf([...POSIX, ['chdir', cd]], []),
};

export function findBuiltin(dialect: DialectName, name: string): Builtin | undefined {
  return TABLES[dialect].get(name);
}

/** Names of all builtins, for completion. */
export function builtinNames(dialect: DialectName): readonly string[] {
  return [...TABLES[dialect].keys()].sort();
}

/** The builtins whose errors end a POSIX shell and whose assignments stay. */
export function isSpecialBuiltin(name: string): boolean {
  return SPECIAL_BUILTINS.has(name);
}
