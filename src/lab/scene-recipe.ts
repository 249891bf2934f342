/** From what a lesson's world is made: equal recipes make equal worlds. */
import type { Exercise } from '../exercise/exercise.ts';
import type { Programs } from './programs.ts';

/** All that a world depends on before anybody types. */
export interface SceneRecipe {
  readonly seed: string;
  /** Unix milliseconds; the recordings' morning when absent. */
  readonly epoch: number | undefined;
  readonly programs: Programs;
  readonly scene: Exercise['scene'];
  /** Texts by name that lie in the learner's home. */
  readonly files: ReadonlyMap<string, string>;
}
