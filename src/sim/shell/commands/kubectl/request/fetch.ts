/** Gets the objects that a command line means, from the server or from manifests. Knows no output. */
import { isStatus } from '../../../../kube/apiserver/object.ts';
import type { ApiObject } from '../../../../kube/apiserver/object.ts';
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import { badRequest } from '../../../../kube/api/status.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { Failure, FailureList, StatusFailure } from '../failure.ts';
import type { Session } from '../session.ts';
import { readManifests } from './manifest-files.ts';
import { resourceArguments } from './resource-arguments.ts';
import type { ResourceArguments } from './resource-arguments.ts';

/** One object that the command is about. */
export interface Info {
  readonly resource: Resource;
  /** Empty for objects without a namespace. */
  readonly namespace: string;
  readonly name: string;
  /** The object as the server has it. */
  readonly object: ApiObject;
}

export interface Target {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
}

export interface Fetched {
  readonly infos: readonly Info[];
  /** Types that were asked for, in order. */
  readonly resources: readonly Resource[];
  /** One object was named, so output is that object and no list. */
  readonly single: boolean;
  /** Objects were named, no whole types. */
  readonly named: boolean;
  readonly failures: FailureList;
}

export const MISSING_RESOURCE = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

export interface FetchOptions {
  /** A type without names means all of its objects. */
  readonly allowTypes: boolean;
  /** `--all` was given. */
  readonly all?: boolean;
  readonly allNamespaces?: boolean;
}

/** Objects of the words and flags -f, -l, --field-selector. Errors of single objects are collected */
export function* fetchObjects(session: Session, args: readonly string[], options: FetchOptions): Blocking<Fetched> {
  const { flags } = session;
  if (flags.list('filename').length > 0) {
    if (args.length > 0) throw new Failure('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
    return yield* fetchManifests(session);
  }
  const wanted = resourceArguments(args);
  const selector = flags.text('selector');
  const fieldSelector = flags.text('field-selector');
  const bySelector = selector !== '' || fieldSelector !== '' || options.all === true;
  if (wanted.kind === 'none') throw new Failure(bySelector ? 'at least one resource must be specified to use a selector' : MISSING_RESOURCE);
  if (options.all === true && selector !== '') throw new Failure("setting 'all' parameter but found a non empty selector. ");
  if (wanted.kind === 'named') {
    if (bySelector)
      throw new Failure(
        wanted.slashed
          ? 'selectors and the all flag cannot be used when passing resource/name arguments'
          : 'name cannot be provided when a selector is specified',
      );
    return yield* fetchNamed(session, wanted, options.allNamespaces === true);
  }
  if (!bySelector && !options.allowTypes) throw new Failure('resource(s) were provided, but no name was specified');
  return yield* fetchLists(session, wanted.resources, options);
}

function* fetchNamed(session: Session, wanted: ResourceArguments & { readonly kind: 'named' }, allNamespaces: boolean): Blocking<Fetched> {
  const { name: namespace } = yield* session.namespace();
  const failures = new FailureList();
  const infos: Info[] = [];
  for (const { resource, name } of wanted.targets) {
    if (allNamespaces && resource.namespaced) throw new Failure('a resource cannot be retrieved by name across all namespaces');
    const target = { resource, name, namespace: resource.namespaced ? namespace : '' };
    const object = yield* session.ask((server, options) => server.get(resource.key, target.namespace, name, options));
    if (isStatus(object)) failures.add(new StatusFailure(object));
    else infos.push({ ...target, object });
  }
  return { infos, resources: wanted.resources, single: wanted.targets.length === 1, named: true, failures };
}

function* fetchLists(session: Session, resources: readonly Resource[], options: FetchOptions): Blocking<Fetched> {
  const { name: namespace } = yield* session.namespace();
  const failures = new FailureList();
  const infos: Info[] = [];
  for (const resource of resources) {
    const where = options.allNamespaces === true || !resource.namespaced ? undefined : namespace;
    const list = yield* listObjects(session, resource, where);
    if (list instanceof Failure) failures.add(list);
    else infos.push(...list.map((object) => infoOf(resource, object)));
  }
  return { infos, resources, single: false, named: false, failures };
}

/** The objects of one type; a refusal is returned, with what was looked for (cli-runtime pkg/resource/selector.go). */
export function* listObjects(session: Session, resource: Resource, namespace: string | undefined): Blocking<readonly ApiObject[] | Failure> {
  const labelSelector = session.flags.text('selector');
  const fieldSelector = session.flags.text('field-selector');
  const selection = { namespace, ...(labelSelector === '' ? {} : { labelSelector }), ...(fieldSelector === '' ? {} : { fieldSelector }) };
  const list = yield* session.ask((server, options) => server.list(resource.key, selection, options));
  if (!isStatus(list)) return list.items;
  if (list.reason !== 'BadRequest') return new StatusFailure(list);
  const what = `${resource.group}/${resource.version}, Resource=${resource.plural}`;
  return new StatusFailure(
    badRequest(`Unable to find "${what}" that match label selector "${labelSelector}", field selector "${fieldSelector}": ${list.message}`),
  );
}

/** An object with its place. */
export function infoOf(resource: Resource, object: ApiObject): Info {
  return { resource, namespace: object.metadata.namespace ?? '', name: object.metadata.name, object };
}

function* fetchManifests(session: Session): Blocking<Fetched> {
  const failures = new FailureList();
  const infos: Info[] = [];
  const manifests = yield* readManifests(session, { validation: 'Ignore' });
  for (const entry of manifests) {
    if (entry.kind === 'failure') {
      failures.add(entry.failure);
      continue;
    }
    const { resource, namespace, name } = entry;
    const object = yield* session.ask((server, options) => server.get(resource.key, namespace, name, options));
    if (isStatus(object)) failures.add(new StatusFailure(object));
    else infos.push({ resource, namespace, name, object });
  }
  return { infos, resources: infos.map((info) => info.resource), single: manifests.length === 1, named: true, failures };
}
