/** The rows of `kubectl get events`. Modelled on pkg/printers/internalversion/printers.go printEvent (v1.37). */
import type { Event } from '../../api/types-core.ts';
import { ageText } from './human-duration.ts';
import { columnsOf } from './printer.ts';
import type { Printer } from './printer.ts';

export const eventPrinter: Printer<Event> = {
  columns: columnsOf('Last Seen', 'Type', 'Reason', 'Object', 'Subobject*', 'Source*', 'Message', 'First Seen*', 'Count*', 'Name*'),
  cells(event, { wallClock }) {
    const first = ageText(event.firstTimestamp ?? event.eventTime, wallClock);
    const last =
      event.series === undefined
        ? event.lastTimestamp
          ? ageText(event.lastTimestamp, wallClock)
          : first
        : ageText(event.series.lastObservedTime, wallClock);
    const kind = (event.involvedObject.kind ?? '').toLowerCase();
    const name = event.involvedObject.name ?? '';
    return [
      last,
      event.type ?? '',
      event.reason ?? '',
      name === '' ? kind : `${kind}/${name}`,
      event.involvedObject.fieldPath ?? '',
      sourceText(event),
      (event.message ?? '').trim(),
      first,
      event.series?.count ?? event.count ?? 1,
      event.metadata.name,
    ];
  },
};

function sourceText(event: Event): string {
  const component = event.source?.component ?? event.reportingComponent ?? '';
  const instance = event.source?.host ?? event.reportingInstance ?? '';
  return instance === '' ? component : `${component}, ${instance}`;
}
