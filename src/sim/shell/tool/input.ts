/** Reading files and standard input line by line or whole, as they come. */
import { isErrno, type Errno } from '../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

/** Opens an operand; `-` is standard input. */
export function openInput(context: ProcessContext, path: string): number | Errno {
  return path === '-' ? 0 : context.open(path, { read: true });
}

export function closeInput(context: ProcessContext, fd: number): void {
  if (fd !== 0) context.close(fd);
}

/**
 * Calls `visit` for every line, without its newline, as soon as it has arrived.
 * @param from a descriptor, with the character that ends lines where it is not a newline
 * @param visit gets the line and whether it had its end; `stop` ends the reading
 * @returns the error that ended the reading, if one did
 */
export function* forEachLine(
  context: ProcessContext,
  from: number | { readonly fd: number; readonly end: string },
  visit: (line: string, ended: boolean) => 'stop' | undefined,
): Blocking<Errno | undefined> {
  const { fd, end } = typeof from === 'number' ? { fd: from, end: '\n' } : from;
  let rest = '';
  for (;;) {
    const piece = yield* context.read(fd);
    if (isErrno(piece)) {
      if (piece.code === 'EINTR') continue;
      return piece;
    }
    if (piece === '') {
      if (rest !== '') visit(rest, false);
      return undefined;
    }
    let start = 0;
    for (let at = piece.indexOf(end); at >= 0; at = piece.indexOf(end, start)) {
      if (visit(rest + piece.slice(start, at), true) === 'stop') return undefined;
      rest = '';
      // Looking at a line costs more than moving it.
      yield* context.giveWay((at - start) * VISIT);
      start = at + 1;
    }
    rest += piece.slice(start);
    yield* context.hold(rest.length);
    yield* context.flush();
    yield* context.checkpoint();
  }
}

/** What a visitor's work counts for, per character. */
const VISIT = 64;

/** The whole of an operand. */
export function* readInput(context: ProcessContext, path: string): Blocking<string | Errno> {
  const fd = openInput(context, path);
  if (isErrno(fd)) return fd;
  const text = yield* context.readAll(fd);
  closeInput(context, fd);
  return text;
}

/** What one line takes in memory besides its characters, in bytes. */
const LINE = 8;

/** All lines of an operand, taken apart as they come. */
export function* readLines(context: ProcessContext, path: string): Blocking<string[] | Errno> {
  const fd = openInput(context, path);
  if (isErrno(fd)) return fd;
  const lines: string[] = [];
  let rest = '';
  let size = 0;
  for (;;) {
    const piece = yield* context.read(fd);
    if (isErrno(piece)) {
      if (piece.code === 'EINTR') continue;
      closeInput(context, fd);
      return piece;
    }
    if (piece === '') break;
    let start = 0;
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', start)) {
      lines.push(rest + piece.slice(start, at));
      rest = '';
      start = at + 1;
    }
    rest += piece.slice(start);
    size += piece.length;
    yield* context.hold(size + lines.length * LINE);
  }
  if (rest !== '') lines.push(rest);
  closeInput(context, fd);
  return lines;
}

/** Bytes of a text in UTF-8, as files hold it. */
export function byteLength(text: string): number {
  if (/^[\0-\u007f]*$/.test(text)) return text.length;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** The lines of a text, without an empty one behind the last newline. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
