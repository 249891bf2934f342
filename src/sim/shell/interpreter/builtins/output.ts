/** Builtins that also exist as programs: echo, printf, test, true, false, pwd. */
import { evaluateCondition } from '../../condition/condition.ts';
import { decodeEscapes } from '../../printf/escapes.ts';
import { formatPrintf } from '../../printf/format-printf.ts';
import { badOption, isName, readOptions, usage, type Builtin } from './builtin.ts';

export const echo: Builtin = function* ({ shell, args }) {
  yield* [];
  let newline = true;
  let escapes = shell.dialect.name === 'dash';
  let first = 0;
  const options = shell.dialect.name === 'dash' ? /^-n$/ : /^-[neE]+$/;
  while (options.test(args[first] ?? '')) {
    const option = args[first++] ?? '';
    if (option.includes('n')) newline = false;
    for (const letter of option) {
      if (letter === 'e') escapes = true;
      if (letter === 'E') escapes = false;
    }
  }
  const text = args.slice(first).join(' ');
  const decoded = escapes ? decodeEscapes(text, 'echo') : { text, stop: false };
  return write(shell, 'echo', decoded.text + (newline && !decoded.stop ? '\n' : ''));
};

/** Writes, and complains as the shell does when that fails. */
function write(shell: Parameters<Builtin>[0]['shell'], name: string, text: string): number {
  const failure = shell.context.write(1, text);
  if (!failure) return 0;
  if (shell.dialect.name === 'ash') shell.context.err(`${shell.arg0}: write error: ${failure.text}\n`);
  else shell.complain(`write error: ${failure.text}`, name);
  return 1;
}

export const printf: Builtin = function* (call) {
  yield* [];
  const { shell } = call;
  let { args } = call;
  const bash = shell.dialect.name === 'bash';
  let variable: string | undefined;
  if (bash && args[0] === '-v') {
    variable = args[1] ?? '';
    args = args.slice(2);
    if (!isName(variable.replace(/\[.*\]$/, ''))) {
      shell.complain(`\`${variable}': not a valid identifier`, 'printf');
      return 2;
    }
  }
  if (args[0] === '--') args = args.slice(1);
  else if (bash && /^-./.test(args[0] ?? '')) return badOption(call, (args[0] ?? '').slice(0, 2));
  const [format, ...words] = args;
  if (format === undefined) {
    if (bash) return usage(call);
    if (shell.dialect.name === 'ash') shell.context.err(`${shell.arg0}: usage: printf FORMAT [ARGUMENT...]\n`);
    else shell.complain('usage: printf format [arg ...]', 'printf');
    return 2;
  }
  const { text, problems } = formatPrintf(format, words, bash);
  const outputFirst = bash ? '' : text;
  if (variable === undefined && outputFirst !== '' && problems.every((each) => each.kind === 'format')) shell.context.out(text);
  for (const problem of problems) {
    if (shell.dialect.name === 'ash')
      shell.context.err(`${shell.arg0}: ${problem.kind === 'format' ? `${problem.text}: invalid format` : `invalid number '${problem.text}'`}\n`);
    else if (problem.kind === 'format') shell.complain(`\`${problem.text.slice(1, 2)}': invalid format character`, 'printf');
    else
      shell.complain(
        bash
          ? `${problem.text}: invalid number`
          : `${problem.text}: ${problem.kind === 'number' ? 'expected numeric value' : 'not completely converted'}`,
        'printf',
      );
  }
  if (variable !== undefined) shell.assign(variable, text);
  else if (!(outputFirst !== '' && problems.every((each) => each.kind === 'format'))) {
    const status = write(shell, 'printf', text);
    if (status !== 0) return status;
  }
  return problems.length > 0 ? 1 : 0;
};

export const test: Builtin = function* ({ shell, name, args }) {
  yield* [];
  const result = evaluateCondition(shell.context, name, { words: args, family: shell.dialect.name });
  if (result.kind === 'value') return result.value ? 0 : 1;
  if (shell.dialect.name === 'ash') shell.context.err(`${shell.arg0}: ${result.message}\n`);
  else shell.complain(result.message, name);
  return 2;
};

export const succeed: Builtin = function* () {
  yield* [];
  return 0;
};

export const fail: Builtin = function* () {
  yield* [];
  return 1;
};

export const pwd: Builtin = function* (call) {
  yield* [];
  const options = readOptions(call.args, 'LP');
  if ('bad' in options) return badOption(call, options.bad);
  call.shell.context.out(`${options.letters.endsWith('P') ? call.shell.context.cwd : call.shell.logicalDirectory}\n`);
  return 0;
};
