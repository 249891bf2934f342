/** Collects children that have ended or stopped without waiting, so that `jobs` and prompts know. */
import { isErrno } from '../../linux/errno.ts';
import type { Running } from '../../linux/process/wait.ts';
import { bookChange } from './run-job.ts';
import type { Shell } from './shell.ts';

export function* collectEnded(shell: Shell): Running {
  for (;;) {
    const change = yield* shell.context.wait(0, { hang: false, stops: shell.jobControl });
    if (isErrno(change)) return 0;
    bookChange(shell, change);
  }
}
