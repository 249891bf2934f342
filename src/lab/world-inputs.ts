/**
 * The one door through which anything enters a world: what a learner does, and what a journal repeats. Both are carried
 * out by the same code at the same place in time, so that a repeated world equals the first one.
 */
import type { CommandRun, TerminalSession } from '../sim/shell/world.ts';
import type { Journal, JournalInput } from './journal.ts';
import { spliced } from './journal.ts';
import { HOME, MASTER, type Scene } from './scene.ts';

export interface EditorRequest {
  readonly path: string;
  readonly text: string;
  readonly save: (text: string) => void;
  readonly close: () => void;
}

export interface TerminalEars {
  readonly onOutput: (text: string) => void;
  readonly onEnd: () => void;
}

export interface InputsOptions {
  readonly scene: Scene;
  /** Takes down what is carried out. */
  readonly journal?: Journal;
  /** The files that the scene began with. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether the window takes an editor request of the learner's machine, the `number`th of this world. */
  readonly takes: (number: number, request: EditorRequest) => boolean;
}

export class WorldInputs {
  readonly #options: InputsOptions;
  readonly #terminals = new Map<number, TerminalSession>();
  readonly #runs = new Map<number, CommandRun>();
  readonly #requests = new Map<number, EditorRequest>();
  readonly #texts: Map<string, string>;
  readonly #waiting: (() => void)[] = [];
  #asked = 0;
  #draining = false;
  /** While somebody brings a course about, nothing else enters. */
  #held: Promise<void> | undefined;

  constructor(options: InputsOptions) {
    this.#options = options;
    this.#texts = new Map(options.files);
    for (const machine of options.scene.world.cluster.machines.values()) {
      machine.kernel.editor = (request) => machine.name === MASTER && request.path.startsWith(`${HOME}/`) && this.#ask(request);
    }
  }

  /** The text of a file as it was last written from outside. */
  text(file: string): string {
    return this.#texts.get(file) ?? '';
  }

  texts(): ReadonlyMap<string, string> {
    return this.#texts;
  }

  run(number: number): CommandRun | undefined {
    return this.#runs.get(number);
  }

  /**
   * Calls `action` as soon as the world can take an input: at once, or when the scene has begun and what is being loaded
   * has arrived. Calls keep their order.
   */
  whenOpen(action: () => void): void {
    if (this.#open && this.#waiting.length === 0) {
      action();
      return;
    }
    this.#waiting.push(action);
    if (!this.#draining) void this.#drain();
  }

  /** Lets everything wait that asks by `whenOpen`. @returns the end of it */
  hold(): () => void {
    let free = nothing;
    this.#held = new Promise((resolve) => {
      free = () => {
        this.#held = undefined;
        resolve();
      };
    });
    return () => {
      free();
    };
  }

  /** Editor requests that the window took and has not answered. */
  unanswered(): ReadonlyMap<number, EditorRequest> {
    return this.#requests;
  }

  /** Carries an input out. @param ears hear what a terminal that is opened says */
  perform(input: JournalInput, ears?: TerminalEars): void {
    const { scene, journal } = this.#options;
    const { steps, now } = scene.simulation;
    journal?.add({ ...input, steps, now });
    switch (input.kind) {
      case 'open': {
        const { observer, rows, columns } = input;
        const session = scene.world.openTerminal(observer, { rows, columns, onOutput: ears?.onOutput ?? nothing, onEnd: ears?.onEnd ?? nothing });
        if (session) this.#terminals.set(input.terminal, session);
        else ears?.onEnd();
        return;
      }
      case 'type':
        this.#terminals.get(input.terminal)?.input(input.text);
        return;
      case 'resize':
        this.#terminals.get(input.terminal)?.resize(input.rows, input.columns);
        return;
      case 'close':
        this.#terminals.get(input.terminal)?.close();
        this.#terminals.delete(input.terminal);
        return;
      case 'write':
        this.#write(input.file, spliced(this.text(input.file), input));
        return;
      case 'run': {
        const run = scene.world.run(input.observer, input.line);
        if (run) this.#runs.set(input.run, run);
        return;
      }
      case 'kill':
        this.#runs.get(input.run)?.kill();
        return;
      case 'edited': {
        const request = this.#requests.get(input.request);
        if (request && input.text !== undefined) {
          request.save(input.text);
          this.#texts.set(request.path.slice(HOME.length + 1), input.text);
        }
        request?.close();
        this.#requests.delete(input.request);
        return;
      }
      case 'ask':
        return;
    }
  }

  get #open(): boolean {
    return this.#held === undefined && this.#options.scene.begun && !this.#options.scene.simulation.waitsForOutside;
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    while (this.#waiting.length > 0) {
      await this.#held;
      await (this.#options.scene.begun ? this.#options.scene.simulation.settled() : this.#options.scene.beginning);
      while (this.#open && this.#waiting.length > 0) this.#waiting.shift()?.();
    }
    this.#draining = false;
  }

  #write(file: string, text: string): void {
    this.#texts.set(file, text);
    this.#options.scene.world.writeFile(MASTER, `${HOME}/${file}`, text);
  }

  #ask(request: EditorRequest): boolean {
    const number = this.#asked++;
    this.#requests.set(number, request);
    const taken = this.#options.takes(number, request);
    if (!taken) this.#requests.delete(number);
    else {
      const { steps, now } = this.#options.scene.simulation;
      this.#options.journal?.add({ kind: 'ask', request: number, steps, now });
    }
    return taken;
  }
}

function nothing(): void {
  // Nobody listens.
}
