/** Joins a debugging container as soon as it runs; one that has ended by then shows its log. */
import type { Pod } from '../../../../kube/api/types-pod.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { attachTo } from '../attach.ts';
import { Failure } from '../failure.ts';
import { printLogs } from '../logs.ts';
import type { Session } from '../session.ts';
import { awaitPod } from '../stream/await-pod.ts';

/** What a debugging command has made. */
export interface Made {
  readonly pod: Pod;
  readonly container: string;
}

export function* attachWhenUp(session: Session, { pod, container }: Made): Blocking<void> {
  const statusOf = (each: Pod): { readonly running: boolean; readonly ended: boolean } => {
    const status = [
      ...(each.status.containerStatuses ?? []),
      ...(each.status.ephemeralContainerStatuses ?? []),
      ...(each.status.initContainerStatuses ?? []),
    ].find((one) => one.name === container);
    return { running: status?.state?.running !== undefined, ended: status?.state?.terminated !== undefined };
  };
  const now = yield* awaitPod(session, pod, { until: (each) => statusOf(each).running || statusOf(each).ended, timeout: 0 });
  if (statusOf(now).ended) {
    yield* printLogs(session, [{ pod: now, container }]);
    return;
  }
  try {
    yield* attachTo(session, {
      pod: now,
      container,
      stdin: session.flags.bool('stdin'),
      tty: session.flags.bool('tty'),
      quiet: session.flags.bool('quiet'),
    });
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    session.err(`warning: couldn't attach to pod/${now.metadata.name}, falling back to streaming logs: ${failure.message}\n`);
    yield* printLogs(session, [{ pod: now, container }]);
  }
}
