/** `kubectl diff` (kubectl pkg/cmd/diff/diff.go, v0.37): live objects against what applying would make of them, as `diff -u -N` shows it. */
import { unifiedDiff } from '../../../kube/api/validation/unified-diff.ts';
import { isStatus } from '../../../kube/apiserver/object.ts';
import type { ApiObject } from '../../../kube/apiserver/object.ts';
import { FILE_FLAGS, SELECTOR_FLAG } from './common-flags.ts';
import { Failure, silentFailure, StatusFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { yamlText } from './output/yaml.ts';
import { appliedObject } from './request/applied-object.ts';
import { decoded, readManifests } from './request/manifest-files.ts';
import type { ManifestObject } from './request/manifest-files.ts';
import type { Session } from './session.ts';
import type { Verb } from './verb.ts';

export const diff: Verb = {
  name: 'diff',
  group: 'Advanced Commands:',
  short: 'Diff the live version against a would-be applied version',
  long: 'Diff configurations specified by file name or stdin between the current online configuration, and the configuration as it would be if applied.',
  usage: '-f FILENAME',
  flags: [
    ...FILE_FLAGS,
    ...SELECTOR_FLAG,
    ...flagsOf('concurrency#1', 'field-manager=', 'force-conflicts!', 'prune!', 'prune-allowlist+', 'server-side!', 'show-managed-fields!'),
  ],
  *run(session, input) {
    if (input.flags.list('filename').length === 0) throw new Failure('must specify one of -f and -k', { exitCode: 2 });
    const folders = [folder(session, 'LIVE'), folder(session, 'MERGED')] as const;
    let different = false;
    for (const entry of yield* readManifests(session, { validation: 'Strict' })) {
      if (entry.kind === 'failure') throw new Failure(entry.failure.message, { exitCode: 2 });
      const { resource, namespace, name } = entry;
      const read = decoded(session, entry, 'Strict');
      if (isStatus(read)) throw new StatusFailure(read);
      const live = yield* session.ask((server, options) => server.get(resource.key, namespace, name, options));
      const merged = yield* session.demand(
        (server, options) =>
          isStatus(live)
            ? server.create(resource.key, namespace, read, options)
            : server.update(resource.key, appliedObject(entry, live, undefined).object, options),
        { dryRun: 'server' },
      );
      const before = isStatus(live) ? '' : yamlText(live);
      const after = yamlText(
        isStatus(live) ? merged : { ...merged, metadata: { ...merged.metadata, resourceVersion: live.metadata.resourceVersion } },
      );
      if (before === after) continue;
      different = true;
      session.out(fileDiff(session, fileName(entry, merged), { folders, before, after }));
    }
    if (different) throw silentFailure(1);
    return 0;
  },
};

function folder(session: Session, what: string): string {
  return `/tmp/${what}-${String(session.context.simulation.random.integer(1_000_000_000, 4_000_000_000))}`;
}

/** `apps.v1.Deployment.default.web` */
function fileName({ resource, namespace }: ManifestObject, object: ApiObject): string {
  return [resource.group, resource.version, resource.kind, namespace, object.metadata.name].filter((part) => part !== '').join('.');
}

interface Texts {
  readonly folders: readonly [string, string];
  readonly before: string;
  readonly after: string;
}

function fileDiff(session: Session, name: string, { folders, before, after }: Texts): string {
  const time = new Date(session.wallClock).toISOString().replace('T', ' ').replace('Z', '000000 +0000');
  const [live, merged] = folders;
  const body =
    before === ''
      ? `@@ -0,0 +1,${String(after.split('\n').length - 1)} @@\n${after.replace(/^(?=.)/gm, '+')}`
      : unifiedDiff(before.replace(/\n$/, ''), after.replace(/\n$/, ''));
  const stamp = before === '' ? '1970-01-01 00:00:00.000000000 +0000' : time;
  return `diff -u -N ${live}/${name} ${merged}/${name}\n--- ${live}/${name}\t${stamp}\n+++ ${merged}/${name}\t${time}\n${body}`;
}
