/** awk: programs over fields. Options and files are read here, the program is carried out by the filter library. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { filterLines, runFilter, type FilterResult } from '../../filter/sandboxed-filter.ts';
import { readInput } from '../../tool/input.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const awk = defineTool({
  name: 'awk',
  suite: 'awk',
  summary: { zh: '按字段处理文本', en: 'Processes text field by field' },
  usage:
    'awk [OPTIONS] [AWK_PROGRAM] [FILE]...\n\n\t-v VAR=VAL\tSet variable\n\t-F SEP\t\tUse SEP as field separator\n\t-f/-E FILE\tRead program from FILE\n\t-e AWK_PROGRAM',
  gnuUsage: 'mawk [Options] [Program] [file ...]',
  busybox: { short: 'v:F:f:e:E:W:', stopAtOperand: true },
  gnu: { short: 'v:F:f:W:', stopAtOperand: true, long: { version: 'none' } },
  mistake: 2,
  version: 'mawk 1.3.4 20200120',
  *run(call) {
    const operands = [...call.operands];
    const programs: string[] = [];
    for (const option of call.parsed.options) {
      if (option.name === 'e') programs.push(option.value ?? '');
      if (option.name !== 'f' && option.name !== 'E') continue;
      const text = yield* readInput(call.context, option.value ?? '');
      if (isErrno(text))
        return call.busybox
          ? call.complain(`can't open '${option.value ?? ''}': ${text.text}`)
          : call.complain(`couldn't open file ${option.value ?? ''}: ${text.text}`) + 1;
      programs.push(text);
    }
    if (programs.length === 0) {
      const program = operands.shift();
      if (program === undefined) {
        if (call.busybox) return call.misuse(undefined);
        call.context.err('Usage: mawk [Options] [Program] [file ...]\n');
        return 0;
      }
      programs.push(program);
    }
    const program = programs.join('\n');
    const args = call.parsed.options.flatMap((each) =>
      each.name === 'v' ? ['-v', each.value ?? ''] : each.name === 'F' ? ['-F', each.value ?? ''] : [],
    );
    if (isLineByLine(program) && !args.some((each) => each.startsWith('RS')) && !operands.some((each) => each.includes('=')))
      return yield* awkLines(call, { program, args, paths: operands.length > 0 ? operands : ['-'] });
    const files = new Map<string, string>();
    let status = 0;
    const usable: string[] = [];
    for (const path of operands) {
      if (/^[A-Za-z_]\w*=/.test(path)) {
        args.push('-v', path);
        continue;
      }
      const text = yield* readInput(call.context, path);
      if (isErrno(text)) {
        status = 2;
        call.complain(call.busybox ? `${path}: ${text.text}` : `cannot open "${path}" (${text.text})`);
        continue;
      }
      if (path !== '-') files.set(path, text);
      usable.push(path);
    }
    if (operands.some((each) => !/^[A-Za-z_]\w*=/.test(each)) && usable.length === 0) return call.busybox ? 1 : 2;
    for (const [, path = ''] of program.matchAll(/<\s*"([^"]+)"/g)) {
      const text = yield* call.context.readFile(path);
      if (!isErrno(text)) files.set(path, text);
    }
    const onlyBegin =
      /^\s*BEGIN\s*\{[\s\S]*\}\s*$/.test(program) &&
      !/\}\s*[^\s}][\s\S]*\{/.test(program.slice(program.indexOf('{') + 1)) &&
      !program.includes('getline');
    let input = '';
    if (usable.length === 0 || usable.includes('-')) {
      const text = onlyBegin ? '' : yield* call.context.readAll(0);
      if (isErrno(text)) return call.complain(`read error: ${text.text}`);
      input = text;
    }
    const result = yield* runFilter(call.context, { command: 'awk', args: [...args, program, ...usable], input, files, env: call.context.env });
    for (const [path, text] of result.written) if (path !== program && !files.has(path)) call.context.writeFile(path, text);
    call.out(result.stdout);
    yield* call.context.flush();
    const refusal = refused(call, result.stderr);
    if (refusal !== undefined) return refusal;
    return result.exitCode === 0 ? status : result.exitCode;
  },
});

/** Says what the library did not like. @returns the exit code of a mistake in the program; undefined when there was none */
function refused(call: ToolCall, message: string): number | undefined {
  if (message === '') return undefined;
  if (!message.includes('at line')) {
    call.context.err(message);
    return undefined;
  }
  call.complain(
    call.busybox
      ? 'cmd. line:1: Unexpected token'
      : `line 1: syntax error at or near ${/got (\S+)/.exec(message)?.[1] === 'EOF' ? 'end of file' : (/token: (\S+)/.exec(message)?.[1] ?? '')}`,
  );
  return call.busybox ? 1 : 2;
}

/** Whether a program looks at each line by itself: no variables, no counting, no beginning and end, no ranges, no files of its own. */
function isLineByLine(program: string): boolean {
  const code = program.replace(/"(?:\\.|[^"\\])*"/g, '""');
  if (/\b(?:BEGIN|END|F?NR|FILENAME|getline|exit|function|func|delete|in|sub|gsub|split|s?rand|system|close|nextfile)\b/.test(code)) return false;
  if (/(?<![=!<>~])=(?![=])|\+\+|--|[|>]/.test(code)) return false;
  return !code.replace(/\{[^{}]*\}/g, '').includes(',');
}

function* awkLines(
  call: ToolCall,
  { program, args, paths }: { readonly program: string; readonly args: readonly string[]; readonly paths: readonly string[] },
): Running {
  const { context } = call;
  const run = (input: string): Blocking<FilterResult> => runFilter(context, { command: 'awk', args: [...args, program], input, env: context.env });
  const trial = yield* run('');
  const refusal = refused(call, trial.stderr);
  if (refusal !== undefined) return refusal;
  let opened = 0;
  const status = yield* filterLines(context, paths, {
    *edit(lines) {
      opened++;
      const { stdout, stderr, exitCode } = yield* run(lines);
      call.out(stdout);
      if (stderr !== '') context.err(stderr);
      yield* context.flush();
      return exitCode;
    },
    unreadable(path, failure) {
      call.complain(call.busybox ? `${path}: ${failure.text}` : `cannot open "${path}" (${failure.text})`);
      return 2;
    },
  });
  return status === 2 && opened === 0 && call.busybox ? 1 : status;
}
