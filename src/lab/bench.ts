/**
 * Joins one lesson's world, exercise and storage: what the window's parts ask, this answers. Draws nothing and words
 * nothing.
 */
import { admissionLookup } from '../exercise/admission-lookup.ts';
import { judge, type VerdictFinding } from '../exercise/verdict.ts';
import { createCluster } from '../sim/kube/create-cluster.ts';
import { World } from '../sim/shell/world.ts';
import type { ApiObject } from '../sim/kube/apiserver/object.ts';
import type {
  Bench,
  BenchFinding,
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
import { Clock } from './clock.ts';
import { loadExercise, type LessonExercise } from './exercises.ts';
import { observerNamespaces, withOrigins } from './line-origins.ts';
import { mapSnapshot } from './map-snapshot.ts';
import { loadPrograms } from './programs.ts';
import { readSavedLesson, writeSavedLesson } from './saved-work.ts';
import { worldFacts, type StartedProgram } from './world-facts.ts';
import type { ProgramTable } from '../sim/linux/process/kernel.ts';

const HOME = '/root';
const MASTER = 'server4-master';
/** Virtual milliseconds that one command of `runEverywhere` or `apply` may take, and that Pods get to settle after an apply. */
const COMMAND_LIMIT = 30_000;
/** Virtual milliseconds between two looks at the files of the master, and the longest that is shown. */
const LOOK_AGAIN = 300;
const MOST_READ = 200_000;
const SETTLE_LIMIT = 6_000;
const POD_PROBLEMS = /^(?:Err|ImagePull|Invalid|CrashLoop|CreateContainer|RunContainer|Error|Completed|Pending)/;

interface Scene {
  readonly world: World;
  readonly started: readonly StartedProgram[];
}

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
  #texts: Map<string, string>;
  #scene: Scene;
  #clock: Clock | undefined;
  #history: { readonly at: string; readonly line: string }[] = [];
  #saved: SaveState = 'saved';
  #announced = false;
  #lookedAt = 0;
  readonly #written = new Set<string>();

  constructor(lessonId: string, lesson: LessonExercise, programs: ProgramTable) {
    this.#lessonId = lessonId;
    this.#lesson = lesson;
    this.#programs = programs;
    this.#texts = new Map([[lesson.exercise.file, lesson.start], ...Object.entries(readSavedLesson(lessonId).files)]);
    this.#scene = this.#newScene();
  }

  /** Plays the scene's own commands, then lets time pass if somebody can look. */
  async begin(): Promise<void> {
    const { scene } = this.#lesson.exercise;
    for (const { at, run } of scene.commands) await this.#runToEnd(at, run);
    const { world } = this.#scene;
    const started = scene.running.map(({ at, program }) => ({ at, program, process: world.start(at, program) }));
    this.#scene = { world, started };
    world.cluster.simulation.advance(500);
    if (typeof document === 'undefined') return;
    this.#clock = new Clock(world.cluster.simulation, () => {
      this.#readBack();
      this.#announce();
    });
    this.#clock.start();
  }

  files(): readonly string[] {
    return [...this.#texts.keys()];
  }

  text(file: string): string {
    return this.#texts.get(file) ?? '';
  }

  takeWritten(): readonly string[] {
    const names = [...this.#written];
    this.#written.clear();
    return names;
  }

  setText(file: string, text: string): void {
    if (this.#texts.get(file) === text) return;
    this.#texts.set(file, text);
    this.#scene.world.writeFile(MASTER, `${HOME}/${file}`, text);
    this.#save();
    this.#announce();
  }

  verdict(text: string): Verdict {
    const { exercise } = this.#lesson;
    const world = worldFacts(this.#scene.world, this.#scene.started, this.#history);
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
    const result = await this.#runToEnd(MASTER, `kubectl apply -f ${quoted(file)}`);
    // A Pod cannot be changed where it matters here: apply then means to replace it, which the learner is spared.
    const immutable = result.exitCode !== 0 && result.stderr.includes('pod updates may not change fields');
    const final = immutable ? await this.#runToEnd(MASTER, `kubectl replace --force --grace-period=1 -f ${quoted(file)}`) : result;
    if (final.exitCode === 0) await this.#settle();
    this.#announce();
    return { exitCode: final.exitCode, output: final.stdout + final.stderr };
  }

  observers(): readonly Observer[] {
    const { cluster } = this.#scene.world;
    return this.#scene.world
      .observers()
      .map((name) => ({ name, kind: name.includes('/') ? 'container' : cluster.nodes.includes(name) ? 'node' : 'outside' }));
  }

  openTerminal(observer: string, options: TerminalOptions): TerminalSession {
    const line = { typed: '' };
    const session = this.#scene.world.openTerminal(observer, {
      rows: options.rows,
      columns: options.columns,
      onOutput: options.onOutput,
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
        this.#note(observer, line, text);
        session.input(text);
        // What a key brings about in no time shows at once, not at the next tick.
        this.#scene.world.cluster.simulation.advance(1, 400);
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
      const result = await this.#runToEnd(observer, command);
      this.#history.push({ at: observer, line: command });
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
    const { cluster } = this.#scene.world;
    const begun = cluster.simulation.epoch;
    return cluster.apiServer.storage
      .sorted('events')
      .filter((event) => event.metadata.namespace !== 'kube-system')
      .map((event) => ({
        at: Date.parse(event.lastTimestamp ?? event.eventTime ?? (event as ApiObject).metadata.creationTimestamp ?? '') - begun,
        source: event.source?.component ?? event.reportingComponent ?? '',
        reason: event.reason ?? '',
        message: event.message ?? '',
        object: `${event.involvedObject.kind ?? ''}/${event.involvedObject.name ?? ''}`,
      }))
      .sort((a, b) => a.at - b.at);
  }

  reset(): () => void {
    const texts = new Map(this.#texts);
    const restore = (next: Map<string, string>): void => {
      this.#texts = next;
      this.#save();
      this.#restart();
    };
    restore(new Map([[this.#lesson.exercise.file, this.#lesson.start]]));
    return () => {
      restore(texts);
    };
  }

  solution(): Promise<string> {
    return this.#lesson.solution();
  }

  saveState(): SaveState {
    return this.#saved;
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
    const world = new World(
      createCluster({ programs: this.#programs, seed: this.#lessonId, ...(typeof document === 'undefined' ? {} : { epoch: Date.now() }) }),
    );
    for (const [file, text] of this.#texts) world.writeFile(MASTER, `${HOME}/${file}`, text);
    for (const machine of world.cluster.machines.values()) {
      machine.kernel.editor = (request) => this.#edit(machine.name, request);
    }
    return { world, started: [] };
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
        this.#texts.set(name, text);
        this.#save();
      }
      request.close();
    };
    // A file that the lesson brings may have been edited since; the window's text is the newer one.
    for (const listener of this.#editListeners) listener({ name, text: this.#texts.get(name) ?? request.text, done });
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
    this.#history = [];
    this.#lookedAt = 0;
    this.#scene = this.#newScene();
    void this.begin().then(() => {
      this.#announce();
    });
  }

  async #runToEnd(at: string, line: string): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
    const { world } = this.#scene;
    const { simulation } = world.cluster;
    const run = world.run(at, line);
    if (!run) return { exitCode: 1, stdout: '', stderr: `${at}: not running\n` };
    await simulation.runUntilSettled(() => run.exitCode !== undefined, { limit: COMMAND_LIMIT, budget: 200_000 });
    if (run.exitCode === undefined) run.kill();
    return { exitCode: run.exitCode ?? 137, stdout: run.stdout, stderr: run.stderr };
  }

  /** Lets Pods come to rest, so that what was applied can be looked at. */
  async #settle(): Promise<void> {
    const { world } = this.#scene;
    const settled = (): boolean =>
      worldFacts(world, [], []).pods.every((pod) => pod.ready || (POD_PROBLEMS.test(pod.status) && pod.status !== 'Pending'));
    world.cluster.simulation.advance(50);
    await world.cluster.simulation.runUntilSettled(settled, { limit: SETTLE_LIMIT, budget: 200_000 });
  }

  /** Remembers whole lines typed at a terminal, for goals that ask whether something was looked at. */
  #note(at: string, line: { typed: string }, text: string): void {
    for (const character of text) {
      if (character === '\r' || character === '\n') {
        if (line.typed.trim() !== '') this.#history.push({ at, line: line.typed.trim() });
        line.typed = '';
      } else if (character === '\u007f') line.typed = line.typed.slice(0, -1);
      else if (character >= ' ') line.typed += character;
    }
    if (this.#history.length > 500) this.#history = this.#history.slice(-250);
  }

  /** Manifests that were written in a shell (`cat > f`) come into the window. */
  #readBack(): void {
    const { world } = this.#scene;
    const { now } = world.cluster.simulation;
    if (now - this.#lookedAt < LOOK_AGAIN) return;
    this.#lookedAt = now;
    let changed = false;
    for (const name of world.listFiles(MASTER, HOME)) {
      if (!/\.ya?ml$/.test(name)) continue;
      const text = world.readFile(MASTER, `${HOME}/${name}`);
      // An empty file is one that is being written.
      if (text === undefined || text === '' || text.length > MOST_READ || this.#texts.get(name) === text) continue;
      this.#texts.set(name, text);
      this.#written.add(name);
      changed = true;
    }
    if (changed) this.#save();
  }

  #save(): void {
    const { exercise, start } = this.#lesson;
    const files = Object.fromEntries([...this.#texts].filter(([name, text]) => name !== exercise.file || text !== start));
    this.#saved = writeSavedLesson(this.#lessonId, { files });
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

function benchFinding(finding: VerdictFinding): BenchFinding {
  const { code, params, severity, range, path, upstream, misconception } = finding;
  const cause = code === 'yaml' ? params['cause'] : undefined;
  return {
    code: typeof cause === 'string' ? `yaml.${cause}` : code,
    params,
    severity,
    ...(range === undefined
      ? {}
      : { range: { start: range.start.offset, end: range.end.offset, line: range.start.line + 1, column: range.start.column + 1 } }),
    ...(path === undefined ? {} : { path }),
    ...(upstream === '' ? {} : { upstream }),
    ...(misconception === undefined ? {} : { misconception }),
  };
}
