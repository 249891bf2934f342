/** `kubectl scale` (kubectl pkg/cmd/scale/scale.go, v0.37). */
import { failure as statusOf } from '../../../kube/api/status.ts';
import { FILE_FLAGS, SELECTOR_FLAG, WRITE_FLAGS } from './common-flags.ts';
import { Failure, plainFailure, StatusFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { changePrinter } from './output/change-printer.ts';
import { numberAt } from './output/plain-value.ts';
import { fetchObjects } from './request/fetch.ts';
import type { Verb } from './verb.ts';

export const scale: Verb = {
  name: 'scale',
  group: 'Deploy Commands:',
  short: 'Set a new size for a deployment, replica set, or replication controller',
  long: 'Set a new size for a deployment, replica set, replication controller, or stateful set.',
  usage: '[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  flags: [
    ...FILE_FLAGS,
    ...SELECTOR_FLAG,
    ...WRITE_FLAGS,
    { name: 'replicas', kind: 'int', required: true },
    ...flagsOf('all!', 'current-replicas#-1', 'resource-version=', 'timeout~'),
  ],
  *run(session, input) {
    const { flags } = input;
    const replicas = flags.integer('replicas');
    if (replicas < 0) throw new Failure('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
    const { print, dryRun } = yield* changePrinter(session);
    const fetched = yield* fetchObjects(session, input.args, { allowTypes: false, all: flags.bool('all') });
    const { failures } = fetched;
    for (const { resource, namespace, name, object } of fetched.infos) {
      try {
        if (!resource.subresources.includes('scale'))
          throw new StatusFailure(statusOf('NotFound', 'the server could not find the requested resource'));
        const wanted = flags.integer('current-replicas');
        if (wanted >= 0 && wanted !== numberAt(object, 'spec', 'replicas'))
          throw plainFailure(`error: Expected replicas to be ${String(wanted)}, was ${String(numberAt(object, 'spec', 'replicas'))}`);
        const body = { spec: { replicas } };
        const changed =
          dryRun === 'client'
            ? object
            : yield* session.demand((server, options) => server.patch(resource.key, { namespace, name }, { type: 'merge', body }, options), {
                dryRun,
              });
        print({ resource, object: changed, operation: 'scaled' });
      } catch (failure) {
        failures.add(failure);
      }
    }
    failures.throwAny();
    if (fetched.infos.length === 0) throw new Failure('no objects passed to scale');
    return 0;
  },
};
