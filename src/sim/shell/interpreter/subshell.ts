/** The program of a forked shell: a copy of the state that runs some statements and ends with their status. */
import type { Program } from '../../linux/process/wait.ts';
import { runExitTrap } from './run-traps.ts';
import type { Shell } from './shell.ts';
import type { Command, List } from './syntax.ts';
import { Unwind } from './unwind.ts';

export function subshellProgram(shell: Shell, body: List | Command): Program {
  // The state is copied at once, as fork(2) does: the parent goes on before the child runs.
  const prepare = cloneNow(shell);
  return function* (context) {
    const copy = prepare(context);
    try {
      if ('kind' in body) copy.lastStatus = yield* copy.executor.command(copy, body, { tail: true });
      else copy.lastStatus = yield* copy.executor.list(copy, body, { tail: true });
    } catch (reason) {
      if (!(reason instanceof Unwind)) throw reason;
      if ('status' in reason.reason) copy.lastStatus = reason.reason.status;
    }
    return yield* runExitTrap(copy);
  };
}

function cloneNow(shell: Shell): (context: Shell['context']) => Shell {
  const frozen = shell.clone(shell.context);
  return (context) => {
    const copy = frozen.clone(context);
    copy.jobs.clear();
    return copy;
  };
}
