// Finds the resource that an apiVersion and a kind mean, as kubectl's REST mapper does.
// Models k8s.io/client-go v0.37, restmapper/discovery.go: kinds in lower case are accepted too, and "KindList".

import { API_RESOURCES, apiVersionOf } from '../schema/resources.ts';
import type { ApiResource } from '../schema/resources.ts';
import { structNamed } from '../schema/schema.ts';
import type { SchemaStruct } from '../schema/schema.ts';

export type KindMatch =
  | { readonly kind: 'resource'; readonly resource: ApiResource }
  /** "List", or a kind with "List" behind it: objects only in its items. */
  | { readonly kind: 'list' };

const lowerCase = (text: string): string => text.toLowerCase();

/** Undefined when the cluster serves no such kind in that version. An empty version means any of the group. */
export function findKind(apiVersion: string, kind: string): KindMatch | undefined {
  const served = API_RESOURCES.filter((resource) => (apiVersion === '' ? resource.group === '' : apiVersionOf(resource) === apiVersion));
  const resource = served.find((each) => each.kind === kind || lowerCase(each.kind) === kind);
  if (resource !== undefined) return { kind: 'resource', resource };
  const isList = served.length > 0 && (kind === 'List' || served.some((each) => `${each.kind}List` === kind));
  return isList ? { kind: 'list' } : undefined;
}

/** The struct that objects of this resource are decoded into; undefined for kinds that the cluster does not store. */
export function structOf(resource: ApiResource): SchemaStruct | undefined {
  // Events of a group of their own are another struct of that name.
  const struct = resource.group === 'events.k8s.io' ? undefined : structNamed(resource.kind);
  return struct?.fieldByName.has('metadata') === true ? struct : undefined;
}

/** The apiVersion under which a kind of that name is served, for explanations. */
export function servedVersionOf(kind: string): string | undefined {
  const resource = API_RESOURCES.find((each) => lowerCase(each.kind) === lowerCase(kind));
  return resource === undefined ? undefined : apiVersionOf(resource);
}
