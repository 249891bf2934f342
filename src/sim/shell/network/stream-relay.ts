/** Joins standard input and output with a connection, as nc and telnet do: both directions at once, until one side ends. */
import { isErrno } from '../../linux/errno.ts';
import { isAgain } from '../../linux/fs/open-file.ts';
import type { TcpSocket } from '../../linux/net/socket/tcp-socket.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

export interface RelayOptions {
  /** Closes the sending half at the end of standard input. */
  readonly closeOnEnd: boolean;
  /** Ends (instead of waiting for the other side) at the end of standard input after so many milliseconds. */
  readonly quitAfter?: number | undefined;
  /** Ends when nothing has come or gone for so many milliseconds. */
  readonly idle?: number | undefined;
  readonly noInput?: boolean;
}

/** @returns when the other side has closed, or one of the limits was reached */
export function* relay(context: ProcessContext, socket: TcpSocket, options: RelayOptions): Blocking<void> {
  const input = options.noInput === true ? undefined : context.process.files.get(0);
  let inputOpen = input !== undefined;
  let quitAt: number | undefined;
  let idleAt = options.idle === undefined ? undefined : context.simulation.now + options.idle;
  for (;;) {
    let moved = false;
    const received = socket.read({ max: 65_536 });
    if (isErrno(received) || received === '') return;
    if (!isAgain(received)) {
      context.out(received);
      yield* context.flush();
      moved = true;
    }
    if (inputOpen && input && !socket.full) {
      const typed = input.read({ max: 65_536 });
      if (typed === '' || isErrno(typed)) {
        inputOpen = false;
        if (options.closeOnEnd) socket.shutdown();
        if (options.quitAfter !== undefined) quitAt = context.simulation.now + options.quitAfter;
        moved = true;
      } else if (!isAgain(typed)) {
        if (isErrno(socket.write(typed))) return;
        moved = true;
      }
    }
    if (moved) {
      if (options.idle !== undefined) idleAt = context.simulation.now + options.idle;
      continue;
    }
    const deadlines = [quitAt, idleAt].filter((each) => each !== undefined);
    const queues = [socket.readable, ...(inputOpen && input ? [input.readable] : []), ...(socket.full ? [socket.writable] : [])];
    const reason = yield* context.waitFor(queues, deadlines.length === 0 ? undefined : Math.min(...deadlines));
    if (reason === 'timeout') return;
  }
}
