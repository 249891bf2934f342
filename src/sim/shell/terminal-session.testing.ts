/** Plays recorded terminal sessions on a terminal of our own and tells what a person would have seen. */
import type { TerminalAt } from './shell-machine.testing.ts';

export interface RecordedSession {
  readonly id: string;
  readonly opening: string;
  readonly steps: readonly { readonly type: string; readonly wait?: number; readonly output: string }[];
}

export interface PlayedStep {
  readonly type: string;
  readonly expected: string;
  readonly actual: string;
}

/** Types the steps one after the other. The opening is the first entry, with nothing typed. */
export async function playSession(terminal: TerminalAt, session: RecordedSession): Promise<PlayedStep[]> {
  const played: PlayedStep[] = [{ type: '', expected: visible(session.opening), actual: visible(await terminal.type('', 1)) }];
  for (const step of session.steps) {
    const actual = await terminal.type(step.type, step.wait ?? 0.6);
    played.push({ type: step.type, expected: visible(step.output), actual: visible(actual) });
  }
  return played;
}

/** The text without control sequences, with process numbers made alike. */
export function visible(output: string): string {
  return (
    output
      // eslint-disable-next-line no-control-regex -- control sequences are what has to go
      .replace(/\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007|[\u0007\b\r]/g, '')
      .replace(/^(\[\d+\]) \d+$/gm, '$1 PID')
      .replace(/[ \t]+$/gm, '')
  );
}
