/** fork(2) as shells call it, and what they say when a machine has no room for another process. */
import { isErrno, type Errno } from '../../linux/errno.ts';
import type { Blocking, SpawnOptions } from '../../linux/process/process-context.ts';
import type { Process } from '../../linux/process/process.ts';
import type { Program } from '../../linux/process/wait.ts';
import type { Shell } from './shell.ts';
import { Unwind } from './unwind.ts';

/** Longest of bash's pauses, in seconds (jobs.c, FORKSLEEP_MAX). */
const LONGEST_PAUSE = 8;
/** With which bash ends, or comes back to its prompt. */
const NO_FORK = 254;

/** Bash waits 1, 2, 4 and 8 seconds for a process to end (jobs.c, make_child); the other shells give up at once. */
export function* forkChild(shell: Shell, program: Program, options: SpawnOptions): Blocking<Process | Errno> {
  for (let pause = 1; ; pause *= 2) {
    const child = shell.context.fork(program, options);
    if (!isErrno(child) || child.code !== 'EAGAIN' || shell.dialect.name !== 'bash' || pause > LONGEST_PAUSE) return child;
    shell.complain(`fork: retry: ${child.text}`);
    if ((yield* shell.context.sleep(pause * 1000)) === 'signal') return child;
  }
}

/** The complaint; a script ends with it, an interactive shell comes back to its prompt. */
export function leaveWithoutFork(shell: Shell, why: Errno): never {
  switch (shell.dialect.name) {
    case 'bash':
      shell.complain(`fork: ${why.text}`);
      throw new Unwind({ kind: 'fail', status: NO_FORK });
    case 'ash':
      return shell.fail(`can't fork: ${why.text}`);
    case 'dash':
      return shell.fail('Cannot fork');
  }
}
