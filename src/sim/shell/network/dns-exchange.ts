/** One exchange of DNS messages as diagnostic tools make it: one query, tried several times, told apart by how it failed. */
import { isErrno, type Errno } from '../../linux/errno.ts';
import { familyOf } from '../../linux/net/address.ts';
import { bytesOfAnswer } from './dns-size.ts';
import { decodeAnswer, encodeQuery, type DnsAnswer, type DnsType } from '../../linux/net/dns-message.ts';
import { abandon, openUdp, receive } from '../../linux/net/socket-calls.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

export interface DnsQuestion {
  readonly server: string;
  readonly port: number;
  readonly name: string;
  readonly type: DnsType;
  /** Milliseconds per try. */
  readonly timeout: number;
}

export type DnsOutcome =
  | { readonly kind: 'answer'; readonly answer: DnsAnswer; readonly milliseconds: number; readonly bytes: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'refused' }
  /** It could not even be sent. */
  | { readonly kind: 'unsent'; readonly error: Errno };

/** Asks once. */
export function* exchange(context: ProcessContext, question: DnsQuestion): Blocking<DnsOutcome> {
  const socket = openUdp(context, { family: familyOf(question.server) });
  if (isErrno(socket)) return { kind: 'unsent', error: socket };
  const { simulation } = context;
  const startedAt = simulation.now;
  const id = simulation.random.integer(1, 65_535);
  try {
    const failed = socket.sendTo(question.server, question.port, encodeQuery({ id, name: question.name, type: question.type }));
    if (failed) return { kind: 'unsent', error: failed };
    for (;;) {
      const arrival = yield* receive(context, socket, startedAt + question.timeout);
      if (isErrno(arrival)) return { kind: 'timeout' };
      if (arrival.kind === 'error') return { kind: 'refused' };
      if (arrival.kind !== 'datagram') continue;
      const answer = decodeAnswer(arrival.text);
      if (answer?.id === id) return { kind: 'answer', answer, milliseconds: simulation.now - startedAt, bytes: bytesOfAnswer(answer) };
    }
  } finally {
    abandon(socket);
  }
}
