/** Finds the way to an address with probes whose time to live grows, one after another. Prints nothing. */
import { isErrno, type Errno } from '../../linux/errno.ts';
import { familyOf } from '../../linux/net/address.ts';
import type { UnreachableReason } from '../../linux/net/packet.ts';
import { abandon, openEcho, openUdp, receive } from '../../linux/net/socket-calls.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

export interface ProbePlan {
  readonly address: string;
  readonly ttl: number;
  readonly port: number;
  readonly echo: boolean;
  readonly bytes: number;
  /** Milliseconds. */
  readonly wait: number;
}

export type ProbeOutcome =
  | { readonly kind: 'silence' }
  | { readonly kind: 'unsent'; readonly error: Errno }
  /** `reason` undefined: the addressee itself has answered. */
  | { readonly kind: 'answer'; readonly from: string; readonly milliseconds: number; readonly reason: UnreachableReason | undefined };

/** Sends one probe and waits for what comes back. */
export function* probe(context: ProcessContext, plan: ProbePlan): Blocking<ProbeOutcome> {
  const family = familyOf(plan.address);
  const socket = plan.echo ? openEcho(context, family) : openUdp(context, { family });
  if (isErrno(socket)) return { kind: 'unsent', error: socket };
  socket.ttl = plan.ttl;
  const startedAt = context.simulation.now;
  try {
    const error = plan.echo
      ? socket.sendEcho(plan.address, { sequence: plan.ttl, size: plan.bytes })
      : socket.sendTo(plan.address, plan.port, '\0'.repeat(plan.bytes));
    if (error) return { kind: 'unsent', error };
    for (;;) {
      const arrival = yield* receive(context, socket, startedAt + plan.wait);
      if (isErrno(arrival)) return { kind: 'silence' };
      const milliseconds = context.simulation.now - startedAt;
      if (arrival.kind === 'error')
        return {
          kind: 'answer',
          from: arrival.address,
          milliseconds,
          reason: arrival.reason === 'port-unreachable' && arrival.address === plan.address ? undefined : arrival.reason,
        };
      return { kind: 'answer', from: arrival.address, milliseconds, reason: undefined };
    }
  } finally {
    abandon(socket);
  }
}

/** The mark behind a time, as every traceroute has it; undefined where the way goes on. */
export function markOf(reason: UnreachableReason | undefined): string | undefined {
  switch (reason) {
    case 'host-unreachable':
      return '!H';
    case 'net-unreachable':
      return '!N';
    case 'port-unreachable':
      return '';
    case 'host-prohibited':
      return '!Z';
    case 'admin-prohibited':
      return '!X';
    case undefined:
      return '';
    case 'time-exceeded':
      return undefined;
  }
}
