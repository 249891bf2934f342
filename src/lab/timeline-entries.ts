/** The cluster's events in the order in which they happened, without those of the system's own Pods. Reads only. */
import type { ApiObject } from '../sim/kube/apiserver/object.ts';
import type { Cluster } from '../sim/kube/cluster.ts';
import type { TimelineEntry } from './bench-contract.ts';

export function timelineEntries(cluster: Cluster): readonly TimelineEntry[] {
  const begun = cluster.simulation.epoch;
  return cluster.apiServer.storage
    .sorted('events')
    .filter((event) => event.metadata.namespace !== 'kube-system')
    .map((event) => ({
      at: Date.parse(event.lastTimestamp ?? event.eventTime ?? (event as ApiObject).metadata.creationTimestamp ?? '') - begun,
      source: event.source?.component ?? event.reportingComponent ?? '',
      reason: event.reason ?? '',
      message: event.message ?? '',
      object: `${event.involvedObject.kind ?? ''}/${event.involvedObject.name ?? ''}`,
    }))
    .sort((a, b) => a.at - b.at);
}
