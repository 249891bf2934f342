/**
 * Brings a moment of a world about again: a fresh world from the same recipe takes the same inputs at the same places in
 * time. Works in slices, so that a page stays answerable; the first world is never touched.
 */
import { driveTo } from './drive.ts';
import type { JournalEntry, Place } from './journal.ts';
import { PageTurns } from './page-turns.ts';
import type { SceneRecipe } from './scene-recipe.ts';
import { Scene } from './scene.ts';
import { WorldInputs } from './world-inputs.ts';
import type { Turns } from '../sim/engine/simulation.ts';

export interface Replayed {
  readonly scene: Scene;
  readonly inputs: WorldInputs;
}

export interface ReplayRequest {
  readonly recipe: SceneRecipe;
  readonly entries: readonly JournalEntry[];
  /** Virtual time of the moment, in milliseconds. */
  readonly at: number;
  /** Nobody wants the result any more. */
  readonly signal?: AbortSignal;
}

/** Actions that bringing a moment about may take: some seconds of work. A link may carry a loop that goes on for hours. */
const MOST_STEPS = 3_000_000;

/** So much happens up to the moment that it is not brought about. */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork';
}

/** @throws the signal's reason when it was aborted, TooMuchWork when it would take too long */
export async function replay({ recipe, entries, at, signal }: ReplayRequest): Promise<Replayed> {
  const turns = new PageTurns(signal);
  const taken = new Set(entries.flatMap((entry) => (entry.kind === 'ask' ? [entry.request] : [])));
  const scene = await Scene.open(recipe, turns);
  const inputs = new WorldInputs({ scene, files: recipe.files, takes: (number) => taken.has(number) });
  await scene.begin();
  const perform = (entry: JournalEntry): void => {
    inputs.perform(entry);
  };
  await playBack(scene, { entries: entries.filter(({ now }) => now <= at), end: { steps: MOST_STEPS, now: at }, perform, turns });
  if (scene.simulation.now < at) throw new TooMuchWork();
  return { scene, inputs };
}

export interface PlayedBack {
  readonly entries: readonly JournalEntry[];
  /** Where to stop after the last of them. */
  readonly end: Place;
  readonly perform: (entry: JournalEntry) => void;
  readonly turns: Turns;
}

/** Lets inputs into a scene that has begun, each at its place. */
export async function playBack(scene: Scene, { entries, end, perform, turns }: PlayedBack): Promise<void> {
  for (const entry of entries) {
    await driveToPlace(scene, { steps: Math.min(entry.steps, end.steps), now: entry.now }, turns);
    if (scene.simulation.steps >= end.steps) return;
    perform(entry);
  }
  await driveToPlace(scene, end, turns);
}

async function driveToPlace({ simulation }: Scene, { steps, now }: Place, turns: Turns): Promise<void> {
  for (;;) {
    await simulation.settled();
    const { complete } = driveTo(simulation, now, { budget: Math.max(0, steps - simulation.steps), due: turns.due });
    if (simulation.waitsForOutside) continue;
    if (complete || simulation.steps >= steps) return;
    await turns.give();
  }
}
