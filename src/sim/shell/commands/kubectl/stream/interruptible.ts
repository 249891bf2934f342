/** While kubectl waits or follows, a signal ends it with exit code 1, a moment later (kubectl pkg/util/interrupt, v0.37). */
import type { ProcessContext } from '../../../../linux/process/process-context.ts';
import type { SignalName } from '../../../../linux/process/signals.ts';
import type { Request, WakeReason } from '../../../../linux/process/wait.ts';

const SIGNALS: readonly SignalName[] = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT'];
/** Virtual milliseconds in which the handler runs. */
const HANDLING = 3;

/** Runs `section` so that a terminating signal is handled rather than fatal. */
export function* interruptible<T>(context: ProcessContext, section: Generator<Request, T, WakeReason>): Generator<Request, T, WakeReason> {
  const { kernel, process } = context;
  const before = new Map(SIGNALS.map((signal) => [signal, process.actions.get(signal) ?? 'default']));
  for (const signal of SIGNALS) {
    if (before.get(signal) === 'ignore') continue;
    context.handle(signal, () => {
      context.simulation.after(HANDLING, () => {
        kernel.exit(process, { kind: 'exited', code: 1 });
      });
    });
  }
  try {
    return yield* section;
  } finally {
    for (const [signal, action] of before) context.handle(signal, action);
  }
}
