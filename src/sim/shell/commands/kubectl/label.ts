/** `kubectl label` and `kubectl annotate` (kubectl pkg/cmd/label, pkg/cmd/annotate, v0.37). */
import { labelValueProblems } from '../../../kube/api/validation/names.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { FILE_FLAGS, SELECTOR_FLAG, WRITE_FLAGS } from './common-flags.ts';
import { combined, Failure, FailureList } from './failure.ts';
import { flagsOf } from './flags.ts';
import { changePrinter } from './output/change-printer.ts';
import { indentedJson } from './output/json.ts';
import { fetchObjects } from './request/fetch.ts';
import type { Info } from './request/fetch.ts';
import { changeWords, parsedPairs } from './request/key-value-changes.ts';
import { objectName } from './request/object-name.ts';
import type { Session } from './session.ts';
import type { Invocation, Verb, VerbRun } from './verb.ts';

const FLAGS = [
  ...FILE_FLAGS,
  ...SELECTOR_FLAG,
  ...WRITE_FLAGS,
  ...flagsOf('all!', 'A|all-namespaces!', 'field-selector=', 'list!', 'overwrite!', 'resource-version='),
];

export const label: Verb = {
  name: 'label',
  group: 'Settings Commands:',
  short: 'Update the labels on a resource',
  long: 'Update the labels on a resource.',
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  flags: FLAGS,
  run: (session, input) => changeMetadata(session, input, 'labels'),
};

export const annotate: Verb = {
  name: 'annotate',
  group: 'Settings Commands:',
  short: 'Update the annotations on a resource',
  long: 'Update the annotations on one or more resources.',
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  flags: FLAGS,
  run: (session, input) => changeMetadata(session, input, 'annotations'),
};

type Field = 'labels' | 'annotations';

interface Changes {
  readonly field: Field;
  readonly set: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

function* changeMetadata(session: Session, input: Invocation, field: Field): VerbRun {
  const { flags } = input;
  const what = field === 'labels' ? 'label' : 'annotation';
  const { resources, pairs } = changeWords(input.args, what);
  const { set, removed } = parsedPairs(pairs, what);
  if (field === 'labels') for (const pair of pairs) refuseLabel(pair);
  if (resources.length === 0 && flags.list('filename').length === 0)
    throw new Failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  const list = flags.bool('list');
  if (pairs.length === 0 && !list) throw new Failure(`at least one ${what} update is required`);
  const { print, dryRun } = yield* changePrinter(session);
  const fetched = yield* fetchObjects(session, resources, { allowTypes: false, all: flags.bool('all'), allNamespaces: flags.bool('all-namespaces') });
  const failures = new FailureList();
  for (const info of fetched.infos) {
    try {
      if (list) listKeys(session, info, { field, alone: fetched.single });
      else {
        const body = bodyOf(session, info, { field, set, removed });
        const changed = dryRun === 'client' ? merged(info, field, body) : yield* patched(session, info, { [field]: body });
        print({ resource: info.resource, object: changed.object, operation: operationOf(info, field, changed.object.metadata[field] ?? {}) });
      }
    } catch (failure) {
      failures.add(failure);
    }
  }
  failures.throwAny();
  fetched.failures.throwAny();
  return 0;
}

function refuseLabel(pair: string): void {
  const [, value, ...more] = pair.split('=');
  if (more.length > 0) throw new Failure(`invalid label spec: ${pair}`);
  const problems = value === undefined ? [] : labelValueProblems(value);
  if (problems.length > 0) throw new Failure(`invalid label value: "${pair}": ${problems.join(';')}`);
}

function bodyOf(session: Session, { object }: Info, { field, set, removed }: Changes): Record<string, string | null> {
  const present = object.metadata[field] ?? {};
  if (!session.flags.bool('overwrite')) {
    const clashes = [...set]
      .filter(([key, value]) => present[key] !== undefined && present[key] !== value)
      .map(([key]) => `'${key}' already has a value (${present[key] ?? ''})`);
    if (field === 'labels') {
      const told = combined(clashes.map((clash) => new Failure(`${clash}, and --overwrite is false`)));
      if (told !== undefined) throw told;
    }
    if (clashes.length > 0) throw new Failure(`--overwrite is false but found the following declared annotation(s): ${clashes.join('; ')}`);
  }
  for (const key of removed) if (present[key] === undefined && field === 'labels') session.out(`label "${key}" not found.\n`);
  return { ...Object.fromEntries(set), ...Object.fromEntries(removed.map((key) => [key, null])) };
}

function* patched(session: Session, info: Info, metadata: Readonly<Record<string, Record<string, string | null>>>): Blocking<Info> {
  const { resource, namespace, name } = info;
  const dryRun = session.flags.text('dry-run') === 'server' ? 'server' : 'none';
  const body = { metadata };
  const object = yield* session.demand((server, options) => server.patch(resource.key, { namespace, name }, { type: 'merge', body }, options), {
    dryRun,
  });
  return { ...info, object };
}

function merged(info: Info, field: Field, values: Record<string, string | null>): Info {
  const now = Object.fromEntries(
    Object.entries({ ...info.object.metadata[field], ...values }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  return { ...info, object: { ...info.object, metadata: { ...info.object.metadata, [field]: now } } };
}

function operationOf(info: Info, field: Field, after: Readonly<Record<string, string>>): string {
  if (field === 'annotations') return 'annotated';
  const [before, now] = [indentedJson(info.object.metadata.labels ?? {}), indentedJson(after)];
  if (before === now) return 'not labeled';
  return now.length < before.length && Object.keys(after).length < Object.keys(info.object.metadata.labels ?? {}).length ? 'unlabeled' : 'labeled';
}

function listKeys(session: Session, info: Info, { field, alone }: { readonly field: Field; readonly alone: boolean }): void {
  const heading = (): void => {
    session.out(
      `Listing ${field} for ${info.resource.kind}.${info.resource.group === '' ? '' : `${info.resource.group}.`}/${objectName(info.resource, info.name).split('/')[1] ?? ''}:\n`,
    );
  };
  if (!alone) heading();
  for (const [key, value] of Object.entries(info.object.metadata[field] ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
    session.out(`${alone ? '' : ' '}${key}=${value}\n`);
}
