/** `kubectl patch` (kubectl pkg/cmd/patch/patch.go, v0.37). */
import { readDocuments } from '../../../kube/api/decode/read-documents.ts';
import { badRequest } from '../../../kube/api/status.ts';
import { deepEqual } from '../../../kube/apiserver/deep-equal.ts';
import type { PatchType } from '../../../kube/apiserver/patch.ts';
import { isErrno } from '../../../linux/errno.ts';
import { FILE_FLAGS, WRITE_FLAGS } from './common-flags.ts';
import { Failure, FailureList, StatusFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { changePrinter } from './output/change-printer.ts';
import { fetchObjects } from './request/fetch.ts';
import type { Plain } from './output/plain-value.ts';
import { patchWarnings } from './request/invalid-patch.ts';
import type { Verb } from './verb.ts';

const TYPES: readonly string[] = ['json', 'merge', 'strategic'];

export const patch: Verb = {
  name: 'patch',
  group: 'Advanced Commands:',
  short: 'Update fields of a resource',
  long: 'Update fields of a resource using strategic merge patch, a JSON merge patch, or a JSON patch.',
  usage: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  flags: [...FILE_FLAGS, ...WRITE_FLAGS, ...flagsOf('p|patch=', 'patch-file=', 'subresource=', 'type=strategic')],
  *run(session, input) {
    const { flags } = input;
    const given = flags.text('patch');
    const file = flags.text('patch-file');
    if (given !== '' && file !== '') throw new Failure('cannot specify --patch and --patch-file together');
    if (given === '' && file === '') throw new Failure('must specify --patch or --patch-file containing the contents of the patch');
    const type = flags.text('type').toLowerCase();
    if (!TYPES.includes(type)) throw new Failure(`--type must be one of [json merge strategic], not "${flags.text('type')}"`);
    const text = file === '' ? given : yield* session.context.readFile(file);
    if (isErrno(text)) throw new Failure(`unable to read patch file: open ${file}: ${text.text.toLowerCase()}`);
    const { documents, error } = readDocuments(text);
    // What begins like JSON is sent as it is; the server finds that it is none.
    if (error !== undefined && text.trimStart().startsWith('{')) throw new StatusFailure(badRequest('invalid JSON patch'));
    if (error !== undefined) throw new Failure(`unable to parse "${text}": ${error.message.replace(/^error converting YAML to JSON: /, '')}`);
    const body = documents[0]?.root.value ?? null;
    const { print, dryRun } = yield* changePrinter(session);
    const fetched = yield* fetchObjects(session, input.args, { allowTypes: false });
    fetched.failures.throwAny();
    const failures = new FailureList();
    for (const { resource, namespace, name, object } of fetched.infos) {
      try {
        const subresource = flags.text('subresource');
        for (const warning of patchWarnings(resource.kind, object as unknown as Plain, { type: type as PatchType, body })) session.warn(warning);
        const changed = yield* session.demand(
          (server, options) =>
            server.patch(
              resource.key,
              { namespace, name },
              { type: type as PatchType, body },
              { ...options, ...(subresource === '' ? {} : { subresource }) },
            ),
          { dryRun: dryRun === 'client' ? 'server' : dryRun },
        );
        // The operation is named after the dry run's mark was put behind it, so that is lost (patch.go Complete).
        print({ resource, object: changed, operation: deepEqual({ ...object }, { ...changed }) ? 'patched (no change)' : 'patched', unmarked: true });
      } catch (failure) {
        failures.add(failure);
      }
    }
    failures.throwAny();
    return 0;
  },
};
