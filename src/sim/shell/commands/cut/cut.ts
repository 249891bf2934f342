/** cut: chosen bytes, characters or fields of every line. */
import { isErrno } from '../../../linux/errno.ts';
import { closeInput, forEachLine, openInput } from '../../tool/input.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

export const cut = defineTool({
  name: 'cut',
  suite: 'coreutils',
  summary: { zh: '取出每行的某些列', en: 'Prints chosen parts of lines' },
  usage:
    "cut [OPTIONS] [FILE]...\n\nPrint selected fields from FILEs to stdout\n\n\t-b LIST\tOutput only bytes from LIST\n\t-c LIST\tOutput only characters from LIST\n\t-d SEP\tField delimiter for input (default -f TAB, -F run of whitespace)\n\t-O SEP\tField delimiter for output (default = -d for -f, one space for -F)\n\t-D\tDon't sort/collate sections or match -fF lines without delimiter\n\t-f LIST\tPrint only these fields (-d is single char)\n\t-F LIST\tPrint only these fields (-d is regex)\n\t-s\tOutput only lines containing delimiter\n\t-n\tIgnored",
  gnuUsage: 'cut OPTION... [FILE]...',
  busybox: { short: 'b:c:d:f:F:O:Dns' },
  gnu: {
    short: 'b:c:d:f:nsz',
    long: {
      bytes: 'required',
      characters: 'required',
      delimiter: 'required',
      fields: 'required',
      complement: 'none',
      'only-delimited': 'none',
      'output-delimiter': 'required',
    },
  },
  *run(call) {
    const lists = call.parsed.options.filter((each) => ['b', 'c', 'f', 'F', 'bytes', 'characters', 'fields'].includes(each.name));
    const [list] = lists;
    if (!list)
      return call.busybox
        ? call.complain('expected a list of bytes, characters, or fields')
        : (call.complain('you must specify a list of bytes, characters, or fields'), call.misuse(undefined));
    if (lists.length > 1) return call.misuse('only one list may be specified');
    const fields = list.name === 'f' || list.name === 'fields' || list.name === 'F';
    const delimiter = call.value('d', 'delimiter') ?? '\t';
    if (call.has('d', 'delimiter') && !fields) {
      return call.busybox
        ? call.complain('-d DELIM makes sense only with -f or -F')
        : (call.complain('an input delimiter may be specified only when operating on fields'), call.misuse(undefined));
    }
    if (delimiter.length !== 1 && !call.busybox) return call.misuse('the delimiter must be a single character');
    const ranges = readRanges(list.value ?? '');
    if (!ranges) return invalidList(call, list.value ?? '', fields);
    const chosen = call.has('complement') ? complement(ranges) : ranges;
    const settings = {
      ranges: chosen,
      fields,
      delimiter: delimiter.charAt(0),
      only: call.has('s', 'only-delimited'),
      joint: call.value('output-delimiter', 'O') ?? delimiter.charAt(0),
      blanks: list.name === 'F',
    };
    let status = 0;
    for (const path of call.operands.length > 0 ? call.operands : ['-']) {
      const fd = openInput(call.context, path);
      if (isErrno(fd)) {
        status = call.complain(`${path}: ${fd.text}`);
        continue;
      }
      const failure = yield* forEachLine(call.context, fd, (line) => {
        const text = cutLine(line, settings);
        if (text !== undefined) call.out(`${text}\n`);
        return undefined;
      });
      if (failure) status = call.complain(`${path}: ${failure.text}`);
      closeInput(call.context, fd);
    }
    return status;
  },
});

function invalidList(call: ToolCall, text: string, fields: boolean): number {
  if (call.busybox) return call.complain(/^\d*-?\d*$/.test(text) ? `invalid range ${text}` : `invalid number '${text}'`);
  const what = fields ? 'field' : 'byte or character';
  return call.misuse(
    text === '' || text === '0' || text.startsWith('0-')
      ? `${fields ? 'fields are' : 'byte/character positions are'} numbered from 1`
      : text === '-'
        ? 'invalid range with no endpoint: -'
        : `invalid ${what} value ${call.quote(text)}`,
  );
}

function readRanges(text: string): Range[] | undefined {
  const ranges: Range[] = [];
  for (const part of text.split(/[, ]/)) {
    const [, from = '', dash = '', to = ''] = /^(\d*)(-?)(\d*)$/.exec(part) ?? [];
    if (from === '' && to === '') return undefined;
    const range = { from: from === '' ? 1 : Number(from), to: dash === '' ? Number(from) : to === '' ? Number.POSITIVE_INFINITY : Number(to) };
    if (range.from < 1 || range.to < range.from) return undefined;
    ranges.push(range);
  }
  return ranges.sort((a, b) => a.from - b.from);
}

function complement(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  let next = 1;
  for (const { from, to } of ranges) {
    if (from > next) result.push({ from: next, to: from - 1 });
    next = Math.max(next, to + 1);
  }
  if (next < Number.POSITIVE_INFINITY) result.push({ from: next, to: Number.POSITIVE_INFINITY });
  return result;
}

function cutLine(
  line: string,
  settings: {
    readonly ranges: readonly Range[];
    readonly fields: boolean;
    readonly delimiter: string;
    readonly only: boolean;
    readonly joint: string;
    readonly blanks: boolean;
  },
): string | undefined {
  const inside = (position: number): boolean => settings.ranges.some((each) => position >= each.from && position <= each.to);
  if (!settings.fields) return [...line].filter((_, index) => inside(index + 1)).join('');
  if (settings.blanks)
    return line
      .trim()
      .split(/\s+/)
      .filter((_, index) => inside(index + 1))
      .join(' ');
  if (!line.includes(settings.delimiter)) return settings.only ? undefined : line;
  return line
    .split(settings.delimiter)
    .filter((_, index) => inside(index + 1))
    .join(settings.joint);
}
