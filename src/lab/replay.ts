/**
 * Brings a moment of a world about again: a fresh world from the same recipe takes the same inputs at the same places in
 * time. Works in slices, so that a page stays answerable; the first world is never touched.
 */
import { driveTo } from './drive.ts';
import type { JournalEntry } from './journal.ts';
import type { SceneRecipe } from './scene-recipe.ts';
import { Scene } from './scene.ts';
import { WorldInputs } from './world-inputs.ts';

/** Real milliseconds of work between two turns of the page, and actions between two looks at the clock. */
const SLICE = 12;
const ACTIONS = 100;

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

/** @throws the signal's reason when it was aborted */
export async function replay({ recipe, entries, at, signal }: ReplayRequest): Promise<Replayed> {
  const slices = new Slices(signal);
  await slices.next();
  const taken = new Set(entries.flatMap((entry) => (entry.kind === 'ask' ? [entry.request] : [])));
  const scene = new Scene(recipe);
  const inputs = new WorldInputs({ scene, files: recipe.files, takes: (number) => taken.has(number) });
  await slices.next();
  await scene.begin();
  for (const entry of entries) {
    if (entry.now > at) break;
    await driveToPlace(scene, entry, slices);
    inputs.perform(entry);
  }
  await driveToPlace(scene, { steps: Number.POSITIVE_INFINITY, now: at }, slices);
  return { scene, inputs };
}

async function driveToPlace({ simulation }: Scene, { steps, now }: { readonly steps: number; readonly now: number }, slices: Slices): Promise<void> {
  for (;;) {
    await simulation.settled();
    const { complete } = driveTo(simulation, now, Math.min(ACTIONS, Math.max(0, steps - simulation.steps)));
    if (simulation.waitsForOutside) continue;
    if (complete || simulation.steps >= steps) return;
    await slices.ifLong();
  }
}

class Slices {
  readonly #signal: AbortSignal | undefined;
  #begun = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** Gives the page its turn. */
  async next(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.#signal?.throwIfAborted();
    this.#begun = performance.now();
  }

  async ifLong(): Promise<void> {
    if (performance.now() - this.#begun > SLICE) await this.next();
  }
}
