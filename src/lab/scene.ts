/**
 * The world of a lesson as it is when a learner enters it, and how commands are run in it to their end. Knows nothing of
 * files that are kept, of windows or of goals.
 */
import type { SettleLimits, Turns } from '../sim/engine/simulation.ts';
import type { Cluster } from '../sim/kube/cluster.ts';
import { bootCluster } from '../sim/kube/create-cluster.ts';
import { World, type CommandRun } from '../sim/shell/world.ts';
import type { TimelineEntry } from './bench-contract.ts';
import { driveFor } from './drive.ts';
import { EventDiary } from './event-diary.ts';
import { freshPrograms } from './fresh-programs.ts';
import { PageTurns } from './page-turns.ts';
import type { SceneRecipe } from './scene-recipe.ts';
import { podFacts, type StartedProgram } from './world-facts.ts';

/** The machine that learners work on, and where their files are. */
export const MASTER = 'server4-master';
export const HOME = '/root';

/** Virtual milliseconds that one command of `runEverywhere` or `apply` may take, and that Pods get to settle after an apply. */
const COMMAND_LIMIT = 30_000;
const SETTLE_LIMIT = 6_000;
/** Virtual milliseconds between the scene's own commands and the learner's entry. */
const BEFORE_ENTRY = 500;
const POD_PROBLEMS = /^(?:Err|ImagePull|Invalid|CrashLoop|CreateContainer|RunContainer|Error|Completed|Pending)/;

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class Scene {
  readonly world: World;
  readonly #recipe: SceneRecipe;
  readonly #turns: Turns;
  readonly #diary: EventDiary;
  #started: readonly StartedProgram[] = [];
  #begun = false;
  #entered = 0;
  #beginning: Promise<void> = Promise.resolve();

  private constructor(recipe: SceneRecipe, cluster: Cluster, turns: Turns) {
    this.#recipe = recipe;
    this.#turns = turns;
    this.world = new World(cluster);
    this.#diary = new EventDiary(cluster);
    for (const [file, text] of recipe.files) this.world.writeFile(MASTER, `${HOME}/${file}`, text);
  }

  /**
   * Boots the recipe's cluster. @param turns how others get theirs, meanwhile and in all that is run here later
   * @returns the scene before its own commands
   */
  static async open(recipe: SceneRecipe, turns: Turns = new PageTurns()): Promise<Scene> {
    const { seed, epoch, programs } = recipe;
    const boot = bootCluster({ programs: freshPrograms(programs), seed, ...(epoch === undefined ? {} : { epoch }) });
    for (;;) {
      if (turns.due()) await turns.give();
      const next = boot.next();
      if (next.done === true) return new Scene(recipe, next.value, turns);
    }
  }

  /** What the scene itself left running. */
  get started(): readonly StartedProgram[] {
    return this.#started;
  }

  get simulation(): World['cluster']['simulation'] {
    return this.world.cluster.simulation;
  }

  /** Virtual time at which the scene had begun: the learner's moments count from it. */
  get entered(): number {
    return this.#entered;
  }

  /** What the cluster has told so far. */
  get events(): readonly TimelineEntry[] {
    return this.#diary.since(this.#entered);
  }

  /** The scene's own commands have been played. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Resolves when the scene has begun. */
  get beginning(): Promise<void> {
    return this.#beginning;
  }

  /** Plays the scene's own commands. */
  begin(): Promise<void> {
    this.#beginning = this.#play();
    return this.#beginning;
  }

  async #play(): Promise<void> {
    const { commands, running } = this.#recipe.scene;
    for (const { at, run } of commands) await this.finish(this.world.run(at, run));
    this.#started = running.map(({ at, program }) => ({ at, program, process: this.world.start(at, program) }));
    await driveFor(this.simulation, BEFORE_ENTRY, this.#turns);
    this.#entered = this.simulation.now;
    this.#begun = true;
  }

  /** Lets time pass until a command has ended; @param kill ends one that does not by itself */
  async finish(run: CommandRun | undefined, kill = (): void => run?.kill()): Promise<CommandResult | undefined> {
    if (!run) return undefined;
    await this.simulation.runUntilSettled(() => run.exitCode !== undefined, this.#limits(COMMAND_LIMIT));
    if (run.exitCode === undefined) kill();
    return { exitCode: run.exitCode ?? 137, stdout: run.stdout, stderr: run.stderr };
  }

  /** Lets Pods come to rest, so that what was applied can be looked at. */
  async settle(): Promise<void> {
    const settled = (): boolean => podFacts(this.world).every((pod) => pod.ready || (POD_PROBLEMS.test(pod.status) && pod.status !== 'Pending'));
    await driveFor(this.simulation, 50, this.#turns);
    await this.simulation.runUntilSettled(settled, this.#limits(SETTLE_LIMIT));
  }

  #limits(limit: number): SettleLimits {
    return { limit, budget: 200_000, turns: this.#turns };
  }
}
