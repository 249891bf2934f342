/** Commands of vi's bottom line that only touch the text: `:12` and `:%s/a/b/g`. */
import type { TextBuffer } from './text-buffer.ts';

/** @returns what carries the command out and gives a message, or undefined when it is none of these */
export function readLineCommand(command: string, buffer: TextBuffer): (() => string | undefined) | undefined {
  if (/^\d+$/.test(command)) {
    return () => {
      buffer.row = Number(command) - 1;
      return undefined;
    };
  }
  const substitution = /^(%|\d+,\d+|\d+,\$)?s\/((?:\\\/|[^/])*)\/((?:\\\/|[^/])*)\/?(g?)$/.exec(command);
  if (!substitution) return undefined;
  const [, range, find = '', replacement = '', all = ''] = substitution;
  const own = String(buffer.row + 1);
  const [from = own, to = own] = range === '%' ? ['1', '$'] : (range?.split(',') ?? []);
  const plain = (text: string): string => text.replace(/\\(.)/g, '$1');
  return () => {
    buffer.remember();
    const lines = { from: Number(from) - 1, to: to === '$' ? buffer.lines.length - 1 : Number(to) - 1 };
    const count = buffer.substitute(lines, { find: plain(find), replacement: plain(replacement), all: all === 'g' });
    return count === 0 ? `E486: Pattern not found: ${find}` : undefined;
  };
}
