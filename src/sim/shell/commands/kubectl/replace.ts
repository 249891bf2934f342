/** `kubectl replace`, with --force by deleting first (kubectl pkg/cmd/replace/replace.go, v0.37). */
import { isStatus } from '../../../kube/apiserver/object.ts';
import { FILE_FLAGS, VALIDATE_FLAG, validationOf, WRITE_FLAGS } from './common-flags.ts';
import { Failure, FailureList, StatusFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { changePrinter } from './output/change-printer.ts';
import { decoded, demandFiles, readManifests } from './request/manifest-files.ts';
import { typeName } from './request/object-name.ts';
import { deletedText, waitUntilGone } from './request/deletion-wait.ts';
import type { Verb } from './verb.ts';

export const replace: Verb = {
  name: 'replace',
  group: 'Advanced Commands:',
  short: 'Replace a resource by file name or stdin',
  usage: '-f FILENAME',
  flags: [
    ...FILE_FLAGS,
    ...VALIDATE_FLAG,
    ...WRITE_FLAGS,
    ...flagsOf('cascade=', 'force!', 'grace-period#-1', 'raw=', 'subresource=', 'timeout~', 'wait!'),
  ],
  *run(session, input) {
    const { flags } = input;
    if (flags.integer('grace-period') >= 0 && !flags.bool('force')) throw new Failure('--grace-period must have --force specified');
    demandFiles(session);
    const { print, dryRun } = yield* changePrinter(session);
    const validation = validationOf(flags.text('validate'));
    const failures = new FailureList();
    const force = flags.bool('force');
    const entries = yield* readManifests(session, { validation });
    const grace = flags.integer('grace-period');
    for (const entry of entries) {
      if (entry.kind === 'failure') {
        failures.add(entry.failure);
        continue;
      }
      const { resource, namespace, name } = entry;
      if (force) {
        const gone = yield* session.ask((server, options) =>
          server.delete(resource.key, namespace, name, { ...options, ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}) }),
        );
        if (!isStatus(gone)) {
          session.out(deletedText(typeName(resource), { name, namespace, force: false }));
          yield* waitUntilGone(session, { resource, namespace, name, uid: gone.metadata.uid ?? '' }, undefined);
        } else if (gone.reason !== 'NotFound') throw new StatusFailure(gone);
      }
      const source = { verb: force ? 'creating' : 'replacing', source: entry.source };
      const read = decoded(session, entry, validation);
      const stored = isStatus(read)
        ? read
        : dryRun === 'client'
          ? read
          : yield* session.ask((server, options) => {
              if (force) return server.create(resource.key, namespace, read, options);
              const placed = namespace === '' ? read : { ...read, metadata: { ...read.metadata, namespace } };
              return server.update(resource.key, placed, options);
            }, dryRun);
      if (isStatus(stored)) failures.add(new StatusFailure(stored, source));
      else print({ resource, object: stored, operation: 'replaced' });
    }
    failures.throwAny();
    if (entries.length === 0) throw new Failure('no objects passed to replace');
    return 0;
  },
};
