/** Who may send a signal to whom, and what it does there (kernel/signal.c). */
import { errno, type Errno } from '../errno.ts';
import { capable } from './credentials.ts';
import { pidIn, type Process } from './process.ts';
import { defaultAction, type SignalName } from './signals.ts';

/**
 * Sends `signal` from `sender` to `target`, with permission and namespace rules.
 * @returns ESRCH when the target is not visible, EPERM when it may not be signalled (check_kill_permission)
 */
export function send(sender: Process, target: Process, signal: SignalName | undefined): Errno | undefined {
  if (target.state === 'dead' || pidIn(target, sender.namespaces.pid) === undefined) return errno('ESRCH');
  const from = sender.credentials;
  const to = target.credentials;
  const allowed = from.uid === to.uid || capable(from, 'CAP_KILL', to.user) || (signal === 'SIGCONT' && sender.session === target.session);
  if (!allowed) return errno('EPERM');
  if (signal) deliver(target, signal, { force: target.pids[0]?.namespace !== sender.namespaces.pid });
  return undefined;
}

/**
 * Does to `target` what `signal` does.
 * @param options.force it comes from the kernel or from an ancestor PID namespace: only then does SIGKILL or SIGSTOP reach an init
 */
export function deliver(target: Process, signal: SignalName, options: { readonly force: boolean }): void {
  if (target.state === 'zombie' || target.state === 'dead') return;
  const kernelOnly = signal === 'SIGKILL' || signal === 'SIGSTOP';
  const action = kernelOnly ? 'default' : (target.actions.get(signal) ?? 'default');
  const isInit = target.pids[0]?.pid === 1;
  // sig_task_ignored: an init drops what it has no handler for, unless it is forced and cannot be caught.
  if (isInit && action === 'default' && !(options.force && kernelOnly)) {
    if (signal === 'SIGCONT') target.kernel.setStopped(target, false);
    return;
  }
  if (signal === 'SIGCONT') target.kernel.setStopped(target, false);
  if (action === 'ignore') return;
  if (typeof action === 'function') {
    action(signal);
    target.kernel.interrupt(target);
    return;
  }
  switch (defaultAction(signal)) {
    case 'terminate':
      target.kernel.exit(target, { kind: 'signaled', signal });
      return;
    case 'stop':
      target.kernel.setStopped(target, true);
      return;
    case 'continue':
    case 'ignore':
      return;
  }
}

/** Sends to several. @returns ESRCH when there are none, the last error when none could be reached */
export function sendToAll(sender: Process, targets: readonly Process[], signal: SignalName | undefined): Errno | undefined {
  const results = targets.map((target) => send(sender, target, signal));
  return results.length === 0 ? errno('ESRCH') : results.includes(undefined) ? undefined : results.at(-1);
}

/** Whether a process of the group still lives. */
export function hasMembers(group: Process): boolean {
  return group.kernel.processes().some((each) => each.group === group && each.state !== 'zombie' && each.state !== 'dead');
}

/** Sends to every member of a process group, as a terminal does. */
export function deliverToGroup(group: Process, signal: SignalName): void {
  for (const process of group.kernel.processes()) if (process.group === group) deliver(process, signal, { force: false });
}
