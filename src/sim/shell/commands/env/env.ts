/** env and printenv: the environment, and programs with a changed one. */
import { isErrno } from '../../../linux/errno.ts';
import { findOnPath } from '../../tool/run-program.ts';
import { defineTool } from '../../tool/tool.ts';

export const env = defineTool({
  name: 'env',
  suite: 'coreutils',
  summary: { zh: '查看或临时改变环境变量', en: 'Shows or changes the environment' },
  usage:
    'env [-i0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]\n\nPrint current environment or run PROG after setting up environment\n\n\t-, -i\tStart with empty environment\n\t-0\tNUL terminated output\n\t-u NAME\tRemove variable from environment',
  gnuUsage: 'env [OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]',
  busybox: { short: 'i0u:', stopAtOperand: true },
  gnu: {
    short: 'i0u:C:S:v',
    long: { 'ignore-environment': 'none', null: 'none', unset: 'required', chdir: 'required', 'split-string': 'required', debug: 'none' },
    stopAtOperand: true,
  },
  mistake: 125,
  *run(call) {
    const { context } = call;
    const split = call.value('S', 'split-string');
    const words = [...(split?.split(/\s+/).filter((each) => each !== '') ?? []), ...call.operands];
    const empty = call.has('i', 'ignore-environment') || words[0] === '-';
    if (words[0] === '-') words.shift();
    const variables = new Map(empty ? [] : context.env);
    for (const option of call.parsed.options) if (option.name === 'u' || option.name === 'unset') variables.delete(option.value ?? '');
    while (words[0]?.includes('=')) {
      const word = words.shift() ?? '';
      variables.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
    }
    const [name] = words;
    if (name === undefined) {
      call.out([...variables].map(([key, value]) => `${key}=${value}${call.has('0', 'null') ? '\0' : '\n'}`).join(''));
      return 0;
    }
    const directory = call.value('C', 'chdir');
    const unreachable = directory === undefined ? undefined : context.chdir(directory);
    if (unreachable) {
      call.complain(`cannot change directory to ${call.quote(directory ?? '')}: ${unreachable.text}`);
      return 125;
    }
    const path = findOnPath(context, name, variables.get('PATH'));
    const failure = isErrno(path) ? path : yield* context.exec(path, words, variables);
    call.complain(call.busybox ? `can't execute '${name}': ${failure.text}` : `${call.quote(name)}: ${failure.text}`);
    return failure.code === 'ENOENT' ? 127 : 126;
  },
});
