/**
 * Joins one lesson's world, exercise and storage: what the window's parts ask, this answers. Draws nothing and words
 * nothing.
 */
import { admissionLookup } from '../exercise/admission-lookup.ts';
import { judge } from '../exercise/verdict.ts';
import type {
  Bench,
  BenchOptions,
  EditRequest,
  Observation,
  Observer,
  SaveState,
  TerminalOptions,
  TerminalSession,
  TimelineEntry,
  Verdict,
} from './bench-contract.ts';
import { benchFinding, fullVerdict } from './bench-finding.ts';
import { loadExercise, type LessonExercise } from './exercises.ts';
import { LessonFiles } from './lesson-files.ts';
import { LiveWorld, type EditorCall } from './live-world.ts';
import { mapSnapshot } from './map-snapshot.ts';
import { observation, observersOf } from './observe.ts';
import { ownClusterCommands } from './own-cluster-commands.ts';
import { commandNames, loadPrograms } from './programs.ts';
import { LONGEST_TEXT } from './longest-text.ts';
import { readSavedLesson, writeSavedLesson } from './saved-work.ts';
import { MASTER } from './scene.ts';
import type { Story } from './story.ts';
import { RemarkWatcher } from './terminal-remarks.ts';
import { timelineEntries } from './timeline-entries.ts';
import { TypedLines } from './typed-lines.ts';
import { worldFacts } from './world-facts.ts';

export async function createBench(options: BenchOptions): Promise<Bench> {
  const [lesson, programs] = await Promise.all([loadExercise(options.lessonId), loadPrograms()]);
  const files = new LessonFiles(options.lessonId, { file: lesson.exercise.file, start: lesson.start });
  const open: OpenWorld = (own) =>
    LiveWorld.open({
      seed: options.lessonId,
      epoch: typeof document === 'undefined' ? undefined : Date.now(),
      programs,
      scene: lesson.exercise.scene,
      files: new Map(own),
    });
  const bench = new LessonBench({ lessonId: options.lessonId, lesson, files, open, live: await open(files.all()) });
  await bench.begin();
  return bench;
}

/** Boots a world of the lesson whose learner has these files. */
type OpenWorld = (files: ReadonlyMap<string, string>) => Promise<LiveWorld>;

interface BenchParts {
  readonly lessonId: string;
  readonly lesson: LessonExercise;
  readonly files: LessonFiles;
  readonly open: OpenWorld;
  readonly live: LiveWorld;
}

class LessonBench implements Bench {
  readonly #lessonId: string;
  readonly #lesson: LessonExercise;
  readonly #open: OpenWorld;
  readonly #listeners = new Set<() => void>();
  readonly #editListeners = new Set<(request: EditRequest) => void>();
  readonly #files: LessonFiles;
  readonly #history = new TypedLines();
  #live: LiveWorld;
  #announced = false;
  #resetting: Promise<() => void> | undefined;

  constructor({ lessonId, lesson, files, open, live }: BenchParts) {
    this.#lessonId = lessonId;
    this.#lesson = lesson;
    this.#files = files;
    this.#open = open;
    this.#live = live;
  }

  begin(): Promise<void> {
    const live = this.#live;
    return live.begin({
      onTick: () => {
        this.#files.readBack(live.scene.world);
        this.#announce();
      },
      onEdit: (call) => this.#edit(call),
    });
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
    if (text.length >= LONGEST_TEXT) return fullVerdict(text, exercise);
    const world = worldFacts(this.#live.scene.world, this.#live.scene.started, this.#history.all());
    const result = judge({ text, exercise, context: { namespace: 'default', lookup: admissionLookup }, world });
    if (result.status === 'solved' && !readSavedLesson(this.#lessonId).solved) writeSavedLesson(this.#lessonId, { solved: true });
    return {
      status: result.status,
      findings: result.findings.map(benchFinding),
      goals: result.goals.map((goal) => ({ ...goal, findings: goal.findings.map(benchFinding) })),
    };
  }

  async apply(file: string): Promise<{ readonly exitCode: number; readonly output: string }> {
    this.#live.write(file, this.text(file));
    const result = await this.#live.run(MASTER, `kubectl apply -f ${quoted(file)}`);
    // A Pod cannot be changed where it matters here: apply then means to replace it, which the learner is spared.
    const immutable = result.exitCode !== 0 && result.stderr.includes('pod updates may not change fields');
    const final = immutable ? await this.#live.run(MASTER, `kubectl replace --force --grace-period=1 -f ${quoted(file)}`) : result;
    if (final.exitCode === 0) await this.#live.scene.settle();
    this.#announce();
    return { exitCode: final.exitCode, output: final.stdout + final.stderr };
  }

  observers(): readonly Observer[] {
    return observersOf(this.#live.scene.world);
  }

  openTerminal(observer: string, options: TerminalOptions): TerminalSession {
    const note = this.#history.terminal(observer);
    const remarks = new RemarkWatcher(commandNames(observer.includes('/') ? 'container' : 'machine'), (remark) => options.onRemark?.(remark));
    const session = this.#live.openTerminal(observer, {
      ...options,
      onOutput: (text) => {
        options.onOutput(text);
        remarks.received(text);
      },
    });
    return {
      ...session,
      input: (text) => {
        note(text);
        remarks.typed(text);
        session.input(text);
      },
    };
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

  snapshot(): ReturnType<Bench['snapshot']> {
    return mapSnapshot(this.#live.scene.world.cluster);
  }

  events(): readonly TimelineEntry[] {
    const { scene, journal } = this.#live;
    return timelineEntries(scene, journal.entries());
  }

  story(): Story {
    const { scene, journal, recipe } = this.#live;
    const { entered } = scene;
    return {
      lessonId: this.#lessonId,
      recipe,
      entries: journal.entries(),
      entered,
      now: scene.simulation.now - entered,
      ...(journal.fullSince === undefined ? {} : { fullSince: journal.fullSince - entered }),
    };
  }

  ownClusterCommands(): readonly string[] {
    const { walkthrough } = this.#lesson.exercise;
    return ownClusterCommands(this.#history.all(), walkthrough);
  }

  reset(): Promise<() => void> {
    this.#resetting ??= this.#startOver().finally(() => {
      this.#resetting = undefined;
    });
    return this.#resetting;
  }

  /** The old world goes on until the new one is there. */
  async #startOver(): Promise<() => void> {
    const live = await this.#open(this.#files.atStart());
    const before = { files: new Map(this.#files.all()), lines: this.#history.all(), live: this.#live };
    this.#live.rest();
    this.#files.restart();
    this.#history.clear();
    this.#live = live;
    void this.begin().then(() => {
      this.#announce();
    });
    return () => {
      this.#live.rest();
      this.#files.replace(before.files);
      this.#history.restore(before.lines);
      this.#live = before.live;
      this.#live.goOn();
      this.#announce();
    };
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

function quoted(file: string): string {
  return /^[\w.-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}
