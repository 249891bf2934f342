/**
 * What made endpoints change, for their annotation `endpoints.kubernetes.io/last-change-trigger-time`.
 * Modelled on pkg/controller/util/endpoint/trigger_time_tracker.go (v1.37).
 */
import type { Service } from '../api/types-core.ts';
import type { Pod } from '../api/types-pod.ts';

const ANNOTATION = 'endpoints.kubernetes.io/last-change-trigger-time';

interface Seen {
  readonly service: string;
  readonly pods: ReadonlyMap<string, string>;
}

export class TriggerTimes {
  readonly #seenByService = new Map<string, Seen>();

  /** Annotations for what is written now: the earliest of the changes since the last call; none without a change. */
  annotations(service: Service, pods: readonly Pod[]): Readonly<Record<string, string>> | undefined {
    const id = service.metadata.uid ?? '';
    const before = this.#seenByService.get(id);
    const created = service.metadata.creationTimestamp ?? '';
    const now = new Map(pods.map((pod) => [pod.metadata.name, readySince(pod)]));
    const changes = [...now].filter(([name, time]) => time > (before?.pods.get(name) ?? '')).map(([, time]) => time);
    if (created > (before?.service ?? '')) changes.push(created);
    this.#seenByService.set(id, { service: created, pods: now });
    const [first] = changes.sort();
    return first === undefined ? undefined : { [ANNOTATION]: first };
  }

  forget(service: Service): void {
    this.#seenByService.delete(service.metadata.uid ?? '');
  }
}

function readySince(pod: Pod): string {
  return (pod.status.conditions ?? []).find((condition) => condition.type === 'Ready')?.lastTransitionTime ?? '';
}
