/** `kubectl create job`, of an image or of a CronJob (kubectl pkg/cmd/create/create_job.go, v0.37). */
import { Failure, StatusFailure } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import { mapAt, textAt } from '../output/plain-value.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { fetchObjects } from '../request/fetch.ts';
import type { Session } from '../session.ts';
import type { Invocation, Verb } from '../verb.ts';
import { createObject } from './create-object.ts';
import { commandOf, generator, nameOf } from './generator.ts';

const plain = generator(
  'job',
  {
    short: 'Create a job with the specified name',
    usage: 'NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
    flags: flagsOf('image=', 'from='),
  },
  () => ({}),
);

export const job: Verb = {
  ...plain,
  *run(session, input) {
    const name = nameOf(input);
    const [image, from] = [input.flags.text('image'), input.flags.text('from')];
    const command = commandOf(input);
    if ((image === '') === (from === '')) throw new Failure('either --image or --from must be specified');
    if (from !== '' && command.length > 0) throw new Failure('cannot specify --from and command');
    const object = from === '' ? jobOf(name, image, command) : yield* jobFrom(session, input, from);
    try {
      yield* createObject(session, object);
    } catch (failure) {
      throw failure instanceof StatusFailure ? new Failure(`failed to create job: ${failure.status.message}`) : failure;
    }
    return 0;
  },
};

function jobOf(name: string, image: string, command: readonly string[]): Readonly<Record<string, unknown>> {
  const container = { ...(command.length === 0 ? {} : { command }), image, name, resources: {} };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: { template: { metadata: {}, spec: { containers: [container], restartPolicy: 'Never' } } },
    status: {},
  };
}

function* jobFrom(session: Session, input: Invocation, from: string): Blocking<Readonly<Record<string, unknown>>> {
  const fetched = yield* fetchObjects(session, [from], { allowTypes: false });
  fetched.failures.throwAny();
  const [info] = fetched.infos;
  if (info === undefined) throw new Failure('from must be an existing cronjob');
  const { object } = info;
  if (object.kind !== 'CronJob') throw new Failure(`unknown object type *v1.${object.kind}`);
  const template = mapAt(object, 'spec', 'jobTemplate');
  const labels = mapAt(template, 'metadata', 'labels');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...mapAt(template, 'metadata', 'annotations') },
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      name: nameOf(input),
      ownerReferences: [{ apiVersion: 'batch/v1', controller: true, kind: 'CronJob', name: info.name, uid: textAt(object, 'metadata', 'uid') }],
    },
    spec: mapAt(template, 'spec'),
    status: {},
  };
}
