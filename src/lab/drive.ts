/**
 * Lets virtual time pass so that two runs of one world agree: whenever a program waits for a chunk to be loaded, time
 * stands still until it is there, however long that takes. Knows nothing of what happens in the world.
 */
import type { Simulation } from '../sim/engine/simulation.ts';

export interface Driven {
  readonly steps: number;
  /** Time really reached the end. */
  readonly complete: boolean;
}

/** Advances to the virtual time `end`, by at most `budget` actions; stops where outside work begins. */
export function driveTo(simulation: Simulation, end: number, budget = Number.POSITIVE_INFINITY): Driven {
  let steps = 0;
  for (;;) {
    if (simulation.waitsForOutside) return { steps, complete: false };
    const next = simulation.nextAt;
    if (next === undefined || next > end) break;
    if (steps >= budget) return { steps, complete: false };
    simulation.step();
    steps++;
  }
  if (end > simulation.now) simulation.advance(end - simulation.now, 0);
  return { steps, complete: true };
}

/** The same for `duration` virtual milliseconds, outside work included. */
export async function driveFor(simulation: Simulation, duration: number): Promise<void> {
  const end = simulation.now + duration;
  for (;;) {
    await simulation.settled();
    if (driveTo(simulation, end).complete) return;
  }
}
