/**
 * Joins one lesson's world, exercise and storage: what the window's parts ask, this answers. Draws nothing and words
 * nothing.
 */
import { admissionLookup } from '../exercise/admission-lookup.ts';
import { judge } from '../exercise/verdict.ts';
import type { ProgramTable } from '../sim/linux/process/kernel.ts';
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
import { benchFinding } from './bench-finding.ts';
import { Clock } from './clock.ts';
import { loadExercise, type LessonExercise } from './exercises.ts';
import { LessonFiles } from './lesson-files.ts';
import { observerNamespaces, withOrigins } from './line-origins.ts';
import { mapSnapshot } from './map-snapshot.ts';
import { commandNames, loadPrograms } from './programs.ts';
import { readSavedLesson, writeSavedLesson } from './saved-work.ts';
import { HOME, MASTER, Scene } from './scene.ts';
import { RemarkWatcher } from './terminal-remarks.ts';
import { timelineEntries } from './timeline-entries.ts';
import { TypedLines } from './typed-lines.ts';
import { worldFacts } from './world-facts.ts';

export async function createBench(options: BenchOptions): Promise<Bench> {
  const [lesson, programs] = await Promise.all([loadExercise(options.lessonId), loadPrograms()]);
  const bench = new LessonBench(options.lessonId, lesson, programs);
  await bench.begin();
  return bench;
}

class LessonBench implements Bench {
  readonly #lessonId: string;
  readonly #lesson: LessonExercise;
  readonly #programs: ProgramTable;
  readonly #listeners = new Set<() => void>();
  readonly #editListeners = new Set<(request: EditRequest) => void>();
  readonly #terminals = new Set<{ readonly close: () => void; readonly onEnd?: (() => void) | undefined }>();
  readonly #files: LessonFiles;
  readonly #history = new TypedLines();
  #scene: Scene;
  #clock: Clock | undefined;
  #announced = false;

  constructor(lessonId: string, lesson: LessonExercise, programs: ProgramTable) {
    this.#lessonId = lessonId;
    this.#lesson = lesson;
    this.#programs = programs;
    this.#files = new LessonFiles(lessonId, { file: lesson.exercise.file, start: lesson.start });
    this.#scene = this.#newScene();
  }

  /** Plays the scene's own commands, then lets time pass if somebody can look. */
  async begin(): Promise<void> {
    const scene = this.#scene;
    await scene.begin();
    if (typeof document === 'undefined') return;
    this.#clock = new Clock(scene.simulation, () => {
      this.#files.readBack(scene.world);
      this.#announce();
    });
    this.#clock.start();
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
    this.#scene.world.writeFile(MASTER, `${HOME}/${file}`, text);
    this.#announce();
  }

  verdict(text: string): Verdict {
    const { exercise } = this.#lesson;
    const world = worldFacts(this.#scene.world, this.#scene.started, this.#history.all());
    const result = judge({ text, exercise, context: { namespace: 'default', lookup: admissionLookup }, world });
    if (result.status === 'solved' && !readSavedLesson(this.#lessonId).solved) writeSavedLesson(this.#lessonId, { solved: true });
    return {
      status: result.status,
      findings: result.findings.map(benchFinding),
      goals: result.goals.map((goal) => ({ ...goal, findings: goal.findings.map(benchFinding) })),
    };
  }

  async apply(file: string): Promise<{ readonly exitCode: number; readonly output: string }> {
    this.#scene.world.writeFile(MASTER, `${HOME}/${file}`, this.text(file));
    const result = await this.#scene.run(MASTER, `kubectl apply -f ${quoted(file)}`);
    // A Pod cannot be changed where it matters here: apply then means to replace it, which the learner is spared.
    const immutable = result.exitCode !== 0 && result.stderr.includes('pod updates may not change fields');
    const final = immutable ? await this.#scene.run(MASTER, `kubectl replace --force --grace-period=1 -f ${quoted(file)}`) : result;
    if (final.exitCode === 0) await this.#scene.settle();
    this.#announce();
    return { exitCode: final.exitCode, output: final.stdout + final.stderr };
  }

  observers(): readonly Observer[] {
    const { world } = this.#scene;
    return world
      .observers()
      .map((name) => ({ name, kind: name.includes('/') ? 'container' : world.cluster.nodes.includes(name) ? 'node' : 'outside' }));
  }

  openTerminal(observer: string, options: TerminalOptions): TerminalSession {
    const note = this.#history.terminal(observer);
    const remarks = new RemarkWatcher(commandNames(observer.includes('/') ? 'container' : 'machine'), (remark) => options.onRemark?.(remark));
    const session = this.#scene.world.openTerminal(observer, {
      rows: options.rows,
      columns: options.columns,
      onOutput: (text) => {
        options.onOutput(text);
        remarks.received(text);
      },
      onEnd: () => {
        options.onEnd?.();
      },
    });
    if (!session) {
      options.onEnd?.();
      return { input: nothing, resize: nothing, close: nothing };
    }
    const entry = { close: session.close, onEnd: options.onEnd };
    this.#terminals.add(entry);
    return {
      input: (text) => {
        note(text);
        remarks.typed(text);
        session.input(text);
        // What a key brings about in no time shows at once, not at the next tick.
        this.#scene.simulation.advance(1, 400);
      },
      resize: session.resize,
      close: () => {
        this.#terminals.delete(entry);
        session.close();
      },
    };
  }

  async runEverywhere(command: string, observers: readonly string[]): Promise<readonly Observation[]> {
    const results: Observation[] = [];
    for (const observer of observers) {
      const result = await this.#scene.run(observer, command);
      this.#history.add(observer, command);
      results.push({
        observer,
        exitCode: result.exitCode,
        lines: withOrigins(command, lines(result.stdout + result.stderr), observerNamespaces(this.snapshot(), observer)),
      });
    }
    this.#announce();
    return results;
  }

  snapshot(): ReturnType<Bench['snapshot']> {
    return mapSnapshot(this.#scene.world.cluster);
  }

  events(): readonly TimelineEntry[] {
    return timelineEntries(this.#scene.world.cluster);
  }

  reset(): () => void {
    const before = new Map(this.#files.all());
    this.#files.restart();
    this.#restart();
    return () => {
      this.#files.replace(before);
      this.#restart();
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

  #newScene(): Scene {
    const scene = new Scene({
      seed: this.#lessonId,
      epoch: typeof document === 'undefined' ? undefined : Date.now(),
      programs: this.#programs,
      scene: this.#lesson.exercise.scene,
      files: this.#files.all(),
    });
    for (const machine of scene.world.cluster.machines.values()) {
      machine.kernel.editor = (request) => this.#edit(machine.name, request);
    }
    return scene;
  }

  #edit(
    machine: string,
    request: { readonly path: string; readonly text: string; readonly save: (text: string) => void; readonly close: () => void },
  ): boolean {
    if (this.#editListeners.size === 0 || machine !== MASTER || !request.path.startsWith(`${HOME}/`)) return false;
    const name = request.path.slice(HOME.length + 1);
    const done = (text?: string): void => {
      if (text !== undefined) {
        request.save(text);
        this.#files.set(name, text);
      }
      request.close();
    };
    // A file that the lesson brings may have been edited since; the window's text is the newer one.
    for (const listener of this.#editListeners) listener({ name, text: this.#files.text(name) ?? request.text, done });
    return true;
  }

  /** Ends everything that runs and begins the scene anew. */
  #restart(): void {
    this.#clock?.stop();
    for (const terminal of this.#terminals) {
      terminal.close();
      terminal.onEnd?.();
    }
    this.#terminals.clear();
    this.#history.clear();
    this.#scene = this.#newScene();
    void this.begin().then(() => {
      this.#announce();
    });
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

function nothing(): void {
  // A terminal that could not be opened takes no input.
}

function quoted(file: string): string {
  return /^[\w.-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}

function lines(text: string): Observation['lines'] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => ({ text: line }));
}
