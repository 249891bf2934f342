/** Traps: what a shell does when a signal comes, and at its end. */
import type { Running } from '../../linux/process/wait.ts';
import type { SignalName } from '../../linux/process/signals.ts';
import type { Shell } from './shell.ts';
import { Unwind } from './unwind.ts';

/** Makes the process's signal action that of the trap. */
export function installTrap(shell: Shell, signal: SignalName, action: string | undefined): void {
  const { context } = shell;
  if (action === undefined) context.handle(signal, shell.interactiveActions.get(signal) ?? 'default');
  else if (action === '') context.handle(signal, 'ignore');
  else
    context.handle(signal, (arrived) => {
      shell.pendingTraps.push(arrived);
    });
}

/** Runs the traps of signals that have come since the last look. */
export function* runPendingTraps(shell: Shell): Running {
  for (let signal = shell.pendingTraps.shift(); signal; signal = shell.pendingTraps.shift()) {
    const action = shell.traps.get(signal);
    if (action === undefined || action === '') continue;
    const status = shell.lastStatus;
    yield* shell.executor.text(shell, action, { kind: 'eval' });
    shell.lastStatus = status;
  }
  return shell.lastStatus;
}

/** Runs the EXIT trap, once. @returns the status with which the shell ends */
export function* runExitTrap(shell: Shell): Running {
  const action = shell.traps.get('EXIT');
  shell.traps.delete('EXIT');
  if (action === undefined || action === '') return shell.lastStatus;
  const status = shell.lastStatus;
  try {
    yield* shell.executor.text(shell, action, { kind: 'eval' });
  } catch (reason) {
    if (!(reason instanceof Unwind)) throw reason;
    if ('status' in reason.reason) return reason.reason.status;
  }
  return status;
}
