/** A run of echo requests as every ping makes it: sends at an interval, keeps count, tells a listener what comes. Prints nothing. */
import { isErrno, type Errno } from '../../linux/errno.ts';
import type { Arrival, DatagramSocket } from '../../linux/net/socket/datagram-socket.ts';
import { receive } from '../../linux/net/socket-calls.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

export type EchoReply = Extract<Arrival, { readonly kind: 'echo-reply' }>;
export type EchoError = Extract<Arrival, { readonly kind: 'error' }>;

export interface EchoPlan {
  readonly socket: DatagramSocket;
  readonly address: string;
  readonly size: number;
  /** Milliseconds between two requests. */
  readonly interval: number;
  /** Answers after which it is enough. */
  readonly count: number | undefined;
  readonly firstSequence: number;
  /** Milliseconds from the first request after which it is enough. */
  readonly deadline: number | undefined;
  /** Milliseconds to wait once the last request is out. */
  readonly linger: (totals: EchoTotals) => number;
  /** Whether errors count as answers. */
  readonly errorsCount: boolean;
  /** Sends the next request as soon as an answer is there. */
  readonly adaptive: boolean;
}

export interface EchoListener {
  readonly reply: (reply: EchoReply, milliseconds: number, again: boolean) => void;
  readonly error: (error: EchoError, sequence: number) => Blocking<void>;
  /** @returns whether to go on */
  readonly unsent: (error: Errno) => boolean;
}

/** Times in milliseconds. */
export class EchoTotals {
  sent = 0;
  received = 0;
  repeated = 0;
  errors = 0;
  least = Infinity;
  most = 0;
  sum = 0;
  squares = 0;
  /** Requests that were under way at once, at most. */
  pipe = 0;
  startedAt = 0;
  lastAt = 0;
  /** Sending failed and the listener wanted no more. */
  gaveUp = false;

  get average(): number {
    return this.sum / Math.max(1, this.received + this.repeated);
  }

  /** Mean deviation as iputils has it. */
  get deviation(): number {
    return Math.sqrt(Math.max(0, this.squares / Math.max(1, this.received + this.repeated) - this.average ** 2));
  }
}

/** Sends and receives until enough has come, time is up or SIGINT arrives. */
export function* runEcho(context: ProcessContext, plan: EchoPlan, listener: EchoListener): Blocking<EchoTotals> {
  const { simulation } = context;
  const totals = new EchoTotals();
  totals.startedAt = totals.lastAt = simulation.now;
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGALRM'] as const)
    context.handle(signal, () => {
      interrupted = true;
    });
  const sentAt = new Map<number, number>();
  const answered = new Set<number>();
  const end = plan.deadline === undefined ? Infinity : totals.startedAt + plan.deadline;
  let nextAt = simulation.now;
  let lingersUntil = Infinity;
  const enough = (): boolean => plan.count !== undefined && totals.received + (plan.errorsCount ? totals.errors : 0) >= plan.count;
  while (!interrupted && !enough() && simulation.now < end && simulation.now < lingersUntil) {
    const all = plan.count !== undefined && totals.sent >= plan.count && plan.deadline === undefined;
    if (!all && simulation.now >= nextAt) {
      const sequence = plan.firstSequence + totals.sent;
      sentAt.set(sequence, simulation.now);
      totals.lastAt = simulation.now;
      const failed = plan.socket.sendEcho(plan.address, { sequence, size: plan.size });
      if (failed && !listener.unsent(failed)) {
        totals.gaveUp = true;
        return totals;
      }
      totals.sent++;
      // A timer is never exact; tools show it in their totals.
      nextAt = simulation.now + plan.interval + (plan.interval >= 100 ? simulation.random.integer(1, 24) : 0);
      if (plan.count !== undefined && totals.sent >= plan.count && plan.deadline === undefined) lingersUntil = simulation.now + plan.linger(totals);
      continue;
    }
    const arrival = yield* receive(context, plan.socket, Math.min(all ? Infinity : nextAt, end, lingersUntil));
    if (isErrno(arrival)) continue;
    if (arrival.kind === 'echo-reply') {
      const time = Math.max(0.001, simulation.now - (sentAt.get(arrival.sequence) ?? simulation.now));
      const again = answered.has(arrival.sequence);
      answered.add(arrival.sequence);
      if (again) totals.repeated++;
      else totals.received++;
      totals.least = Math.min(totals.least, time);
      totals.most = Math.max(totals.most, time);
      totals.sum += time;
      totals.squares += time * time;
      totals.lastAt = simulation.now;
      totals.pipe = Math.max(totals.pipe, plan.firstSequence + totals.sent - arrival.sequence);
      listener.reply(arrival, time, again);
      if (plan.adaptive) nextAt = simulation.now;
    } else if (arrival.kind === 'error') {
      const sequence = [...sentAt.keys()].find((each) => !answered.has(each)) ?? plan.firstSequence;
      answered.add(sequence);
      totals.errors++;
      totals.pipe = Math.max(totals.pipe, plan.firstSequence + totals.sent - sequence);
      yield* listener.error(arrival, sequence);
    }
  }
  return totals;
}
