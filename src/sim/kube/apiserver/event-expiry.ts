/** Lets Events go an hour after they were last written, as the lease under which the API server stores them does (--event-ttl). */
import type { ApiServer } from './api-server.ts';

const TIME_TO_LIVE = 3_600_000;

/** Watches Events from now on; those that exist already stay. */
export function expireEvents({ storage, simulation }: ApiServer): void {
  storage.watch('events', ({ object, type }) => {
    if (type === 'DELETED') return;
    const { namespace = '', name, resourceVersion } = object.metadata;
    simulation.after(TIME_TO_LIVE, () => {
      if (storage.get('events', namespace, name)?.metadata.resourceVersion === resourceVersion) storage.remove('events', namespace, name);
    });
  });
}
