/**
 * The learner's own world: time passes while somebody looks, everything that enters is taken down, and it can rest and go
 * on, so that a reset can be undone. Knows nothing of exercises, storage and windows.
 */
import type { TerminalOptions, TerminalSession } from './bench-contract.ts';
import { Clock } from './clock.ts';
import { driveTo } from './drive.ts';
import { Journal, spliceBetween, type JournalInput } from './journal.ts';
import { TURN } from './page-turns.ts';
import type { SceneRecipe } from './scene-recipe.ts';
import { Scene, type CommandResult } from './scene.ts';
import { WorldInputs, type TerminalEars } from './world-inputs.ts';

/** Virtual milliseconds that pass while a screen shows one picture. */
const FRAME = 16;

/** An editor request that the window may take. */
export interface EditorCall {
  readonly name: string;
  readonly text: string;
  readonly done: (text?: string) => void;
}

export interface WorldEars {
  /** Called after time has passed in which something happened. */
  readonly onTick: () => void;
  /** @returns whether the window takes it */
  readonly onEdit: (call: EditorCall) => boolean;
}

export class LiveWorld {
  readonly recipe: SceneRecipe;
  readonly scene: Scene;
  readonly journal = new Journal();
  readonly #inputs: WorldInputs;
  /** What tells a window that its terminal is gone, by terminal. */
  readonly #endings = new Map<number, () => void>();
  #ears: WorldEars | undefined;
  #clock: Clock | undefined;
  #resting = false;
  #terminals = 0;
  #runs = 0;

  private constructor(recipe: SceneRecipe, scene: Scene) {
    this.recipe = recipe;
    this.scene = scene;
    this.#inputs = new WorldInputs({
      scene: this.scene,
      journal: this.journal,
      files: recipe.files,
      takes: (request, { path, text }) =>
        this.#ears?.onEdit({
          name: path.slice(path.lastIndexOf('/') + 1),
          text,
          done: (edited) => {
            this.#enter(edited === undefined ? { kind: 'edited', request } : { kind: 'edited', request, text: edited });
          },
        }) ?? false,
    });
  }

  /** Boots a world in which time stands still until it begins. */
  static async open(recipe: SceneRecipe): Promise<LiveWorld> {
    return new LiveWorld(recipe, await Scene.open(recipe));
  }

  /** Plays the scene's own commands, then lets time pass if somebody can look. */
  async begin(ears: WorldEars): Promise<void> {
    this.#ears = ears;
    await this.scene.begin();
    if (typeof document === 'undefined') return;
    this.#clock = new Clock(this.scene.simulation, ears.onTick);
    if (!this.#resting) this.#clock.start();
  }

  /** Time stands still; windows are told that their terminals are gone, what runs in them stays. */
  rest(): void {
    this.#resting = true;
    this.#clock?.stop();
    for (const ended of this.#endings.values()) ended();
  }

  /** Goes on where it rested. The shells that have no window any more end now. */
  goOn(): void {
    this.#resting = false;
    for (const terminal of this.#endings.keys()) this.#enter({ kind: 'close', terminal });
    this.#endings.clear();
    this.#clock?.start();
  }

  /** Puts a text into a file of the learner's home. */
  write(file: string, text: string): void {
    this.#inputs.whenOpen(() => {
      this.#inputs.perform({ kind: 'write', file, ...spliceBetween(this.#inputs.text(file), text) });
    });
  }

  /** Runs one line to its end. */
  async run(observer: string, line: string): Promise<CommandResult> {
    const number = this.#runs++;
    await new Promise<void>((resolve) => {
      this.#inputs.whenOpen(() => {
        this.#inputs.perform({ kind: 'run', run: number, observer, line });
        resolve();
      });
    });
    const result = await this.scene.finish(this.#inputs.run(number), () => {
      this.#inputs.perform({ kind: 'kill', run: number });
    });
    return result ?? { exitCode: 1, stdout: '', stderr: `${observer}: not running\n` };
  }

  openTerminal(observer: string, { rows, columns, onOutput, onEnd }: TerminalOptions): TerminalSession {
    const terminal = this.#terminals++;
    const ended = (): void => {
      if (this.#endings.delete(terminal)) onEnd?.();
    };
    this.#endings.set(terminal, () => onEnd?.());
    this.#enter(
      { kind: 'open', terminal, observer, rows, columns },
      {
        onOutput: (text) => {
          if (this.#endings.has(terminal) && !this.#resting) onOutput(text);
        },
        onEnd: ended,
      },
    );
    return {
      input: (text) => {
        this.#enter({ kind: 'type', terminal, text });
        // What a key brings about in no time shows at once, not at the next tick; what a line does within a frame, with that frame.
        const begun = performance.now();
        driveTo(this.scene.simulation, this.scene.simulation.now + (/[\r\n]/.test(text) ? FRAME : 1), {
          due: () => performance.now() - begun >= TURN,
        });
      },
      resize: (newRows, newColumns) => {
        this.#enter({ kind: 'resize', terminal, rows: newRows, columns: newColumns });
      },
      close: () => {
        this.#endings.delete(terminal);
        this.#enter({ kind: 'close', terminal });
      },
    };
  }

  #enter(input: JournalInput, ears?: TerminalEars): void {
    this.#inputs.whenOpen(() => {
      this.#inputs.perform(input, ears);
    });
  }
}
