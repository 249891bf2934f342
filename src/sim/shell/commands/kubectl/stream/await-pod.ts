/** Waits until a Pod is in some state. */
import type { Pod } from '../../../../kube/api/types-pod.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { Changes } from './changes.ts';

export interface PodWish {
  readonly until: (pod: Pod) => boolean;
  /** Virtual milliseconds; 0 for no limit. */
  readonly timeout: number;
}

/** Whether its containers will not run again. */
export function hasEnded(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

/** The Pod as it is when the wish has come true. Errors: NotFound, the time is over */
export function* awaitPod(session: Session, pod: Pod, wish: PodWish): Blocking<Pod> {
  const { name, namespace = '' } = pod.metadata;
  const deadline = wish.timeout === 0 ? undefined : session.context.simulation.now + wish.timeout;
  const server = yield* session.server();
  const changes = new Changes<true>();
  const stop = server.watch('pods', { namespace }, (event) => {
    if (event.object.metadata.name === name) changes.push(true);
  });
  try {
    for (;;) {
      const found = yield* session.demand((api, options) => api.get('pods', namespace, name, options));
      if (wish.until(found)) return found;
      if ((yield* changes.next(session.context, deadline)) === undefined) throw new Failure('timed out waiting for the condition');
    }
  } finally {
    if (typeof stop === 'function') stop();
  }
}
