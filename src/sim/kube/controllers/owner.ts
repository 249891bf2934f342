/** Owner references: who controls an object, and the reference a controller writes. Modelled on apimachinery metav1/controller_ref.go (v0.37). */
import type { ObjectMeta, OwnerReference } from '../api/types-meta.ts';
import type { ApiObject } from '../apiserver/object.ts';

/** The controlling owner, if any. */
export function controllerOf(meta: ObjectMeta): OwnerReference | undefined {
  return meta.ownerReferences?.find((reference) => reference.controller === true);
}

/** A controlling reference to `owner`. */
export function controllerReference(owner: ApiObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    blockOwnerDeletion: true,
    controller: true,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
  };
}
