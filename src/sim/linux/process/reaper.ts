/** What init, pause and the runtime's shims have in common: they wait for children, for ever. */
import { isErrno } from '../errno.ts';
import { WaitQueue } from '../../engine/wait-queue.ts';
import type { ProcessContext } from './process-context.ts';
import type { Running } from './wait.ts';

/** Reaps whatever ends below this process and never returns. */
export function* reapForever(context: ProcessContext): Running {
  const never = new WaitQueue();
  for (;;) {
    const change = yield* context.wait();
    if (isErrno(change) && change.code === 'ECHILD') yield* context.waitFor([context.process.childChanged, never]);
  }
}
