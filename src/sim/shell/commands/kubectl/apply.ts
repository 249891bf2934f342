/** `kubectl apply` as clients do it: three-way merge with the remembered manifest (kubectl pkg/cmd/apply, v0.37). */
import { setLastApplied } from './applied/set-last-applied.ts';
import { viewLastApplied } from './applied/view-last-applied.ts';
import { isStatus } from '../../../kube/apiserver/object.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { FILE_FLAGS, SELECTOR_FLAG, VALIDATE_FLAG, validationOf, WRITE_FLAGS } from './common-flags.ts';
import { Failure, FailureList, listed, StatusFailure, usageFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { changePrinter } from './output/change-printer.ts';
import type { ChangePrinter } from './output/change-printer.ts';
import { compactJson } from './output/json.ts';
import { isMap } from './output/plain-value.ts';
import { appliedObject } from './request/applied-object.ts';
import { invalidPatch } from './request/invalid-patch.ts';
import { configurationText, LAST_APPLIED, withLastApplied } from './request/last-applied.ts';
import { decoded, demandFiles, readManifests } from './request/manifest-files.ts';
import type { ManifestObject } from './request/manifest-files.ts';
import type { DryRun, Session } from './session.ts';
import type { Verb } from './verb.ts';

interface Applying {
  readonly print: ChangePrinter;
  readonly dryRun: DryRun;
}

export const apply: Verb = {
  name: 'apply',
  group: 'Advanced Commands:',
  short: 'Apply a configuration to a resource by file name or stdin',
  long: "Apply a configuration to a resource by file name or stdin. The resource name must be specified. This resource will be created if it doesn't exist yet. To use 'apply', always create the resource initially with either 'apply' or 'create --save-config'.",
  usage: '(-f FILENAME | -k DIRECTORY)',
  flags: [
    ...FILE_FLAGS,
    ...SELECTOR_FLAG,
    ...VALIDATE_FLAG,
    ...WRITE_FLAGS,
    ...flagsOf(
      'all!',
      'cascade=',
      'force!',
      'force-conflicts!',
      'grace-period#-1',
      'openapi-patch!true',
      'overwrite!true',
      'prune!',
      'prune-allowlist+',
      'server-side!',
      'timeout~',
      'wait!',
    ),
  ],
  children: [setLastApplied, viewLastApplied],
  *run(session, input) {
    const [unknown] = input.args;
    if (unknown !== undefined) throw usageFailure(input.path, `Unexpected args: [${input.args.join(' ')}]`);
    demandFiles(session);
    const applying = yield* changePrinter(session);
    const validation = validationOf(input.flags.text('validate'));
    const failures = new FailureList();
    const entries = yield* readManifests(session, { validation });
    const unread = entries.flatMap((entry) => (entry.kind === 'failure' ? [entry.failure] : []));
    const refused = new FailureList();
    for (const entry of entries) {
      if (entry.kind === 'failure') continue;
      try {
        yield* applyOne(session, entry, applying);
      } catch (failure) {
        refused.add(failure);
      }
    }
    // What could not be read is one failure beside those of the objects (o.GetObjects), and several on their own.
    for (const failure of refused.empty || unread.length < 2 ? unread : [listed(unread)]) failures.add(failure);
    failures.addAll(refused);
    failures.throwAny();
    if (entries.length === 0) throw new Failure('no objects passed to apply');
    return 0;
  },
};

function* applyOne(session: Session, entry: ManifestObject, applying: Applying): Blocking<void> {
  const { resource, namespace, name } = entry;
  const { print, dryRun } = applying;
  if (name === '' && isMap(entry.document.value['metadata']) && entry.document.value['metadata']['generateName'] !== undefined) {
    throw new Failure(`from ${String(entry.document.value['metadata']['generateName'])}: cannot use generate name with apply`);
  }
  const validation = validationOf(session.flags.text('validate'));
  const read = decoded(session, entry, validation);
  const current = yield* session.ask((server, options) => server.get(resource.key, namespace, name, options));
  if (isStatus(current)) {
    if (current.reason !== 'NotFound')
      throw new StatusFailure(current, { verb: `retrieving current configuration of:\n${describe(entry)}\nfrom server for:`, source: entry.source });
    if (isStatus(read)) throw new StatusFailure(read, { verb: 'creating', source: entry.source });
    const object = withLastApplied(read, configurationText(entry));
    const stored =
      dryRun === 'client'
        ? object
        : yield* session.demand((server, options) => server.create(resource.key, namespace, object, options), {
            dryRun,
            source: { verb: 'creating', source: entry.source },
          });
    print({ resource, object: stored, operation: session.flags.bool('server-side') ? 'serverside-applied' : 'created' });
    return;
  }
  const remembered = current.metadata.annotations?.[LAST_APPLIED];
  if (remembered === undefined) {
    session.err(
      `Warning: resource ${resource.plural}/${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    );
  }
  const { object, unchanged, patch } = appliedObject(entry, current, configurationText(entry));
  const source = { verb: `applying patch:\n${compactJson(patch)}\nto:\n${describe(entry)}\nfor:`, source: entry.source };
  if (isStatus(read)) throw invalidPatch(entry, patch, validation);
  const stored =
    unchanged || dryRun === 'client'
      ? object
      : yield* session.demand((server, options) => server.update(resource.key, object, options), { dryRun, source });
  if (current.metadata.deletionTimestamp !== undefined)
    session.err(`Warning: Detected changes to resource ${name} which is currently being deleted.\n`);
  print({ resource, object: stored, operation: session.flags.bool('server-side') ? 'serverside-applied' : unchanged ? 'unchanged' : 'configured' });
}

/** Resource.Info's String. */
function describe(entry: ManifestObject): string {
  const { resource, name, namespace } = entry;
  const version = resource.group === '' ? `/${resource.version}` : `${resource.group}/${resource.version}`;
  return `Resource: "${version}, Resource=${resource.plural}", GroupVersionKind: "${version}, Kind=${resource.kind}"\nName: "${name}", Namespace: "${namespace}"`;
}
