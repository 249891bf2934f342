/** `kubectl apply set-last-applied` (kubectl pkg/cmd/apply/apply_set_last_applied.go, v0.37). */
import { isStatus } from '../../../../kube/apiserver/object.ts';
import { FILE_FLAGS, WRITE_FLAGS } from '../common-flags.ts';
import { Failure, StatusFailure } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import { changePrinter } from '../output/change-printer.ts';
import { configurationText, LAST_APPLIED } from '../request/last-applied.ts';
import { readManifests } from '../request/manifest-files.ts';
import type { Verb } from '../verb.ts';

export const setLastApplied: Verb = {
  name: 'set-last-applied',
  short: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  usage: '-f FILENAME',
  flags: [...FILE_FLAGS, ...WRITE_FLAGS, ...flagsOf('create-annotation!')],
  *run(session, input) {
    const { print, dryRun } = yield* changePrinter(session);
    for (const entry of yield* readManifests(session, { validation: 'Ignore' })) {
      if (entry.kind === 'failure') throw entry.failure;
      const { resource, namespace, name } = entry;
      const current = yield* session.ask((server, options) => server.get(resource.key, namespace, name, options));
      if (isStatus(current)) throw new StatusFailure(current);
      const before = current.metadata.annotations?.[LAST_APPLIED];
      const text = configurationText(entry);
      if (before === undefined && !input.flags.bool('create-annotation'))
        throw new Failure(
          `no last-applied-configuration annotation found on resource: ${name}, to create the annotation, run the command with --create-annotation`,
        );
      if (before?.trim() === text.trim()) {
        session.out(`set-last-applied ${name}: no changes required.\n`);
        continue;
      }
      const body = { metadata: { annotations: { [LAST_APPLIED]: text } } };
      const object =
        dryRun === 'client'
          ? current
          : yield* session.demand((server, options) => server.patch(resource.key, { namespace, name }, { type: 'merge', body }, options), { dryRun });
      print({ resource, object, operation: 'configured' });
    }
    return 0;
  },
};
