/** `kubectl get` (k8s.io/kubectl pkg/cmd/get/get.go, v0.37): lists, single objects, all outputs, watching. */
import { isStatus } from '../../../kube/apiserver/object.ts';
import type { ApiObject } from '../../../kube/apiserver/object.ts';
import type { Resource } from '../../../kube/apiserver/resource.ts';
import type { WatchEvent } from '../../../kube/apiserver/storage.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { FILE_FLAGS, OUTPUT_FLAGS, SELECTOR_FLAG } from './common-flags.ts';
import { Failure, StatusFailure, usageFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { relaxedPath } from './output/custom-columns.ts';
import { objectPrinter } from './output/object-printer.ts';
import type { ObjectPrinter } from './output/object-printer.ts';
import type { Plain } from './output/plain-value.ts';
import { hasField, sortedBy } from './output/sort-objects.ts';
import { TableOutput } from './output/table-output.ts';
import type { TableOptions } from './output/table-output.ts';
import { fetchObjects } from './request/fetch.ts';
import type { Fetched, Info } from './request/fetch.ts';
import { resourceArguments } from './request/resource-arguments.ts';
import type { Session } from './session.ts';
import { rawAnswer } from './request/raw-path.ts';
import { warnDeprecated } from './request/deprecated-types.ts';
import type { Invocation, Verb } from './verb.ts';
import { Changes } from './stream/changes.ts';
import { interruptible } from './stream/interruptible.ts';

export const get: Verb = {
  name: 'get',
  meantBy: ['list', 'ls'],
  group: 'Basic Commands (Intermediate):',
  short: 'Display one or many resources',
  long: 'Display one or many resources.',
  usage:
    '[(-o|--output=)json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]',
  flags: [
    ...OUTPUT_FLAGS,
    ...FILE_FLAGS,
    ...SELECTOR_FLAG,
    ...flagsOf(
      'A|all-namespaces!',
      'chunk-size#500',
      'field-selector=',
      'ignore-not-found!',
      'L|label-columns,',
      'no-headers!',
      'output-watch-events!',
      'raw=',
      'server-print!true',
      'show-kind!',
      'show-labels!',
      'sort-by=',
      'subresource=',
      'w|watch!',
      'watch-only!',
    ),
  ],
  *run(session, input) {
    const { flags } = input;
    if (input.args.length === 0 && flags.list('filename').length === 0) {
      if (flags.text('raw') !== '') {
        session.out(yield* rawAnswer(session, flags.text('raw')));
        return 0;
      }
      session.err('You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n');
      const hint =
        'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).';
      throw usageFailure(input.path, hint);
    }
    const printer = yield* objectPrinter(session, 'get');
    if (flags.bool('watch') || flags.bool('watch-only')) return yield* interruptible(session.context, watchObjects(session, input, printer));
    const fetched = yield* fetchObjects(session, input.args, { allowTypes: true, allNamespaces: flags.bool('all-namespaces') });
    if (printer !== undefined) printGeneric(session, fetched, printer);
    else yield* printTables(session, fetched);
    return 0;
  },
};

function tableOptions(session: Session, resource: Resource, severalTypes: boolean): TableOptions {
  const { flags } = session;
  return {
    wide: flags.text('output') === 'wide',
    noHeaders: flags.bool('no-headers'),
    withNamespace: flags.bool('all-namespaces') && resource.namespaced,
    withKind: severalTypes || flags.bool('show-kind'),
    showLabels: flags.bool('show-labels'),
    labelColumns: flags.list('label-columns'),
  };
}

function* printTables(session: Session, fetched: Fetched): Blocking<void> {
  const { flags } = session;
  const { failures } = fetched;
  warnDeprecated(session, fetched.resources);
  const sortBy = flags.text('sort-by');
  // Tables of several rows without the field are not shown at all (NewTableSorter's error ends them silently).
  const sortable = sortBy === '' || fetched.infos.length < 2 || hasPath(fetched.infos, sortBy);
  const infos: readonly Info[] = sortBy === '' ? fetched.infos : sortable ? sortedBy(fetched.infos, sortBy, (info) => info.object) : [];
  // Of named objects only those that were found count (multipleGVKsRequested).
  const severalTypes = new Set(fetched.named ? fetched.infos.map((info) => info.resource) : fetched.resources).size > 1;
  let written = false;
  for (let from = 0; from < infos.length;) {
    const resource = infos[from]?.resource;
    if (resource === undefined) break;
    let to = from;
    while (to < infos.length && infos[to]?.resource === resource) to++;
    const table = new TableOutput(resource, tableOptions(session, resource, severalTypes));
    const text = table.lines(
      infos.slice(from, to).map((info) => info.object),
      { wallClock: session.wallClock },
    );
    if (written && !flags.bool('no-headers')) session.out('\n');
    session.out(text);
    written = true;
    from = to;
  }
  if (flags.bool('ignore-not-found')) return;
  if (!written && failures.empty) {
    const { name } = yield* session.namespace();
    const inNamespace = !flags.bool('all-namespaces') && fetched.resources.every((resource) => resource.namespaced);
    session.err(inNamespace ? `No resources found in ${name} namespace.\n` : 'No resources found\n');
  }
  failures.throwAny();
}

/** Whether any object has what the path of --sort-by names. */
function hasPath(infos: readonly Info[], path: string): boolean {
  return infos.some((info) => hasField(info.object as unknown as Plain, path));
}

function printGeneric(session: Session, fetched: Fetched, printer: ObjectPrinter): void {
  const { infos, failures, single } = fetched;
  const ignore = session.flags.bool('ignore-not-found');
  if (single && !failures.empty && !ignore) failures.throwAny();
  warnDeprecated(session, fetched.resources);
  if (infos.length === 0 && ignore) return;
  const sortBy = session.flags.text('sort-by');
  const [only] = infos;
  if (single && only !== undefined) session.out(printer(only.object));
  else {
    if (sortBy !== '' && infos.length > 1 && !hasPath(infos, sortBy))
      throw new Failure(`couldn't find any field with path ${JSON.stringify(relaxedPath(sortBy))} in the list of objects`);
    const items = (sortBy === '' ? infos : sortedBy(infos, sortBy, (info) => info.object)).map((info) => info.object);
    session.out(printer({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items }));
  }
  if (!ignore) failures.throwAny();
}

function* watchObjects(session: Session, input: Invocation, printer: ObjectPrinter | undefined): Blocking<number> {
  const { flags } = input;
  const wanted = resourceArguments(input.args);
  if (wanted.kind === 'none') throw new Failure('you may only specify a single resource type');
  const [resource] = wanted.resources;
  if (resource === undefined || new Set(wanted.resources).size > 1) throw new Failure('you may only specify a single resource type');
  if (wanted.kind === 'named' && wanted.targets.length > 1)
    throw new Failure('watch is only supported on individual resources and resource collections - more than 1 resource was found');
  const name = wanted.kind === 'named' ? (wanted.targets[0]?.name ?? '') : '';
  const allNamespaces = flags.bool('all-namespaces');
  const { name: own } = yield* session.namespace();
  const namespace = allNamespaces || !resource.namespaced ? undefined : own;
  const labelSelector = flags.text('selector');
  const givenFields = flags.text('field-selector');
  const fieldSelector = name === '' ? givenFields : [givenFields, `metadata.name=${name}`].filter((each) => each !== '').join(',');
  const selection = { namespace, ...(labelSelector === '' ? {} : { labelSelector }), ...(fieldSelector === '' ? {} : { fieldSelector }) };
  if (name !== '') yield* session.demand((server, options) => server.get(resource.key, namespace ?? '', name, options));
  const list = yield* session.demand((server, options) => server.list(resource.key, selection, options));
  const table = new TableOutput(resource, tableOptions(session, resource, false));
  const withEvents = flags.bool('output-watch-events');
  const print = (objects: readonly ApiObject[], event: string): void => {
    if (printer === undefined) session.out(table.lines(objects, { wallClock: session.wallClock, ...(withEvents ? { event } : {}) }));
    else for (const object of objects) session.out(printer(withEvents ? { type: event, object } : object));
  };
  if (!flags.bool('watch-only')) print(list.items, 'ADDED');
  const server = yield* session.server();
  const changes = new Changes<WatchEvent>();
  const stop = server.watch(resource.key, selection, (event) => {
    changes.push(event as WatchEvent);
  });
  if (isStatus(stop)) throw new StatusFailure(stop);
  try {
    for (;;) {
      const event = yield* changes.next(session.context, session.deadline);
      if (event === undefined) return 0;
      print([event.object], event.type);
    }
  } finally {
    stop();
  }
}
