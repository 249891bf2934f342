/** `kubectl events` (kubectl pkg/cmd/events, v0.37). */
import { isStatus } from '../../../kube/apiserver/object.ts';
import type { Event } from '../../../kube/api/types-core.ts';
import type { WatchEvent } from '../../../kube/apiserver/storage.ts';
import { OUTPUT_FLAGS } from './common-flags.ts';
import { eventAge } from './describe/events.ts';
import { Failure, StatusFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { ColumnWriter } from './output/column-writer.ts';
import { objectPrinter } from './output/object-printer.ts';
import { resourceNamed } from './request/resource-arguments.ts';
import { Changes } from './stream/changes.ts';
import type { Verb } from './verb.ts';

export const events: Verb = {
  name: 'events',
  group: 'Troubleshooting and Debugging Commands:',
  short: 'List events',
  long: 'Display events.',
  usage:
    '[(-o|--output=)json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
  flags: [...OUTPUT_FLAGS, ...flagsOf('A|all-namespaces!', 'chunk-size#500', 'for=', 'no-headers!', 'types,', 'w|watch!')],
  *run(session, input) {
    const { flags } = input;
    const { name: own } = yield* session.namespace();
    const all = flags.bool('all-namespaces');
    const namespace = all ? undefined : own;
    const target = flags.text('for');
    const [type = '', name = ''] = target.split('/');
    if (target !== '' && name === '') throw new Failure('--for must be in resource/name form');
    const kind = target === '' ? '' : resourceNamed(type).kind;
    const types = flags.list('types').map((each) => each.toLowerCase());
    if (types.some((type) => type !== 'normal' && type !== 'warning')) throw new Failure('valid --types are Normal or Warning');
    const wanted = (event: Event): boolean =>
      (target === '' || (event.involvedObject.name === name && event.involvedObject.kind === kind)) &&
      (types.length === 0 || types.includes((event.type ?? '').toLowerCase()));
    const list = yield* session.demand((server, options) => server.list('events', { namespace }, options));
    const found = list.items.filter(wanted).sort((a, b) => lastSeen(a) - lastSeen(b));
    const printer = yield* objectPrinter(session);
    const writer = new ColumnWriter();
    const row = (event: Event): readonly string[] => [
      ...(all ? [event.metadata.namespace ?? ''] : []),
      eventAge(event, session.wallClock),
      event.type ?? '',
      event.reason ?? '',
      `${event.involvedObject.kind ?? ''}/${event.involvedObject.name ?? ''}`,
      (event.message ?? '').trim(),
    ];
    const headers = [...(all ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
    if (printer !== undefined) session.out(printer({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items: found }));
    else if (found.length > 0 || flags.bool('watch'))
      session.out(writer.lines(flags.bool('no-headers') ? found.map(row) : [headers, ...found.map(row)]));
    else session.err(all ? 'No events found.\n' : `No events found in ${own} namespace.\n`);
    if (!flags.bool('watch')) return 0;
    const server = yield* session.server();
    const changes = new Changes<WatchEvent<Event>>();
    const stop = server.watch('events', { namespace }, (event) => {
      changes.push(event);
    });
    if (isStatus(stop)) throw new StatusFailure(stop);
    try {
      for (;;) {
        const change = yield* changes.next(session.context, session.deadline);
        if (change === undefined) return 0;
        if (change.type !== 'DELETED' && wanted(change.object)) session.out(writer.lines([row(change.object)]));
      }
    } finally {
      stop();
    }
  },
};

function lastSeen(event: Event): number {
  return Date.parse(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '') || 0;
}
