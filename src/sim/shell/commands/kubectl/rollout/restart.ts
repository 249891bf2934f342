/** `kubectl rollout restart`, `pause` and `resume` (kubectl polymorphichelpers/objectrestarter.go, objectpauser.go, v0.37). */
import { timeText } from '../../../../kube/apiserver/time-text.ts';
import { WRITE_FLAGS } from '../common-flags.ts';
import { FailureList, plainFailure } from '../failure.ts';
import { changePrinter } from '../output/change-printer.ts';
import { fieldOf } from '../output/plain-value.ts';
import type { Info } from '../request/fetch.ts';
import type { Session } from '../session.ts';
import type { Invocation, Verb, VerbRun } from '../verb.ts';
import { ROLLOUT_FLAGS, rolloutTargets } from './rollout-targets.ts';

const FLAGS = [...ROLLOUT_FLAGS, ...WRITE_FLAGS];

/** What is to be changed of an object. Errors: it cannot be done to this one */
type Change = (info: Info) => Readonly<Record<string, unknown>>;

function typeOf(info: Info): string {
  return info.resource.group === '' ? info.resource.plural : `${info.resource.plural}.${info.resource.group}`;
}

function verb(about: { readonly name: string; readonly short: string; readonly operation: string }, change: (session: Session) => Change): Verb {
  return {
    name: about.name,
    short: about.short,
    usage: 'RESOURCE',
    flags: FLAGS,
    run: (session, input) => changeAll(session, input, { operation: about.operation, change: change(session) }),
  };
}

function* changeAll(session: Session, input: Invocation, how: { readonly operation: string; readonly change: Change }): VerbRun {
  const { print, dryRun } = yield* changePrinter(session);
  const failures = new FailureList();
  for (const info of yield* rolloutTargets(session, input)) {
    try {
      const { resource, namespace, name } = info;
      const body = how.change(info);
      const object = yield* session.demand(
        (server, options) => server.patch(resource.key, { namespace, name }, { type: 'strategic', body }, options),
        { dryRun: dryRun === 'client' ? 'server' : dryRun },
      );
      print({ resource, object, operation: how.operation });
    } catch (failure) {
      failures.add(failure);
    }
  }
  failures.throwAny();
  return 0;
}

export const restart = verb({ name: 'restart', short: 'Restart a resource', operation: 'restarted' }, (session) => (info) => {
  if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(info.resource.kind))
    throw plainFailure(`error: ${typeOf(info)} "${info.name}" restarting is not supported`);
  if (fieldOf(info.object, 'spec', 'paused') === true)
    throw plainFailure(`error: ${typeOf(info)} "${info.name}" can't restart paused deployment (run rollout resume first)`);
  return { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': timeText(session.wallClock) } } } } };
});

export const pause = verb({ name: 'pause', short: 'Mark the provided resource as paused', operation: 'paused' }, () => (info) => {
  if (info.resource.kind !== 'Deployment') throw plainFailure(`error: ${typeOf(info)} "${info.name}" pausing is not supported`);
  if (fieldOf(info.object, 'spec', 'paused') === true) throw plainFailure(`error: ${typeOf(info)} "${info.name}" is already paused`);
  return { spec: { paused: true } };
});

export const resume = verb({ name: 'resume', short: 'Resume a paused resource', operation: 'resumed' }, () => (info) => {
  if (info.resource.kind !== 'Deployment') throw plainFailure(`error: ${typeOf(info)} "${info.name}" resuming is not supported`);
  if (fieldOf(info.object, 'spec', 'paused') !== true) throw plainFailure(`error: ${typeOf(info)} "${info.name}" is not paused`);
  return { spec: { paused: null } };
});
