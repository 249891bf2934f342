/**
 * What an author says about one exercise: where it starts, what must become true, which wrong answers are known.
 * Data and references to checks; all words stand in the lesson's front matter, per locale.
 */
import type { Check } from './check.ts';
import type { ManifestVariant } from './manifest-variant.ts';

export interface Exercise {
  /** Ids that this lesson had before it was renamed: what was written under them comes along. */
  readonly formerly?: readonly string[];
  /** The manifest that the editor opens, as `vi` and `kubectl -f` name it. */
  readonly file: string;
  readonly scene: Scene;
  /** In the order in which a learner meets them. */
  readonly goals: readonly Goal[];
  readonly misconceptions: readonly Misconception[];
  /** Where commands can be run, first the one that is open; containers appear as they start. */
  readonly observers: readonly string[];
  /** What `Compare` runs at first, and where; `more` are further commands that bear on the lesson's question. */
  readonly comparison: { readonly command: string; readonly observers: readonly string[]; readonly more: readonly string[] };
  /** Commands that the lesson asks the learner to type, in order: the worked example, played by tests and by `scenes`. */
  readonly walkthrough: readonly WalkthroughStep[];
}

export interface Scene {
  /** Done before the learner comes, so that a Pod lands on a node one can foresee. */
  readonly commands: readonly { readonly at: string; readonly run: string }[];
  /** Programs that somebody runs at a terminal of a machine. */
  readonly running: readonly { readonly at: string; readonly program: string }[];
}

export interface Goal {
  /** Title, hints and what it proves stand under this id in the front matter. */
  readonly id: string;
  readonly check: Check;
}

export interface Misconception {
  /** Title and text stand under this id in the front matter. */
  readonly id: string;
  /** Findings of these codes reveal it (`finding.<code>`), optionally only about this goal. */
  readonly revealedBy: readonly string[];
  /** The manifest that somebody with it writes; tests see that it is answered with this misconception's words. */
  readonly example: ManifestVariant;
}

export interface WalkthroughStep {
  readonly at: string;
  readonly run: string;
  /** Waits until this Pod is ready before the command is run. */
  readonly whenReady?: string;
  /** Name → regular expression with one group, as in recordings. */
  readonly capture?: Readonly<Record<string, string>>;
}

/** Lets editors and the compiler check an author's exercise; returns it unchanged. */
export function defineExercise(exercise: Exercise): Exercise {
  return exercise;
}
