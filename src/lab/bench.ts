/**
 * Joins one lesson's world, exercise and storage: what the window's parts ask, this answers. Draws nothing and words
 * nothing.
 */
import { admissionLookup } from '../exercise/admission-lookup.ts';
import { judge } from '../exercise/verdict.ts';
import type {
  Bench,
  BenchOptions,
  CourseState,
  EditRequest,
  Observation,
  Observer,
  SaveState,
  Suggestions,
  TerminalOptions,
  TerminalSession,
  TimelineEntry,
  Verdict,
} from './bench-contract.ts';
import { applyFile } from './apply-file.ts';
import { benchVerdict } from './bench-finding.ts';
import { loadExercise, type LessonExercise } from './exercises.ts';
import { LessonFiles } from './lesson-files.ts';
import { LessonCourse } from './lesson-course.ts';
import type { EditorCall, LiveWorld } from './live-world.ts';
import { mapSnapshot } from './map-snapshot.ts';
import { notedTerminal } from './noted-terminal.ts';
import { observation, observersOf } from './observe.ts';
import { ownClusterCommands } from './own-cluster-commands.ts';
import { loadPrograms } from './programs.ts';
import { readSavedLesson, writeSavedLesson } from './saved-work.ts';
import { storyOf } from './story-of.ts';
import type { Story } from './story.ts';
import { suggestionsOf } from './suggestions.ts';
import { timelineEntries } from './timeline-entries.ts';
import { TypedLines } from './typed-lines.ts';
import { worldFacts } from './world-facts.ts';

export async function createBench({ lessonId }: BenchOptions): Promise<Bench> {
  const [lesson, programs] = await Promise.all([loadExercise(lessonId), loadPrograms()]);
  const files = new LessonFiles(lessonId, { file: lesson.exercise.file, start: lesson.start });
  const lines = new TypedLines();
  const ears: Ears = { onChange: () => undefined, onEdit: () => false };
  const course = await LessonCourse.open({
    lessonId,
    scene: lesson.exercise.scene,
    programs,
    files,
    lines,
    onChange: () => {
      ears.onChange();
    },
    onEdit: (call) => ears.onEdit(call),
  });
  const bench = new LessonBench({ lessonId, lesson, files, lines, course, ears });
  await course.begin();
  return bench;
}

/** What the course tells whoever listens. */
interface Ears {
  onChange: () => void;
  onEdit: (call: EditorCall) => boolean;
}

interface BenchParts {
  readonly lessonId: string;
  readonly lesson: LessonExercise;
  readonly files: LessonFiles;
  readonly lines: TypedLines;
  readonly course: LessonCourse;
  readonly ears: Ears;
}

class LessonBench implements Bench {
  readonly #lessonId: string;
  readonly #lesson: LessonExercise;
  readonly #listeners = new Set<() => void>();
  readonly #editListeners = new Set<(request: EditRequest) => void>();
  readonly #files: LessonFiles;
  readonly #history: TypedLines;
  readonly #course: LessonCourse;
  #announced = false;

  constructor({ lessonId, lesson, files, lines, course, ears }: BenchParts) {
    this.#lessonId = lessonId;
    this.#lesson = lesson;
    this.#files = files;
    this.#history = lines;
    this.#course = course;
    ears.onChange = () => {
      this.#announce();
    };
    ears.onEdit = (call) => this.#edit(call);
  }

  get #live(): LiveWorld {
    return this.#course.live;
  }

  files(): readonly string[] {
    return [...this.#files.all().keys()];
  }

  text(file: string): string {
    return this.#files.text(file) ?? '';
  }

  takeWritten(): readonly string[] {
    return this.#files.takeWritten();
  }

  setText(file: string, text: string): void {
    if (!this.#files.set(file, text)) return;
    this.#live.write(file, text);
    this.#announce();
  }

  takeFiles(texts: { readonly [file: string]: string }): void {
    this.#files.replace(new Map(Object.entries(texts)));
    for (const [file, text] of Object.entries(texts)) this.#live.write(file, text);
    this.#announce();
  }

  verdict(text: string): Verdict {
    const { exercise } = this.#lesson;
    const world = worldFacts(this.#live.scene.world, this.#live.scene.started, this.#history.all());
    const result = judge({ text, exercise, context: { namespace: 'default', lookup: admissionLookup }, world });
    if (result.status === 'solved' && !readSavedLesson(this.#lessonId).solved) writeSavedLesson(this.#lessonId, { solved: true });
    return benchVerdict(result);
  }

  async apply(file: string): Promise<{ readonly exitCode: number; readonly output: string }> {
    this.#live.write(file, this.text(file));
    const final = await applyFile(this.#live, file);
    if (final.exitCode === 0) await this.#live.scene.settle();
    this.#announce();
    return { exitCode: final.exitCode, output: final.stdout + final.stderr };
  }

  observers(): readonly Observer[] {
    return observersOf(this.#live.scene.world);
  }

  openTerminal(observer: string, options: TerminalOptions): TerminalSession {
    return notedTerminal({ observer, options, live: this.#live, note: this.#history.terminal(observer) });
  }

  async runEverywhere(command: string, observers: readonly string[]): Promise<readonly Observation[]> {
    const results: Observation[] = [];
    for (const observer of observers) {
      const { scene } = this.#live;
      const result = await this.#live.run(observer, command);
      this.#history.add(observer, command);
      results.push(observation(scene, { observer, command, result }));
    }
    this.#announce();
    return results;
  }

  suggestions(): Suggestions {
    return suggestionsOf(this.#lesson.exercise);
  }

  snapshot(): ReturnType<Bench['snapshot']> {
    return mapSnapshot(this.#live.scene.world.cluster);
  }

  events(): readonly TimelineEntry[] {
    const { scene, journal } = this.#live;
    return timelineEntries(scene, journal.entries());
  }

  story(): Story {
    return storyOf(this.#lessonId, this.#live);
  }

  ownClusterCommands(): readonly string[] {
    return ownClusterCommands(this.#history.all(), this.#lesson.exercise.walkthrough);
  }

  reset(): Promise<() => void> {
    return this.#restart(this.#files.atStart(), () => {
      this.#files.restart();
    });
  }

  startAfresh(): Promise<() => void> {
    return this.#restart(this.#files.all(), () => undefined);
  }

  async #restart(files: ReadonlyMap<string, string>, then: () => void): Promise<() => void> {
    let before = { files: new Map(this.#files.all()), lines: this.#history.all() };
    const undo = await this.#course.restart(files, () => {
      before = { files: new Map(this.#files.all()), lines: this.#history.all() };
      then();
      this.#history.clear();
    });
    return () => {
      this.#files.replace(before.files);
      this.#history.restore(before.lines);
      undo();
    };
  }

  course(): CourseState {
    return this.#course.state;
  }

  solution(): Promise<string> {
    return this.#lesson.solution();
  }

  saveState(): SaveState {
    return this.#files.saved;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onEdit(listener: (request: EditRequest) => void): () => void {
    this.#editListeners.add(listener);
    // A program of the last visit may wait for the editor.
    if (this.#course.state === 'returned') this.#live.askAgain();
    return () => this.#editListeners.delete(listener);
  }

  #edit({ name, text, done }: EditorCall): boolean {
    if (this.#editListeners.size === 0) return false;
    const finish = (edited?: string): void => {
      done(edited);
      if (edited !== undefined) this.#files.set(name, edited);
    };
    // A file that the lesson brings may have been edited since; the window's text is the newer one.
    for (const listener of this.#editListeners) listener({ name, text: this.#files.text(name) ?? text, done: finish });
    return true;
  }

  /** Tells the window, at most once per turn. */
  #announce(): void {
    if (this.#announced) return;
    this.#announced = true;
    queueMicrotask(() => {
      this.#announced = false;
      for (const listener of this.#listeners) listener();
    });
  }
}
