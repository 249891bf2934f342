/** The cluster's events with the exact time of each: an Event itself only knows whole seconds. */
import type { ObjectAt } from '../sim/kube/apiserver/object.ts';
import type { Cluster } from '../sim/kube/cluster.ts';
import type { TimelineEntry } from './bench-contract.ts';

/** Events that are remembered; of a flood the oldest go. */
const MOST = 2_000;

/** Takes down each event of the learner's own objects when it is stored. */
export class EventDiary {
  #events: (TimelineEntry & { readonly at: number })[] = [];

  constructor(cluster: Cluster) {
    const { simulation, apiServer } = cluster;
    apiServer.storage.watch('events', ({ type, object }) => {
      if (type === 'DELETED' || object.metadata.namespace === 'kube-system') return;
      this.#events.push({ at: simulation.now, ...told(object) });
      if (this.#events.length > MOST) this.#events = this.#events.slice(-MOST / 2);
    });
  }

  /** With times since `entered`. */
  since(entered: number): readonly TimelineEntry[] {
    return this.#events.map((entry) => ({ ...entry, at: Math.max(0, entry.at - entered) }));
  }
}

function told(event: ObjectAt<'events'>): Omit<TimelineEntry, 'at'> {
  return {
    source: event.source?.component ?? event.reportingComponent ?? '',
    reason: event.reason ?? '',
    message: event.message ?? '',
    object: `${event.involvedObject.kind ?? ''}/${event.involvedObject.name ?? ''}`,
  };
}
