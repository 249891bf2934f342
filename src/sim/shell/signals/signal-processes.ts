/** Sending one parsed signal to one process number. */
import { errno, type Errno } from '../../linux/errno.ts';
import type { ProcessContext } from '../../linux/process/process-context.ts';
import type { ParsedSignal } from './busybox-signals.ts';

/** kill(2); real-time signals end a process like any other that it does not handle. */
export function sendParsed(context: ProcessContext, pid: number, signal: ParsedSignal): Errno | undefined {
  if (!Number.isSafeInteger(pid) || pid > 2_147_483_647 || pid < -2_147_483_648) return errno('ESRCH');
  if (signal.kind === 'none') return context.kill(pid, undefined);
  return context.kill(pid, signal.kind === 'signal' ? signal.name : 'SIGUSR1');
}
