/** base64: encodes as its input comes; decoding is done by the filter library. */
import { isErrno } from '../../../linux/errno.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { base64Digits } from '../../bytes/base64-digits.ts';
import { utf8Bytes } from '../../bytes/utf8-bytes.ts';
import { borrowTool } from '../../filter/borrowed-tool.ts';
import { closeInput, openInput } from '../../tool/input.ts';
import type { ToolCall } from '../../tool/tool.ts';

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
    const bytes = rest.concat(utf8Bytes(half === '' ? text : text.slice(0, -1)));
    const whole = bytes.length - (bytes.length % 3);
    rest = bytes.slice(whole);
    const failure = context.write(1, lines.add(base64Digits(bytes.slice(0, whole))));
    if (failure) return failure.code === 'EPIPE' ? 1 : call.complain(`write error: ${failure.text}`);
    yield* context.flush();
  }
  closeInput(context, fd);
  call.out(lines.add(base64Digits(rest)) + lines.end());
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
