/**
 * The world of a lesson as it is when a learner enters it, and how commands are run in it to their end. Knows nothing of
 * files that are kept, of windows or of goals.
 */
import type { Exercise } from '../exercise/exercise.ts';
import { createCluster } from '../sim/kube/create-cluster.ts';
import type { ProgramTable } from '../sim/linux/process/kernel.ts';
import { World } from '../sim/shell/world.ts';
import { worldFacts, type StartedProgram } from './world-facts.ts';

/** The machine that learners work on, and where their files are. */
export const MASTER = 'server4-master';
export const HOME = '/root';

/** Virtual milliseconds that one command of `runEverywhere` or `apply` may take, and that Pods get to settle after an apply. */
const COMMAND_LIMIT = 30_000;
const SETTLE_LIMIT = 6_000;
/** Virtual milliseconds between the scene's own commands and the learner's entry. */
const BEFORE_ENTRY = 500;
const POD_PROBLEMS = /^(?:Err|ImagePull|Invalid|CrashLoop|CreateContainer|RunContainer|Error|Completed|Pending)/;

/** All that a world depends on before anybody types. */
export interface SceneRecipe {
  readonly seed: string;
  /** Unix milliseconds; the recordings' morning when absent. */
  readonly epoch: number | undefined;
  readonly programs: ProgramTable;
  readonly scene: Exercise['scene'];
  /** Texts by name that lie in the learner's home. */
  readonly files: ReadonlyMap<string, string>;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class Scene {
  readonly world: World;
  readonly #recipe: SceneRecipe;
  #started: readonly StartedProgram[] = [];

  constructor(recipe: SceneRecipe) {
    const { seed, epoch, programs, files } = recipe;
    this.#recipe = recipe;
    this.world = new World(createCluster({ programs, seed, ...(epoch === undefined ? {} : { epoch }) }));
    for (const [file, text] of files) this.world.writeFile(MASTER, `${HOME}/${file}`, text);
  }

  /** What the scene itself left running. */
  get started(): readonly StartedProgram[] {
    return this.#started;
  }

  get simulation(): World['cluster']['simulation'] {
    return this.world.cluster.simulation;
  }

  /** Plays the scene's own commands. */
  async begin(): Promise<void> {
    const { commands, running } = this.#recipe.scene;
    for (const { at, run } of commands) await this.run(at, run);
    this.#started = running.map(({ at, program }) => ({ at, program, process: this.world.start(at, program) }));
    this.simulation.advance(BEFORE_ENTRY);
  }

  /** Runs one line to its end; one that does not end is killed. */
  async run(at: string, line: string): Promise<CommandResult> {
    const run = this.world.run(at, line);
    if (!run) return { exitCode: 1, stdout: '', stderr: `${at}: not running\n` };
    await this.simulation.runUntilSettled(() => run.exitCode !== undefined, { limit: COMMAND_LIMIT, budget: 200_000 });
    if (run.exitCode === undefined) run.kill();
    return { exitCode: run.exitCode ?? 137, stdout: run.stdout, stderr: run.stderr };
  }

  /** Lets Pods come to rest, so that what was applied can be looked at. */
  async settle(): Promise<void> {
    const settled = (): boolean =>
      worldFacts(this.world, [], []).pods.every((pod) => pod.ready || (POD_PROBLEMS.test(pod.status) && pod.status !== 'Pending'));
    this.simulation.advance(50);
    await this.simulation.runUntilSettled(settled, { limit: SETTLE_LIMIT, budget: 200_000 });
  }
}
