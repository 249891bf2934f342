/** The events of an object, and how a description ends with them (kubectl pkg/describe DescribeEvents, v0.37). */
import type { ApiServer } from '../../../../kube/apiserver/api-server.ts';
import { ageText } from '../../../../kube/apiserver/printers/human-duration.ts';
import { millisecondsOf } from '../../../../kube/apiserver/time-text.ts';
import { fieldOf, numberAt, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import type { DescribeWriter } from './describe-writer.ts';

/** Events about an object, oldest last time first. @param uids the involved object's, any of them */
export function eventsOf(server: ApiServer, object: Plain, uids: readonly string[] = [textAt(object, 'metadata', 'uid')]): readonly Plain[] {
  const name = textAt(object, 'metadata', 'name');
  const namespace = textAt(object, 'metadata', 'namespace');
  const found = [...server.storage.sorted('events', namespace === '' ? undefined : namespace)].filter(
    (event) => event.involvedObject.name === name && uids.includes(event.involvedObject.uid ?? ''),
  );
  return found.sort((a, b) => lastTime(a) - lastTime(b));
}

function lastTime(event: Plain): number {
  // Events of the new API (the scheduler's) have no lastTimestamp and come first (kubectl pkg/util/event/sorted_event_list.go).
  return millisecondsOf(textAt(event, 'lastTimestamp')) ?? 0;
}

/** How old an event is, and how often it happened: `3s (x4 over 50s)`. */
export function eventAge(event: Plain, wallClock: number): string {
  const first = ageText(textAt(event, 'eventTime') || textAt(event, 'firstTimestamp'), wallClock);
  const series = fieldOf(event, 'series');
  if (series !== undefined && series !== null)
    return `${ageText(textAt(series, 'lastObservedTime'), wallClock)} (x${textAt(series, 'count')} over ${first})`;
  const times = numberAt(event, 'count');
  return times > 1 ? `${ageText(textAt(event, 'lastTimestamp'), wallClock)} (x${String(times)} over ${first})` : first;
}

export function eventLines(writer: DescribeWriter, events: readonly Plain[], wallClock: number): void {
  if (events.length === 0) {
    writer.line(0, 'Events:\t<none>');
    return;
  }
  writer.flush();
  writer.raw('Events:\n  Type\tReason\tAge\tFrom\tMessage\n');
  writer.line(1, '----\t------\t----\t----\t-------');
  for (const event of events) {
    const source = textAt(event, 'source', 'component') || textAt(event, 'reportingComponent');
    const path = textAt(event, 'involvedObject', 'fieldPath');
    const message = textAt(event, 'message').trim();
    writer.line(
      1,
      [textAt(event, 'type'), textAt(event, 'reason'), eventAge(event, wallClock), source, path === '' ? message : `${path}: ${message}`].join('\t'),
    );
  }
}
