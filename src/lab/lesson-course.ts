/**
 * The cluster of one lesson from visit to visit: the one of the last visit comes back, a reset replaces it, and what happened is
 * kept from time to time. Knows nothing of verdicts and windows.
 */
import type { Exercise } from '../exercise/exercise.ts';
import type { Programs } from './programs.ts';
import type { CourseState } from './bench-contract.ts';
import { keepCourse, readKeptCourse } from './kept-course.ts';
import type { KeptCourse } from './kept-course-format.ts';
import type { LessonFiles } from './lesson-files.ts';
import { LiveWorld, type EditorCall, type WorldEars } from './live-world.ts';
import type { SceneRecipe } from './scene-recipe.ts';
import type { TypedLines } from './typed-lines.ts';

/** Real milliseconds between two times that a course is kept; leaving the page keeps it as well. */
const KEEP_AGAIN = 4_000;

interface Options {
  readonly lessonId: string;
  readonly scene: Exercise['scene'];
  readonly programs: Programs;
  readonly files: LessonFiles;
  readonly lines: TypedLines;
  readonly onChange: () => void;
  readonly onEdit: (call: EditorCall) => boolean;
}

export class LessonCourse {
  readonly #options: Options;
  readonly #kept: ReturnType<typeof readKeptCourse>;
  #live: LiveWorld;
  /** Of each world, since a reset can be taken back while one is still on its way. */
  readonly #states = new WeakMap<LiveWorld, CourseState>();
  #replacing: Promise<() => void> | undefined;
  #keptAt = 0;
  #keptEntries = 0;

  private constructor(options: Options, kept: ReturnType<typeof readKeptCourse>, live: LiveWorld) {
    this.#options = options;
    this.#kept = kept;
    this.#live = live;
  }

  /** Boots the world in which the lesson goes on, or begins. */
  static async open(options: Options): Promise<LessonCourse> {
    const kept = typeof document === 'undefined' ? 'none' : readKeptCourse(options.lessonId);
    const course = typeof kept === 'object' ? kept : undefined;
    return new LessonCourse(options, kept, await LiveWorld.open(recipeOf(options, course?.files ?? options.files.all(), course)));
  }

  get live(): LiveWorld {
    return this.#live;
  }

  get state(): CourseState {
    return this.#states.get(this.#live) ?? 'fresh';
  }

  /** Resolves as soon as there is a world to look at; one of the last visit may still be on its way to where it was. */
  begin(): Promise<void> {
    if (typeof document !== 'undefined') addEventListener('pagehide', () => this.#keep());
    const kept = this.#kept;
    if (typeof kept === 'object') return this.#return(kept);
    if (kept !== 'none') this.#states.set(this.#live, kept === 'tooLong' ? 'tooLong' : 'lost');
    return this.#live.begin(this.#ears(this.#live));
  }

  /**
   * Puts a new world in the place of this one, which goes on until the new one is there.
   * @param files the learner's in the new world
   * @param then called at the moment of change
   * @returns the way back
   */
  restart(files: ReadonlyMap<string, string>, then: () => void): Promise<() => void> {
    this.#replacing ??= this.#replace(files, then).finally(() => {
      this.#replacing = undefined;
    });
    return this.#replacing;
  }

  async #replace(files: ReadonlyMap<string, string>, then: () => void, state: CourseState = 'fresh'): Promise<() => void> {
    const live = await LiveWorld.open(recipeOf(this.#options, files));
    const before = this.#live;
    before.rest();
    then();
    this.#live = live;
    this.#states.set(live, state);
    void live.begin(this.#ears(live)).then(() => {
      this.#options.onChange();
    });
    return () => {
      this.#live.rest();
      this.#live = before;
      before.goOn();
      this.#options.onChange();
    };
  }

  #return(kept: KeptCourse): Promise<void> {
    const live = this.#live;
    const { files, lines } = this.#options;
    this.#states.set(live, 'returning');
    lines.restore(kept.lines);
    return new Promise((begun) => {
      const lose = (): void => {
        // A course that the simulator cannot bear is as good as none.
        if (this.#live === live) void this.#replace(files.all(), () => lines.clear(), 'lost');
        begun();
      };
      live.comeBack(kept, this.#ears(live), begun).then((same) => {
        if (!same) return lose();
        // What was typed in the editor since, or in another tab.
        for (const [file, text] of files.all()) live.write(file, text);
        this.#states.set(live, 'returned');
        if (this.#live !== live) return;
        live.askAgain();
        this.#options.onChange();
      }, lose);
    });
  }

  #ears(live: LiveWorld): WorldEars {
    return {
      onTick: () => {
        this.#options.files.readBack(live.scene.world);
        if (performance.now() - this.#keptAt > KEEP_AGAIN) this.#keepWhenIdle();
        this.#options.onChange();
      },
      onEdit: (call) => this.#options.onEdit(call),
    };
  }

  #keepWhenIdle(): void {
    this.#keptAt = performance.now();
    if (this.#live.journal.entries().length === this.#keptEntries) return;
    if (typeof requestIdleCallback === 'undefined') this.#keep();
    else requestIdleCallback(() => this.#keep());
  }

  /** Only what somebody did is worth coming back to: a terminal that was merely opened is not. */
  #keep(): void {
    if (this.state === 'returning') return;
    const { journal, recipe, scene } = this.#live;
    const entries = journal.entries();
    this.#keptEntries = entries.length;
    const { steps, now } = scene.simulation;
    const done = entries.some((entry) => entry.kind === 'run' || (entry.kind === 'type' && entry.text.includes('\r')));
    if (!done) return keepCourse(this.#options.lessonId, undefined);
    if (journal.fullSince !== undefined) return keepCourse(this.#options.lessonId, 'tooLong');
    const { epoch, files } = recipe;
    keepCourse(this.#options.lessonId, { epoch, files, entries, end: { steps, now }, lines: this.#options.lines.all() });
  }
}

function recipeOf({ lessonId, programs, scene }: Options, files: ReadonlyMap<string, string>, kept?: KeptCourse): SceneRecipe {
  const epoch = kept ? kept.epoch : typeof document === 'undefined' ? undefined : Date.now();
  return { seed: lessonId, epoch, programs, scene, files: new Map(files) };
}
