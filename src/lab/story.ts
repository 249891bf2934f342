/** A world's course so far, as data: enough to bring any moment of it about again, here or elsewhere. */
import type { JournalEntry } from './journal.ts';
import type { SceneRecipe } from './scene-recipe.ts';

export interface Story {
  readonly lessonId: string;
  readonly recipe: SceneRecipe;
  readonly entries: readonly JournalEntry[];
  /** Virtual time at which the learner entered; moments count from it. */
  readonly entered: number;
  /** Milliseconds since then. */
  readonly now: number;
  /** The journal was full at this moment; later ones cannot be brought about. */
  readonly fullSince?: number;
}
