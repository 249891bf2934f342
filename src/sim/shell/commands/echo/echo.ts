/** echo, printf, test and pwd as programs of their own: what the shells have built in, in the words of the program. */
import type { Running } from '../../../linux/process/wait.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { evaluateCondition } from '../../condition/condition.ts';
import { wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { decodeEscapes } from '../../printf/escapes.ts';
import { formatPrintf } from '../../printf/format-printf.ts';
import type { Family } from '../../tool/tool.ts';

export function* echo(context: ProcessContext): Running {
  let newline = true;
  let escapes = false;
  let first = 0;
  while (/^-[neE]+$/.test(context.args[first] ?? '')) {
    for (const letter of (context.args[first++] ?? '').slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = context.args.slice(first).join(' ');
  const decoded = escapes ? decodeEscapes(text, 'echo') : { text, stop: false };
  const failure = context.write(1, decoded.text + (newline && !decoded.stop ? '\n' : ''));
  yield* context.flush();
  if (failure) context.err(`echo: write error: ${failure.text}\n`);
  return failure ? 1 : 0;
}

const PRINTF_USAGE = 'printf FORMAT [ARG]...\n\nFormat and print ARG(s) according to FORMAT (a-la C printf)';

export function* printf(context: ProcessContext, family: Family): Running {
  if (family === 'busybox' && wantsHelp(context)) {
    writeBusyboxUsage(context, PRINTF_USAGE);
    return 0;
  }
  const [format, ...words] = context.args;
  if (format === undefined) {
    if (family === 'busybox') writeBusyboxUsage(context, PRINTF_USAGE);
    else context.err("printf: missing operand\nTry 'printf --help' for more information.\n");
    return 1;
  }
  const { text, problems } = formatPrintf(format, words, family === 'gnu');
  for (const problem of problems) {
    if (family === 'busybox')
      context.err(`printf: ${problem.kind === 'format' ? `${problem.text}: invalid format` : `invalid number '${problem.text}'`}\n`);
    else
      context.err(
        `printf: ${problem.kind === 'format' ? `${problem.text.slice(0, 2)}: invalid conversion specification` : `‘${problem.text}’: ${problem.kind === 'number' ? 'expected a numeric value' : 'value not completely converted'}`}\n`,
      );
  }
  context.out(text);
  yield* context.flush();
  return problems.length > 0 ? 1 : 0;
}

export function* test(context: ProcessContext, family: Family): Running {
  yield* context.flush();
  const name = context.argv[0]?.split('/').at(-1) ?? 'test';
  const result = evaluateCondition(context, name.replace('[[', '['), { words: context.args, family: family === 'busybox' ? 'ash' : 'bash' });
  if (result.kind === 'value') return result.value ? 0 : 1;
  context.err(`${name}: ${result.message}\n`);
  return 2;
}

export function* pwd(context: ProcessContext): Running {
  const logical = context.args.includes('-L') ? context.env.get('PWD') : undefined;
  context.out(`${logical ?? context.cwd}\n`);
  yield* context.flush();
  return 0;
}
