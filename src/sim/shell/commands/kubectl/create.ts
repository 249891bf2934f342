/** `kubectl create -f` and the generators below it (kubectl pkg/cmd/create, v0.37). */
import { DRY_RUN_FLAG, FILE_FLAGS, OUTPUT_FLAGS, SELECTOR_FLAG, VALIDATE_FLAG, validationOf } from './common-flags.ts';
import { Failure, FailureList, StatusFailure, usageFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { GENERATORS } from './generate/generators.ts';
import { changePrinter } from './output/change-printer.ts';
import { decoded, demandFiles, readManifests } from './request/manifest-files.ts';
import { configurationText, withLastApplied } from './request/last-applied.ts';
import { isStatus } from '../../../kube/apiserver/object.ts';
import type { Verb } from './verb.ts';

export const create: Verb = {
  name: 'create',
  group: 'Basic Commands (Beginner):',
  short: 'Create a resource from a file or from stdin',
  usage: '-f FILENAME',
  flags: [
    ...OUTPUT_FLAGS,
    ...FILE_FLAGS,
    ...SELECTOR_FLAG,
    ...DRY_RUN_FLAG,
    ...VALIDATE_FLAG,
    ...flagsOf('edit!', 'field-manager=', 'raw=', 'save-config!', 'windows-line-endings!'),
  ],
  children: GENERATORS,
  *run(session, input) {
    const [unknown] = input.args;
    if (unknown !== undefined) throw usageFailure(input.path, `Unexpected args: [${input.args.join(' ')}]`);
    demandFiles(session);
    const { print, dryRun } = yield* changePrinter(session);
    const validation = validationOf(input.flags.text('validate'));
    const failures = new FailureList();
    const entries = yield* readManifests(session, { validation });
    for (const entry of entries) {
      if (entry.kind === 'failure') {
        failures.add(entry.failure);
        continue;
      }
      const { resource, namespace } = entry;
      const source = { verb: 'creating', source: entry.source };
      const read = decoded(session, entry, validation);
      if (isStatus(read)) {
        failures.add(new StatusFailure(read, source));
        continue;
      }
      const object = input.flags.bool('save-config') ? withLastApplied(read, configurationText(entry)) : read;
      if (dryRun === 'client') {
        print({ resource, object, operation: 'created' });
        continue;
      }
      const stored = yield* session.ask((server, options) => server.create(resource.key, namespace, object, options), dryRun);
      if (isStatus(stored)) failures.add(new StatusFailure(stored, source));
      else print({ resource, object: stored, operation: 'created' });
    }
    failures.throwAny();
    if (entries.length === 0) throw new Failure('no objects passed to create');
    return 0;
  },
};
