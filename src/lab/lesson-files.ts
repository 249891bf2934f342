/**
 * The files of one lesson as the learner has them: kept in the browser at every change, and taken back from the world
 * when a shell wrote them. Knows neither what the files mean nor who shows them.
 */
import type { World } from '../sim/shell/world.ts';
import type { SaveState } from './bench-contract.ts';
import { LONGEST_TEXT } from './longest-text.ts';
import { readSavedLesson, writeSavedLesson } from './saved-work.ts';
import { HOME, MASTER } from './scene.ts';

/** Virtual milliseconds between two looks at the files of the master. */
const LOOK_AGAIN = 300;

export class LessonFiles {
  readonly #lessonId: string;
  readonly #own: { readonly file: string; readonly start: string };
  readonly #written = new Set<string>();
  #texts: Map<string, string>;
  #lookedAt = 0;
  #saved: SaveState = 'saved';

  /** @param own the file that the lesson brings, and its text */
  constructor(lessonId: string, own: { readonly file: string; readonly start: string }) {
    this.#lessonId = lessonId;
    this.#own = own;
    this.#texts = new Map([[own.file, own.start], ...Object.entries(readSavedLesson(lessonId).files)]);
  }

  get saved(): SaveState {
    return this.#saved;
  }

  all(): ReadonlyMap<string, string> {
    return this.#texts;
  }

  text(file: string): string | undefined {
    return this.#texts.get(file);
  }

  /** @returns whether that is a change */
  set(file: string, text: string): boolean {
    if (this.#texts.get(file) === text) return false;
    this.#texts.set(file, text);
    this.#save();
    return true;
  }

  /** Replaces all files at once. */
  replace(texts: ReadonlyMap<string, string>): void {
    this.#texts = new Map(texts);
    this.#lookedAt = 0;
    this.#save();
  }

  /** Only the lesson's own file, as it brings it. */
  atStart(): ReadonlyMap<string, string> {
    return new Map([[this.#own.file, this.#own.start]]);
  }

  restart(): void {
    this.replace(this.atStart());
  }

  /** Names of files that a shell has written since the last call. */
  takeWritten(): readonly string[] {
    const names = [...this.#written];
    this.#written.clear();
    return names;
  }

  /** Manifests that were written in a shell (`cat > f`) come into the window. */
  readBack(world: World): void {
    const { now } = world.cluster.simulation;
    if (now - this.#lookedAt < LOOK_AGAIN) return;
    this.#lookedAt = now;
    let changed = false;
    for (const name of world.listFiles(MASTER, HOME)) {
      if (!/\.ya?ml$/.test(name)) continue;
      const text = world.readFile(MASTER, `${HOME}/${name}`);
      // An empty file is one that is being written.
      if (text === undefined || text === '' || text.length > LONGEST_TEXT || this.#texts.get(name) === text) continue;
      this.#texts.set(name, text);
      this.#written.add(name);
      changed = true;
    }
    if (changed) this.#save();
  }

  #save(): void {
    const files = Object.fromEntries([...this.#texts].filter(([name, text]) => name !== this.#own.file || text !== this.#own.start));
    this.#saved = writeSavedLesson(this.#lessonId, { files });
  }
}
