/**
 * What a delete request does to an object: away at once, or kept with a deletionTimestamp (grace, finalizers, namespaces).
 * Modelled on apiserver/pkg/registry/rest/delete.go and generic/registry/store.go, pkg/registry/core/{pod,namespace} (v1.37).
 */
import { conflict, failure, forbiddenStatus } from '../api/status.ts';
import type { Status } from '../api/status.ts';
import type { Pod } from '../api/types-pod.ts';
import type { Namespace } from '../api/types-core.ts';
import type { ApiObject } from './object.ts';
import type { Resource } from './resource.ts';
import { timeText } from './time-text.ts';

export type PropagationPolicy = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number | undefined;
  /** Default: Background. */
  readonly propagationPolicy?: PropagationPolicy | undefined;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

export type Deletion = { readonly kind: 'remove' } | { readonly kind: 'keep'; readonly object: ApiObject };

const IMMORTAL = new Set(['default', 'kube-system', 'kube-public']);
const FINALIZER_BY_POLICY: Readonly<Partial<Record<PropagationPolicy, string>>> = { Foreground: 'foregroundDeletion', Orphan: 'orphan' };

/** Decides a deletion. Errors: Conflict when a precondition fails, Forbidden for the namespaces that must stay. */
export function deletionOf(
  resource: Resource,
  object: ApiObject,
  request: { readonly options: DeleteOptions; readonly wallClock: number },
): Deletion | Status {
  const { options, wallClock } = request;
  const name = { group: resource.group, resource: resource.plural };
  const { metadata } = object;
  const uid = options.preconditions?.uid;
  if (uid !== undefined && uid !== metadata.uid) {
    return conflict(name, metadata.name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid ?? ''}`);
  }
  if (resource.key === 'namespaces') return namespaceDeletion(object as unknown as Namespace, wallClock);
  if ((options.gracePeriodSeconds ?? 0) < 0) return failure('Invalid', 'gracePeriodSeconds must not be negative');
  const finalizers = finalizersFor(object, options.propagationPolicy);
  const grace = resource.key === 'pods' ? podGrace(object as unknown as Pod, options.gracePeriodSeconds) : 0;
  if (grace === 0 && finalizers.length === 0) return { kind: 'remove' };
  return { kind: 'keep', object: marked(object, { grace, finalizers, wallClock }) };
}

function finalizersFor(object: ApiObject, policy: PropagationPolicy | undefined): readonly string[] {
  const others = (object.metadata.finalizers ?? []).filter((finalizer) => finalizer !== 'foregroundDeletion' && finalizer !== 'orphan');
  const own = policy === undefined ? undefined : FINALIZER_BY_POLICY[policy];
  return own === undefined ? others : [...others, own];
}

/** Seconds a Pod is given: none when it never got a node or has ended (pod strategy CheckGracefulDelete). */
function podGrace(pod: Pod, asked: number | undefined): number {
  if ((pod.spec.nodeName ?? '') === '') return 0;
  if (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') return 0;
  return asked ?? pod.spec.terminationGracePeriodSeconds ?? 30;
}

function marked(object: ApiObject, mark: { readonly grace: number; readonly finalizers: readonly string[]; readonly wallClock: number }): ApiObject {
  const { metadata } = object;
  const already = metadata.deletionGracePeriodSeconds;
  const grace = already === undefined ? mark.grace : Math.min(already, mark.grace);
  if (metadata.deletionTimestamp !== undefined && already === grace) return object;
  const seconds = Math.floor(mark.wallClock / 1000) + grace;
  const { finalizers: _old, ...rest } = metadata;
  return {
    ...object,
    metadata: {
      ...rest,
      deletionGracePeriodSeconds: grace,
      deletionTimestamp: timeText(seconds * 1000),
      ...(mark.finalizers.length === 0 ? {} : { finalizers: mark.finalizers }),
      // A deletion counts as a change of the object (BeforeDelete raises the generation).
      ...(metadata.generation === undefined || metadata.deletionTimestamp !== undefined ? {} : { generation: metadata.generation + 1 }),
    },
  };
}

function namespaceDeletion(namespace: Namespace, wallClock: number): Deletion | Status {
  const { name } = namespace.metadata;
  if (IMMORTAL.has(name)) return forbiddenStatus({ group: '', resource: 'namespaces' }, name, 'this namespace may not be deleted');
  if ((namespace.spec.finalizers ?? []).length === 0) return { kind: 'remove' };
  if (namespace.metadata.deletionTimestamp !== undefined) return { kind: 'keep', object: namespace };
  return {
    kind: 'keep',
    object: {
      ...namespace,
      metadata: { ...namespace.metadata, deletionTimestamp: timeText(wallClock) },
      status: { ...namespace.status, phase: 'Terminating' },
    } as Namespace,
  };
}
