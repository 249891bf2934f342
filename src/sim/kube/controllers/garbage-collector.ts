/**
 * Deletes what has lost its owners: in the background, before its owner (foreground), or sets it free (orphan).
 * Modelled on pkg/controller/garbagecollector (v1.37). Works on the owner index of storage, never by searching.
 */
import { SYSTEM } from '../apiserver/authorization.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import type { ApiObject } from '../apiserver/object.ts';
import { RESOURCES, resourceOfKind } from '../apiserver/resource.ts';
import type { Dependent, WatchEvent } from '../apiserver/storage.ts';

/** Virtual milliseconds from an owner's end to the deletion of what it owned. */
const LATENCY = 25;
const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

export class GarbageCollector {
  readonly #server: ApiServer;

  constructor(server: ApiServer) {
    this.#server = server;
  }

  start(): void {
    for (const resource of RESOURCES) {
      if (resource.verbs.includes('delete') && resource.plural !== 'events')
        this.#server.storage.watch(resource.key, (event) => this.#changed(resource.key, event as WatchEvent));
    }
  }

  #later(action: () => void): void {
    this.#server.simulation.after(LATENCY, action);
  }

  #changed(resource: string, { type, object, previous }: WatchEvent): void {
    const { metadata } = object;
    const uid = metadata.uid ?? '';
    if (type === 'DELETED') {
      const dependents = this.#server.storage.dependentsOf(uid);
      if (dependents.length > 0) this.#later(() => this.#ownerGone(uid));
      for (const { uid: owner } of metadata.ownerReferences ?? []) this.#later(() => this.#dependentGone(owner, metadata.namespace ?? ''));
      return;
    }
    if (type === 'ADDED') {
      for (const reference of metadata.ownerReferences ?? []) {
        const owner = this.#ownerOf(reference, metadata.namespace ?? '');
        if (owner === undefined)
          this.#later(() => this.#collect({ resource, namespace: metadata.namespace ?? '', name: metadata.name }, reference.uid));
      }
    }
    if (metadata.deletionTimestamp === undefined || metadata.finalizers === previous?.metadata.finalizers) return;
    if (metadata.finalizers?.includes(FOREGROUND) === true) this.#later(() => this.#foreground(resource, metadata.namespace ?? '', metadata.name));
    if (metadata.finalizers?.includes(ORPHAN) === true) this.#later(() => this.#orphan(resource, metadata.namespace ?? '', metadata.name));
  }

  #ownerOf(
    reference: { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly uid: string },
    namespace: string,
  ): ApiObject | undefined {
    const resource = resourceOfKind(reference.apiVersion, reference.kind);
    if (resource === undefined) return undefined;
    const owner = this.#server.storage.get(resource.key, resource.namespaced ? namespace : '', reference.name) as ApiObject | undefined;
    return owner?.metadata.uid === reference.uid ? owner : undefined;
  }

  #ownerGone(uid: string): void {
    for (const dependent of this.#server.storage.dependentsOf(uid)) this.#collect(dependent, uid);
  }

  /** Deletes a dependent of an owner that is gone, unless another owner remains. */
  #collect(dependent: Dependent, gone: string): void {
    const object = this.#server.storage.get(dependent.resource, dependent.namespace, dependent.name) as ApiObject | undefined;
    if (object === undefined || object.metadata.deletionTimestamp !== undefined) return;
    const others = (object.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== gone);
    if (others.some((reference) => this.#ownerOf(reference, dependent.namespace) !== undefined)) {
      this.#server.setMetadata(dependent.resource, object, { ownerReferences: others });
      return;
    }
    this.#server.delete(dependent.resource, dependent.namespace, dependent.name, { user: SYSTEM, propagationPolicy: 'Background' });
  }

  #foreground(resource: string, namespace: string, name: string): void {
    const object = this.#server.storage.get(resource, namespace, name) as ApiObject | undefined;
    if (object === undefined) return;
    for (const dependent of this.#server.storage.dependentsOf(object.metadata.uid ?? '')) {
      const child = this.#server.storage.get(dependent.resource, dependent.namespace, dependent.name) as ApiObject | undefined;
      if (child === undefined || child.metadata.deletionTimestamp !== undefined) continue;
      this.#server.delete(dependent.resource, dependent.namespace, dependent.name, { user: SYSTEM, propagationPolicy: 'Foreground' });
    }
    this.#finishForeground(resource, object);
  }

  #dependentGone(owner: string, namespace: string): void {
    if (owner === '') return;
    for (const resource of RESOURCES) {
      for (const object of this.#server.storage.objects(resource.key, resource.namespaced ? namespace : '')) {
        const { metadata } = object as ApiObject;
        if (metadata.uid !== owner) continue;
        if (metadata.finalizers?.includes(FOREGROUND) === true) this.#finishForeground(resource.key, object as ApiObject);
        return;
      }
    }
  }

  #finishForeground(resource: string, object: ApiObject): void {
    const blocking = this.#server.storage.dependentsOf(object.metadata.uid ?? '').filter((dependent) => {
      const child = this.#server.storage.get(dependent.resource, dependent.namespace, dependent.name) as ApiObject | undefined;
      return (
        child?.metadata.ownerReferences?.some((reference) => reference.uid === object.metadata.uid && reference.blockOwnerDeletion === true) === true
      );
    });
    if (blocking.length === 0) this.#dropFinalizer(resource, object, FOREGROUND);
  }

  #orphan(resource: string, namespace: string, name: string): void {
    const object = this.#server.storage.get(resource, namespace, name) as ApiObject | undefined;
    if (object === undefined) return;
    for (const dependent of this.#server.storage.dependentsOf(object.metadata.uid ?? '')) {
      const child = this.#server.storage.get(dependent.resource, dependent.namespace, dependent.name) as ApiObject | undefined;
      if (child === undefined) continue;
      const { ownerReferences = [], ...metadata } = child.metadata;
      const rest = ownerReferences.filter((reference) => reference.uid !== object.metadata.uid);
      this.#server.setMetadata(dependent.resource, { ...child, metadata: rest.length === 0 ? metadata : { ...metadata, ownerReferences: rest } }, {});
    }
    this.#dropFinalizer(resource, object, ORPHAN);
  }

  #dropFinalizer(resource: string, object: ApiObject, finalizer: string): void {
    const { namespace = '', name } = object.metadata;
    const left = (object.metadata.finalizers ?? []).filter((each) => each !== finalizer);
    if (left.length === 0) this.#server.removeNow(resource, namespace, name);
    else this.#server.setMetadata(resource, object, { finalizers: left });
  }
}
