/**
 * Lets virtual time pass so that two runs of one world agree: whenever a program waits for a chunk to be loaded, time
 * stands still until it is there, however long that takes. Knows nothing of what happens in the world.
 */
import type { Simulation, Turns } from '../sim/engine/simulation.ts';

export interface Driven {
  readonly steps: number;
  /** Time really reached the end. */
  readonly complete: boolean;
}

export interface DriveLimits {
  /** Actions at most. */
  readonly budget?: number;
  /** Asked between two actions: whether it is time for something else. At least one is done, so that everyone gets on. */
  readonly due?: (() => boolean) | undefined;
}

/** Advances to the virtual time `end`, if no limit comes first; stops where outside work begins. */
export function driveTo(simulation: Simulation, end: number, { budget = Number.POSITIVE_INFINITY, due }: DriveLimits = {}): Driven {
  let steps = 0;
  for (;;) {
    if (simulation.waitsForOutside) return { steps, complete: false };
    const next = simulation.nextAt;
    if (next === undefined || next > end) break;
    if (steps >= budget || (steps > 0 && due?.() === true)) return { steps, complete: false };
    simulation.step();
    steps++;
  }
  if (end > simulation.now) simulation.advance(end - simulation.now, 0);
  return { steps, complete: true };
}

/** The same for `duration` virtual milliseconds, outside work included; others get their turns. */
export async function driveFor(simulation: Simulation, duration: number, turns?: Turns): Promise<void> {
  const end = simulation.now + duration;
  for (;;) {
    await simulation.settled();
    if (driveTo(simulation, end, { due: turns?.due }).complete) return;
    if (turns?.due() === true) await turns.give();
  }
}
