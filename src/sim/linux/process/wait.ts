/** What a program yields when it cannot go on: the one way in which simulated processes block. */
import type { WaitQueue } from '../../engine/wait-queue.ts';
import type { ProcessContext } from './process-context.ts';
import type { SignalName } from './signals.ts';

export interface Wait {
  readonly kind: 'wait';
  /** Any of these wakes the process. */
  readonly queues: readonly WaitQueue[];
  /** Virtual milliseconds (absolute) at which it is woken anyway. */
  readonly deadline?: number | undefined;
  /** False for sleeps that signals with a handler must not cut short. */
  readonly interruptible?: boolean;
}

/** Replaces the running program, as execve(2) does. Never returns on success. */
export interface ExecRequest {
  readonly kind: 'exec';
  readonly program: Program;
}

export type Request = Wait | ExecRequest;

export type WakeReason = 'ready' | 'timeout' | 'signal';

/** A running program: yields when it blocks, returns its exit code. */
export type Running = Generator<Request, number, WakeReason>;

/** What an executable file does. */
export type Program = (context: ProcessContext) => Running;

export type ExitStatus = { readonly kind: 'exited'; readonly code: number } | { readonly kind: 'signaled'; readonly signal: SignalName };

/** The status as a shell's `$?` shows it. */
export function shellStatus(status: ExitStatus, numberOf: (signal: string) => number): number {
  return status.kind === 'exited' ? status.code : 128 + numberOf(status.signal);
}
