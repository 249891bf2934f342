/** The path of one packet, hop by hop, for the map's animation and for explanations; the last few hundred are kept. Never changes a packet's fate. */
import type { NamespaceInode } from '../namespace/inode.ts';

/** Where a hop happened. */
export interface HopPlace {
  readonly host: string;
  readonly namespace: NamespaceInode;
}

export type Hop = HopPlace &
  (
    | { readonly kind: 'sent' | 'received'; readonly device: string }
    | { readonly kind: 'bridged'; readonly bridge: string; readonly from: string; readonly to: string }
    | { readonly kind: 'switched'; readonly lan: string }
    | { readonly kind: 'forwarded'; readonly from: string; readonly to: string }
    | {
        readonly kind: 'rewritten';
        readonly what: 'destination' | 'source';
        readonly chain: string;
        readonly before: string;
        readonly after: string;
      }
    | { readonly kind: 'delivered'; readonly address: string }
    | { readonly kind: 'dropped'; readonly reason: DropReason; readonly detail: string }
  );

export type DropReason =
  'no-route' | 'not-forwarding' | 'link-down' | 'no-neighbour' | 'filtered' | 'rejected' | 'ttl-exceeded' | 'martian' | 'no-listener' | 'no-carrier';

export interface PacketTrace {
  readonly id: number;
  /** Virtual milliseconds of its start. */
  readonly at: number;
  /** Such as `tcp 192.168.2.100:40000 > 192.168.2.205:9000`. */
  readonly flow: string;
  readonly hops: Hop[];
}

const LIMIT = 400;

/** One list for a whole world; hand the same to every namespace of it. */
export class TraceLog {
  #traces: PacketTrace[] = [];
  #next = 0;

  start(at: number, flow: string): PacketTrace {
    const trace: PacketTrace = { id: this.#next++, at, flow, hops: [] };
    this.#traces.push(trace);
    if (this.#traces.length > LIMIT) this.#traces = this.#traces.slice(LIMIT / 2);
    return trace;
  }

  /** The remembered ones, oldest first. */
  list(): readonly PacketTrace[] {
    return this.#traces;
  }

  /** The latest one of `flow` (as in PacketTrace.flow, or a part of it). */
  traceOf(flow: string): PacketTrace | undefined {
    return this.#traces.findLast((each) => each.flow.includes(flow));
  }
}
