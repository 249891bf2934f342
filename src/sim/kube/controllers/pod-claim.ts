/**
 * Which Pods belong to a controller: its own that still match, and orphans that do; the rest is let go.
 * Modelled on pkg/controller/controller_ref_manager.go (v1.37). Orphans are tracked by their events, never searched for.
 */
import { matchesLabelSelector } from '../api/label-selector.ts';
import type { LabelSelector } from '../api/types-meta.ts';
import type { Pod } from '../api/types-pod.ts';
import type { ApiServer } from '../apiserver/api-server.ts';
import { keyOf } from '../apiserver/object.ts';
import type { ApiObject } from '../apiserver/object.ts';
import { controllerOf, controllerReference } from './owner.ts';

export class PodClaim {
  readonly #server: ApiServer;
  /** namespace → keys of Pods that nobody controls */
  readonly #orphans = new Map<string, Set<string>>();

  constructor(server: ApiServer) {
    this.#server = server;
    for (const pod of server.storage.objects('pods')) this.#note(pod, false);
    server.storage.watch('pods', ({ object, type }) => this.#note(object, type === 'DELETED'));
  }

  /** The Pods of `owner`, after adopting and releasing. */
  claim(owner: ApiObject, selector: LabelSelector): readonly Pod[] {
    const { storage } = this.#server;
    const mine: Pod[] = [];
    for (const pod of storage.owned('pods', owner.metadata.uid ?? '')) {
      if (controllerOf(pod.metadata)?.uid !== owner.metadata.uid) continue;
      if (matchesLabelSelector(selector, pod.metadata.labels)) mine.push(pod);
      else if (owner.metadata.deletionTimestamp === undefined) this.#release(pod, owner);
    }
    if (owner.metadata.deletionTimestamp !== undefined) return mine;
    for (const key of this.#orphans.get(owner.metadata.namespace ?? '') ?? []) {
      const pod = storage.get('pods', owner.metadata.namespace ?? '', key.slice(key.indexOf('/') + 1));
      if (pod === undefined || pod.metadata.deletionTimestamp !== undefined || !matchesLabelSelector(selector, pod.metadata.labels)) continue;
      if (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') continue;
      mine.push(this.#server.setMetadata('pods', pod, { ownerReferences: [...(pod.metadata.ownerReferences ?? []), controllerReference(owner)] }));
    }
    return mine;
  }

  #release(pod: Pod, owner: ApiObject): void {
    const rest = (pod.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== owner.metadata.uid);
    const { ownerReferences: _released, ...metadata } = pod.metadata;
    const freed = { ...pod, metadata: rest.length === 0 ? metadata : { ...metadata, ownerReferences: rest } };
    this.#server.setMetadata('pods', freed, {});
  }

  #note(pod: Pod, gone: boolean): void {
    const namespace = pod.metadata.namespace ?? '';
    let orphans = this.#orphans.get(namespace);
    if (gone || controllerOf(pod.metadata) !== undefined) {
      orphans?.delete(keyOf(pod.metadata));
      return;
    }
    if (orphans === undefined) this.#orphans.set(namespace, (orphans = new Set()));
    orphans.add(keyOf(pod.metadata));
  }
}
