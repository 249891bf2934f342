/** Carries standard input to a connection and the connection to standard output until one of them ends: the heart of nc and telnet. */
import { isErrno } from '../../linux/errno.ts';
import { isAgain, type OpenFile } from '../../linux/fs/open-file.ts';
import type { DatagramSocket } from '../../linux/net/socket/datagram-socket.ts';
import { TcpSocket } from '../../linux/net/socket/tcp-socket.ts';
import type { WaitQueue } from '../../engine/wait-queue.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

export interface RelayPlan {
  readonly socket: TcpSocket | DatagramSocket;
  /** Whether standard input is read at all. */
  readonly input: boolean;
  /** What the end of input means: nothing, no more data for the other side, or the end after so many milliseconds. */
  readonly atInputEnd: 'stay' | 'shutdown' | number;
  /** Milliseconds without a byte after which it ends. */
  readonly idle?: number | undefined;
  /** `idle` counts only once the input has ended. */
  readonly idleAfterInput?: boolean;
  /** What is sent for a piece of input. */
  readonly translate?: (text: string) => string;
}

const MAX = 65_536;

/** @returns why it ended */
export function* relay(context: ProcessContext, plan: RelayPlan): Blocking<'closed' | 'idle' | 'quit' | 'failed' | 'interrupted'> {
  const { simulation } = context;
  const { socket } = plan;
  let input: OpenFile | undefined = plan.input ? context.process.files.get(0) : undefined;
  let inputEnded = false;
  let quitAt = Infinity;
  let lastAt = simulation.now;
  const endInput = (): void => {
    input = undefined;
    inputEnded = true;
    lastAt = simulation.now;
    if (plan.atInputEnd === 'shutdown') {
      if (socket instanceof TcpSocket) socket.shutdown();
    } else if (typeof plan.atInputEnd === 'number') quitAt = simulation.now + plan.atInputEnd;
  };
  if (plan.input && !input) endInput();
  for (;;) {
    const received = socket.read({ max: MAX });
    if (isErrno(received)) return 'failed';
    if (!isAgain(received)) {
      if (received === '' && socket instanceof TcpSocket) return 'closed';
      context.out(received);
      lastAt = simulation.now;
      yield* context.flush();
      continue;
    }
    if (input && !socket.full) {
      const typed = input.read({ max: MAX });
      if (isErrno(typed) || typed === '') {
        endInput();
        continue;
      }
      if (!isAgain(typed)) {
        lastAt = simulation.now;
        const failed = socket.write(plan.translate?.(typed) ?? typed);
        if (failed && failed.code !== 'EPERM') return 'failed';
        continue;
      }
    }
    const counts = plan.idle !== undefined && (inputEnded || !plan.idleAfterInput);
    const until = Math.min(quitAt, counts ? lastAt + (plan.idle ?? 0) : Infinity);
    const queues: WaitQueue[] = [socket.readable];
    if (input) queues.push(socket.full ? socket.writable : input.readable);
    const reason = yield* context.waitFor(queues, until === Infinity ? undefined : until);
    if (reason === 'signal') return 'interrupted';
    if (reason === 'timeout') return simulation.now >= quitAt ? 'quit' : 'idle';
  }
}

/** Waits for the first datagram and talks to its sender from then on. @returns its text */
export function* firstDatagram(context: ProcessContext, socket: DatagramSocket): Blocking<string | undefined> {
  for (;;) {
    const arrival = socket.take();
    if (arrival?.kind === 'datagram') {
      socket.peerAddress = arrival.address;
      socket.peerPort = arrival.port;
      return arrival.text;
    }
    if (arrival) continue;
    if ((yield* context.waitFor([socket.readable])) === 'signal') return undefined;
  }
}
