/** Plays recorded terminal sessions on a terminal of our own and tells what a person would have seen. */
import type { World } from './world.ts';

/** Somewhere to type: gives what came back within so many virtual seconds. */
export interface Typing {
  type(keys: string, seconds?: number): Promise<string>;
}

export interface RecordedSession {
  readonly id: string;
  readonly at: string;
  readonly files: Readonly<Record<string, string>>;
  readonly setup: readonly string[];
  readonly opening: string;
  readonly steps: readonly { readonly type: string; readonly wait?: number; readonly output: string }[];
}

export interface PlayedStep {
  readonly type: string;
  readonly expected: string;
  readonly actual: string;
}

/** Types the steps one after the other. The opening is the first entry, with nothing typed. */
export async function playSession(terminal: Typing, session: RecordedSession): Promise<PlayedStep[]> {
  const played: PlayedStep[] = [{ type: '', expected: visible(session.opening), actual: visible(await terminal.type('', 1)) }];
  for (const step of session.steps) {
    const actual = await terminal.type(step.type, step.wait ?? 0.6);
    played.push({ type: step.type, expected: visible(step.output), actual: visible(actual) });
  }
  return played;
}

/** The text without control sequences, with process numbers made alike. */
export function visible(output: string): string {
  return output

    .replace(/\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007|[\u0007\b\r]/g, '')
    .replace(/^(\[\d+\]) \d+$/gm, '$1 PID')
    .replace(/[ \t]+$/gm, '');
}

/** Puts the session's files in place, runs what comes before it, and opens its terminal. */
export async function openSession(world: World, session: RecordedSession): Promise<Typing> {
  const { simulation } = world.cluster;
  for (const [name, text] of Object.entries(session.files)) world.writeFile(session.at, `/root/${name}`, text);
  for (const line of session.setup) {
    const run = world.run(session.at, line);
    await simulation.runUntilSettled(() => run?.exitCode !== undefined, { limit: 180_000 });
    await pass(world, 300);
  }
  let output = '';
  const terminal = world.openTerminal(session.at, {
    rows: 24,
    columns: 80,
    onOutput: (text) => {
      output += text;
    },
    onEnd: () => undefined,
  });
  return {
    async type(keys, seconds = 0.4) {
      terminal?.input(keys);
      await pass(world, seconds * 1000);
      const seen = output;
      output = '';
      return seen;
    },
  };
}

async function pass(world: World, milliseconds: number): Promise<void> {
  const { simulation } = world.cluster;
  for (const end = simulation.now + milliseconds; simulation.now < end;) {
    await simulation.settled();
    simulation.advance(Math.min(20, end - simulation.now));
  }
}
