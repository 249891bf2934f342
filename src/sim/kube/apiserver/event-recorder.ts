/**
 * Writes Events as components do: equal ones are counted, many similar ones combined, a flood dropped.
 * Modelled on client-go tools/record/events_cache.go (core recorder) and tools/events/event_broadcaster.go (v0.37).
 */
import type { Event, ObjectReference } from '../api/types-core.ts';
import type { ApiServer } from './api-server.ts';
import { randomUid } from './generated-name.ts';
import type { ApiObject } from './object.ts';
import { microTimeText } from './time-text.ts';

export type EventType = 'Normal' | 'Warning';

export interface RecordedEvent {
  readonly object: ApiObject;
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
  /** Such as `spec.containers{main}`. */
  readonly fieldPath?: string;
}

/** events_cache.go: distinct messages of one reason before they are combined, and for how long they count. */
const MAX_SIMILAR = 10;
const SIMILAR_MILLISECONDS = 600_000;
/** events_cache.go: events of one object and type at once, and how slowly the allowance returns. */
const SPAM_BURST = 25;
const SPAM_REFILL_MILLISECONDS = 300_000;

interface Similar {
  messages: Set<string>;
  last: number;
}

interface Allowance {
  tokens: number;
  at: number;
}

/** The reference an event carries to its object. */
export function referenceTo(object: ApiObject, fieldPath?: string): ObjectReference {
  const { namespace, name, resourceVersion, uid } = object.metadata;
  return {
    apiVersion: object.apiVersion,
    ...(fieldPath === undefined ? {} : { fieldPath }),
    kind: object.kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(uid === undefined ? {} : { uid }),
  };
}

export class EventRecorder {
  readonly #server: ApiServer;
  readonly #component: string;
  readonly #host: string | undefined;
  /** key → namespace/name of the stored event */
  readonly #known = new Map<string, { readonly namespace: string; readonly name: string }>();
  readonly #similar = new Map<string, Similar>();
  readonly #allowances = new Map<string, Allowance>();

  /** @param options `host` is set by kubelets only */
  constructor(options: { readonly server: ApiServer; readonly component: string; readonly host?: string }) {
    this.#server = options.server;
    this.#component = options.component;
    this.#host = options.host;
  }

  /** Records one event about an object. */
  record(event: RecordedEvent): void {
    const now = this.#server.simulation.wallClock;
    const { object, type, reason } = event;
    const about = `${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}/${object.metadata.uid ?? ''}/${type}`;
    if (!this.#allowed(about, now)) return;
    const group = `${about}/${reason}`;
    const combined = this.#isCombined(group, event.message, now);
    const message = combined ? `(combined from similar events): ${event.message}` : event.message;
    const key = combined ? group : `${group}/${event.fieldPath ?? ''}/${event.message}`;
    const known = this.#known.get(key);
    const stored = known === undefined ? undefined : this.#server.storage.get('events', known.namespace, known.name);
    if (stored === undefined) this.#create(key, { ...event, message });
    else this.#write({ ...stored, count: (stored.count ?? 1) + 1, lastTimestamp: this.#server.now(), message });
  }

  #create(key: string, event: RecordedEvent): void {
    const { object, type, reason, message, fieldPath } = event;
    const time = this.#server.now();
    const namespace = object.metadata.namespace ?? 'default';
    const name = eventName(this.#server, object.metadata.name);
    this.#known.set(key, { namespace, name });
    this.#write({
      apiVersion: 'v1',
      count: 1,
      eventTime: null,
      firstTimestamp: time,
      involvedObject: referenceTo(object, fieldPath),
      kind: 'Event',
      lastTimestamp: time,
      message,
      metadata: { creationTimestamp: time, name, namespace, uid: randomUid(this.#server.simulation.random) },
      reason,
      reportingComponent: this.#component,
      reportingInstance: this.#host ?? '',
      source: { component: this.#component, ...(this.#host === undefined ? {} : { host: this.#host }) },
      type,
    } as unknown as Event);
  }

  #write(event: Event): void {
    this.#server.setMetadata('events', event, {});
  }

  #isCombined(group: string, message: string, now: number): boolean {
    let similar = this.#similar.get(group);
    if (similar === undefined || now - similar.last > SIMILAR_MILLISECONDS) this.#similar.set(group, (similar = { messages: new Set(), last: now }));
    similar.messages.add(message);
    similar.last = now;
    if (similar.messages.size < MAX_SIMILAR) return false;
    const [first] = similar.messages;
    if (first !== undefined) similar.messages.delete(first);
    return true;
  }

  #allowed(about: string, now: number): boolean {
    let allowance = this.#allowances.get(about);
    if (allowance === undefined) this.#allowances.set(about, (allowance = { tokens: SPAM_BURST, at: now }));
    allowance.tokens = Math.min(SPAM_BURST, allowance.tokens + (now - allowance.at) / SPAM_REFILL_MILLISECONDS);
    allowance.at = now;
    if (allowance.tokens < 1) return false;
    allowance.tokens -= 1;
    return true;
  }
}

/** The scheduler's events (events.k8s.io): no count, but a series once one repeats for the same state of the object. */
export class SeriesRecorder {
  readonly #server: ApiServer;
  readonly #component: string;
  readonly #instance: string;
  readonly #known = new Map<string, { readonly namespace: string; readonly name: string }>();

  constructor(options: { readonly server: ApiServer; readonly component: string; readonly instance: string }) {
    this.#server = options.server;
    this.#component = options.component;
    this.#instance = options.instance;
  }

  /** Records one event; `action` is what was being done, such as `Scheduling`. */
  record(event: RecordedEvent & { readonly action: string }): void {
    const { object, type, reason, action, message } = event;
    const { wallClock, random } = this.#server.simulation;
    const key = `${type}/${action}/${reason}/${object.metadata.uid ?? ''}/${object.metadata.resourceVersion ?? ''}`;
    const known = this.#known.get(key);
    const stored = known === undefined ? undefined : this.#server.storage.get('events', known.namespace, known.name);
    if (stored !== undefined) {
      const series = { count: (stored.series?.count ?? 1) + 1, lastObservedTime: microTimeText(wallClock) };
      this.#server.setMetadata('events', { ...stored, series } as Event, {});
      return;
    }
    const namespace = object.metadata.namespace ?? 'default';
    const name = eventName(this.#server, object.metadata.name);
    this.#known.set(key, { namespace, name });
    this.#server.setMetadata(
      'events',
      {
        action,
        apiVersion: 'v1',
        eventTime: microTimeText(wallClock),
        firstTimestamp: null,
        involvedObject: referenceTo(object),
        kind: 'Event',
        lastTimestamp: null,
        message,
        metadata: { creationTimestamp: this.#server.now(), name, namespace, uid: randomUid(random) },
        reason,
        reportingComponent: this.#component,
        reportingInstance: this.#instance,
        source: {},
        type,
      } as unknown as Event,
      {},
    );
  }
}

const lastNanosOf = new WeakMap<ApiServer, bigint>();

/** `web.18a1b2c3d4e5f607`: the object's name and the time in nanoseconds, which never stands still, so names sort as the events came. */
function eventName(server: ApiServer, name: string): string {
  const { wallClock, random } = server.simulation;
  const last = lastNanosOf.get(server) ?? 0n;
  const now = BigInt(Math.floor(wallClock)) * 1_000_000n;
  const nanos = (now > last ? now : last) + BigInt(random.integer(1_000, 9_999));
  lastNanosOf.set(server, nanos);
  return `${name}.${nanos.toString(16)}`;
}
