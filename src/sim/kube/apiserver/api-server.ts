/**
 * The API server: authorises, applies the rules of api/ and admission/, stores, and lets clients watch. Every request
 * answers at once with the object or a Status; whoever calls adds the latency. Knows no node and no process.
 */
/* eslint-disable max-params -- resource, namespace, name, options is how every client of Kubernetes writes a request */
import type { Simulation } from '../../engine/simulation.ts';
import { alreadyExists, badRequest, conflict, failure, forbiddenStatus, NAMESPACE_TERMINATING, notFoundStatus } from '../api/status.ts';
import type { ResourceName, Status } from '../api/status.ts';
import type { Service } from '../api/types-core.ts';
import { ADMIN, SYSTEM, refusal } from './authorization.ts';
import type { User } from './authorization.ts';
import { componentStatuses } from './component-status.ts';
import { deepEqual } from './deep-equal.ts';
import { deletionOf } from './deletion.ts';
import type { DeleteOptions } from './deletion.ts';
import { parseFieldSelector } from './field-selector.ts';
import { generatedName, randomName, randomUid } from './generated-name.ts';
import { identified, initialStatus, keptOnUpdate, specChanged } from './lifecycle.ts';
import { parseLabelSelectorText } from './label-selector-text.ts';
import { isStatus } from './object.ts';
import type { ApiObject, ObjectAt } from './object.ts';
import { decodeValue } from '../api/decode/decode-value.ts';
import { structNamed } from '../api/schema/schema.ts';
import type { PlainObject } from '../api/yaml/node.ts';
import { applyPatch } from './patch.ts';
import type { PatchProblem, PatchType } from './patch.ts';
import { resourceOfKey } from './resource.ts';
import type { Resource } from './resource.ts';
import type { ObjectRules, RuleRequest } from './rules.ts';
import { ServiceAllocation } from './service-allocation.ts';
import { Storage } from './storage.ts';
import type { WatchEvent } from './storage.ts';
import { timeText } from './time-text.ts';

export interface RequestOptions {
  /** Default: the administrator for people's requests; components pass SYSTEM. */
  readonly user?: User;
  /** Server-side dry run: everything happens but the storing. */
  readonly dryRun?: boolean;
  /** Receives the texts of `Warning:` headers. */
  readonly warn?: (text: string) => void;
}

export interface Selection {
  /** undefined: all namespaces. */
  readonly namespace?: string | undefined;
  /** As typed after `-l`. */
  readonly labelSelector?: string;
  /** As typed after `--field-selector`. */
  readonly fieldSelector?: string;
}

export interface ObjectList<T> {
  readonly kind: 'List';
  readonly items: readonly T[];
  readonly resourceVersion: string;
}

export interface UpdateOptions extends RequestOptions {
  /** `status`, `scale`, `ephemeralcontainers`, … */
  readonly subresource?: string;
}

const RELEASED = 'the object has been modified; please apply your changes to the latest version and try again';

export class ApiServer {
  readonly simulation: Simulation;
  readonly storage = new Storage();
  readonly #rules: ObjectRules;
  readonly #services: ServiceAllocation;

  constructor(options: { readonly simulation: Simulation; readonly rules: ObjectRules }) {
    this.simulation = options.simulation;
    this.#rules = options.rules;
    this.#services = new ServiceAllocation(options.simulation.random);
  }

  /** The present time as the API writes it. */
  now(): string {
    return timeText(this.simulation.wallClock);
  }

  /** One object. Errors: NotFound, Forbidden. */
  get<K extends string>(resource: K, namespace: string, name: string, options: RequestOptions = {}): ObjectAt<K> | Status {
    const info = resourceOfKey(resource);
    const refused = this.#refused(info, { verb: 'get', namespace, name, options });
    if (refused !== undefined) return refused;
    const component = resource === 'componentstatuses' ? componentStatuses().find((each) => each.metadata.name === name) : undefined;
    return (
      (component as ObjectAt<K> | undefined) ??
      this.storage.get(resource, info.namespaced ? namespace : '', name) ??
      notFoundStatus(nameOf(info), name)
    );
  }

  /** Objects of a namespace (or all) that match the selectors, in etcd's order. Errors: BadRequest, Forbidden. */
  list<K extends string>(resource: K, selection: Selection, options: RequestOptions = {}): ObjectList<ObjectAt<K>> | Status {
    const info = resourceOfKey(resource);
    const refused = this.#refused(info, { verb: 'list', namespace: selection.namespace ?? '', name: '', options });
    if (refused !== undefined) return refused;
    const matches = this.#matcher(info, selection);
    if (typeof matches !== 'function') return matches;
    const all =
      resource === 'componentstatuses'
        ? (componentStatuses() as unknown as readonly ObjectAt<K>[])
        : this.storage.sorted(resource, info.namespaced ? selection.namespace : undefined);
    const items = all.filter((object) => matches(object as ApiObject));
    return { kind: 'List', items, resourceVersion: String(this.storage.version) };
  }

  /**
   * Calls `listener` for every later change of what the selection holds: an object that comes to match is ADDED, one
   * that ceases to is DELETED. @returns how to stop, or why the selection is refused
   */
  watch<K extends string>(resource: K, selection: Selection, listener: (event: WatchEvent<ObjectAt<K>>) => void): (() => void) | Status {
    const info = resourceOfKey(resource);
    const matches = this.#matcher(info, selection);
    if (typeof matches !== 'function') return matches;
    const { namespace } = selection;
    return this.storage.watch(resource, (event) => {
      const object = event.object as ApiObject;
      if (info.namespaced && namespace !== undefined && object.metadata.namespace !== namespace) return;
      const now = event.type !== 'DELETED' && matches(object);
      const before = event.previous !== undefined && matches(event.previous as ApiObject);
      if (!now && !before) return;
      listener({ ...event, type: !now ? 'DELETED' : before ? 'MODIFIED' : 'ADDED' });
    });
  }

  /** Stores a new object (its name may come from generateName). Errors: whatever the rules refuse, AlreadyExists. */
  create<K extends string>(resource: K, namespace: string, given: ApiObject, options: RequestOptions = {}): ObjectAt<K> | Status {
    const info = resourceOfKey(resource);
    const where = info.namespaced ? namespace : '';
    const refused = this.#refused(info, { verb: 'create', namespace: where, name: '', options });
    if (refused !== undefined) return refused;
    // Decoded objects may lack metadata altogether; validation says so later.
    const object = (given as Partial<ApiObject>).metadata === undefined ? { ...given, metadata: { name: '' } } : given;
    const misplaced = this.#misplaced(info, where, object);
    if (misplaced !== undefined) return misplaced;
    const request = this.#ruleRequest(info, where, options);
    // What has no namespace loses one that was written (rest.EnsureObjectNamespaceMatchesRequestNamespace).
    const { namespace: _written, selfLink: _old, ...metadata } = object.metadata as ApiObject['metadata'] & { readonly selfLink?: string };
    const placed: ApiObject = { ...object, metadata: { ...metadata, ...(where === '' ? {} : { namespace: where }) } };
    const prepared = this.#rules.prepare(placed, undefined, request);
    if (isStatus(prepared)) return prepared;
    const born = this.#newborn(info, prepared);
    const invalidOrForbidden = this.#rules.refuse(born, undefined, request);
    if (invalidOrForbidden !== undefined) return invalidOrForbidden;
    const { name } = born.metadata;
    if (this.storage.get(resource, where, name) !== undefined) return alreadyExists(nameOf(info), name);
    const stored = this.#allocated(resource, born, undefined);
    // A dry run gives out nothing, so what could not be given out is not missed (registry/core/service/storage/alloc.go).
    if (isStatus(stored)) return options.dryRun === true ? (born as ObjectAt<K>) : stored;
    return options.dryRun === true ? (stored as ObjectAt<K>) : this.#store(resource, stored);
  }

  /** Replaces an object. Errors: NotFound, Conflict when a given resourceVersion is old, whatever the rules refuse. */
  update<K extends string>(resource: K, object: ApiObject, options: UpdateOptions = {}): ObjectAt<K> | Status {
    return this.#change(resource, object, { ...options, verb: 'update' });
  }

  /** Changes an object by a patch. Errors: as update, and BadRequest or Invalid for the patch itself. */
  patch<K extends string>(
    resource: K,
    target: { readonly namespace: string; readonly name: string },
    patch: { readonly type: PatchType; readonly body: unknown },
    options: UpdateOptions = {},
  ): ObjectAt<K> | Status {
    const info = resourceOfKey(resource);
    const old = this.storage.get(resource, info.namespaced ? target.namespace : '', target.name) as ApiObject | undefined;
    if (old === undefined) return notFoundStatus(nameOf(info), target.name);
    const changed = applyPatch(patch.type, old, patch.body) as ApiObject | PatchProblem;
    if (changed.kind === 'patch-problem') {
      const { message } = changed as PatchProblem;
      if (patch.type === 'json' && message.startsWith('json:')) return badRequest(`error decoding patch: ${message}`);
      return failure('Invalid', 'the server rejected our request due to an error in our request');
    }
    return this.#change(resource, knownFields(info.kind, changed as ApiObject), { ...options, verb: 'patch' });
  }

  /** Replaces the status of an object as its controller does; the rest stays. @returns undefined when it is gone */
  setStatus<K extends string>(resource: K, namespace: string, name: string, status: unknown): ObjectAt<K> | undefined {
    const old = this.storage.get(resource, namespace, name) as (ApiObject & { status?: unknown }) | undefined;
    if (old === undefined) return undefined;
    if (deepEqual(old.status, status)) return old as ObjectAt<K>;
    return this.#store(resource, { ...old, status } as ApiObject);
  }

  /** Replaces metadata as controllers do (finalizers, owners, annotations); the rules are not asked. */
  setMetadata<K extends string>(resource: K, object: ApiObject, metadata: Partial<ApiObject['metadata']>): ObjectAt<K> {
    return this.#store(resource, { ...object, metadata: { ...object.metadata, ...metadata } });
  }

  /**
   * Deletes an object, or begins to: graceful Pods, finalizers and namespaces stay with a deletionTimestamp.
   * @returns the object as it was left. Errors: NotFound, Conflict (preconditions), Forbidden
   */
  delete<K extends string>(resource: K, namespace: string, name: string, options: DeleteOptions & RequestOptions = {}): ObjectAt<K> | Status {
    const info = resourceOfKey(resource);
    const where = info.namespaced ? namespace : '';
    const refused = this.#refused(info, { verb: 'delete', namespace: where, name, options });
    if (refused !== undefined) return refused;
    const old = this.storage.get(resource, where, name) as ApiObject | undefined;
    if (old === undefined) return notFoundStatus(nameOf(info), name);
    const verdict = deletionOf(info, old, { options, wallClock: this.simulation.wallClock });
    if (isStatus(verdict)) return verdict;
    if (options.dryRun === true) return old as ObjectAt<K>;
    if (verdict.kind === 'keep') return deepEqual(verdict.object, old) ? (old as ObjectAt<K>) : this.#store(resource, verdict.object);
    return this.#remove(resource, old) as ObjectAt<K>;
  }

  /** Takes an object away at once, whatever its finalizers say (the kubelet's and the namespace controller's last step). */
  removeNow(resource: string, namespace: string, name: string): void {
    const old = this.storage.get(resource, namespace, name) as ApiObject | undefined;
    if (old !== undefined) this.#remove(resource, old);
  }

  /** pods/binding: what the scheduler does at the end. Errors: NotFound, Conflict when it has a node already. */
  bind(namespace: string, name: string, node: string): Status | undefined {
    const pod = this.storage.get('pods', namespace, name);
    if (pod === undefined) return notFoundStatus({ group: '', resource: 'pods' }, name);
    if ((pod.spec.nodeName ?? '') !== '')
      return conflict({ group: '', resource: 'pods/binding' }, name, `pod ${name} is already assigned to node "${pod.spec.nodeName ?? ''}"`);
    const scheduled = { lastProbeTime: null, lastTransitionTime: this.now(), observedGeneration: 1, status: 'True', type: 'PodScheduled' };
    const conditions = [...(pod.status.conditions ?? []).filter((condition) => condition.type !== 'PodScheduled'), scheduled];
    this.#store('pods', { ...pod, spec: { ...pod.spec, nodeName: node }, status: { ...pod.status, conditions } } as ApiObject);
    return undefined;
  }

  #change<K extends string>(resource: K, object: ApiObject, options: UpdateOptions & { readonly verb: string }): ObjectAt<K> | Status {
    const info = resourceOfKey(resource);
    const namespace = info.namespaced ? (object.metadata.namespace ?? '') : '';
    const { name, resourceVersion } = object.metadata;
    const refused = this.#refused(info, { verb: options.verb, namespace, name, options });
    if (refused !== undefined) return refused;
    const old = this.storage.get(resource, namespace, name) as ApiObject | undefined;
    if (old === undefined) return notFoundStatus(nameOf(info), name);
    if (resourceVersion !== undefined && resourceVersion !== '' && resourceVersion !== old.metadata.resourceVersion)
      return conflict(nameOf(info), name, RELEASED);
    if (object.metadata.uid !== undefined && object.metadata.uid !== old.metadata.uid) {
      const why = `Precondition failed: UID in precondition: ${object.metadata.uid}, UID in object meta: ${old.metadata.uid ?? ''}`;
      return conflict(nameOf(info), name, why);
    }
    const request = { ...this.#ruleRequest(info, namespace, options), subresource: options.subresource ?? '' };
    const kept = keptOnUpdate(info, object, { old, subresource: options.subresource ?? '' });
    // Ephemeral containers are defaulted like the rest of the Pod; the other subresources come complete.
    const defaulting = request.subresource === 'ephemeralcontainers' ? { ...request, subresource: '' } : request;
    const prepared = this.#rules.prepare(kept, old, defaulting);
    if (isStatus(prepared)) return prepared;
    const refusedNow = this.#rules.refuse(prepared, old, request);
    if (refusedNow !== undefined) return refusedNow;
    const stored = this.#allocated(resource, prepared, old);
    if (isStatus(stored)) return stored;
    const generation = old.metadata.generation;
    const next =
      generation !== undefined && specChanged(old, stored) ? { ...stored, metadata: { ...stored.metadata, generation: generation + 1 } } : stored;
    if (options.dryRun === true || deepEqual(next, old)) return next as ObjectAt<K>;
    if (
      next.metadata.deletionTimestamp !== undefined &&
      (next.metadata.finalizers ?? []).length === 0 &&
      next.metadata.deletionGracePeriodSeconds === 0
    ) {
      return this.#remove(resource, next) as ObjectAt<K>;
    }
    return this.#store(resource, next);
  }

  #newborn(info: Resource, object: ApiObject): ApiObject {
    const { metadata } = object;
    const { random } = this.simulation;
    const given = metadata.name as string | undefined;
    const name =
      given === undefined || given === '' ? (metadata.generateName === undefined ? '' : generatedName(random, metadata.generateName)) : given;
    return identified(info, {
      ...initialStatus(info, object),
      metadata: {
        ...metadata,
        name,
        uid: randomUid(random),
        creationTimestamp: this.now(),
        ...(info.key in WITH_GENERATION ? { generation: 1 } : {}),
      },
    });
  }

  #misplaced(info: Resource, namespace: string, object: ApiObject): Status | undefined {
    const own = object.metadata.namespace;
    if (info.namespaced && own !== undefined && own !== '' && own !== namespace) {
      return badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
    }
    if (!info.namespaced) return undefined;
    const home = this.storage.get('namespaces', '', namespace);
    if (home === undefined) return notFoundStatus({ group: '', resource: 'namespaces' }, namespace);
    if (home.status.phase !== 'Terminating') return undefined;
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    const refused = forbiddenStatus(nameOf(info), this.#newborn(info, object).metadata.name, why);
    const cause = { reason: NAMESPACE_TERMINATING, message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace' };
    return { ...refused, details: { ...refused.details, causes: [cause] } };
  }

  #allocated(resource: string, object: ApiObject, old: ApiObject | undefined): ApiObject | Status {
    return resource === 'services' ? this.#services.allocate(object as unknown as Service, old as unknown as Service | undefined) : object;
  }

  #store<K extends string>(resource: K, object: ApiObject): ObjectAt<K> {
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.storage.nextVersion()) } } as ApiObject;
    this.storage.put(resource, stored as ObjectAt<K>);
    return stored as ObjectAt<K>;
  }

  #remove(resource: string, object: ApiObject): ApiObject {
    if (resource === 'services') this.#services.release(object as unknown as Service);
    return this.storage.remove(resource, object.metadata.namespace ?? '', object.metadata.name) ?? object;
  }

  #refused(
    info: Resource,
    request: { readonly verb: string; readonly namespace: string; readonly name: string; readonly options: UpdateOptions },
  ): Status | undefined {
    const { options, ...rest } = request;
    const user = options.user ?? ADMIN;
    if (user === SYSTEM || user === ADMIN) return undefined;
    return refusal({ ...rest, user, resource: info, subresource: options.subresource ?? '' }, this.storage);
  }

  #ruleRequest(resource: Resource, namespace: string, options: RequestOptions): RuleRequest {
    return {
      resource,
      namespace,
      subresource: '',
      user: (options.user ?? ADMIN).name,
      storage: this.storage,
      warn: options.warn ?? ((): void => undefined),
      randomName: (length) => randomName(this.simulation.random, length),
    };
  }

  #matcher(info: Resource, selection: Selection): ((object: ApiObject) => boolean) | Status {
    const labels = parseLabelSelectorText(selection.labelSelector ?? '');
    if (labels.kind === 'selector-problem') return badRequest(labels.message);
    const fields = parseFieldSelector(selection.fieldSelector ?? '', info.key, info.kind);
    if (fields.kind === 'selector-problem') return badRequest(fields.message);
    return (object) => labels.matches(object.metadata.labels) && fields.matches(object);
  }
}

const WITH_GENERATION: Readonly<Record<string, true>> = {
  pods: true,
  'deployments.apps': true,
  'replicasets.apps': true,
  'daemonsets.apps': true,
  'statefulsets.apps': true,
  'jobs.batch': true,
  'cronjobs.batch': true,
  'endpointslices.discovery.k8s.io': true,
  'networkpolicies.networking.k8s.io': true,
  'ingresses.networking.k8s.io': true,
  'poddisruptionbudgets.policy': true,
  'priorityclasses.scheduling.k8s.io': true,
};

function nameOf(info: Resource): ResourceName {
  return { group: info.group, resource: info.plural };
}

/** What a patch adds beyond the fields of the kind is dropped, as decoding into its struct drops it. */
function knownFields(kind: string, object: ApiObject): ApiObject {
  if (structNamed(kind) === undefined) return object;
  const { unknown } = decodeValue(kind, object as unknown as PlainObject);
  return unknown.reduce(
    (rest: unknown, each) =>
      withoutField(
        rest,
        each.path.split(/[.[\]]+/).filter((word) => word !== ''),
      ),
    object,
  ) as ApiObject;
}

/** The value without the field at the end of the path; list items go by their index. */
function withoutField(value: unknown, path: readonly string[]): unknown {
  const [key = '', ...rest] = path;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? withoutField(item, rest) : item));
  if (typeof value !== 'object' || value === null || !(key in value)) return value;
  const { [key]: inner, ...others } = value as Record<string, unknown>;
  return rest.length === 0 ? others : { ...value, [key]: withoutField(inner, rest) };
}
