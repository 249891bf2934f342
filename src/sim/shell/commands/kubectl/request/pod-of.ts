/** The Pod that `POD` or `TYPE/NAME` means: of a workload or a Service, its best one (kubectl polymorphichelpers, v0.37). */
import type { Pod } from '../../../../kube/api/types-pod.ts';
import { isStatus } from '../../../../kube/apiserver/object.ts';
import type { ApiObject } from '../../../../kube/apiserver/object.ts';
import { resourceOfKey } from '../../../../kube/apiserver/resource.ts';
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { Failure, StatusFailure } from '../failure.ts';
import { fieldOf, isMap, listAt, sortedEntries, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import type { Session } from '../session.ts';
import { resourceNamed } from './resource-arguments.ts';

export interface NamedObject {
  readonly resource: Resource;
  readonly object: ApiObject;
}

/** `web`, `po/web`, `deploy/kubia`: the object, a Pod where no type is written. Errors: NotFound */
export function* objectNamed(session: Session, word: string): Blocking<NamedObject> {
  const slash = word.indexOf('/');
  if (slash >= 0 && word.split('/').length !== 2) throw new Failure('arguments in resource/name form may not have more than one slash');
  const resource = slash < 0 ? resourceOfKey('pods') : resourceNamed(word.slice(0, slash));
  const name = slash < 0 ? word : word.slice(slash + 1);
  const { name: namespace } = yield* session.namespace();
  const object = yield* session.demand((server, options) => server.get(resource.key, resource.namespaced ? namespace : '', name, options));
  return { resource, object: object };
}

/** The label selector of what an object stands for, as text; undefined when it has none. */
export function selectorOf(object: Plain): string | undefined {
  const spec = fieldOf(object, 'spec');
  const kind = textAt(object, 'kind');
  if (kind === 'Service' || kind === 'ReplicationController') {
    const selector = fieldOf(spec, 'selector');
    return isMap(selector) && Object.keys(selector).length > 0 ? pairsOf(selector) : undefined;
  }
  const selector = fieldOf(spec, 'selector');
  if (!isMap(selector)) return undefined;
  const labels = fieldOf(selector, 'matchLabels');
  const parts = isMap(labels) ? sortedEntries(labels).map(([key, value]) => `${key}=${String(value)}`) : [];
  for (const expression of listAt(selector, 'matchExpressions')) {
    const key = textAt(expression, 'key');
    const values = listAt(expression, 'values').map(String).sort().join(',');
    const operator = textAt(expression, 'operator');
    parts.push(
      operator === 'In' ? `${key} in (${values})` : operator === 'NotIn' ? `${key} notin (${values})` : operator === 'Exists' ? key : `!${key}`,
    );
  }
  return parts.join(',');
}

function pairsOf(map: { readonly [key: string]: Plain }): string {
  return sortedEntries(map)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',');
}

/** The Pod of an object, and of how many it was chosen. @param order which Pod is best comes first */
export function* podOf(session: Session, named: NamedObject, order: 'running' | 'logging'): Blocking<{ readonly pod: Pod; readonly of: number }> {
  if (named.resource.key === 'pods') return { pod: named.object as Pod, of: 1 };
  const selector = selectorOf(named.object);
  if (selector === undefined) {
    const kind = `*v1.${named.resource.kind}`;
    if (named.resource.key === 'services' && order === 'logging')
      throw new Failure(`cannot get the logs from ${kind}: invalid service '${named.object.metadata.name}': Service is defined without a selector`);
    throw new Failure(
      order === 'logging'
        ? `cannot get the logs from ${kind}: selector for ${kind} not implemented`
        : `cannot attach to ${kind}: selector for ${kind} not implemented`,
    );
  }
  const namespace = named.object.metadata.namespace ?? '';
  const list = yield* session.ask((server, options) => server.list('pods', { namespace, labelSelector: selector }, options));
  if (isStatus(list)) throw new StatusFailure(list);
  const pods = [...list.items].sort((a, b) => rankOf(b) - rankOf(a) || olderFirst(a, b, order));
  const [first] = pods;
  if (first === undefined) throw new Failure('timed out waiting for the condition');
  return { pod: first, of: pods.length };
}

/** Assigned before not, running before pending, ready before not (controller.ActivePods). */
function rankOf(pod: Pod): number {
  const assigned = (pod.spec.nodeName ?? '') === '' ? 0 : 100;
  const phase = pod.status.phase === 'Running' ? 20 : pod.status.phase === 'Unknown' ? 10 : 0;
  const ready = (pod.status.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True') ? 1 : 0;
  return assigned + phase + ready;
}

/** ActivePods prefers the one that has been ready for longer; ByLogging the one that became so first as well. */
function olderFirst(a: Pod, b: Pod, order: 'running' | 'logging'): number {
  const [first, second] = [readySince(a), readySince(b)];
  if (first !== second) return first < second ? -1 : 1;
  const [left, right] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? ''];
  if (left === right) return 0;
  const newer = left < right ? 1 : -1;
  return order === 'running' ? newer : newer;
}

function readySince(pod: Pod): string {
  return (pod.status.conditions ?? []).find((condition) => condition.type === 'Ready' && condition.status === 'True')?.lastTransitionTime ?? '9999';
}
