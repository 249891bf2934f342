/**
 * Runs a text filter of just-bash (sed, awk) as the work of a simulated process: it gets texts and gives back texts, and
 * knows nothing of the world. Loaded on first use, outside of virtual time.
 */
import type { Bash } from 'just-bash/browser';
import { isErrno, type Errno } from '../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import { closeInput, openInput } from '../tool/input.ts';

export interface FilterRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly input: string;
  /** Files that it may read, by the names it uses for them. */
  readonly files?: ReadonlyMap<string, string>;
  readonly env?: ReadonlyMap<string, string>;
}

export interface FilterResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Texts of files that are new or changed. */
  readonly written: ReadonlyMap<string, string>;
}

/** Where relative names lie inside the filter's own little file system. */
const HOME = '/filter';

/**
 * Rounds of a loop that a script may make on one line, in sed; the library works through them in one go. What is not done by then is taken
 * to be endless and goes on until a signal ends it.
 */
const MOST_ROUNDS = 20_000;
const ENDLESS = /exceeded maximum iterations/;

export function* runFilter(context: ProcessContext, request: FilterRequest): Blocking<FilterResult> {
  const library = yield* context.outside(import('just-bash/browser'));
  const result = yield* context.outside(filtered(library.Bash, request));
  while (ENDLESS.test(result.stderr)) yield* context.sleep(1_000);
  return result;
}

/**
 * Filters an input as its lines come, for scripts that look at each line by itself: nothing is held, and who reads gets what there is.
 * @param paths operands; `-` is standard input
 * @param edit works on whole lines; a status other than 0 ends the reading
 * @param unreadable complains of an operand and gives the status for it
 * @returns the exit code
 */
export function* filterLines(
  context: ProcessContext,
  paths: readonly string[],
  { edit, unreadable }: { readonly edit: (lines: string) => Blocking<number>; readonly unreadable: (path: string, failure: Errno) => number },
): Blocking<number> {
  let status = 0;
  let rest = '';
  for (const path of paths) {
    const fd = openInput(context, path);
    if (isErrno(fd)) {
      status = unreadable(path, fd);
      continue;
    }
    if (rest !== '') rest += '\n';
    for (;;) {
      const piece = yield* context.read(fd, { max: PIECE });
      if (isErrno(piece)) {
        if (piece.code === 'EINTR') continue;
        status = unreadable(path, piece);
        break;
      }
      if (piece === '') break;
      const end = piece.lastIndexOf('\n') + 1;
      const lines = rest + piece.slice(0, end);
      rest = end === 0 ? lines + piece : piece.slice(end);
      yield* context.hold(rest.length);
      if (end === 0) continue;
      const ended = yield* edit(lines);
      if (ended !== 0) return ended;
    }
    closeInput(context, fd);
  }
  if (rest === '') return status;
  const ended = yield* edit(rest);
  return ended === 0 ? status : ended;
}

/** Characters that are filtered at once: a few milliseconds of work. */
const PIECE = 16_384;

async function filtered(bash: typeof Bash, request: FilterRequest): Promise<FilterResult> {
  const inside = (name: string): string => (name.startsWith('/') ? name : `${HOME}/${name}`);
  const given = new Map([...(request.files ?? [])].map(([name, text]) => [inside(name), text]));
  const shell = new bash({
    executionLimits: { maxSedIterations: MOST_ROUNDS },
    files: { [`${HOME}/.keep`]: '', ...Object.fromEntries(given) },
    cwd: HOME,
    env: Object.fromEntries(request.env ?? []),
  });
  const quoted = [request.command, ...request.args].map((each) => `'${each.replaceAll("'", "'\\''")}'`).join(' ');
  const result = await shell.exec(quoted, { stdin: request.input });
  const written = new Map<string, string>();
  for (const name of namesIn(request.args)) {
    const text = await shell.readFile(inside(name)).catch(() => undefined);
    if (text !== undefined && given.get(inside(name)) !== text) written.set(name, text);
  }
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr, written };
}

/** Names that a program text could write to: quoted ones in awk, those behind `w` in sed, and the words themselves. */
function namesIn(args: readonly string[]): string[] {
  const names = new Set<string>();
  for (const each of args) {
    for (const match of each.matchAll(/>\s*"([^"]+)"|\bw\s+(\S+)/g)) names.add(match[1] ?? match[2] ?? '');
    if (!each.startsWith('-') && !/[\n{}]/.test(each)) names.add(each);
  }
  names.delete('');
  return [...names].filter((each) => !each.startsWith('/dev/'));
}
