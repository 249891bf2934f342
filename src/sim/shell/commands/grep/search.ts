/** grep, egrep, fgrep: the lines that match a pattern, as they come. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { compileMatcher, type Matcher } from '../../regex/posix-pattern.ts';
import { closeInput, forEachLine, linesOf, openInput, readInput } from '../../tool/input.ts';
import { defineTool, type ToolCall, type ToolDescription } from '../../tool/tool.ts';

const USAGE =
  'grep [-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...\n\nSearch for PATTERN in FILEs (or stdin)';

interface Style {
  readonly names: boolean;
  readonly numbers: boolean;
  readonly invert: boolean;
  readonly count: boolean;
  readonly listMatching: boolean;
  readonly listOthers: boolean;
  readonly only: boolean;
  readonly quiet: boolean;
  readonly limit: number;
  readonly before: number;
  readonly after: number;
  readonly color: boolean;
}

interface Seen {
  found: boolean;
  failed: boolean;
  /** Whether a group with context has been printed. */
  separated: boolean;
}

type Name = 'grep' | 'egrep' | 'fgrep';

function description(name: Name): ToolDescription {
  return {
    name,
    suite: 'grep',
    summary: { zh: '找出匹配的行', en: 'Prints the lines that match' },
    usage: USAGE,
    gnuUsage: 'grep [OPTION]... PATTERNS [FILE]...',
    busybox: { short: 'HhnlLoqvsrRiwFExzcm:A:B:C:e:f:', long: { color: 'optional' } },
    gnu: {
      short: 'HhnlLoqvsrRiywFEGPxzcbam:A:B:C:e:f:UTI0123456789',
      long: {
        'with-filename': 'none',
        'no-filename': 'none',
        'line-number': 'none',
        'files-with-matches': 'none',
        'files-without-match': 'none',
        'only-matching': 'none',
        quiet: 'none',
        silent: 'none',
        'invert-match': 'none',
        'no-messages': 'none',
        recursive: 'none',
        'ignore-case': 'none',
        'word-regexp': 'none',
        'fixed-strings': 'none',
        'extended-regexp': 'none',
        'basic-regexp': 'none',
        'perl-regexp': 'none',
        'line-regexp': 'none',
        count: 'none',
        'max-count': 'required',
        'after-context': 'required',
        'before-context': 'required',
        context: 'required',
        regexp: 'required',
        file: 'required',
        color: 'optional',
        colour: 'optional',
        include: 'required',
        exclude: 'required',
        text: 'none',
        'line-buffered': 'none',
      },
    },
    mistake: 2,
    version: 'grep (GNU grep) 3.8',
    run: (call) => search(call, name),
  };
}

export const grep = defineTool(description('grep'));
export const egrep = defineTool(description('egrep'));
export const fgrep = defineTool(description('fgrep'));

function* readPatterns(call: ToolCall, operands: string[]): Blocking<string[] | undefined> {
  const patterns: string[] = [];
  for (const option of call.parsed.options) {
    if (option.name === 'e' || option.name === 'regexp') patterns.push(...(option.value ?? '').split('\n'));
    if (option.name !== 'f' && option.name !== 'file') continue;
    const text = yield* readInput(call.context, option.value ?? '');
    if (isErrno(text)) {
      call.complain(`${option.value ?? ''}: ${text.text}`);
      return undefined;
    }
    patterns.push(...linesOf(text));
  }
  if (patterns.length > 0 || call.has('f', 'file')) return patterns;
  const first = operands.shift();
  if (first !== undefined) return first.split('\n');
  if (call.busybox) call.misuse(undefined);
  else call.context.err("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
  return undefined;
}

function* search(call: ToolCall, name: Name): Blocking<number> {
  const operands = [...call.operands];
  const patterns = yield* readPatterns(call, operands);
  if (!patterns) return 2;
  const syntax =
    call.has('F', 'fixed-strings') || name === 'fgrep'
      ? 'fixed'
      : call.has('E', 'P', 'extended-regexp', 'perl-regexp') || name === 'egrep'
        ? 'extended'
        : 'basic';
  const matcher = yield* compileMatcher(call.context, patterns, {
    syntax,
    ignoreCase: call.has('i', 'y', 'ignore-case'),
    line: call.has('x', 'line-regexp'),
    word: call.has('w', 'word-regexp'),
  });
  if (!matcher) {
    call.complain(call.busybox ? `bad regex '${patterns[0] ?? ''}'` : 'Invalid regular expression');
    return 2;
  }
  const recursive = call.has('r', 'R', 'recursive');
  const roots = operands.length > 0 ? operands : [recursive ? '.' : '-'];
  const style = styleOf(call, roots.length > 1 || recursive);
  const seen: Seen = { found: false, failed: false, separated: false };
  for (const path of recursive ? allBelow(call, roots) : roots) {
    yield* searchFile(call, path, { matcher, style, seen });
    if (recursive) yield* call.context.giveWay(FILE);
    if (style.quiet && seen.found) return 0;
  }
  if (seen.failed) return 2;
  return seen.found ? 0 : 1;
}

function styleOf(call: ToolCall, several: boolean): Style {
  const context = Number(call.value('C', 'context') ?? 0);
  return {
    names: !call.has('h', 'no-filename') && (call.has('H', 'with-filename') || several),
    numbers: call.has('n', 'line-number'),
    invert: call.has('v', 'invert-match'),
    count: call.has('c', 'count'),
    listMatching: call.has('l', 'files-with-matches'),
    listOthers: call.has('L', 'files-without-match'),
    only: call.has('o', 'only-matching'),
    quiet: call.has('q', 'quiet', 'silent'),
    limit: Number(call.value('m', 'max-count') ?? Number.POSITIVE_INFINITY),
    before: Number(call.value('B', 'before-context') ?? context),
    after: Number(call.value('A', 'after-context') ?? context),
    color: colored(call),
  };
}

function colored(call: ToolCall): boolean {
  const wanted = call.parsed.options.find((each) => each.name === 'color' || each.name === 'colour');
  if (!wanted) return false;
  return wanted.value === 'always' || (wanted.value !== 'never' && call.context.process.files.get(1)?.tty !== undefined);
}

/** What opening one more file counts for, in characters. */
const FILE = 4_096;

function* allBelow(call: ToolCall, roots: readonly string[]): Generator<string, void> {
  for (const each of roots) yield* filesBelow(call, each, []);
}

/**
 * What `-r` reads, as it meets it (grep.c grepdirent, BusyBox grep.c file_action_grep): links only with `-R`, except those of the command
 * line, and with GNU no devices and pipes. A directory that lies within itself is told of and left out.
 * @param above the directories that one came through, each by its device and number
 */
function* filesBelow(call: ToolCall, path: string, above: readonly string[]): Generator<string, void> {
  const { vfs } = call.context.kernel;
  const { process } = call.context;
  const isRoot = above.length === 0;
  const status = vfs.stat(process, path, isRoot || call.has('R'));
  if (isErrno(status)) {
    yield path;
    return;
  }
  if (status.kind !== 'directory') {
    const isLink = status.kind === 'symlink';
    const target = isLink && call.busybox ? vfs.stat(process, path) : undefined;
    const isPlain = isLink ? target !== undefined && (isErrno(target) || target.kind !== 'directory') : status.kind === 'file' || call.busybox;
    if (isRoot || isPlain) yield path;
    return;
  }
  const identity = `${status.deviceNumber}:${status.inode}`;
  if (above.includes(identity)) {
    if (!call.busybox) call.complain(`${path}: warning: recursive directory loop`);
    return;
  }
  const names = vfs.readdir(process, path);
  if (isErrno(names)) yield path;
  else for (const each of names) yield* filesBelow(call, path.endsWith('/') ? `${path}${each}` : `${path}/${each}`, [...above, identity]);
}

class Printer {
  readonly #call: ToolCall;
  readonly #style: Style;
  readonly #seen: Seen;
  readonly #matcher: Matcher;
  readonly #name: string;
  #last = 0;

  constructor(call: ToolCall, how: { readonly matcher: Matcher; readonly style: Style; readonly seen: Seen }, name: string) {
    this.#call = call;
    this.#style = how.style;
    this.#seen = how.seen;
    this.#matcher = how.matcher;
    this.#name = name;
  }

  /** @param mark `:` for a match, `-` for a line around one */
  line(line: string, at: number, mark: ':' | '-'): void {
    const style = this.#style;
    if ((style.before > 0 || style.after > 0) && this.#seen.separated && at > this.#last + 1) this.#call.out('--\n');
    this.#seen.separated = true;
    this.#last = at;
    const head = `${style.names ? `${paint(style, this.#name, '35')}${paint(style, mark, '36')}` : ''}${style.numbers ? `${paint(style, String(at), '32')}${paint(style, mark, '36')}` : ''}`;
    if (style.only && mark === ':') for (const piece of allMatches(this.#matcher, line)) this.#call.out(`${head}${paint(style, piece, '1;31')}\n`);
    else this.#call.out(`${head}${style.color && mark === ':' && !style.invert ? painted(this.#matcher, line) : line}\n`);
  }
}

function* searchFile(call: ToolCall, path: string, how: { readonly matcher: Matcher; readonly style: Style; readonly seen: Seen }): Blocking<void> {
  const { matcher, style, seen } = how;
  const silent = call.has('s', 'no-messages');
  const fd = openInput(call.context, path);
  if (isErrno(fd)) {
    if (!silent) call.complain(`${path}: ${fd.text}`);
    seen.failed = true;
    return;
  }
  const name = path === '-' ? '(standard input)' : path;
  const printer = new Printer(call, how, name);
  let count = 0;
  let number = 0;
  let trailing = 0;
  let held: string[] = [];
  const visit = (line: string): 'stop' | undefined => {
    number++;
    if ((matcher.find(line) !== undefined) !== style.invert) {
      count++;
      seen.found ||= !style.listOthers;
      if (style.quiet || style.listMatching || style.listOthers) return 'stop';
      if (!style.count) {
        held.forEach((each, index) => {
          printer.line(each, number - held.length + index, '-');
        });
        printer.line(line, number, ':');
        trailing = style.after;
      }
      held = [];
    } else if (trailing > 0) {
      trailing--;
      printer.line(line, number, '-');
    } else if (style.before > 0) {
      held.push(line);
      if (held.length > style.before) held.shift();
    }
    return count >= style.limit && trailing === 0 ? 'stop' : undefined;
  };
  const failure = yield* forEachLine(call.context, { fd, end: call.has('z') ? '\0' : '\n' }, visit);
  closeInput(call.context, fd);
  if (failure) {
    if (!silent) call.complain(`${path}: ${failure.text}`);
    seen.failed = true;
  }
  if (style.quiet) return;
  if (style.listMatching && count > 0) call.out(`${name}\n`);
  if (style.listOthers && count === 0) {
    call.out(`${name}\n`);
    seen.found = true;
  }
  if (style.count && !style.listMatching && !style.listOthers) call.out(`${style.names ? `${name}:` : ''}${count}\n`);
}

function allMatches(matcher: Matcher, line: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from <= line.length;) {
    const match = matcher.find(line, from);
    if (!match) break;
    if (match[1] > match[0]) pieces.push(line.slice(match[0], match[1]));
    from = Math.max(match[1], match[0] + 1);
  }
  return pieces;
}

function paint(style: Style, text: string, color: string): string {
  return style.color ? `\u001b[${color}m\u001b[K${text}\u001b[m\u001b[K` : text;
}

function painted(matcher: Matcher, line: string): string {
  let result = '';
  let from = 0;
  while (from <= line.length) {
    const match = matcher.find(line, from);
    if (!match || match[1] === match[0]) break;
    result += `${line.slice(from, match[0])}\u001b[1;31m\u001b[K${line.slice(match[0], match[1])}\u001b[m\u001b[K`;
    from = match[1];
  }
  return result + line.slice(from);
}
