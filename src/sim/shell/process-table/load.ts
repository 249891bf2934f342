/** Figures of a whole machine that are told by several tools in the same words: load and time since the start. */
import { isErrno } from '../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import { uptime } from '../../linux/fs/proc/machine-files.ts';

/** The three averages, as /proc/loadavg writes them. */
export function* loadAverages(context: ProcessContext): Blocking<readonly string[]> {
  const text = yield* context.readFile('/proc/loadavg');
  return isErrno(text) ? ['0.00', '0.00', '0.00'] : text.trim().split(/\s+/);
}

/** `up  1:32`, `up 5 min`, `up 2 days,  3:04` */
export function upText(context: ProcessContext): string {
  const minutes = Math.floor(uptime(context.kernel) / 60);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const dayText = days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : '';
  const rest = hours > 0 ? `${String(hours).padStart(2)}:${String(minutes % 60).padStart(2, '0')}` : `${minutes % 60} min`;
  return `up ${dayText}${rest}`;
}

export function clockText(context: ProcessContext): string {
  return new Date(context.simulation.wallClock).toISOString().slice(11, 19);
}

/** The first line of uptime, w and top. @param users as the family words it: `0 users` or `0 user` */
export function* uptimeLine(context: ProcessContext, users: string): Blocking<string> {
  const [one = '0.00', five = '0.00', fifteen = '0.00'] = yield* loadAverages(context);
  return `${clockText(context)} ${upText(context)},  ${users},  load average: ${one}, ${five}, ${fifteen}`;
}
