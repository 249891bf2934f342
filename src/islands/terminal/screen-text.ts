// The text of a terminal as a person reads it: everything still to be scrolled to, wrapped lines joined.
import type { IBuffer } from '@xterm/xterm';

/** All lines of the buffer, without the blanks that only fill it. */
export function screenText(buffer: IBuffer): string {
  const lines: string[] = [];
  for (let row = 0; row < buffer.length; row += 1) {
    const line = buffer.getLine(row);
    if (!line) break;
    const continues = buffer.getLine(row + 1)?.isWrapped === true;
    const text = line.translateToString(!continues);
    if (line.isWrapped) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  return lines.join('\n');
}
