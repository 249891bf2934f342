/** `kubectl rollout status` (kubectl pkg/cmd/rollout/rollout_status.go, v0.37). */
import { isStatus } from '../../../../kube/apiserver/object.ts';
import type { ApiObject } from '../../../../kube/apiserver/object.ts';
import type { WatchEvent } from '../../../../kube/apiserver/storage.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { Failure } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import type { Info } from '../request/fetch.ts';
import type { Session } from '../session.ts';
import { Changes } from '../stream/changes.ts';
import { interruptible } from '../stream/interruptible.ts';
import type { Verb } from '../verb.ts';
import { ROLLOUT_FLAGS, rolloutTargets } from './rollout-targets.ts';
import { rolloutStatus } from './status-message.ts';

export const status: Verb = {
  name: 'status',
  short: 'Show the status of the rollout',
  long: 'Show the status of the rollout.',
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  flags: [...ROLLOUT_FLAGS, ...flagsOf('revision#0', 'timeout~', 'w|watch!true')],
  *run(session, input) {
    for (const info of yield* rolloutTargets(session, input)) yield* interruptible(session.context, follow(session, info));
    return 0;
  },
};

function* follow(session: Session, info: Info): Blocking<void> {
  const { resource, namespace, name } = info;
  rolloutStatus(info.object, resource.kind);
  const timeout = session.flags.duration('timeout');
  const deadline = timeout === 0 ? session.deadline : session.context.simulation.now + timeout;
  const server = yield* session.server();
  const changes = new Changes<WatchEvent>();
  const stop = server.watch(resource.key, { namespace, fieldSelector: `metadata.name=${name}` }, (event) => {
    changes.push(event as WatchEvent);
  });
  try {
    let object: ApiObject | undefined;
    const first = yield* session.ask((api, options) => api.get(resource.key, namespace, name, options));
    if (!isStatus(first)) object = first;
    while (object !== undefined) {
      const { message, done } = rolloutStatus(object, resource.kind);
      session.out(message);
      if (done || !session.flags.bool('watch')) return;
      const event: WatchEvent | undefined = yield* changes.next(session.context, deadline);
      if (event === undefined) throw new Failure('timed out waiting for the condition');
      object = event.type === 'DELETED' ? undefined : event.object;
    }
    throw new Failure('object has been deleted');
  } finally {
    if (typeof stop === 'function') stop();
  }
}
