/** The lists of signals that kill of procps and killall of psmisc print. */
import { SIGNAL_NUMBERS } from '../../linux/process/signals.ts';

/** Short names by number; 29 is called POLL. */
const NAMES = Object.entries(SIGNAL_NUMBERS).map(([name, number]) => ({ name: name === 'SIGIO' ? 'POLL' : name.slice(3), number }));

/** Names in lines of at most `width` cells. */
export function signalNames(width = 80): string {
  let line = '';
  const lines: string[] = [];
  for (const { name } of NAMES) {
    if (line !== '' && line.length + name.length + 1 >= width) {
      lines.push(line);
      line = name;
    } else line += line === '' ? name : ` ${name}`;
  }
  return `${[...lines, line].join('\n')}\n`;
}

/** Numbers and names, seven to a line (`kill -L`). */
export function signalTable(): string {
  let text = '';
  NAMES.forEach(({ name, number }, index) => {
    const last = index % 7 === 6 || index === NAMES.length - 1;
    text += last ? `${String(number).padStart(2)} ${name}\n` : `${String(number).padStart(2)} ${name.padEnd(7)} `.replace(/ $/, ' ');
  });
  return text;
}
