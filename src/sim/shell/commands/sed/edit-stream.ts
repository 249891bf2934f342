/** sed: edits text line by line. Options and files are read here, the script is carried out by the filter library. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { filterLines, runFilter, type FilterResult } from '../../filter/sandboxed-filter.ts';
import { readInput } from '../../tool/input.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

export const sed = defineTool({
  name: 'sed',
  suite: 'sed',
  summary: { zh: '按规则改写文本', en: 'Edits text by rules' },
  usage: 'sed [-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...\nor: sed [-i[SFX]] [-nrE] CMD [FILE]...',
  gnuUsage: 'sed [OPTION]... {script-only-if-no-other-script} [input-file]...',
  busybox: {
    short: 'i::nrEe:f:',
    long: {
      version: 'none',
      'in-place': 'optional',
      quiet: 'none',
      silent: 'none',
      expression: 'required',
      file: 'required',
      'regexp-extended': 'none',
    },
  },
  gnu: {
    short: 'i::nrEe:f:szul:',
    long: {
      'in-place': 'optional',
      quiet: 'none',
      silent: 'none',
      expression: 'required',
      file: 'required',
      'regexp-extended': 'none',
      separate: 'none',
      'null-data': 'none',
      posix: 'none',
      debug: 'none',
      unbuffered: 'none',
    },
  },
  version: 'sed (GNU sed) 4.9',
  *run(call) {
    const operands = [...call.operands];
    const scripts: string[] = [];
    for (const option of call.parsed.options) {
      if (option.name === 'e' || option.name === 'expression') scripts.push(option.value ?? '');
      if (option.name !== 'f' && option.name !== 'file') continue;
      const text = yield* readInput(call.context, option.value ?? '');
      if (isErrno(text))
        return call.complain(
          call.busybox ? `can't open '${option.value ?? ''}': ${text.text}` : `couldn't open file ${option.value ?? ''}: ${text.text}`,
        );
      scripts.push(text.replace(/\n$/, ''));
    }
    if (scripts.length === 0) {
      const script = operands.shift();
      if (script === undefined) {
        if (call.busybox) return call.misuse(undefined);
        call.context.err('Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n');
        return 1;
      }
      scripts.push(script);
    }
    const flags = [...(call.has('n', 'quiet', 'silent') ? ['-n'] : []), ...(call.has('r', 'E', 'regexp-extended') ? ['-E'] : [])];
    const script = scripts.join('\n').replace(/^(\s*(?:\d+|\$|\/[^/\n]*\/)?\s*[aic])\\(?!\n)/gm, '$1 ');
    const edit = (input: string): Blocking<FilterResult> => runFilter(call.context, { command: 'sed', args: [...flags, '-e', script], input });
    return call.has('i', 'in-place') ? yield* inPlace(call, operands, edit) : yield* toOutput(call, operands, { edit, scripts });
  },
});

function* toOutput(
  call: ToolCall,
  paths: readonly string[],
  { edit, scripts }: { readonly edit: (input: string) => Blocking<FilterResult>; readonly scripts: readonly string[] },
): Blocking<number> {
  const texts: string[] = [];
  if (!call.has('s', 'separate', 'z', 'null-data') && isLineByLine(scripts.join('\n'))) {
    const trial = yield* edit('');
    if (trial.exitCode !== 0 && trial.stderr !== '') return refused(call, trial.stderr, scripts);
    return yield* filterLines(call.context, paths.length > 0 ? paths : ['-'], {
      edit: (lines) => editLines(call, lines, edit),
      unreadable: (path, failure) => unreadable(call, path, failure),
    });
  }
  let status = 0;
  let checked = false;
  for (const path of paths.length > 0 ? paths : ['-']) {
    const text = yield* readInput(call.context, path);
    if (!isErrno(text)) {
      texts.push(text);
      continue;
    }
    // A mistake in the script comes before one in the files.
    const trial = checked ? undefined : yield* edit('');
    checked = true;
    if (trial && trial.exitCode !== 0 && trial.stderr !== '') return refused(call, trial.stderr, scripts);
    status = unreadable(call, path, text);
  }
  if (texts.length === 0) return status;
  const joined = texts.reduce((all, text) => (all !== '' && !all.endsWith('\n') ? `${all}\n${text}` : all + text), '');
  for (const input of call.has('s', 'separate') ? texts : [joined]) {
    const missingEnd = input !== '' && !input.endsWith('\n');
    const result = yield* edit(input);
    if (result.exitCode !== 0 && result.stderr !== '') return refused(call, result.stderr, scripts);
    for (const [path, text] of result.written) call.context.writeFile(path, text);
    call.out(missingEnd && result.stdout.endsWith('\n') ? result.stdout.slice(0, -1) : result.stdout);
    yield* call.context.flush();
    if (result.exitCode !== 0) return result.exitCode;
  }
  return status;
}

function* editLines(call: ToolCall, lines: string, edit: (input: string) => Blocking<FilterResult>): Blocking<number> {
  const { stdout, exitCode } = yield* edit(lines);
  call.out(!lines.endsWith('\n') && stdout.endsWith('\n') ? stdout.slice(0, -1) : stdout);
  yield* call.context.flush();
  return exitCode;
}

/** Whether a script looks at each line by itself: plain `s`, `y`, `d` and `p`, for all lines or for those that match. */
function isLineByLine(script: string): boolean {
  const part = String.raw`(?:\\[\s\S]|(?!\1)[^\\\n])*`;
  const command = new RegExp(
    String.raw`^[\s;]*(?:/(?:\\.|[^/\\\n])+/I?\s*(?:!\s*)?)?(?:[sy]([^\w\s\\])${part}\1${part}\1[gpIi\d]*|[dp])[ \t]*(?:[;\n]|$)`,
  );
  let rest = script;
  for (let match = command.exec(rest); match; match = command.exec(rest)) rest = rest.slice(match[0].length);
  return /^[\s;]*$/.test(rest);
}

function* inPlace(call: ToolCall, paths: readonly string[], edit: (input: string) => Blocking<FilterResult>): Blocking<number> {
  if (paths.length === 0) return call.complain(call.busybox ? 'no input files' : 'no input files');
  const suffix = call.value('i', 'in-place');
  let status = 0;
  for (const path of paths) {
    const text = yield* call.context.readFile(path);
    if (isErrno(text)) {
      status = unreadable(call, path, text);
      continue;
    }
    const result = yield* edit(text);
    if (result.exitCode !== 0 && result.stderr !== '') return refused(call, result.stderr, []);
    if (suffix !== undefined) call.context.writeFile(path + suffix, text);
    const failure = call.context.writeFile(path, result.stdout);
    if (failure) status = call.complain(call.busybox ? `can't create '${path}': ${failure.text}` : `couldn't open file ${path}: ${failure.text}`);
  }
  return status;
}

function unreadable(call: ToolCall, path: string, failure: Errno): number {
  const directory = failure.code === 'EISDIR';
  const why = failure.text;
  if (call.busybox) return call.complain(directory ? `read error: ${why}` : `${path}: ${why}`);
  call.complain(directory ? `couldn't edit ${path}: not a regular file` : `can't read ${path}: ${why}`);
  return 2;
}

/** The script was refused: in the family's words where they are known. */
function refused(call: ToolCall, message: string, scripts: readonly string[]): number {
  const script = scripts[0] ?? '';
  const where = (position: number): string => `-e expression #1, char ${position}: `;
  const unknown = /invalid command: (\S)/.exec(message)?.[1];
  if (/unterminated substitution/.test(message)) {
    const mark = /[sy](.)/.exec(script)?.[1] ?? '/';
    return call.complain(
      call.busybox
        ? `unmatched '${mark}'`
        : `${where(script.length)}unterminated \`${script.includes('y') && !script.includes('s') ? 'y' : 's'}' command`,
    );
  }
  if (unknown !== undefined && !message.includes('unterminated'))
    return call.complain(call.busybox ? `unsupported command ${unknown}` : `${where(script.indexOf(unknown) + 1)}unknown command: \`${unknown}'`);
  return call.complain(call.busybox ? message.replace(/^sed: /, '').trim() : `${where(script.length)}${message.replace(/^sed: /, '').trim()}`);
}
