/** Builtins about names and the shell itself: alias, unalias, hash, history, help, times, shopt, enable. */
import { quoteForShell } from '../quote-for-shell.ts';
import { findAll } from '../find-command.ts';
import { badOption, readOptions, usage, type Builtin } from './builtin.ts';

export const alias: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  const bash = shell.dialect.name === 'bash';
  const options = bash ? readOptions(call.args, 'p') : { letters: '', rest: call.args };
  if ('bad' in options) return badOption(call, options.bad);
  const show = (name: string, value: string): void => {
    shell.context.out(`${bash ? 'alias ' : ''}${name}=${quoteForShell(value, true)}\n`);
  };
  if (options.rest.length === 0) for (const [name, value] of [...shell.aliases].sort(([a], [b]) => (a < b ? -1 : 1))) show(name, value);
  let status = 0;
  for (const each of options.rest) {
    const at = each.indexOf('=', 1);
    if (at > 0) {
      shell.aliases.set(each.slice(0, at), each.slice(at + 1));
      continue;
    }
    const value = shell.aliases.get(each);
    if (value !== undefined) show(each, value);
    else {
      if (bash) shell.complain(`${each}: not found`, 'alias');
      else shell.context.err(`alias: ${each} not found\n`);
      status = 1;
    }
  }
  return status;
};

export const unalias: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  const options = readOptions(call.args, 'a');
  if ('bad' in options) return badOption(call, options.bad);
  if (options.letters.includes('a')) shell.aliases.clear();
  else if (options.rest.length === 0 && shell.dialect.name === 'bash') return usage(call);
  let status = 0;
  for (const each of options.rest) {
    if (shell.aliases.delete(each)) continue;
    if (shell.dialect.name === 'bash') shell.complain(`${each}: not found`, 'unalias');
    else shell.context.err(`unalias: ${each} not found\n`);
    status = 1;
  }
  return status;
};

export const hash: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  const options = readOptions(call.args, 'lrdt');
  if ('bad' in options) return badOption(call, options.bad);
  if (options.letters.includes('r')) shell.hashed.clear();
  else if (options.rest.length === 0) {
    const bash = shell.dialect.name === 'bash';
    if (bash && shell.hashed.size === 0) shell.context.out('hash: hash table empty\n');
    else if (bash)
      shell.context.out(`hits\tcommand\n${[...shell.hashed.values()].map((each) => `${String(each.hits).padStart(4)}\t${each.path}\n`).join('')}`);
    else for (const each of shell.hashed.values()) shell.context.out(`${each.path}\n`);
  }
  for (const each of options.rest) {
    const path = findAll(shell, each)[0];
    if (path !== undefined) shell.hashed.set(each, { path, hits: 0 });
    else if (shell.dialect.name === 'bash') {
      shell.complain(`${each}: not found`, 'hash');
      return 1;
    } else {
      shell.complain(`${each}: not found`, 'hash');
      return 1;
    }
  }
  return 0;
};

export const history: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  const options = readOptions(call.args, 'anrwpscd');
  if ('bad' in options && !/^-\d/.test(call.args[0] ?? '')) return badOption(call, options.bad);
  if ('letters' in options && options.letters.includes('c')) {
    shell.history = [];
    return 0;
  }
  const limit = 'rest' in options ? options.rest[0] : undefined;
  if (limit !== undefined && !/^\d+$/.test(limit)) {
    shell.complain(`${limit}: numeric argument required`, 'history');
    return 1;
  }
  const from = limit === undefined ? 0 : Math.max(0, shell.history.length - Number(limit));
  const bash = shell.dialect.name === 'bash';
  shell.history.slice(from).forEach((line, index) => {
    shell.context.out(`${String(from + index + (bash ? 1 : 0)).padStart(bash ? 5 : 4)}${bash ? '  ' : ' '}${line}\n`);
  });
  return 0;
};

export const times: Builtin = function* ({ shell }) {
  yield* [];
  const digits = shell.dialect.name === 'dash' ? 6 : 3;
  const row = `0m${(0).toFixed(digits)}s 0m${(0).toFixed(digits)}s\n`;
  shell.context.out(row + row);
  return 0;
};

const SHOPTS: readonly (readonly [string, boolean])[] = [
  ['autocd', false],
  ['cdspell', false],
  ['checkwinsize', true],
  ['cmdhist', true],
  ['dotglob', false],
  ['expand_aliases', false],
  ['extglob', false],
  ['failglob', false],
  ['globstar', false],
  ['histappend', false],
  ['nocaseglob', false],
  ['nullglob', false],
  ['sourcepath', true],
];

/** Known, but without an effect worth showing. */
const OTHER_SHOPTS = new Set([
  'assoc_expand_once',
  'checkhash',
  'checkjobs',
  'compat31',
  'direxpand',
  'dirspell',
  'execfail',
  'extdebug',
  'extquote',
  'force_fignore',
  'globasciiranges',
  'globskipdots',
  'gnu_errfmt',
  'histreedit',
  'histverify',
  'hostcomplete',
  'huponexit',
  'inherit_errexit',
  'interactive_comments',
  'lastpipe',
  'lithist',
  'localvar_inherit',
  'login_shell',
  'mailwarn',
  'no_empty_cmd_completion',
  'nocasematch',
  'noexpand_translation',
  'patsub_replacement',
  'progcomp',
  'promptvars',
  'restricted_shell',
  'shift_verbose',
  'xpg_echo',
]);

export const shopt: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  const options = readOptions(call.args, 'psuqo');
  if ('bad' in options) return badOption(call, options.bad);
  const unknown = options.rest.find((each) => !SHOPTS.some(([name]) => name === each) && !OTHER_SHOPTS.has(each));
  if (unknown !== undefined) {
    shell.complain(`${unknown}: invalid shell option name`, 'shopt');
    return 1;
  }
  if (/[su]/.test(options.letters)) {
    for (const name of options.rest) shell.globbing.set(name, options.letters.includes('s'));
    if (options.rest.includes('expand_aliases')) shell.expandsAliases = options.letters.includes('s');
    return 0;
  }
  let off = false;
  for (const [name, preset] of SHOPTS) {
    if (options.rest.length > 0 && !options.rest.includes(name)) continue;
    const on = shell.globbing.get(name) ?? preset;
    if (!on && options.rest.length > 0) off = true;
    if (!options.letters.includes('q')) shell.context.out(`${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`);
  }
  return off ? 1 : 0;
};

/** What `help` knows is the table it is made with. */
export function makeHelp(names: () => readonly string[]): Builtin {
  return function* ({ shell, args }) {
    yield* [];
    if (shell.dialect.name !== 'bash') {
      const lines: string[] = [];
      let line = '';
      for (const name of names()) {
        if (line.length + name.length + 1 > 60) {
          lines.push(line);
          line = '';
        }
        line += `${line === '' ? '\t' : ' '}${name}`;
      }
      shell.context.out(`Built-in commands:\n------------------\n${[...lines, line].join('\n')}\n`);
      return 0;
    }
    const missing = args.find((each) => !names().includes(each));
    if (missing !== undefined) {
      shell.complain(`no help topics match \`${missing}'.  Try \`help help' or \`man -k ${missing}' or \`info ${missing}'.`, 'help');
      return 1;
    }
    shell.context.out(
      "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\nThese shell commands are defined internally.  Type `help' to see this list.\n",
    );
    for (const name of args.length > 0 ? args : names()) shell.context.out(` ${name}\n`);
    return 0;
  };
}
