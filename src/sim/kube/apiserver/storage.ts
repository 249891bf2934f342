/**
 * The API server's store: objects by resource, namespace and name, one running resourceVersion, and everyone who watches.
 * Objects are never changed in place. Knows no rule of any kind; api-server.ts decides what may be stored.
 */
import { keyOf } from './object.ts';
import type { ApiObject, ObjectAt, TypedKey } from './object.ts';

export interface WatchEvent<T = ApiObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: T;
  /** The object before this change. */
  readonly previous: T | undefined;
}

export type Watcher<T = ApiObject> = (event: WatchEvent<T>) => void;

const NOTHING: ReadonlyMap<string, ApiObject> = new Map();
const NONE: ReadonlySet<string> = new Set();

/** Where an owned object is found. */
export interface Dependent {
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

export class Storage {
  /** resource → namespace ('' for cluster objects) → name → object */
  readonly #tables = new Map<string, Map<string, Map<string, ApiObject>>>();
  readonly #watchers = new Map<string, Set<Watcher>>();
  /** owner uid → dependents, by `resource|namespace/name` */
  readonly #dependents = new Map<string, Map<string, Dependent>>();
  /** node name → `namespace/name` of its Pods */
  readonly #podsByNode = new Map<string, Set<string>>();
  #version = 0;

  /** The newest resourceVersion. */
  get version(): number {
    return this.#version;
  }

  nextVersion(): number {
    return ++this.#version;
  }

  get<K extends string>(resource: K, namespace: string, name: string): ObjectAt<K> | undefined {
    return this.#tables.get(resource)?.get(namespace)?.get(name) as ObjectAt<K> | undefined;
  }

  /** Objects of one namespace, or of all when `namespace` is undefined, in no particular order. */
  *objects<K extends string>(resource: K, namespace?: string): Generator<ObjectAt<K>> {
    const table = this.#tables.get(resource);
    if (table === undefined) return;
    if (namespace !== undefined) {
      for (const object of table.get(namespace)?.values() ?? NOTHING.values()) yield object as ObjectAt<K>;
      return;
    }
    for (const objects of table.values()) for (const object of objects.values()) yield object as ObjectAt<K>;
  }

  /** The same, in etcd's order: by namespace, then name. */
  sorted<K extends string>(resource: K, namespace?: string): readonly ObjectAt<K>[] {
    const keyed = [...this.objects(resource, namespace)].map((object) => ({ object, key: keyOf((object as ApiObject).metadata) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    return keyed.map((entry) => entry.object);
  }

  /** Which resources hold at least one object. */
  resources(): readonly string[] {
    return [...this.#tables.keys()];
  }

  /** Objects whose ownerReferences name this uid. */
  dependentsOf(uid: string): readonly Dependent[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])];
  }

  /** Objects of one resource owned (controlled or not) by this uid. */
  owned<K extends string>(resource: K, uid: string): readonly ObjectAt<K>[] {
    const found: ObjectAt<K>[] = [];
    for (const dependent of this.#dependents.get(uid)?.values() ?? []) {
      if (dependent.resource !== resource) continue;
      const object = this.get(resource, dependent.namespace, dependent.name);
      if (object !== undefined) found.push(object);
    }
    return found;
  }

  /** Pods bound to a node. */
  podsOnNode(node: string): readonly ObjectAt<'pods'>[] {
    const found: ObjectAt<'pods'>[] = [];
    for (const key of this.#podsByNode.get(node) ?? NONE) {
      const slash = key.indexOf('/');
      const pod = this.get('pods', key.slice(0, slash), key.slice(slash + 1));
      if (pod !== undefined) found.push(pod);
    }
    return found;
  }

  /** Stores an object (new or newer) and tells the watchers. Its resourceVersion must be set already. */
  put<K extends string>(resource: K, object: ObjectAt<K>): void {
    const stored = object as ApiObject;
    const namespace = stored.metadata.namespace ?? '';
    let table = this.#tables.get(resource);
    if (table === undefined) this.#tables.set(resource, (table = new Map()));
    let objects = table.get(namespace);
    if (objects === undefined) table.set(namespace, (objects = new Map()));
    const previous = objects.get(stored.metadata.name);
    objects.set(stored.metadata.name, stored);
    this.#reindex(resource, previous, stored);
    this.#notify(resource, { type: previous === undefined ? 'ADDED' : 'MODIFIED', object: stored, previous });
  }

  /** Takes an object away; watchers receive its last state with the newest resourceVersion. */
  remove(resource: string, namespace: string, name: string): ApiObject | undefined {
    const objects = this.#tables.get(resource)?.get(namespace);
    const previous = objects?.get(name);
    if (objects === undefined || previous === undefined) return undefined;
    objects.delete(name);
    this.#reindex(resource, previous, undefined);
    const object: ApiObject = { ...previous, metadata: { ...previous.metadata, resourceVersion: String(this.nextVersion()) } };
    this.#notify(resource, { type: 'DELETED', object, previous });
    return object;
  }

  /** Calls `watcher` for each change of a resource from now on; the result ends that. Watchers must not write at once, only take notes. */
  watch<K extends string>(resource: K, watcher: Watcher<ObjectAt<K>>): () => void {
    let watchers = this.#watchers.get(resource);
    if (watchers === undefined) this.#watchers.set(resource, (watchers = new Set()));
    const own = watchers;
    const entry = watcher as unknown as Watcher;
    own.add(entry);
    return () => own.delete(entry);
  }

  #notify(resource: string, event: WatchEvent): void {
    for (const watcher of this.#watchers.get(resource) ?? []) watcher(event);
  }

  #reindex(resource: string, previous: ApiObject | undefined, next: ApiObject | undefined): void {
    if (previous?.metadata.ownerReferences !== next?.metadata.ownerReferences) {
      if (previous !== undefined) this.#indexOwners(resource, previous, false);
      if (next !== undefined) this.#indexOwners(resource, next, true);
    }
    if (resource !== 'pods') return;
    const before = nodeOf(previous);
    const after = nodeOf(next);
    const key = keyOf((next ?? previous)?.metadata ?? { name: '' });
    if (before === after) return;
    if (before !== undefined) this.#podsByNode.get(before)?.delete(key);
    if (after === undefined) return;
    const pods = this.#podsByNode.get(after);
    if (pods === undefined) this.#podsByNode.set(after, new Set([key]));
    else pods.add(key);
  }

  #indexOwners(resource: string, object: ApiObject, add: boolean): void {
    const { namespace = '', name, ownerReferences } = object.metadata;
    const id = `${resource}|${namespace}/${name}`;
    for (const { uid } of ownerReferences ?? []) {
      let dependents = this.#dependents.get(uid);
      if (add) {
        if (dependents === undefined) this.#dependents.set(uid, (dependents = new Map()));
        dependents.set(id, { resource, namespace, name });
      } else if (dependents?.delete(id) === true && dependents.size === 0) this.#dependents.delete(uid);
    }
  }
}

function nodeOf(object: ApiObject | undefined): string | undefined {
  return (object as Partial<ObjectAt<TypedKey & 'pods'>> | undefined)?.spec?.nodeName;
}
