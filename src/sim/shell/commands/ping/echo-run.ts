/** What both pings do: send echo requests at their pace, take the answers, count. What is printed stands with each family. */
import { isErrno, type Errno } from '../../../linux/errno.ts';
import { familyOf, type Family } from '../../../linux/net/address.ts';
import type { UnreachableReason } from '../../../linux/net/packet.ts';
import type { Arrival } from '../../../linux/net/socket/datagram-socket.ts';
import { openEcho, receive } from '../../../linux/net/socket-calls.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';

export interface EchoRequest {
  readonly address: string;
  /** Undefined: without end. */
  readonly count: number | undefined;
  readonly size: number;
  /** Milliseconds between requests. */
  readonly interval: number;
  /** Milliseconds after the last request. */
  readonly linger: number;
  /** Milliseconds for everything. */
  readonly limit: number | undefined;
  readonly ttl: number | undefined;
  /** Number of the first one. */
  readonly first: 0 | 1;
}

export interface EchoListener {
  readonly sent?: () => void;
  readonly reply: (reply: {
    readonly address: string;
    readonly sequence: number;
    readonly ttl: number;
    readonly bytes: number;
    readonly milliseconds: number;
    readonly duplicate: boolean;
  }) => void;
  readonly trouble: (trouble: { readonly reason: UnreachableReason; readonly address: string; readonly sequence: number }) => void;
  /** A request could not be sent. @returns whether to go on */
  readonly refused: (error: Errno) => boolean;
}

export interface EchoStatistics {
  sent: number;
  received: number;
  errors: number;
  duplicates: number;
  readonly times: number[];
  /** Milliseconds from the first request to the last event. */
  elapsed: number;
}

/** Runs until everything was answered, time is over, or SIGINT came. @returns EPERM when no echo socket may be opened */
export function* runEcho(context: ProcessContext, request: EchoRequest, listener: EchoListener): Blocking<EchoStatistics | Errno> {
  const family: Family = familyOf(request.address);
  const socket = openEcho(context, family);
  if (isErrno(socket)) return socket;
  const fd = context.install(socket, 3);
  if (request.ttl !== undefined) socket.ttl = request.ttl;
  const statistics: EchoStatistics = { sent: 0, received: 0, errors: 0, duplicates: 0, times: [], elapsed: 0 };
  const sentAt = new Map<number, number>();
  const answered = new Set<number>();
  let interrupted = false;
  context.handle('SIGINT', () => {
    interrupted = true;
  });
  const begin = context.simulation.now;
  const end = request.limit === undefined ? Number.POSITIVE_INFINITY : begin + request.limit;
  let next = begin;
  let lastSent = begin;
  const take = (arrival: Arrival): void => {
    statistics.elapsed = context.simulation.now - begin;
    if (arrival.kind === 'echo-reply') {
      const sequence = arrival.sequence;
      const duplicate = answered.has(sequence);
      answered.add(sequence);
      const milliseconds = context.simulation.now - (sentAt.get(sequence) ?? begin) + context.simulation.random.integer(10, 60) / 1000;
      if (duplicate) statistics.duplicates++;
      else {
        statistics.received++;
        statistics.times.push(milliseconds);
      }
      listener.reply({ address: arrival.address, sequence, ttl: arrival.ttl, bytes: arrival.size + 8, milliseconds, duplicate });
    } else if (arrival.kind === 'error') {
      statistics.errors++;
      const sequence = [...sentAt.keys()].find((each) => !answered.has(each)) ?? request.first;
      answered.add(sequence);
      listener.trouble({ reason: arrival.reason, address: arrival.address, sequence });
    }
  };
  for (;;) {
    const done = request.count !== undefined && statistics.sent >= request.count;
    if (interrupted || context.simulation.now >= end) break;
    if (!done && context.simulation.now >= next) {
      const sequence = statistics.sent + request.first;
      statistics.sent++;
      sentAt.set(sequence, context.simulation.now);
      lastSent = context.simulation.now;
      listener.sent?.();
      next = context.simulation.now + request.interval;
      const failed = socket.sendEcho(request.address, { sequence, size: request.size });
      if (failed && !listener.refused(failed)) break;
      if (failed) answered.add(sequence);
      continue;
    }
    if (done && answered.size >= statistics.sent) break;
    const deadline = Math.min(end, done ? lastSent + request.linger : next);
    if (done && context.simulation.now >= deadline) break;
    const arrival = yield* receive(context, socket, deadline);
    if (!isErrno(arrival)) take(arrival);
    else if (arrival.code !== 'EAGAIN' && arrival.code !== 'EINTR') break;
  }
  statistics.elapsed = Math.max(statistics.elapsed, lastSent - begin);
  context.close(fd);
  return statistics;
}
