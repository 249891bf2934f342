/**
 * The learner's own world: time passes while somebody looks, everything that enters is taken down, and it can rest and go
 * on, so that a reset can be undone. Knows nothing of exercises, storage and windows.
 */
import type { TerminalOptions, TerminalSession } from './bench-contract.ts';
import { Clock } from './clock.ts';
import { driveTo } from './drive.ts';
import { Journal, spliceBetween, type JournalEntry, type JournalInput, type Place } from './journal.ts';
import { LeftTerminals } from './left-terminals.ts';
import { PageTurns, TURN } from './page-turns.ts';
import { playBack } from './replay.ts';
import type { SceneRecipe } from './scene-recipe.ts';
import { Scene, type CommandResult } from './scene.ts';
import { WorldInputs, type EditorRequest } from './world-inputs.ts';

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

/** A terminal as somebody looks at it; without a number until the world could take it. */
interface Window {
  terminal: number | undefined;
  /** Tells that it is gone. */
  readonly ended: () => void;
}

/** What a world was, so that it can be that again. */
export interface Course {
  readonly entries: readonly JournalEntry[];
  readonly end: Place;
}

export class LiveWorld {
  readonly recipe: SceneRecipe;
  readonly scene: Scene;
  readonly journal = new Journal();
  readonly #inputs: WorldInputs;
  readonly #windows = new Set<Window>();
  /** Terminals of the last visit that no window has taken up again. */
  readonly #left = new LeftTerminals();
  #ears: WorldEars | undefined;
  #clock: Clock | undefined;
  #resting = false;
  /** Editor requests of the last visit are answered by its journal until it has been played back. */
  #returning: ReadonlySet<number> | undefined;
  #terminals = 0;
  #runs = 0;

  private constructor(recipe: SceneRecipe, scene: Scene) {
    this.recipe = recipe;
    this.scene = scene;
    this.#inputs = new WorldInputs({
      scene: this.scene,
      journal: this.journal,
      files: recipe.files,
      takes: (request, asked) => this.#returning?.has(request) ?? this.#ask(request, asked),
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
    this.#startClock(ears);
  }

  /**
   * Instead of `begin`: brings a course about again and goes on from there. What enters meanwhile waits.
   * @param begun called as soon as the world can be looked at
   * @returns whether it is the same world; a course of other rules than today's ends elsewhere
   */
  async comeBack({ entries, end }: Course, ears: WorldEars, begun: () => void): Promise<boolean> {
    this.#ears = ears;
    this.#returning = new Set(entries.flatMap((entry) => (entry.kind === 'ask' ? [entry.request] : [])));
    const free = this.#inputs.hold();
    await this.scene.begin();
    begun();
    await playBack(this.scene, { entries, end, perform: (entry) => this.#relive(entry), turns: new PageTurns() });
    this.#returning = undefined;
    const { steps, now } = this.scene.simulation;
    if (steps !== end.steps || now !== end.now) return false;
    free();
    this.#startClock(ears);
    return true;
  }

  #relive(entry: JournalEntry): void {
    if (entry.kind === 'open') {
      this.#terminals = Math.max(this.#terminals, entry.terminal + 1);
      return this.#inputs.perform(entry, this.#left.add(entry.terminal, entry.observer));
    }
    if (entry.kind === 'run') this.#runs = Math.max(this.#runs, entry.run + 1);
    if (entry.kind === 'close') this.#left.remove(entry.terminal);
    // That a request was made takes itself down.
    if (entry.kind !== 'ask') this.#inputs.perform(entry);
  }

  /** Asks the window once more for what programs of the last visit wait for. */
  askAgain(): void {
    for (const [request, asked] of this.#inputs.unanswered()) this.#ask(request, asked);
  }

  #ask(request: number, { path, text }: EditorRequest): boolean {
    const call: EditorCall = {
      name: path.slice(path.lastIndexOf('/') + 1),
      text,
      done: (edited) => {
        this.#enter(edited === undefined ? { kind: 'edited', request } : { kind: 'edited', request, text: edited });
      },
    };
    return this.#ears?.onEdit(call) ?? false;
  }

  #startClock({ onTick }: WorldEars): void {
    if (typeof document === 'undefined') return;
    this.#clock = new Clock(this.scene.simulation, onTick);
    if (!this.#resting) this.#clock.start();
  }

  /** Time stands still; windows are told that their terminals are gone, what runs in them stays. */
  rest(): void {
    this.#resting = true;
    this.#clock?.stop();
    for (const { ended } of this.#windows) ended();
  }

  /** Goes on where it rested. The shells that have no window any more end now. */
  goOn(): void {
    this.#resting = false;
    for (const { terminal } of this.#windows) if (terminal !== undefined) this.#enter({ kind: 'close', terminal });
    this.#windows.clear();
    this.#clock?.start();
  }

  /** Puts a text into a file of the learner's home. */
  write(file: string, text: string): void {
    this.#inputs.whenOpen(() => {
      if (this.#inputs.text(file) === text) return;
      this.#inputs.perform({ kind: 'write', file, ...spliceBetween(this.#inputs.text(file), text) });
    });
  }

  /** Runs one line to its end. */
  async run(observer: string, line: string): Promise<CommandResult> {
    const number = await new Promise<number>((resolve) => {
      this.#inputs.whenOpen(() => {
        const run = this.#runs++;
        this.#inputs.perform({ kind: 'run', run, observer, line });
        resolve(run);
      });
    });
    const result = await this.scene.finish(this.#inputs.run(number), () => {
      this.#inputs.perform({ kind: 'kill', run: number });
    });
    return result ?? { exitCode: 1, stdout: '', stderr: `${observer}: not running\n` };
  }

  /** A terminal of the last visit goes on where it was; else a new one is opened. */
  openTerminal(observer: string, { rows, columns, onOutput, onEnd }: TerminalOptions): TerminalSession {
    const window: Window = { terminal: undefined, ended: () => onEnd?.() };
    this.#windows.add(window);
    const ears = {
      onOutput: (text: string) => {
        if (this.#windows.has(window) && !this.#resting) onOutput(text);
      },
      onEnd: () => {
        if (this.#windows.delete(window)) onEnd?.();
      },
    };
    this.#inputs.whenOpen(() => {
      if (!this.#windows.has(window)) return;
      const left = this.#left.take(observer, ears);
      const terminal = left?.terminal ?? this.#terminals++;
      window.terminal = terminal;
      if (!left) return this.#inputs.perform({ kind: 'open', terminal, observer, rows, columns }, ears);
      onOutput(left.printed);
      this.#inputs.perform({ kind: 'resize', terminal, rows, columns });
    });
    const withTerminal = (act: (terminal: number) => void): void => {
      this.#inputs.whenOpen(() => {
        if (window.terminal !== undefined) act(window.terminal);
      });
    };
    return {
      input: (text) => {
        withTerminal((terminal) => {
          this.#inputs.perform({ kind: 'type', terminal, text });
        });
        // What a key brings about in no time shows at once, not at the next tick.
        const begun = performance.now();
        if (!this.#returning) driveTo(this.scene.simulation, this.scene.simulation.now + 1, { due: () => performance.now() - begun >= TURN });
      },
      resize: (newRows, newColumns) => {
        withTerminal((terminal) => {
          this.#inputs.perform({ kind: 'resize', terminal, rows: newRows, columns: newColumns });
        });
      },
      close: () => {
        this.#windows.delete(window);
        withTerminal((terminal) => {
          this.#inputs.perform({ kind: 'close', terminal });
        });
      },
    };
  }

  #enter(input: JournalInput): void {
    this.#inputs.whenOpen(() => {
      this.#inputs.perform(input);
    });
  }
}
