/** xargs: runs a command with words from standard input. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { SIGNAL_NUMBERS } from '../../../linux/process/signals.ts';
import { findOnPath } from '../../tool/run-program.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

/** Exit code when a command died of a signal: no more are run. */
const KILLED = 125;

/** Characters of one command line. */
const LINE_LIMIT = 32_768;

export const xargs = defineTool({
  name: 'xargs',
  suite: 'findutils',
  summary: { zh: '用标准输入里的词作参数运行命令', en: 'Runs a command with words from its input' },
  usage: 'xargs [OPTIONS] [PROG ARGS]\n\nRun PROG on every item given by stdin',
  gnuUsage: 'xargs [OPTION]... COMMAND [INITIAL-ARGS]...',
  busybox: { short: '0rtpn:s:I:E:e:x', stopAtOperand: true },
  gnu: {
    short: '0rtpn:s:I:i::L:l::P:d:E:e::xa:o',
    long: {
      null: 'none',
      'no-run-if-empty': 'none',
      verbose: 'none',
      'max-args': 'required',
      'max-procs': 'required',
      replace: 'optional',
      delimiter: 'required',
      'max-lines': 'optional',
    },
    stopAtOperand: true,
  },
  version: 'xargs (GNU findutils) 4.9.0',
  *run(call) {
    const text = yield* call.context.readAll(0);
    if (isErrno(text)) return call.complain(`read error: ${text.text}`);
    const replace = call.value('I') ?? (call.has('i', 'replace') ? (call.value('i', 'replace') ?? '{}') : undefined);
    const delimiter = call.value('d', 'delimiter')?.replace('\\n', '\n').replace('\\0', '\0');
    const words = call.has('0', 'null')
      ? text.split('\0').filter((each, index, all) => index < all.length - 1 || each !== '')
      : delimiter !== undefined
        ? (text.endsWith('\n') ? text.slice(0, -1) : text).split(delimiter)
        : replace !== undefined
          ? text
              .split('\n')
              .map((each) => each.trimStart())
              .filter((each) => each !== '')
          : splitWords(text);
    if (!words)
      return call.complain(
        call.busybox ? 'unmatched single quote' : 'unmatched single quote; by default quotes are special to xargs unless you use the -0 option',
      );
    const command = call.operands.length > 0 ? call.operands : ['echo'];
    const perLine = call.value('L', 'max-lines') ?? (call.has('l') ? '1' : undefined);
    const count = Number(call.value('n', 'max-args') ?? perLine ?? Number.POSITIVE_INFINITY);
    if (Number.isNaN(count) || count < 1)
      return call.complain(call.busybox ? `invalid number '${call.value('n') ?? ''}'` : `invalid number "${call.value('n') ?? ''}" for -n option`);
    if (words.length === 0 && (call.has('r', 'no-run-if-empty') || replace !== undefined)) return 0;
    let status = 0;
    for (const batch of batches(words, { count: replace === undefined ? count : 1, base: command.join(' ').length })) {
      const line = replace === undefined ? [...command, ...batch] : command.map((each) => each.replaceAll(replace, batch[0] ?? ''));
      if (call.has('t', 'verbose')) call.context.err(`${line.join(' ')}\n`);
      const ended = yield* runOne(call, line);
      if (ended === 255)
        return (
          call.complain(call.busybox ? `${line[0] ?? ''}: exited with status 255; aborting` : `${line[0] ?? ''}: exited with status 255; aborting`) +
          123
        );
      if (ended === 126 || ended === 127) return ended;
      if (ended === KILLED) return KILLED;
      if (ended !== 0) status = 123;
    }
    return status;
  },
});

function* batches(words: readonly string[], limits: { readonly count: number; readonly base: number }): Generator<readonly string[]> {
  let batch: string[] = [];
  let size = limits.base;
  for (const word of words) {
    if (batch.length >= limits.count || (batch.length > 0 && size + word.length + 1 > LINE_LIMIT)) {
      yield batch;
      batch = [];
      size = limits.base;
    }
    batch.push(word);
    size += word.length + 1;
  }
  if (batch.length > 0 || words.length === 0) yield batch;
}

function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  let current: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (/\s/.test(character)) {
      if (current !== undefined) words.push(current);
      current = undefined;
    } else if (character === '\\') current = (current ?? '') + text.charAt(++i);
    else if (character === '"' || character === "'") {
      const end = text.indexOf(character, i + 1);
      if (end < 0) return undefined;
      current = (current ?? '') + text.slice(i + 1, end);
      i = end;
    } else current = (current ?? '') + character;
  }
  if (current !== undefined) words.push(current);
  return words;
}

function* runOne(call: ToolCall, words: readonly string[]): Blocking<number> {
  const { context } = call;
  const [name = ''] = words;
  const path = findOnPath(context, name);
  if (isErrno(path)) {
    call.complain(`${name}: ${path.text}`);
    return path.code === 'ENOENT' ? 127 : 126;
  }
  const nothing = context.open('/dev/null', { read: true });
  const input = isErrno(nothing) ? undefined : context.process.files.get(nothing);
  const child = context.spawn(path, { argv: words, files: new Map([[0, input], ...(isErrno(nothing) ? [] : [[nothing, undefined] as const])]) });
  if (!isErrno(nothing)) context.close(nothing);
  if (isErrno(child)) {
    call.complain(`${name}: ${child.text}`);
    return 126;
  }
  for (;;) {
    const change = yield* context.wait(0);
    if (isErrno(change)) {
      if (change.code === 'EINTR') continue;
      return 0;
    }
    if (change.process !== child) continue;
    if (change.change.kind === 'exited') return change.change.code;
    const signal = change.change.kind === 'signaled' ? SIGNAL_NUMBERS[change.change.signal] : 0;
    call.complain(call.busybox ? `'${name}' terminated by signal ${signal}` : `${name}: terminated by signal ${signal}`);
    return KILLED;
  }
}
