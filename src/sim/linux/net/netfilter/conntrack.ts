/** Connection tracking of one namespace (net/netfilter/nf_conntrack_core.c): flows by both of their tuples, so that answers find their way back through NAT. */
import { inverted, tupleKey, tupleOf, type Packet, type Tuple } from '../packet.ts';

export interface Flow {
  /** As the first packet came. */
  readonly original: Tuple;
  /** What an answer looks like when it comes; differs from the inverse of `original` where addresses are translated. */
  reply: Tuple;
  readonly destinationTranslated: boolean;
  readonly sourceTranslated: boolean;
  /** An answer has been seen. */
  answered: boolean;
  confirmed: boolean;
  /** Either side has closed or reset it: the next SYN opens a new one. */
  closing: boolean;
  /** Virtual milliseconds after which it is forgotten. */
  expiresAt: number;
}

type MutableFlow = { -readonly [K in keyof Flow]: Flow[K] };

export type Direction = 'original' | 'reply';

/** A packet's place in a flow. */
export interface Tracked {
  readonly flow: MutableFlow;
  readonly direction: Direction;
  /** An ICMP error about the flow. */
  readonly related: boolean;
}

const TIMEOUT = {
  tcpNew: 120_000,
  tcpEstablished: 432_000_000,
  tcpClosing: 120_000,
  udpNew: 30_000,
  udpStream: 120_000,
  icmp: 30_000,
} as const;

export class ConnectionTracker {
  readonly #flowByKey = new Map<string, { readonly flow: MutableFlow; readonly direction: Direction }>();
  readonly #trackedByPacket = new WeakMap<Packet, Tracked>();

  /** The flow of `packet`, a new one when it opens one; undefined when it belongs to none (INVALID). */
  track(packet: Packet, now: number): Tracked | undefined {
    const present = this.#trackedByPacket.get(packet);
    if (present) return present;
    const tracked = packet.body.kind === 'unreachable' ? this.#error(packet.body.original, now) : this.#lookup(packet, now);
    if (tracked) this.#trackedByPacket.set(packet, tracked);
    return tracked;
  }

  /** Makes `error` part of the flow of the packet that it is about. */
  relate(error: Packet, cause: Packet): void {
    const tracked = this.#trackedByPacket.get(cause);
    if (tracked)
      this.#trackedByPacket.set(error, {
        flow: tracked.flow,
        direction: tracked.direction === 'original' ? 'reply' : 'original',
        related: true,
      });
  }

  /** The packet leaves or has arrived: from now on its flow is known. */
  confirm(tracked: Tracked, now: number): void {
    const { flow } = tracked;
    if (flow.confirmed) return;
    flow.confirmed = true;
    this.#flowByKey.set(tupleKey(flow.original), { flow, direction: 'original' });
    this.#flowByKey.set(tupleKey(flow.reply), { flow, direction: 'reply' });
    if (this.#flowByKey.size > 8192) this.#purge(now);
  }

  /** Whether an answer tuple is in use by another flow. */
  taken(reply: Tuple, now: number): boolean {
    const found = this.#flowByKey.get(tupleKey(reply));
    return found !== undefined && found.flow.expiresAt > now;
  }

  /** All living flows, oldest first. */
  flows(now: number): readonly Flow[] {
    const flows = new Set<Flow>();
    for (const { flow } of this.#flowByKey.values()) if (flow.expiresAt > now) flows.add(flow);
    return [...flows];
  }

  /** Forgets flows, such as those to an endpoint that is gone (conntrack -D). */
  forget(gone: (flow: Flow) => boolean): void {
    for (const [key, { flow }] of this.#flowByKey) if (gone(flow)) this.#flowByKey.delete(key);
  }

  #lookup(packet: Packet, now: number): Tracked | undefined {
    const tuple = tupleOf(packet);
    const found = this.#flowByKey.get(tupleKey(tuple));
    if (found && found.flow.expiresAt > now && !(packet.body.kind === 'syn' && found.flow.closing)) {
      if (found.direction === 'reply') found.flow.answered = true;
      if (packet.body.kind === 'fin' || packet.body.kind === 'rst') found.flow.closing = true;
      found.flow.expiresAt = now + timeout(packet, found.flow.answered);
      return { ...found, related: false };
    }
    if (packet.body.kind === 'rst' || packet.body.kind === 'echo-reply' || packet.body.kind === 'syn-ack') return undefined;
    const flow: MutableFlow = {
      original: tuple,
      reply: inverted(tuple),
      destinationTranslated: false,
      sourceTranslated: false,
      answered: false,
      confirmed: false,
      closing: false,
      expiresAt: now + timeout(packet, false),
    };
    return { flow, direction: 'original', related: false };
  }

  /** The quoted packet is as it was seen on the far side; its inverse is what an answer would look like there. */
  #error(quoted: Tuple, now: number): Tracked | undefined {
    const found = this.#flowByKey.get(tupleKey(inverted(quoted)));
    return found && found.flow.expiresAt > now ? { ...found, related: true } : undefined;
  }

  #purge(now: number): void {
    for (const [key, { flow }] of this.#flowByKey) if (flow.expiresAt <= now) this.#flowByKey.delete(key);
  }
}

function timeout(packet: Packet, answered: boolean): number {
  switch (packet.protocol) {
    case 'icmp':
      return TIMEOUT.icmp;
    case 'udp':
      return answered ? TIMEOUT.udpStream : TIMEOUT.udpNew;
    case 'tcp':
      if (packet.body.kind === 'rst') return 10_000;
      if (packet.body.kind === 'fin') return TIMEOUT.tcpClosing;
      return answered ? TIMEOUT.tcpEstablished : TIMEOUT.tcpNew;
  }
}
