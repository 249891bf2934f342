/** The table of all signals as bash's `kill -l` and `trap -l` print it. */
import { signalName } from '../../linux/process/signals.ts';

export function bashSignalTable(): string {
  const entries: string[] = [];
  for (let number = 1; number <= 64; number++) {
    const name = signalName(number);
    if (name) entries.push(`${String(number).padStart(2)}) ${name}`);
    else if (number >= 34)
      entries.push(
        `${number}) ${number === 34 ? 'SIGRTMIN' : number === 64 ? 'SIGRTMAX' : number <= 49 ? `SIGRTMIN+${number - 34}` : `SIGRTMAX-${64 - number}`}`,
      );
  }
  return entries.map((each, index) => each + (index % 5 === 4 || index === entries.length - 1 ? '\n' : '\t')).join('');
}
