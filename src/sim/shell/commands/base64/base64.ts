/** base64: encodes as its input comes; decoding is done by the filter library. */
import { isErrno } from '../../../linux/errno.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { borrowTool } from '../../filter/borrowed-tool.ts';
import { closeInput, openInput } from '../../tool/input.ts';
import type { ToolCall } from '../../tool/tool.ts';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Columns of a line where nothing else is asked for. */
const COLUMNS = 76;

export const base64 = borrowTool({
  instead: (call) => (call.has('d') || call.operands.length > 1 ? undefined : encode(call)),
  name: 'base64',
  summary: { zh: 'Base64 编码与解码', en: 'Encodes and decodes Base64' },
  usage: 'base64 [-d] [-w COL] [FILE]\n\nBase64 encode or decode FILE to standard output',
  gnuUsage: 'base64 [OPTION]... [FILE]',
  short: 'dw:',
  missing: 'plain',
  gnuMissing: 'plain',
});

function* encode(call: ToolCall): Running {
  const { context } = call;
  const path = call.operands[0] ?? '-';
  const columns = Number(call.value('w') ?? COLUMNS);
  if (!Number.isSafeInteger(columns) || columns < 0) return call.complain(`invalid wrap size: ${call.quote(call.value('w') ?? '')}`);
  const fd = openInput(context, path);
  if (isErrno(fd)) return call.complain(`${path}: ${fd.text}`);
  const lines = new Lines(columns);
  let rest: number[] = [];
  let half = '';
  for (;;) {
    const piece = yield* context.read(fd);
    if (isErrno(piece)) {
      if (piece.code === 'EINTR') continue;
      return call.complain(call.busybox ? `read error: ${piece.text}` : `${path}: read error: ${piece.text}`);
    }
    if (piece === '') break;
    // A character of two code units may have been cut in two.
    const text = half + piece;
    half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : '';
    const bytes = rest.concat(bytesOf(half === '' ? text : text.slice(0, -1)));
    const whole = bytes.length - (bytes.length % 3);
    rest = bytes.slice(whole);
    const failure = context.write(1, lines.add(digitsOf(bytes.slice(0, whole))));
    if (failure) return failure.code === 'EPIPE' ? 1 : call.complain(`write error: ${failure.text}`);
    yield* context.flush();
  }
  closeInput(context, fd);
  call.out(lines.add(digitsOf(rest)) + lines.end());
  return 0;
}

/** Breaks a text into lines as it comes. */
class Lines {
  readonly #columns: number;
  #filled = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  add(text: string): string {
    if (this.#columns === 0) return text;
    let result = '';
    for (let at = 0; at < text.length;) {
      if (this.#filled === this.#columns) {
        result += '\n';
        this.#filled = 0;
      }
      const part = text.slice(at, at + this.#columns - this.#filled);
      result += part;
      this.#filled += part.length;
      at += part.length;
    }
    return result;
  }

  end(): string {
    return this.#filled > 0 ? '\n' : '';
  }
}

function bytesOf(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

function digitsOf(bytes: readonly number[]): string {
  const digits: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    digits.push(
      DIGITS.charAt(a >> 2),
      DIGITS.charAt(((a & 3) << 4) | ((b ?? 0) >> 4)),
      b === undefined ? '=' : DIGITS.charAt(((b & 15) << 2) | ((c ?? 0) >> 6)),
      c === undefined ? '=' : DIGITS.charAt(c & 63),
    );
  }
  return digits.join('');
}
